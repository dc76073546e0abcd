"""Tests of charts: styles, scenes, and every kind."""
