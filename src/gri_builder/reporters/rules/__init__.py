"""Rule records, one module for each output format."""
