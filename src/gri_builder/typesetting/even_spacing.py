"""Justified lines of Chinese and Japanese: characters are set apart evenly, for want of words."""

from __future__ import annotations

from gri_builder.typesetting.break_rules import is_ideographic
from gri_builder.typesetting.line_breaking import Line


def is_east_asian(line: Line) -> bool:
    """Return whether at least half of the characters of a line are Chinese or Japanese."""
    texts = [piece.text for piece in line.pieces]
    if all(text.isascii() for text in texts):
        return False
    return 2 * sum(sum(map(is_ideographic, text)) for text in texts) >= sum(map(len, texts))


def count_gaps(line: Line) -> int:
    """Return how many gaps are between the characters of a line."""
    return sum(len(piece.text) for piece in line.pieces) - 1
