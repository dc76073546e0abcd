"""Hostile inputs by design, by format: bombs, circles, deep nesting, long words, odd numbers, tricks with paths."""
