"""Traces of facts, one module for each output format."""
