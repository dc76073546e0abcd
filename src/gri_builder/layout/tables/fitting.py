"""How a table fits on a page: as it is, over the margin column, in a smaller size, or on a turned page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gri_builder.layout.tables.widths import ColumnWidths

MIN_SIZE = 6.5
"""Smallest size of a table's text, in points."""
CROWDED = 1.5
"""Natural width of a table, in parts of the text's, from which it takes up the margin column: texts would be broken
into many short lines."""
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


def choose_fit(measure: Callable[[float], ColumnWidths], sizes: Sequence[float], rooms: Rooms) -> Fit:
    """Return the first way of setting a table in which no number breaks, and words break only where a hyphen may be.

    The margin column's width is used first, also where texts would be very narrow without it; then a smaller size,
    then a turned page. Where nothing helps, words are broken at any character. `measure` returns the widths at a scale
    of the text; `sizes` are those of its text, the largest first.
    """
    fits = list(_list_fits(sizes, rooms))
    for fit, room in fits:
        needed = measure(fit.scale)
        has_better = fit == Fit() and rooms.margin > 0 and _is_crowded(needed, room)
        if sum(needed.hyphenated) <= room + TOLERANCE and not has_better:
            return fit
    fit, room = fits[-1]
    breaks_out = sum(measure(fit.scale).floor) > room + TOLERANCE
    return fit._replace(breaks_words=True, breaks_out=breaks_out)


def _is_crowded(needed: ColumnWidths, room: float) -> bool:
    """Return whether words would be hyphenated, or texts broken into many lines."""
    return sum(needed.whole) > room or sum(needed.natural) > CROWDED * room


def _list_fits(sizes: Sequence[float], rooms: Rooms) -> Iterator[tuple[Fit, float]]:
    """Yield the ways of setting a table, each with its room, in the order of preference.

    The smallest size is for turned pages alone, where there are any.
    """
    scales = [size / sizes[0] for size in sizes]
    yield Fit(), rooms.text
    upright = scales if rooms.turned is None else scales[:-1]
    for scale in upright if rooms.margin else upright[1:]:
        yield Fit(scale, rooms.margin), rooms.text + rooms.margin
    if rooms.turned is not None:
        for scale in scales:
            yield Fit(scale, is_turned=True), rooms.turned
