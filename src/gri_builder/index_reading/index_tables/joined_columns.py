"""Columns that no white parts, as one of them is nearly empty or a text reaches the next one: parted by their heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from gri_builder.index_reading.index_tables.columns import FEW_CROSS, Column
from gri_builder.index_reading.index_tables.lines import Line, make_lines
from gri_builder.pdf_reader.pdf_file import Word

INSIDE = 0.6
"""Share of the width of a head that is above its column."""


def part_by_heads(
    parts: Sequence[Line], columns: Iterable[Column], words: Sequence[Word], read_kind: Callable[[str], str]
) -> list[Column]:
    """Return columns, parted where two heads of different kinds are side by side above one.

    `words` are those below the heads: few of their lines run across where a column is parted.
    """
    return [part for column in columns for part in _part(column, parts, words, read_kind)]


def part_by_known(columns: Iterable[Column], known: Sequence[Column], words: Sequence[Word]) -> list[Column]:
    """Return columns, parted where two columns are that are known from the page before, and few lines run across."""
    parted: list[Column] = []
    for left, right in columns:
        inside = [word for word in words if left - 2 <= word.left < right]
        few = FEW_CROSS * len(make_lines(inside))
        held = [
            each for each in sorted(known) if min(right, each[1]) - max(left, each[0]) > INSIDE * (each[1] - each[0])
        ]
        start = left
        for at in (each[0] - 0.5 for each in held[1:]):
            if sum(word.left < at < word.right for word in inside) <= few and _both_hold(inside, start, at, right):
                parted.append((start, at - 0.5))
                start = at
        parted.append((start, right))
    return parted


def _both_hold(words: Sequence[Word], left: float, at: float, right: float) -> bool:
    """Return whether words start on both sides of a place within a column."""
    return any(left - 2 <= word.left < at for word in words) and any(at <= word.left < right for word in words)


def _part(
    column: Column, parts: Sequence[Line], words: Sequence[Word], read_kind: Callable[[str], str]
) -> Iterator[Column]:
    left, right = column
    above = sorted((part for part in parts if _is_above(part, column)), key=lambda each: each.left)
    for one, other in pairwise(above):
        kinds = read_kind(one.text), read_kind(other.text)
        if not all(kinds) or kinds[0] == kinds[1] or not _is_beside(one, other):
            continue
        inside = [word for word in words if left - 2 <= word.left < right]
        at, crossing = _find_place(one, other, inside)
        if crossing <= FEW_CROSS * len(make_lines(inside)):
            yield left, at - 0.5
            left = at
    yield left, right


def _is_above(part: Line, column: Column) -> bool:
    shared = min(part.right, column[1]) - max(part.left, column[0])
    return shared > INSIDE * (part.right - part.left)


def _is_beside(one: Line, other: Line) -> bool:
    """Return whether two heads share a height, with white between them that is more than a blank."""
    return one.top < other.bottom and other.top < one.bottom and other.left - one.right >= one.bottom - one.top


def _find_place(one: Line, other: Line, words: Sequence[Word]) -> tuple[float, int]:
    """Return where fewest words run across between two heads, nearest to the latter, and how many these are."""
    places = [other.left - 0.5 - step for step in range(max(int(other.left - one.right), 1))]
    crossing = [sum(word.left < at < word.right for word in words) for at in places]
    best = crossing.index(min(crossing))
    return places[best], crossing[best]
