"""The PDF file format, by ISO 32000: content streams, structure tree, objects, metadata."""
