"""Findings, one module for each output format."""
