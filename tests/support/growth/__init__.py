"""Inputs that grow by a number, and how the work on them grows."""
