"""Totals and rows that would be counted twice."""
