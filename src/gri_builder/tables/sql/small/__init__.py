"""Answers to queries over small tables in Python, where they are the same as the database's."""
