"""A composed document as a Word file (ISO 29500)."""
