"""Tests of the checks of figures."""
