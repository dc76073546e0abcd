"""Diagrams of text: processes and organizations, whose texts are those of a list."""
