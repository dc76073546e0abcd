"""Periods: what texts mean in time, and the years of a report."""
