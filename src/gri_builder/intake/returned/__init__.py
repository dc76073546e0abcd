"""Returned workbooks: what each cell states, and what is wrong with it."""
