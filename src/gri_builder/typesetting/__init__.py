"""Typesetting: styles, words and lines, before anything is placed on a page."""
