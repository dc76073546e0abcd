"""Audit results, one module for each output format."""
