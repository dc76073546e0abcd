"""Bundled outlines of land and borders of countries: those of Natural Earth, which are in the public domain.

`docs/make_outlines.py` writes the files and describes their form. Lines are decoded when they are asked for: a map of a
region needs few of them.
"""

from __future__ import annotations

import zlib
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Literal, NamedTuple

_FOLDER = Path(__file__).parent / "outlines"
_BILLION = 1_000_000_000

TURN, HALF_TURN, POLE = 360.0, 180.0, 90.0
"""Degrees around the Earth, around half of it, and from the equator to a pole."""

Detail = Literal["coarse", "medium"]
"""Scale that the outlines are made for: 1 to 110 or to 50 million."""
Point = tuple[float, float]
"""Longitude and latitude, in degrees."""


class Bounds(NamedTuple):
    """The lowest and highest longitude and latitude of a line or a ring, in degrees."""

    west: float
    east: float
    south: float
    north: float


class Ring(NamedTuple):
    """A ring around land, or around a water inside it, which runs the other way."""

    bounds: Bounds
    lines: tuple[int, ...]
    """Indexes of its lines, `-1 - index` of those that it follows backwards."""


class Outlines:
    """Outlines at one scale."""

    def __init__(self, data: bytes) -> None:
        read = _Reader(data)
        west, south, step, rise = (read.signed() / _BILLION for _ in range(4))
        self._origin, self._step = (west, south), (step, rise)
        self._lines: list[tuple[bool, bytes]] = []
        for _ in range(read.number()):
            is_border = bool(read.number())
            self._lines.append((is_border, read.take(read.number())))
        self._decoded: dict[int, tuple[Point, ...]] = {}
        self.rings = tuple(self._read_ring(read) for _ in range(read.number()))
        self.borders = tuple(index for index, (is_border, _) in enumerate(self._lines) if is_border)
        """Indexes of the lines that are borders between countries."""

    def _read_ring(self, read: _Reader) -> Ring:
        (west, south), (step, rise) = self._origin, self._step
        left, right, low, high = (read.signed() for _ in range(4))
        bounds = Bounds(west + left * step, west + right * step, south + low * rise, south + high * rise)
        return Ring(bounds, tuple(read.signed() for _ in range(read.number())))

    def line(self, index: int) -> tuple[Point, ...]:
        """Return the points of a line."""
        if index not in self._decoded:
            (west, south), (step, rise) = self._origin, self._step
            values = _Reader(self._lines[index][1]).all_signed()
            xs, ys = accumulate(values[::2]), accumulate(values[1::2])
            self._decoded[index] = tuple((west + x * step, south + y * rise) for x, y in zip(xs, ys, strict=True))
        return self._decoded[index]

    def ring(self, ring: Ring) -> list[Point]:
        """Return the points of a ring, whose first one is not repeated at its end.

        Longitudes count on where it crosses that of 180 degrees; one around a pole goes along it.
        """
        lines = (self.line(index) if index >= 0 else self.line(-1 - index)[::-1] for index in ring.lines)
        points, shift = list[Point](), 0.0
        for x, y in chain.from_iterable(line[:-1] for line in lines):
            if points and abs(x + shift - points[-1][0]) > HALF_TURN:
                shift -= round((x + shift - points[-1][0]) / TURN) * TURN
            points.append((x + shift, y))
        start, end = points[0], points[-1]
        if abs(end[0] - start[0]) <= HALF_TURN:
            return points
        closed = start[0] + (TURN if end[0] > start[0] else -TURN)
        return [*points, (closed, start[1]), (closed, -POLE), (start[0], -POLE)]


class _Reader:
    """Reads numbers of variable length: seven bits in a byte, the last one without its highest bit."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self) -> int:
        """Return the next number without a sign."""
        value = shift = 0
        while True:
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def signed(self) -> int:
        """Return the next number with a sign: odd ones are negative."""
        value = self.number()
        return -(value + 1 >> 1) if value & 1 else value >> 1

    def take(self, length: int) -> bytes:
        """Return that many bytes."""
        start, self._at = self._at, self._at + length
        return self._data[start : self._at]

    def all_signed(self) -> list[int]:
        """Return all further numbers."""
        values = []
        while self._at < len(self._data):
            values.append(self.signed())
        return values


@cache
def load_outlines(detail: Detail) -> Outlines:
    """Return the outlines made for that scale."""
    return Outlines(zlib.decompress((_FOLDER / f"{detail}.bin").read_bytes()))


def is_on_land(outlines: Outlines, longitude: float, latitude: float) -> bool:
    """Return whether a point is on land: a line from it to the east crosses the rings an odd number of times."""
    crossed = 0
    for ring in outlines.rings:
        west, east, south, north = ring.bounds
        turns = [longitude + shift for shift in (-TURN, 0.0, TURN) if west <= longitude + shift <= east]
        if turns and south <= latitude <= north:
            points = outlines.ring(ring)
            crossed += sum(_count_crossings(points, x, latitude) for x in turns)
    return crossed % 2 == 1


def _count_crossings(points: list[Point], longitude: float, latitude: float) -> int:
    """Return how often a line from a point to the east crosses a ring."""
    return sum(
        (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True)
    )
