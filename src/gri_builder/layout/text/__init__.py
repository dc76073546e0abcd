"""Text of any script: its direction, the order of a line, where it may break, and how its glyphs are written."""
