"""Hostile inputs at random and by design, run through the commands, and judged by how the commands end."""
