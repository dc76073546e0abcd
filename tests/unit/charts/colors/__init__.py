"""Tests of the colours of charts."""
