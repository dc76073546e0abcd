"""Covers: the first page in its designs, the last one, and the page that says who made the report."""
