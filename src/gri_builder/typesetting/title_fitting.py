"""Titles that fit: set smaller until they are not too high, and until no word is cut without a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gri_builder.model.rich_text import Run
from gri_builder.typesetting.break_rules import may_break_between
from gri_builder.typesetting.line_breaking import Line, break_lines, make_words
from gri_builder.typesetting.style import TextStyle
from gri_builder.typesetting.word_breaks import HYPHEN

STEP = 0.85
"""Factor by which a title is set smaller."""
MIN_SIZE = 5.0
"""Size in points below which a title is not set."""
_MAY_END = re.compile(r"[-–—/.@_\u200b\u00ad]\Z")
"""What a line may end with inside a word."""


def fit_title(text: str, style: TextStyle, width: float, height: float, language: str) -> TextStyle:
    """Return the style, reduced until the text fits into that width and height without a word cut in two.

    A word that is wider than a line is hyphenated where its language has patterns.
    """
    while style.size > MIN_SIZE:
        lines = break_title(text, style, width, language)
        if len(lines) * style.leading <= height and not any(cut_words(text, lines)):
            break
        style = style.scaled(STEP)
    return style


def break_title(text: str, style: TextStyle, width: float, language: str) -> list[Line]:
    """Return the text broken into lines of that width."""
    return break_lines(make_words((Run(text),), style), width, style, language)


def cut_words(text: str, lines: list[Line]) -> Iterator[str]:
    """Yield each line that ends inside a word without a hyphen; the lines are those of the text."""
    whole = text.replace(HYPHEN, "")
    position = 0
    for line in lines[:-1]:
        shown = "".join(piece.text for piece in line.pieces)
        position = _skip(whole, position, sum(char != HYPHEN and not char.isspace() for char in shown))
        before, after = whole[position - 1 : position], whole[position : position + 1]
        inside = before and after and not after.isspace()
        if inside and not _MAY_END.search(shown) and not may_break_between(before, after):
            yield shown


def _skip(text: str, position: int, count: int) -> int:
    """Return the position behind that number of further characters, spaces not counted."""
    while count and position < len(text):
        count -= not text[position].isspace()
        position += 1
    return position
