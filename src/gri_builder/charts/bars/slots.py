"""Slots: where the categories of upright bars are, true to time where they are periods."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

GROUP = 0.66
"""Share of a slot that its bars take: the gap between groups is wider than that between bars."""
MAX_BAR = 46.0
LEAST_BAR = 4.0
GAP_WIDTH = 0.7
"""Width of a drawn gap of periods that are left out, in slots."""


class Slots(Struct, frozen=True):
    """Equal slots from left to right; those of periods without a category are empty."""

    middles: tuple[float, ...]
    width: float
    gaps: tuple[float, ...] = ()
    """Where periods between two categories are left out, as they have no space; a mark is drawn there."""
    right: float = 0.0
    """Right end of the last slot."""

    def bars(self, count: int) -> float:
        """Return the width of each of that many bars side by side."""
        return min(MAX_BAR, self.width * GROUP / max(1, count))


def place_slots(chart: Chart, space: ChartSpace, left: float, right: float, bars: int) -> Slots:
    """Return the slots between two ends for so many bars in each."""
    count = len(chart.categories)
    offsets = find_offsets(chart.places) if len(chart.places) == count else None
    if offsets and offsets[-1] + 1 > count:
        needed = max(space.widest(chart.categories) + 3, (8.0 if bars == 1 else LEAST_BAR * bars) / GROUP)
        if bars == 1:
            needed = max(needed, space.widest(text for series in chart.series for text in series.labels) + 2)
        if (right - left) / (offsets[-1] + 1) >= needed:
            return _place(offsets, left, right, bars, [])
        return _place(*_shorten(offsets, left, right, bars))
    return _place([float(n) for n in range(count)], left, right, bars, [])


def find_offsets(places: Sequence[float]) -> list[float] | None:
    """Return the places in steps of the least distance between two; None if they do not ascend in whole steps."""
    distances = [other - one for one, other in pairwise(places)]
    if not distances or min(distances) <= 0:
        return None
    step = min(distances)
    offsets = [(place - places[0]) / step for place in places]
    is_even = max(distances) < step * 1.3  # months have 28 to 31 days
    return [float(n) for n in range(len(places))] if is_even else [float(round(offset)) for offset in offsets]


def _shorten(
    offsets: Sequence[float], left: float, right: float, bars: int
) -> tuple[list[float], float, float, int, list[float]]:
    """Return what places slots whose longer distances are cut, with the middles of the cuts."""
    places, gaps = [0.0], list[float]()
    for one, other in pairwise(offsets):
        is_gap = other - one > 1.0
        places.append(places[-1] + 1 + (GAP_WIDTH if is_gap else 0.0))
        if is_gap:
            gaps.append((places[-1] + places[-2]) / 2)
    return places, left, right, bars, gaps


def _place(offsets: Sequence[float], left: float, right: float, bars: int, gaps: Sequence[float]) -> Slots:
    slots = offsets[-1] + 1
    width = min((right - left) / slots, MAX_BAR * bars / GROUP * 1.25)
    middles = tuple(left + (offset + 0.5) * width for offset in offsets)
    return Slots(middles, width, tuple(left + (gap + 0.5) * width for gap in gaps), left + slots * width)
