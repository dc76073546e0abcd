"""Coverage, one module for each output format."""
