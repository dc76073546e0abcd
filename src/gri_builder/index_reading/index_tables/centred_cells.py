"""Cells that are centred over several rows, in columns where no lines are drawn: they lie between the rows' middles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from gri_builder.index_reading.index_tables.bands import Band, is_within
from gri_builder.index_reading.index_tables.lines import Line, make_lines
from gri_builder.pdf_reader.pdf_file import Word

FULL = 0.9
"""Share of the rows that hold a cell of a column, if none of its cells is that of several rows."""
WITHIN = 0.5
"""Heights of a line that are between two of a cell at most."""
BESIDE = 0.3
"""Heights of a line by which a cell's middle is off those of all lines of rows, if it lies between rows."""
MANY_BESIDE = 0.2
"""Share of the cells of a column that lie between rows at least."""
FIT = 0.3
"""Share of a row's height by which the end of a cell is off that of a row at most."""


def is_full(words: Sequence[Word], bands: Sequence[Band]) -> bool:
    """Return whether nearly each row has a cell of its own in a column."""
    return sum(any(is_within(word, band) for word in words) for band in bands) >= FULL * len(bands)


def find_blocks(words: Sequence[Word]) -> list[Band]:
    """Return the upper and lower ends of texts that are apart from each other, from the top."""
    blocks: list[list[Line]] = []
    for line in make_lines(words):
        if blocks and line.top - blocks[-1][-1].bottom < WITHIN * (line.bottom - line.top):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [(block[0].top, max(line.bottom for line in block)) for block in blocks]


def lie_between(blocks: Sequence[Band], lines: Sequence[Band]) -> bool:
    """Return whether many blocks lie between the lines of rows, as cells of several rows do."""
    if len(blocks) < 2 or not lines:
        return False
    reach = BESIDE * median(bottom - top for top, bottom in lines)
    beside = sum(all(abs(_middle(block) - _middle(line)) > reach for line in lines) for block in blocks)
    return beside >= max(1, MANY_BESIDE * len(blocks))


def make_rows(texts: Sequence[Band], walls: Sequence[float] = ()) -> list[Band]:
    """Return where rows start and end: half-way between their texts, or as far from these where a wall is between."""
    gaps = [other[0] - one[1] for one, other in pairwise(texts)]
    half = max(median(gaps), 0.0) / 2 if gaps else 0.0
    tops, bottoms = [texts[0][0] - half], []
    for one, other in pairwise(texts):
        parted = any(one[1] <= wall <= other[0] for wall in walls)
        bottoms.append(one[1] + half if parted else (one[1] + other[0]) / 2)
        tops.append(other[0] - half if parted else bottoms[-1])
    return list(zip(tops, [*bottoms, texts[-1][1] + half], strict=True))


def share_centred(blocks: Sequence[Band], rows: Sequence[Band]) -> dict[int, Band]:
    """Return the block of each row, where blocks are centred over all rows, one after the other; nothing otherwise.

    Each starts where the one before it ends, so that its middle says which row is its last one.
    """
    found: dict[int, Band] = {}
    first = 0
    for block in blocks:
        if first >= len(rows):
            return {}
        wanted = 2 * _middle(block) - rows[first][0]
        last = min(range(first, len(rows)), key=lambda n: abs(rows[n][1] - wanted))
        if abs(rows[last][1] - wanted) > FIT * (rows[last][1] - rows[last][0]):
            return {}
        found.update(dict.fromkeys(range(first, last + 1), (block[0] - 0.5, block[1] + 0.5)))
        first = last + 1
    return found if first == len(rows) else {}


def _middle(band: Band) -> float:
    return (band[0] + band[1]) / 2
