"""Tests of the checks of characters."""
