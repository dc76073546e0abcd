"""Typefaces: bundled and custom faces, glyph coverage, embedding."""
