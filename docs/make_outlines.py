"""Write the outlines of land and the borders of countries that maps show: `python docs/make_outlines.py FILE NAME`.

FILE is a TopoJSON file with the countries of Natural Earth (naturalearthdata.com, in the public domain), NAME that of
the file in `resources/outlines/`: 'medium' for 1:50m, 'coarse' for 1:110m.

The file is compressed (zlib) and holds numbers of variable length, seven bits in a byte, the last one without its
highest bit; those with a sign are zigzag-coded:

- origin and step of longitude and latitude, in billionths of a degree: a coordinate is `origin + number * step`;
- the number of lines; for each whether it is a border, its length in bytes, then its points: the first one, and
  how much each further one differs from the one before it, longitude before latitude;
- the number of rings of land; for each its lowest and highest longitude, which counts on beyond 180 degrees, and
  latitude, the number of its lines, and the lines: the index of a line, or `-1 - index` where it is followed backwards.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

OUTLINES = Path(__file__).parents[1] / "src" / "gri_builder" / "resources" / "outlines"
BILLION = 1_000_000_000


def main(source: str, name: str) -> None:
    """Write the outlines of that source."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    (OUTLINES / f"{name}.bin").write_bytes(zlib.compress(bytes(_encode(topology)), 9))


def _encode(topology: dict[str, Any]) -> Iterator[int]:
    origin, step = topology["transform"]["translate"], topology["transform"]["scale"]
    for value in (*origin, *step):
        yield from _signed(round(value * BILLION))
    countries, land = (list(_rings(topology["objects"][name])) for name in ("countries", "land"))
    uses = Counter(max(line, ~line) for ring in countries for line in set(ring))
    lines = topology["arcs"]
    yield from _number(len(lines))
    for index, points in enumerate(lines):
        content = bytes(chain.from_iterable(_signed(value) for point in points for value in point))
        yield from (int(uses[index] > 1), *_number(len(content)), *content)
    yield from _number(len(land))
    for ring in land:
        xs, ys = _follow(ring, lines, round(360 / step[0]), math.floor((-90 - origin[1]) / step[1]))
        yield from (*_signed(min(xs)), *_signed(max(xs)), *_signed(min(ys)), *_signed(max(ys)))
        yield from _number(len(ring))
        for line in ring:
            yield from _signed(line)


def _rings(item: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a geometry, each as its lines."""
    match item["type"]:
        case "GeometryCollection":
            for inner in item["geometries"]:
                yield from _rings(inner)
        case "Polygon":
            yield from item["arcs"]
        case "MultiPolygon":
            for polygon in item["arcs"]:
                yield from polygon


def _follow(ring: list[int], lines: list[Any], turn: int, pole: int) -> tuple[list[int], list[int]]:
    """Return the coordinates along a ring; longitudes count on where it crosses that of 180 degrees.

    One around the South Pole goes along it: `pole` is the latitude of that.
    """
    points = [
        point
        for line in ring
        for point in (list(_absolute(lines[line])) if line >= 0 else list(_absolute(lines[~line]))[::-1])
    ]
    xs, ys = [points[0][0]], [y for _, y in points]
    for x, _ in points[1:]:
        xs.append(x - turn * round((x - xs[-1]) / turn))
    if abs(xs[-1] - xs[0]) > turn / 2:  # around the South Pole
        ys.append(pole)
    return xs, ys


def _absolute(points: list[list[int]]) -> Iterable[tuple[int, int]]:
    return zip(*(accumulate(values) for values in zip(*points, strict=True)), strict=True)


def _signed(value: int) -> Iterator[int]:
    return _number(value * 2 if value >= 0 else -value * 2 - 1)


def _number(value: int) -> Iterator[int]:
    while value > 127:
        yield value & 127 | 128
        value >>= 7
    yield value


if __name__ == "__main__":
    main(*sys.argv[1:3])
