"""Spacing of a line: by how much its spaces and letters are set apart, or nearer, so that it has the width asked for.

Spaces and letters share what is needed, letters up to their limit. Lines of Chinese and Japanese have no words: their
characters are set apart evenly.
"""

from __future__ import annotations

from typing import NamedTuple

from gri_builder.fonts.glyph_coverage import INVISIBLE
from gri_builder.fonts.scripts import needs_shaping
from gri_builder.typesetting.break_rules import is_ideographic
from gri_builder.typesetting.line_breaking import Line, count_spaces
from gri_builder.typesetting.line_order import is_leveled
from gri_builder.typesetting.total_fit import LETTER_STRETCH, SHRINK, WORD_STRETCH
from gri_builder.typesetting.word_breaks import HYPHEN

_UNDRAWN = INVISIBLE - {HYPHEN}


class LineSpacing(NamedTuple):
    """What is added to each space, and to each character, spaces among them; in points."""

    words: float = 0.0
    letters: float = 0.0

    def added(self, text: str) -> float:
        """Return what is added to the width of a text."""
        return self.words * count_spaces(text) + (self.letters * count_drawn(text) if self.letters else 0.0)


NATURAL = LineSpacing()


def space_line(line: Line, width: float) -> LineSpacing:
    """Return the spacing of a justified line; a paragraph's last one, and a ragged one, are only ever set nearer."""
    slack = width - line.width
    if (line.last or line.ragged) and slack >= 0:
        return NATURAL
    if is_leveled(line):
        return LineSpacing(slack / line.spaces) if line.spaces else NATURAL
    characters = sum(count_drawn(piece.text) for piece in line.pieces)
    if is_east_asian(line):
        return LineSpacing(0.0, slack / (characters - 1)) if characters > 1 else NATURAL
    spaces = line.spaces
    if not spaces:
        return NATURAL
    letters = _letter_share(line, slack)
    return LineSpacing((slack - letters) / spaces, letters / (characters - 1))


def _letter_share(line: Line, slack: float) -> float:
    """Return what all letters of a line take of its slack."""
    if any(needs_shaping(piece.text) for piece in line.pieces):
        return 0.0
    space = sum(count_spaces(piece.text) * piece.look.face.space * piece.look.size for piece in line.pieces)
    most, flexible = LETTER_STRETCH * (line.width - space), WORD_STRETCH * space
    if slack < 0:
        most, flexible = -SHRINK * most, -SHRINK * flexible
    return most * min(1.0, slack / (most + flexible)) if most else 0.0


def is_east_asian(line: Line) -> bool:
    """Return whether at least half of the characters of a line are Chinese or Japanese."""
    texts = [piece.text for piece in line.pieces]
    if all(text.isascii() for text in texts):
        return False
    return 2 * sum(sum(map(is_ideographic, text)) for text in texts) >= sum(map(len, texts))


def count_drawn(text: str) -> int:
    """Return how many characters of a text are drawn, spaces among them."""
    return len(text) if text.isascii() else sum(char not in _UNDRAWN for char in text)
