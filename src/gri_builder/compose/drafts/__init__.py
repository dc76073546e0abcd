"""Drafts: marks for what is missing, and the list of all of it at the end."""
