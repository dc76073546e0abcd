"""Differences between two reports, one module for each output format."""
