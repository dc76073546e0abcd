"""Data to PDF: load, validate, compose, render, publish."""
