"""Tests of charts: looks, scenes, and every kind."""
