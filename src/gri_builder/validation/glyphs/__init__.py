"""Checks of characters: whether the fonts of a report can print them."""
