"""Editions: one report folder in several languages, of which each is a view of the same files."""
