"""Tests of the data of charts."""
