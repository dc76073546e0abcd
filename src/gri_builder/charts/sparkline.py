"""Sparklines: the course of a key figure as a small line, on one relative scale for all tiles beside it.

Each line is drawn from zero, in shares of its own largest value: a fall of 1 % looks like 1 %, one of 90 % like 90 %,
and what does not move is flat. Time is true to scale; where periods are missing, the line is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from gri_builder.charts.scene import Datum, Label, Scale, Scene, Shape, circle, line, rule
from gri_builder.model.color import Color
from gri_builder.model.document import Trend
from gri_builder.typesetting.line_breaking import TextFormat

HEIGHT = 24.0
"""Height of the line, in points."""
MARK = 2.2
"""Radius of the mark at the last value."""
DOT = 1.1
"""Radius of the dot of a value that has no neighbours."""
GAP = 1.6
"""Distance in time, relative to the smallest one, from which on a line is open."""


class TrendScale(Struct, frozen=True):
    """The part of a relative scale that the lines beside each other need: 1 is the largest value of each of them."""

    low: float = 0.0
    high: float = 1.0


def share_scale(trends: Iterable[Trend]) -> TrendScale:
    """Return the relative scale of several trends; it contains zero."""
    shares = [value / _largest(trend) for trend in trends for value in trend.values]
    low, high = min(0.0, *shares, 0.0), max(0.0, *shares, 0.0)
    return TrendScale(low, high) if low < high else TrendScale()


def _largest(trend: Trend) -> float:
    """Return the largest distance from zero; 1 if all values are zero."""
    return max(map(abs, trend.values)) or 1.0


def draw_sparkline(
    trend: Trend,
    width: float,
    scale: TrendScale,
    color: Color,
    axis: Color,
    look: TextFormat,
    height: float = HEIGHT,
) -> Scene:
    """Draw a trend from zero, with its last value marked and its first and last period below it."""
    foot = look.size * 1.15 if trend.first else 0.0
    scene = Scene(width, height + foot)
    unit = (height - 2 * MARK) / (scale.high - scale.low)
    zero = foot + MARK - scale.low * unit
    number = scene.add_scale(Scale(zero, unit / _largest(trend)))
    xs = _spread(trend, MARK, width - MARK)
    ys = [scene.scales[number].at(value) for value in trend.values]
    facts = trend.facts or (None,) * len(xs)
    data = [Datum(value, fact) for value, fact in zip(trend.values, facts, strict=True)]
    scene.add(rule([(0, zero), (width, zero)], axis, 0.5))
    for run in _runs(trend):
        scene.add(_draw_run([(xs[n], ys[n]) for n in run], tuple(data[n] for n in run), color, number))
    scene.add(Shape((circle(xs[-1], ys[-1], MARK),), color))
    if foot:
        scene.write_if_free(Label(trend.last, width, look.size * 0.22, look, "right", "tick"))
        scene.write_if_free(Label(trend.first, 0, look.size * 0.22, look, "left", "tick"), padding=3)
    return scene


def _draw_run(points: Sequence[tuple[float, float]], data: tuple[Datum, ...], color: Color, scale: int) -> Shape:
    """Return the line through neighbouring values, or the dot of a single one."""
    if len(points) == 1:
        return Shape((circle(*points[0], DOT),), color, role="data", data=data, measure="y", scale=scale)
    return Shape((line(points),), None, color, 1.3, is_round=True, role="data", data=data, measure="y", scale=scale)


def _places(trend: Trend) -> Sequence[float]:
    return trend.places if len(trend.places) == len(trend.values) else [float(n) for n in range(len(trend.values))]


def _spread(trend: Trend, left: float, right: float) -> list[float]:
    """Return where each value is between two edges, true to time."""
    places = _places(trend)
    span = (places[-1] - places[0]) or 1.0
    return [left + (place - places[0]) / span * (right - left) for place in places]


def _runs(trend: Trend) -> Iterator[list[int]]:
    """Yield the numbers of values that follow each other without a gap."""
    places = _places(trend)
    steps = [after - before for before, after in pairwise(places)]
    limit = min((step for step in steps if step > 0), default=1.0) * GAP
    run = [0]
    for n, step in enumerate(steps, 1):
        if step > limit:
            yield run
            run = []
        run.append(n)
    yield run
