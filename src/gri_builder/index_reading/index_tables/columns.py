"""Columns of a table: by the lines that it draws, else by the white that runs down between words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gri_builder.index_reading.index_tables.lines import Line, center, make_lines
from gri_builder.index_reading.index_tables.rules import Rules
from gri_builder.pdf_reader.pdf_file import Word

GUTTER = 7
"""Points of white between two columns."""
GAP = 4.0
"""Points between words of two columns, line below line."""
MANY = 0.15
"""Share of the lines that start a column after a gap."""
FEWEST = 3
"""Lines that start a column after a gap, and lines drawn that end at a column's edge."""
FEW_CROSS = 0.04
"""Share of a column's lines that may run across its gutter."""
TALL = 0.4
"""Share of a table's height along which an upright line divides columns."""
OFTEN = 0.4
"""Share of its level lines that are drawn in parts which end at an edge of a column."""
NEAR = 2.5
"""Points between edges that are one."""

Column = tuple[float, float]
"""Left and right edge."""


def find_edges(rules: Rules, words: Sequence[Word], top: float, bottom: float) -> list[float]:
    """Return the edges of columns that a table draws, by upright lines and by parts of its level lines."""
    tall = TALL * max(bottom - top, 1)
    lengths: dict[float, float] = {}
    for line in rules.upright:
        at = next((x for x in lengths if abs(x - line.at) <= NEAR), line.at)
        lengths[at] = lengths.get(at, 0) + min(line.end, bottom) - max(line.start, top)
    edges = [at for at, length in lengths.items() if length >= tall]
    heights = {round(line.at) for line in rules.level}
    ends: dict[float, set[int]] = {}
    for x, y in rules.ends:
        ends.setdefault(next((each for each in ends if abs(each - x) <= NEAR), x), set()).add(round(y))
    enough = max(FEWEST, OFTEN * len(heights))
    edges += [x for x, at in ends.items() if len(at) >= enough and not any(abs(x - edge) <= NEAR for edge in edges)]
    allowed = FEW_CROSS * len(make_lines(words))
    return sorted(x for x in edges if sum(word.left + 1 < x < word.right - 1 for word in words) <= allowed)


def split_columns(words: Sequence[Word], left: float, right: float, edges: Sequence[float] = ()) -> list[Column]:
    """Return the columns from one place across the page to another.

    `edges` are those drawn; what is between two of them is split where white runs down.
    """
    inner = [edge for edge in edges if left + NEAR < edge < right - NEAR]
    bounds = [left, *inner, right]
    columns: list[Column] = []
    for start, end in pairwise(bounds):
        held = [word for word in words if start <= center(word) < end]
        if held:
            drawn = bool(inner) and start in inner and end in inner
            columns += [(start, end)] if drawn else _split_by_white(held, start, end)
    return _stretch(columns, words)


def _stretch(columns: Sequence[Column], words: Sequence[Word]) -> list[Column]:
    """Return columns as wide as the words that start in them, also those of few lines."""
    stretched: list[Column] = []
    for number, (left, right) in enumerate(columns):
        next_left = columns[number + 1][0] if number + 1 < len(columns) else float("inf")
        inside = [word.right for word in words if left - 1 <= word.left < next_left - 1]
        stretched.append((left, max(right, min(max(inside, default=right), next_left - 2))))
    return stretched


def _split_by_white(words: Sequence[Word], left: float, right: float) -> list[Column]:
    """Return the columns between which white runs down."""
    lines = make_lines(words)
    allowed = int(len(lines) * FEW_CROSS)
    start = int(max(left, min(word.left for word in words)))
    width = int(min(right, max(word.right for word in words))) - start + 2
    crossed = [0] * max(width, 1)
    for word in words:
        for x in range(max(0, int(word.left) - start), min(width, int(word.right) + 1 - start)):
            crossed[x] += 1
    columns = [(start + one, start + other) for one, other in _runs(crossed, allowed)]
    return [each for column in columns for each in _split_at_starts(column, lines)]


def _runs(crossed: Sequence[int], allowed: int) -> Iterator[tuple[int, int]]:
    """Yield where words are: from and to, between which there is no white as wide as a gutter."""
    first: int | None = None
    white = 0
    for x, count in enumerate(crossed):
        if count > allowed:
            first = x if first is None else first
            white = 0
        elif first is not None:
            white += 1
            if white >= GUTTER:
                yield first, x - white + 1
                first, white = None, 0
    if first is not None:
        yield first, len(crossed)


def _split_at_starts(column: Column, lines: Sequence[Line]) -> Iterator[Column]:
    """Yield the parts of a column, split where words of many lines start below each other after a gap."""
    left, right = column
    starts: list[float] = []
    for line in lines:
        for before, word in pairwise(line.words):
            if left < word.left < right - GUTTER and before.left >= left - 2 and word.left - before.right >= GAP:
                starts.append(word.left)
    for start in sorted(starts):
        near = [each for each in starts if abs(each - start) <= 2]
        if start > left + GUTTER and len(near) >= max(FEWEST, len(lines) * MANY):
            yield left, start - 2
            yield from _split_at_starts((start - 2, right), lines)
            return
    yield left, right


def place_words(words: Iterable[Word], columns: Sequence[Column]) -> dict[int, list[Word]]:
    """Return the words by the number of their column; what runs on over a gutter stays in its column."""
    placed: dict[int, list[Word]] = {}
    for line in make_lines(words):
        before: tuple[Word, int] | None = None
        for word in line.words:
            number = _find_column(word, columns)
            if number is None:
                continue
            if before and number > before[1] and _runs_on(before[0], word, columns[number]):
                number = before[1]
            placed.setdefault(number, []).append(word)
            before = word, number
    return placed


def _runs_on(before: Word, word: Word, column: Column) -> bool:
    """Return whether a word of a column only continues with what is in the column before."""
    return word.left - before.right < GAP and not column[0] - 2 <= word.left <= column[0] + GUTTER


def _find_column(word: Word, columns: Sequence[Column]) -> int | None:
    middle = center(word)
    return next((n for n, (left, right) in enumerate(columns) if left - 2 <= middle < right + 2), None)
