"""Figures: charts, tables of facts and diagrams, and what their authors ask for."""
