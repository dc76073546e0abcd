"""Levels of text: which stretches of a paragraph are read from right to left (UAX #9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from gri_builder.fonts.bidi import find_levels, level_runs, visual_order
from gri_builder.fonts.scripts import Direction, has_rtl

CACHED = 4096
_SIGN = re.compile(r"(?<![\w).,%])[-+\u2212\u2010\u00b1](?=[0-9])")
"""The sign of a number: it stays before its digits, as one of them (UAX #9, HL3)."""
_STRONG: dict[Direction, frozenset[str]] = {"ltr": frozenset({"L"}), "rtl": frozenset({"R", "AL"})}


def paragraph_level(text: str, direction: Direction) -> int:
    """Return the level of a paragraph: of the direction around it, or the other one if all its letters have that.

    So a Hebrew sentence in an English report is read from right to left, and an English one in a Hebrew report from
    left to right (UAX #9, HL1).
    """
    types = set(map(unicodedata.bidirectional, text))
    other: Direction = "ltr" if direction == "rtl" else "rtl"
    against = not types & _STRONG[direction] and bool(types & _STRONG[other])
    return int((other if against else direction) == "rtl")


def levels_of(text: str, direction: Direction) -> list[int] | None:
    """Return the level of each character of a paragraph; None if all of it is read from left to right."""
    if not has_rtl(text):
        return None
    return find_levels(_SIGN.sub("1", text), paragraph_level(text, direction))


def split_levels(texts: Sequence[str], direction: Direction) -> list[list[tuple[str, int]]] | None:
    """Return the stretches of one level in each of the texts of a paragraph; None if all are read left to right.

    A line break ('\\n') ends a paragraph.
    """
    whole = "".join(texts)
    if not has_rtl(whole):
        return None
    levels = [level for part in whole.splitlines(keepends=True) for level in _levels_of_line(part, direction)]
    stretches, start = [], 0
    for text in texts:
        own = levels[start : start + len(text)]
        stretches.append([(text[first:last], own[first]) for first, last in level_runs(own)])
        start += len(text)
    return stretches


def _levels_of_line(text: str, direction: Direction) -> list[int]:
    return levels_of(text, direction) or [0] * len(text)


@lru_cache(maxsize=CACHED)
def visual_stretches(text: str, direction: Direction) -> tuple[tuple[str, int], ...]:
    """Return the stretches of one level of a line that is written at once, from left to right."""
    levels = levels_of(text, direction)
    if levels is None:
        return ((text, 0),)
    runs = level_runs(levels)
    order = visual_order([levels[first] for first, _ in runs])
    return tuple((text[slice(*runs[place])], levels[runs[place][0]]) for place in order)


def words_read_backwards(stretches: Sequence[tuple[str, int]]) -> bool:
    """Return whether at least as many words of a line are read from right to left as the other way round."""
    backwards = sum(len(text.split()) for text, level in stretches if level % 2)
    return backwards > 0 and backwards >= sum(_count_left(text) for text, level in stretches if not level % 2)


def _count_left(text: str) -> int:
    return sum(any(map(str.isalpha, word)) for word in text.split())
