"""Clipping of areas and lines at a rectangle, and leaving out points that no print shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def clip_area(points: Sequence[Point], box: Rectangle) -> list[Point]:
    """Return the part of an area inside a rectangle (Sutherland and Hodgman, 1974)."""
    kept = list(points)
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        kept = _clip_side(kept, axis, limit, sign)
    return kept


def _clip_side(points: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        was_inside, is_inside = (sign * (each[axis] - limit) >= 0 for each in (before, point))
        if was_inside != is_inside:
            kept.append(_cross(before, point, axis, limit))
        if is_inside:
            kept.append(point)
    return kept


def _cross(one: Point, other: Point, axis: int, limit: float) -> Point:
    """Return the point of a line at a limit."""
    share = (limit - one[axis]) / (other[axis] - one[axis])
    along = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (along, limit) if axis else (limit, along)


def clip_line(points: Sequence[Point], box: Rectangle) -> Iterator[list[Point]]:
    """Yield the parts of a line inside a rectangle."""
    part: list[Point] = []
    for start, end in pairwise(points):
        inside = _clip_segment(start, end, box)
        if inside is None:
            if len(part) > 1:
                yield part
            part = []
            continue
        first, last = inside
        if not part or part[-1] != first:
            if len(part) > 1:
                yield part
            part = [first]
        part.append(last)
    if len(part) > 1:
        yield part


def _clip_segment(start: Point, end: Point, box: Rectangle) -> tuple[Point, Point] | None:
    """Return the part of a segment inside a rectangle (Liang and Barsky, 1984)."""
    (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
    first, last = 0.0, 1.0
    for slope, room in ((-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)):
        if not slope:
            if room < 0:
                return None
            continue
        share = room / slope
        if slope < 0:
            first = max(first, share)
        else:
            last = min(last, share)
    if first > last:
        return None
    return (start if not first else (x + first * dx, y + first * dy)), (
        end if last == 1 else (x + last * dx, y + last * dy)
    )


def thin_out(points: Sequence[Point], least: float) -> list[Point]:
    """Return the points without those nearer to the last one kept than the least distance; both ends stay."""
    kept = list(points[:1])
    for point in points[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return [*kept, *points[1:][-1:]]


def refine(points: Sequence[Point], longest: float) -> list[Point]:
    """Return the points of a closed line with further ones on its long segments, which projections bend."""
    kept: list[Point] = []
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        steps = int(max(abs(point[0] - before[0]), abs(point[1] - before[1])) / longest) + 1
        for step in range(1, steps):
            share = step / steps
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        kept.append(point)
    return kept


def area_of(points: Sequence[Point]) -> float:
    """Return the area inside a closed line."""
    pairs = zip(points, [*points[1:], *points[:1]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
