"""A new report folder."""
