"""The axis of periods: each at its place in time, so that equal distances are equal times; names at equal steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from gri_builder.charts.obstacles import Obstacles
from gri_builder.charts.scene import Label, Scene, rule
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

YEAR = 1.0
TOLERANCE = 1.5
"""A distance of more steps than that between two periods is a gap: months and quarters differ by some days."""
LABELS = 16.0
"""Height of the labels below a plot."""
BASELINE = 3.0
TICK = 2.5
LABEL_GAP = 5.0
"""Least space between two labels."""


class TimeAxis(Struct, frozen=True):
    """Where the categories of a chart are, from left to right."""

    xs: tuple[float, ...]
    """Of each category."""
    unit: float
    """Points per year; 0 if the categories are no periods."""
    origin: float
    """Coordinate of the year 0."""
    links: tuple[bool, ...]
    """For each category but the first: whether the one before is the period just before it."""

    def at(self, place: float) -> float:
        """Return the coordinate of a time in years."""
        return self.origin + place * self.unit

    def joins(self, one: int, other: int) -> bool:
        """Return whether a category follows another one, without a period between them."""
        return other == one + 1 and self.links[one]

    @property
    def pitch(self) -> float:
        """The least distance between two categories."""
        places = sorted(self.xs)
        return min((other - one for one, other in pairwise(places)), default=1e6)


def make_time_axis(chart: Chart, left: float, right: float) -> TimeAxis:
    """Return the axis of a chart's categories between two ends; times of its targets are on it, too."""
    count = len(chart.categories)
    times = [*chart.places, *(line.place for line in chart.lines if line.place is not None)]
    if not chart.places:
        slot = (right - left) / max(1, count)
        return TimeAxis(tuple(left + slot * (n + 0.5) for n in range(count)), 0.0, 0.0, (True,) * max(0, count - 1))
    low, high = min(times), max(times)
    if low == high:
        return TimeAxis(((left + right) / 2,) * count, 0.0, (left + right) / 2, (False,) * (count - 1))
    unit = (right - left) / (high - low)
    origin = left - low * unit
    return TimeAxis(
        tuple(origin + place * unit for place in chart.places), unit, origin, tuple(_find_links(chart.places))
    )


def _find_links(places: Sequence[float]) -> Iterable[bool]:
    """Yield for each period but the first whether it follows the one before it at the step of the chart's periods.

    The step is the least distance between two of them, a year at most: of 2005 and 2015 alone, nobody knows what was
    between them.
    """
    steps = [other - one for one, other in pairwise(places)]
    step = min([YEAR, *(each for each in steps if each > 0)])
    return [0 < each <= step * TOLERANCE for each in steps]


def end_space(space: ChartSpace, chart: Chart) -> tuple[float, float]:
    """Return the space that the first and last label need beyond the first and last place."""
    if not chart.places or len(chart.places) == 1:
        return 0.0, 0.0
    first, last = (space.text_width(chart.categories[n]) / 2 for n in (0, -1))
    return min(first, space.width / 4), min(last, space.width / 4)


def write_categories(
    scene: Scene,
    space: ChartSpace,
    chart: Chart,
    axis: TimeAxis,
    obstacles: Obstacles,
    y: float = BASELINE,
    frame: tuple[float, float] | None = None,
) -> None:
    """Write the labels of categories, as many as have space; the first and last always."""
    count = len(chart.categories)
    frame = frame or (0.0, scene.width)
    room = (frame[1] - frame[0] - LABEL_GAP) / min(2, count)
    texts = [space.shorten(name, room, n in chart.highlighted) for n, name in enumerate(chart.categories)]
    widths = [space.text_width(text, n in chart.highlighted) for n, text in enumerate(texts)]
    taken: list[tuple[float, float]] = []
    middles = _place_ends(axis.xs, widths, frame)
    order = (count - 1, 0, *(n for n in chart.highlighted if 0 < n < count - 1), *range(count - 2, 0, -1))
    for n in dict.fromkeys(order):
        x, half = middles.pop(n, axis.xs[n]), widths[n] / 2
        is_free = all(x + half + LABEL_GAP <= other[0] or other[1] + LABEL_GAP <= x - half for other in taken)
        if not (is_free or n == 0):
            continue
        taken.append((x - half, x + half))
        look = space.look(strong=True, bold=n in chart.highlighted)
        obstacles.write(scene, Label(texts[n], x, y, look, "center"))


def _place_ends(xs: Sequence[float], widths: Sequence[float], frame: tuple[float, float]) -> dict[int, float]:
    """Return the middles of the first and last label by their numbers: inside the frame, and apart from each other."""
    left, right = frame
    last = len(xs) - 1
    high = min(max(xs[last], left + widths[last] / 2), right - widths[last] / 2)
    if not last:
        return {0: high}
    low = min(max(xs[0], left + widths[0] / 2), right - widths[0] / 2)
    apart = (widths[0] + widths[last]) / 2 + LABEL_GAP
    low = max(left + widths[0] / 2, min(low, high - apart))
    return {0: low, last: max(high, low + apart)}


def draw_ticks(scene: Scene, space: ChartSpace, axis: TimeAxis, y: float) -> None:
    """Draw a short line below the axis at the place of each period: their distances are times."""
    if axis.unit and axis.pitch > 2:
        for x in axis.xs:
            scene.add(rule([(x, y), (x, y - TICK)], space.style.border, 0.6))
