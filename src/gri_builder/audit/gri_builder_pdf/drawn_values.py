"""Drawn values: the shapes of charts as the pages draw them now, measured against the values that they show.

A bar of twice the value is twice as long: this is read back from the path operators of the page, not from the seal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import atan2, pi, sqrt

from msgspec import Struct

from gri_builder.embedded.drawn_charts import DrawnChart, DrawnShape
from gri_builder.model.figures.chart import Measure
from gri_builder.model.provenance import FactRecord
from gri_builder.pdf_reader.value_shapes import Point, ValuePath

TOLERANCE = 0.005
"""Permitted difference relative to the expected length."""
ROUNDING = 0.03
"""Permitted difference in points: pages state coordinates with two decimals."""
EQUAL = Decimal("1e-9")
"""Permitted difference of a value from its fact, relative to it: values are drawn as floating-point numbers."""
TURN = 0.002
"""Permitted difference of an angle in radians."""


class DrawnDifference(Struct, frozen=True):
    """A chart that does not draw what its values say."""

    page: int
    message: str


def compare_chart(
    chart: DrawnChart, paths: Sequence[ValuePath], entries: Mapping[str, FactRecord]
) -> Iterator[DrawnDifference]:
    """Yield where a chart draws another length, position or angle than its values have.

    `paths` are its shapes that show values, as the page draws them; `entries` are the facts of the embedded data.
    """
    named = f"the chart '{chart.name}'"
    if len(paths) != len(chart.shapes):
        message = f"{named} draws {len(paths)} shapes that show values, not {len(chart.shapes)} as it was built"
        yield DrawnDifference(chart.page, message)
        return
    for scale in chart.scales:
        if scale.base > 0 and not scale.is_broken:
            yield DrawnDifference(chart.page, f"{named} starts at {scale.base} without a drawn break of its axis")
    for shape, path in zip(chart.shapes, paths, strict=True):
        for message in (*_compare_facts(shape, entries), *_compare_shape(chart, shape, path)):
            yield DrawnDifference(chart.page, f"{named} {message}")


def _compare_facts(shape: DrawnShape, entries: Mapping[str, FactRecord]) -> Iterator[str]:
    for value, key in zip(shape.values, shape.facts, strict=True):
        if key is None:
            continue
        entry = entries.get(key)
        if entry is None:
            yield f"draws '{key}', which the embedded data does not have"
        elif abs(entry.value - value) > abs(value) * EQUAL:
            yield f"draws '{key}' as {value}, but the embedded data has {entry.value}"


def _compare_shape(chart: DrawnChart, shape: DrawnShape, path: ValuePath) -> Iterator[str]:
    scale, found = chart.scales[shape.scale], MEASURES[shape.measure](path, len(shape.values))
    if len(found) != len(shape.values):
        yield f"draws a shape with {len(found)} points for {len(shape.values)} values"
        return
    for value, key, drawn in zip(shape.values, shape.facts, found, strict=True):
        expected = scale.at(value)
        length = abs(expected - scale.origin) if shape.measure in ("x", "y") else abs(expected)
        permitted = max(_rounding(shape.measure, length), length * TOLERANCE)
        if abs(drawn - expected) > permitted:
            yield _describe(shape.measure, key, value, drawn - scale.origin, expected - scale.origin)


def _rounding(measure: Measure, size: float) -> float:
    """Return by how much a size differs since coordinates are rounded."""
    if measure == "area":
        return sqrt(4 * pi * size) * ROUNDING
    return TURN if measure == "angle" else ROUNDING


def _describe(measure: Measure, key: str | None, value: Decimal, drawn: float, expected: float) -> str:
    """Return the message of a length that does not fit its value."""
    what = f"'{key}'" if key else "a value"
    if measure == "angle":
        return f"draws {what} ({value}) with {drawn / pi * 180:.1f} degrees, not {expected / pi * 180:.1f}"
    if measure == "area":
        return f"draws {what} ({value}) with an area of {drawn:.1f} square points, not {expected:.1f}"
    how = "at a distance of" if measure in ("x", "y") else "with a length of"
    return f"draws {what} ({value}) {how} {drawn:.1f} points, not {expected:.1f}"


def _measure_bar(axis: int) -> Callable[[ValuePath, int], list[float]]:
    def measure(path: ValuePath, count: int) -> list[float]:
        """Return the signed length of a bar: from its first corner to the opposite one."""
        points = path.points
        return [points[2][axis] - points[0][axis]] if len(points) >= 3 else []

    return measure


def _measure_place(axis: int) -> Callable[[ValuePath, int], list[float]]:
    def measure(path: ValuePath, count: int) -> list[float]:
        """Return the places of the points of a line, or the middle of a mark."""
        if count > 1:
            return [point[axis] for part in (path, *path.others) for point in part.points]
        places = [point[axis] for point in path.points]
        return [(min(places) + max(places)) / 2]

    return measure


def _measure_band(path: ValuePath, count: int) -> list[float]:
    """Return the heights of an area: its upper points come first, then its lower ones, backwards."""
    heights = [y for _, y in path.points]
    upper, lower = heights[:count], heights[count : 2 * count][::-1]
    return [high - low for high, low in zip(upper, lower, strict=False)]


def _measure_circle(path: ValuePath, count: int) -> list[float]:
    """Return the area of a circle, by its width and height."""
    width, height = ([point[axis] for point in path.points] for axis in (0, 1))
    return [pi / 4 * (max(width) - min(width)) * (max(height) - min(height))]


def _measure_angle(path: ValuePath, count: int) -> list[float]:
    """Return the angle of a sector or of a piece of a ring, by its first arc and the straight edges beside it."""
    first = next((n for n, segment in enumerate(path.segments) if segment.is_curve), None)
    if first is None:
        return []
    last = first
    while last + 1 < len(path.segments) and path.segments[last + 1].is_curve:
        last += 1
    points = path.points
    turned = sum(_turn([points[n], *path.segments[n].points]) for n in range(first, last + 1))
    before, after = points[first - 1 if first else -1], points[(last + 2) % len(points)]
    if before == points[first] or after == points[last + 1]:  # a whole ring has no edges
        return [abs(turned)]
    between = _direction(after, points[last + 1]) - _direction(before, points[first])
    return [abs(turned + _within_a_turn(between - turned))]


def _turn(curve: Sequence[Point]) -> float:
    """Return the angle between the directions in which a curve starts and ends."""
    (first, *_, last) = [_direction(a, b) for a, b in pairwise(curve)]
    return _within_a_turn(last - first)


def _direction(start: Point, end: Point) -> float:
    return atan2(end[1] - start[1], end[0] - start[0])


def _within_a_turn(angle: float) -> float:
    """Return an angle as one from minus half a turn to half a turn."""
    return (angle + pi) % (2 * pi) - pi


MEASURES: Mapping[Measure, Callable[[ValuePath, int], list[float]]] = {
    "width": _measure_bar(0),
    "height": _measure_bar(1),
    "x": _measure_place(0),
    "y": _measure_place(1),
    "band": _measure_band,
    "angle": _measure_angle,
    "area": _measure_circle,
}
