"""Titles that fit: set smaller in three steps, then hyphenated by their language, and never cut without a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gri_builder.model.rich_text import Run
from gri_builder.typesetting.break_rules import may_break_between
from gri_builder.typesetting.line_breaking import Line, break_lines, make_words
from gri_builder.typesetting.style import TextStyle
from gri_builder.typesetting.word_breaks import HYPHEN

STEPS = (1.0, 0.85, 0.7)
"""Sizes in which a title is tried with whole words."""
LARGE_STEPS = (3.0, 2.6, 2.2, 1.8, 1.5, 1.25)
"""Sizes in which a title of one word is tried first."""
SMALLER = 0.85
"""Factor by which a title that is too high even then is set smaller."""
MIN_SIZE = 5.0
"""Size in points below which a title is not set."""
BALANCING = 6
"""How often the width of a title's lines is halved towards the narrowest."""
_MAY_END = re.compile(r"[-–—/.@_\u200b]\Z")
"""What a line may end with inside a word."""


def fit_title(text: str, style: TextStyle, width: float, height: float, language: str) -> TextStyle:
    """Return the style, reduced until the text fits into that width and height.

    Words are whole in three sizes; in the smallest of them they are hyphenated where the language has patterns. If
    that is too high, or a word would be cut without a hyphen, the text is set smaller still.
    """
    for step in STEPS:
        look = style.scaled(step)
        lines = break_title(text, look, width, language)
        if len(lines) * look.leading <= height and not any(inner_ends(text, lines)):
            return look
    look = style.scaled(STEPS[-1])
    while look.size > MIN_SIZE:
        lines = break_title(text, look, width, language)
        if len(lines) * look.leading <= height and not any(cut_words(text, lines)):
            break
        look = look.scaled(SMALLER)
    return look


def enlarge_word(text: str, style: TextStyle, width: float, language: str) -> TextStyle:
    """Return the style, enlarged for a title of one word as far as it fits on one line of that width."""
    if len(text.split()) != 1:
        return style
    for step in LARGE_STEPS:
        look = style.scaled(step)
        if len(break_title(text, look, width, language)) == 1:
            return look
    return style


def break_title(text: str, style: TextStyle, width: float, language: str) -> list[Line]:
    """Return the text broken into lines of that width, at soft hyphens only if a whole word is too wide."""
    whole = text.replace(HYPHEN, "")
    lines = break_lines(make_words((Run(whole),), style), width, style, language)
    if whole == text or not any(inner_ends(whole, lines)):
        return lines
    return break_lines(make_words((Run(text),), style), width, style, language)


def balance_title(text: str, style: TextStyle, width: float, language: str) -> list[Line]:
    """Return the text broken into as few lines as fit that width, and those as even as they can be."""
    lines = break_title(text, style, width, language)
    if len(lines) == 1:
        return lines
    ends, narrow, wide = _count_broken(text, lines), width / 2, width
    for _ in range(BALANCING):
        middle = (narrow + wide) / 2
        tried = break_title(text, style, middle, language)
        if len(tried) > len(lines) or _count_broken(text, tried) > ends:
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def _count_broken(text: str, lines: list[Line]) -> int:
    """Return how many lines end inside a word, at the author's soft hyphens or elsewhere."""
    hyphens = sum(line.pieces[-1].text.endswith(HYPHEN) for line in lines if line.pieces)
    return hyphens + len(list(cut_words(text, lines)))


def cut_words(text: str, lines: list[Line]) -> Iterator[str]:
    """Yield each line that ends inside a word without a hyphen; the lines are those of the text."""
    return (shown for shown in inner_ends(text, lines) if not shown.endswith(HYPHEN))


def inner_ends(text: str, lines: list[Line]) -> Iterator[str]:
    """Yield each line that ends inside a word, where only hyphenation allows that; the lines are those of the text."""
    whole = text.replace(HYPHEN, "")
    offered = _offered_ends(text)
    position = 0
    for line in lines[:-1]:
        shown = "".join(piece.text for piece in line.pieces)
        position = _skip(whole, position, sum(char != HYPHEN and not char.isspace() for char in shown))
        before, after = whole[position - 1 : position], whole[position : position + 1]
        inside = before and after and not after.isspace() and position not in offered
        if inside and not _MAY_END.search(shown) and not may_break_between(before, after):
            yield shown


def _offered_ends(text: str) -> set[int]:
    """Return the positions of the author's soft hyphens, counted without them."""
    found = [position for position, char in enumerate(text) if char == HYPHEN]
    return {position - number for number, position in enumerate(found)}


def _skip(text: str, position: int, count: int) -> int:
    """Return the position behind that number of further characters, spaces not counted."""
    while count and position < len(text):
        count -= not text[position].isspace()
        position += 1
    return position
