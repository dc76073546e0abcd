"""Texts: how they are quoted in messages, read by programs, and which of their words are addresses."""
