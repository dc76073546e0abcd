"""Lines and sides of boxes that divide the cells of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from gri_builder.pdf_reader.pdf_file import Word

FLAT = 2.5
"""Points that an edge is wide at most."""
SAME = 1.5
"""Points between edges that are one."""
JOINED = 3.5
"""Points between two parts of one line."""
COVERED = 0.6
"""Share of a column that a line must cross to divide its cells."""


class Span(Struct, frozen=True):
    """A level line at `at` from `start` to `end`, or an upright one."""

    at: float
    start: float
    end: float

    def covers(self, start: float, end: float) -> bool:
        """Return whether it crosses a column."""
        shared = min(self.end, end) - max(self.start, start)
        return shared >= COVERED * max(end - start, 1)


class Rules(Struct, frozen=True):
    """The lines of a table or page."""

    level: tuple[Span, ...] = ()
    upright: tuple[Span, ...] = ()
    ends: tuple[tuple[float, float], ...] = ()
    """Where level lines start or end, in the parts that they are drawn in: across the page, and height on it."""

    def across(self, left: float, right: float) -> list[float]:
        """Return the heights of the level lines that divide the cells of a column, from the top."""
        heights = sorted(line.at for line in self.level if line.covers(left, right))
        return [at for place, at in enumerate(heights) if not place or at - heights[place - 1] > SAME]

    def within(self, left: float, right: float, top: float, bottom: float) -> Rules:
        """Return the lines that are in a box, cut to it across the page."""
        level = (
            Span(line.at, max(line.start, left), min(line.end, right))
            for line in self.level
            if top <= line.at <= bottom and line.end > left and line.start < right
        )
        upright = (line for line in self.upright if left <= line.at <= right and line.end > top and line.start < bottom)
        ends = (end for end in self.ends if left - SAME <= end[0] <= right + SAME and top <= end[1] <= bottom)
        return Rules(tuple(level), tuple(upright), tuple(ends))


def read_rules(edges: Iterable[tuple[float, float, float, float]], words: Sequence[Word]) -> Rules:
    """Return the lines that the edges of a page make; those that underline words are left out."""
    flat = [each for each in edges if each[3] - each[1] <= FLAT and each[2] - each[0] > FLAT]
    high = [each for each in edges if each[2] - each[0] <= FLAT and each[3] - each[1] > FLAT]
    level = _join([((top + bottom) / 2, left, right) for left, top, right, bottom in flat])
    upright = _join([((left + right) / 2, top, bottom) for left, top, right, bottom in high])
    kept = [line for line in level if not _is_underline(line, words)]
    ends = {(round(x, 1), round((top + bottom) / 2, 1)) for left, top, right, bottom in flat for x in (left, right)}
    return Rules(tuple(kept), tuple(upright), tuple(sorted(ends)))


def _join(parts: Iterable[tuple[float, float, float]]) -> list[Span]:
    """Return lines with the parts joined that continue each other."""
    rows: list[list[tuple[float, float, float]]] = []
    for part in sorted(parts):
        if rows and part[0] - rows[-1][0][0] <= SAME:
            rows[-1].append(part)
        else:
            rows.append([part])
    return [line for row in rows for line in _join_row(row)]


def _join_row(row: Sequence[tuple[float, float, float]]) -> list[Span]:
    joined: list[Span] = []
    for at, start, end in sorted(row, key=lambda each: each[1:]):
        if joined and start - joined[-1].end <= JOINED:
            joined[-1] = Span(joined[-1].at, joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Span(at, start, end))
    return joined


def _is_underline(line: Span, words: Sequence[Word]) -> bool:
    """Return whether a line is drawn below words, within their height, and no longer than they are."""
    over = [w for w in words if w.top < line.at <= w.bottom + 0.5 and w.right > line.start and w.left < line.end]
    if not over:
        return False
    left, right = min(word.left for word in over), max(word.right for word in over)
    below = all(line.at > (word.top + word.bottom) / 2 for word in over)
    return below and line.start >= left - 2 and line.end <= right + 2 and line.end - line.start > 0.5 * (right - left)
