"""Content index and report data inside the PDF."""
