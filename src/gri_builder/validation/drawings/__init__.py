"""Drawings that people supply: rendered where vectors can't draw them, with the fonts and widths that they need."""
