"""How a table fits on a page: as it is, over the margin column, in a smaller size, or on a turned page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gri_builder.layout.tables.widths import ColumnWidths

MIN_SIZE = 6.5
"""Smallest size of a table's text, in points."""
SIZE_STEP = 0.5
TOLERANCE = 0.01


class Rooms(NamedTuple):
    """Widths that a table may have, in points."""

    text: float
    """In the text."""
    margin: float = 0.0
    """What the margin column beside it adds."""
    turned: float | None = None
    """On a landscape page; None where no page can be turned."""


class Fit(NamedTuple):
    """How a table is set."""

    scale: float = 1.0
    """Of its text."""
    margin: float = 0.0
    """Width that it takes in the margin column."""
    is_turned: bool = False
    breaks_words: bool = False
    """Whether words are broken at any character."""
    breaks_out: bool = False
    """Whether its numbers are wider than the room all the same, so that the build is refused."""


def choose_fit(measure: Callable[[float], ColumnWidths], size: float, rooms: Rooms) -> Fit:
    """Return the first way of setting a table in which no number breaks, and words break only where a hyphen may be.

    The margin column's width is used first, then a smaller size, then a turned page. Where nothing helps, words are
    broken at any character. `measure` returns the widths at a scale of the text; `size` is that of its text.
    """
    fits = list(_list_fits(size, rooms))
    for fit, room in fits:
        if sum(measure(fit.scale).hyphenated) <= room + TOLERANCE:
            return fit
    fit, room = fits[-1]
    breaks_out = sum(measure(fit.scale).floor) > room + TOLERANCE
    return fit._replace(breaks_words=True, breaks_out=breaks_out)


def _list_fits(size: float, rooms: Rooms) -> Iterator[tuple[Fit, float]]:
    """Yield the ways of setting a table, each with its room, in the order of preference."""
    scales = list(_list_scales(size))
    yield Fit(), rooms.text
    if rooms.margin:
        yield Fit(margin=rooms.margin), rooms.text + rooms.margin
    for scale in scales:
        yield Fit(scale, rooms.margin), rooms.text + rooms.margin
    if rooms.turned is not None:
        for scale in (1.0, *scales):
            yield Fit(scale, is_turned=True), rooms.turned


def _list_scales(size: float) -> Iterator[float]:
    """Yield the scales below 1, down to that of the smallest size."""
    smaller = size - SIZE_STEP
    while smaller > MIN_SIZE:
        yield smaller / size
        smaller -= SIZE_STEP
    if size > MIN_SIZE:
        yield MIN_SIZE / size
