"""Scenes on pages: how they are painted, and what is recorded of the values that they show."""
