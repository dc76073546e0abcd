"""Checks of figures: charts, tables of facts, maps and diagrams."""
