"""The whole build: load, validate, compose, lay out, write."""
