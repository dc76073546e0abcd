"""Typefaces: bundled and custom faces, glyph coverage, encoding for embedding."""
