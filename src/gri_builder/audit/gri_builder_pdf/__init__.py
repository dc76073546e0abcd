"""PDFs that gri-builder made: embedded data, tagged text, printed index."""
