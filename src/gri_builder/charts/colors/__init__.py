"""Colours of charts: how different they are to any eyes, and palettes and shades made from a chapter's colour."""
