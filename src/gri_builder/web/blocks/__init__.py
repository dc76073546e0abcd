"""Blocks of the document as elements of a page: one function for each kind of block."""
