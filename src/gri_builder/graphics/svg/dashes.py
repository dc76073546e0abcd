"""Dashes of closed paths (SVG 2, 13.5.6): a dash that ends where the path starts is joined to the first one.

Viewers of PDF leave a notch there, so such a path starts in a gap instead.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from msgspec.structs import replace

from gri_builder.graphics.svg.paths import path_length, split_subpaths
from gri_builder.model.graphics import Segment, Shape

MAX_DASHES = 28
"""Number of lengths that are written for one path at most, as some viewers use no more than 32."""


def join_dashes(shape: Shape) -> Shape:
    """Return a shape with one closed path and dashes so that the dashes at its start are joined."""
    parts = split_subpaths(shape.segments)
    if not shape.dashes or len(parts) != 1 or parts[0][-1][0] != "close":
        return shape
    open_path = _without_close(parts[0])
    length = path_length(tuple(open_path))
    lengths = _dash_lengths(shape, length)
    if lengths is None or len(lengths) < 3 or len(lengths) % 2 == 0:
        return shape  # too many; or the path starts or ends in a gap
    first, last = lengths[0], lengths[-1]
    turned = _start_at(open_path, first)
    return replace(shape, segments=tuple(turned), dashes=(0.0, *lengths[1:-1], last + first, length), dash_offset=0.0)


def _without_close(part: list[Segment]) -> list[Segment]:
    """Return a closed subpath as an open one that ends where it starts."""
    start, end = part[0][1], next(values[-2:] for kind, values in reversed(part) if kind != "close")
    closing: list[Segment] = [] if hypot(start[0] - end[0], start[1] - end[1]) < 1e-9 else [("line", start)]
    return [*part[:-1], *closing]


def _dash_lengths(shape: Shape, length: float) -> list[float] | None:
    """Return the dashes and gaps of a path, a dash first; None if it starts in a gap, or they are too many."""
    index, left = 0, shape.dash_offset
    while left >= shape.dashes[index]:
        left -= shape.dashes[index]
        index = (index + 1) % len(shape.dashes)
    if index % 2:
        return None
    lengths, total = [min(shape.dashes[index] - left, length)], min(shape.dashes[index] - left, length)
    while total < length - 1e-9 * length:
        index = (index + 1) % len(shape.dashes)
        lengths.append(min(shape.dashes[index], length - total))
        total += lengths[-1]
        if len(lengths) > MAX_DASHES:
            return None
    return lengths


def _start_at(path: list[Segment], distance: float) -> list[Segment]:
    """Return a path that ends where it starts with its start moved along it."""
    here = path[0][1]
    for index, segment in enumerate(path[1:], 1):
        size = path_length((("move", here), segment))
        if size >= distance and size > 0:
            front, back = _split(here, segment, distance / size)
            start = front[1][-2:]
            return [("move", start), back, *path[index + 1 :], *path[1:index], front]
        distance -= size
        here = segment[1][-2:]
    return path


def _split(start: tuple[float, ...], segment: Segment, share: float) -> tuple[Segment, Segment]:
    """Return a line or curve in two parts, of which the first has that share of the length."""
    kind, values = segment
    if kind == "line":
        middle = tuple(a + (b - a) * share for a, b in zip(start, values, strict=True))
        return ("line", middle), ("line", values)
    return _divide(start, segment, _curve_share(start, segment, share))


def _divide(start: tuple[float, ...], segment: Segment, t: float) -> tuple[Segment, Segment]:
    """Return a curve in two parts that meet at a parameter (de Casteljau's construction)."""
    points = [start, *(segment[1][index : index + 2] for index in (0, 2, 4))]
    front, back = list[tuple[float, ...]](), [points[-1]]
    while len(points) > 1:
        points = [tuple(a + (b - a) * t for a, b in zip(one, two, strict=True)) for one, two in pairwise(points)]
        front.append(points[0])
        back.insert(0, points[-1])
    return ("curve", (*front[0], *front[1], *front[2])), ("curve", (*back[1], *back[2], *back[3]))


def _curve_share(start: tuple[float, ...], segment: Segment, share: float) -> float:
    """Return the parameter of a curve at a share of its length, found by halving."""
    whole, low, high = path_length((("move", start), segment)), 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if path_length((("move", start), _divide(start, segment, middle)[0])) < share * whole:
            low = middle
        else:
            high = middle
    return (low + high) / 2
