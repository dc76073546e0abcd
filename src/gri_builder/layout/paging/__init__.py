"""Pagination: boxes are placed on pages, several times for each chapter, and the best placement is painted."""
