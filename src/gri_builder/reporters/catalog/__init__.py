"""A framework's catalog, one module for each output format."""
