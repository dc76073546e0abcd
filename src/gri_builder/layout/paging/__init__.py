"""Paging: how boxes become pages."""
