"""Reads a finished PDF again and judges what it claims."""
