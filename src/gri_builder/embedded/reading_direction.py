"""Reading direction: characters as they are set from left to right, put into the order in which they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_MAY_BE_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LEFT_TO_RIGHT = frozenset({"L", "EN", "AN"})


def put_in_reading_order(units: Sequence[str]) -> str:
    """Return the characters of a stretch of text in the order in which they are read.

    `units` are the characters of each code, from left to right. Stretches that are read from right to left are turned
    around; so is the order of all stretches where most letters are read so.
    """
    text = "".join(units)
    if not _MAY_BE_RIGHT_TO_LEFT.search(text):
        return text
    sides = [_side(unit) for unit in units]
    backwards = sides.count("R")
    if not backwards:
        return text
    leftwards = backwards >= sum(
        any(map(str.isalpha, unit)) for unit, side in zip(units, sides, strict=True) if side == "L"
    )
    stretches = [
        (side, [units[place] for place, _ in group])
        for side, group in groupby(
            enumerate(_with_neutrals(sides, "R" if leftwards else "L")), key=lambda each: each[1]
        )
    ]
    texts = ["".join(reversed(own) if side == "R" else own) for side, own in stretches]
    return "".join(reversed(texts) if leftwards else texts)


def _side(unit: str) -> str:
    """Return 'R' or 'L' for a unit with a letter or number, else an empty text."""
    for char in unit:
        kind = unicodedata.bidirectional(char)
        if kind in _RIGHT_TO_LEFT:
            return "R"
        if kind in _LEFT_TO_RIGHT:
            return "L"
    return ""


def _with_neutrals(sides: Sequence[str], base: str) -> list[str]:
    """Return the sides, with that of both neighbours, or else `base`, for units that have none."""
    filled, place = list(sides), 0
    while place < len(filled):
        end = place
        while end < len(filled) and not sides[end]:
            end += 1
        before, after = (sides[place - 1] if place else base), (sides[end] if end < len(sides) else base)
        filled[place:end] = [before if before == after else base] * (end - place)
        place = max(end, place) + 1
    return filled
