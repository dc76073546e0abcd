"""Patterns: thin white lines or dots over a fill, as a second cue beside its colour."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from gri_builder.charts.scene import Box, FillPattern
from gri_builder.model.color import WHITE
from gri_builder.pdf.content_stream import (
    RESTORE,
    SAVE,
    Operators,
    Path,
    clip,
    combine,
    join_paths,
    line,
    rectangle,
    stroke,
)
from gri_builder.pdf.content_stream import fill as fill_path

GAP = 4.2
"""Distance between the lines of a pattern, in points."""
WIDTH = 0.5
DOT = 0.9
"""Side of a dot."""


def paint_pattern(pattern: FillPattern, path: Path, box: Box) -> Operators:
    """Paint a pattern inside a path. It is fixed to the page, so that it runs on through neighbours of one look."""
    if pattern == "dots":
        painted = fill_path(join_paths(_dots(box)), WHITE)
    else:
        painted = stroke(join_paths(_lines(pattern, box)), color=WHITE, width=WIDTH)
    return combine(SAVE, clip(path), painted, RESTORE)


def _steps(low: float, high: float, gap: float = GAP) -> Iterator[float]:
    """Yield the multiples of the gap around a range; at least two."""
    return (n * gap for n in range(floor(low / gap), ceil(high / gap) + 1))


def _lines(pattern: FillPattern, box: Box) -> Iterator[Path]:
    left, bottom, right, top = box
    if pattern in ("horizontal", "grid"):
        yield from (line(left, y, right, y) for y in _steps(bottom, top))
    if pattern in ("vertical", "grid"):
        yield from (line(x, bottom, x, top) for x in _steps(left, right))
    if pattern == "diagonal":
        yield from (line(c + bottom, bottom, c + top, top) for c in _steps(left - top, right - bottom, GAP * 1.4))
    if pattern == "counter":
        yield from (line(c - bottom, bottom, c - top, top) for c in _steps(left + bottom, right + top, GAP * 1.4))


def _dots(box: Box) -> Iterator[Path]:
    left, bottom, right, top = box
    for y in _steps(bottom, top):
        shift = GAP / 2 if round(y / GAP) % 2 else 0.0
        yield from (rectangle(x + shift - DOT / 2, y - DOT / 2, DOT, DOT) for x in _steps(left - GAP, right))
