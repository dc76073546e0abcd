"""Printed page numbers: what the margins of pages print, and how it goes with the pages of the file."""
