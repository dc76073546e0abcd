"""Background patterns: vector drawings in a theme's colours, as an alternative to photographs.

Each fills a rectangle of the page. They use no random numbers, so that builds are reproducible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import cos, pi, sin

from gri_builder.model.color import BLACK, WHITE, Color, mix
from gri_builder.pdf.content_stream import (
    RESTORE,
    SAVE,
    Operators,
    circle,
    clip,
    fill,
    outline,
    polyline,
    rectangle,
    stroke,
)

Area = tuple[float, float, float, float]
"""Left, bottom, width and height of a rectangle."""
LAYERS = 5


def draw_pattern(name: str, area: Area, base: Color, accent: Color) -> list[Operators]:
    """Return a pattern over the base colour, cut off at the edges of the area."""
    return [SAVE, clip(rectangle(*area)), fill(rectangle(*area), base), *PATTERNS[name](area, base, accent), RESTORE]


def _waves(area: Area, base: Color, accent: Color) -> Iterator[Operators]:
    """Yield layered slopes over the whole width."""
    x, low, width, height = area
    for layer in range(LAYERS):
        share = layer / (LAYERS - 1)
        left = low + height * (0.92 - 0.74 * share)
        right = low + height * (0.58 - 0.5 * share if layer % 2 else 0.98 - 0.86 * share)
        bend = (
            *(x + width * 0.36, right + height * 0.16),
            *(x + width * 0.62, left - height * 0.2),
            *(x + width, right),
        )
        slope = outline((x, low), ((x, left), bend, (x + width, low)))
        yield fill(slope, mix(base, accent, 0.12 + 0.5 * share))


def _contours(area: Area, base: Color, accent: Color) -> Iterator[Operators]:
    """Yield contour lines around two hills, as on a map."""
    x, low, width, height = area
    pale = mix(base, WHITE, 0.22)
    for hill, (across, up, size) in enumerate(((0.78, 0.62, 1.0), (0.2, 0.16, 0.72))):
        for ring in range(1, 15):
            radius = size * ring * 0.055 * max(width, height)
            points = [
                (x + width * across + radius * wobble * cos(angle), low + height * up + radius * wobble * sin(angle))
                for angle, wobble in _wobbles(ring + 3 * hill)
            ]
            color = mix(accent, base, 0.25) if ring == 3 + 2 * hill else pale
            thickness = 0.8 if color == pale else 2
            yield stroke(polyline(points, closed=True), color=color, width=thickness, round_joins=True)


def _wobbles(seed: int) -> Iterator[tuple[float, float]]:
    """Yield angles around a ring, and its radius there relative to a circle's."""
    for step in range(72):
        angle = step * pi / 36
        yield (
            angle,
            1 + 0.13 * sin(2 * angle + 0.23 * seed) + 0.06 * sin(3 * angle - 0.31 * seed) + 0.03 * cos(5 * angle),
        )


def _arches(area: Area, base: Color, accent: Color) -> Iterator[Operators]:
    """Yield rows of concentric arches."""
    x, low, width, height = area
    count = max(3, round(width / 120))
    side = width / count
    rows = int(height / (side / 2)) + 2
    for row in range(rows, -1, -1):
        for column in range(-1, count + 1):
            cx, cy = x + side * (column + 0.5 + 0.5 * (row % 2)), low + row * side / 2
            for ring in range(4):
                share = ((column * 5 + row * 3 + ring * 2) % 7) / 7
                tone = mix(base, accent if ring == 1 else WHITE, 0.08 + 0.2 * share if ring != 3 else 0.02)
                yield fill(circle(cx, cy, side / 2 * (1 - ring * 0.24)), tone)


def _facets(area: Area, base: Color, accent: Color) -> Iterator[Operators]:
    """Yield a field of triangles in many tones, a few in the accent colour."""
    x, low, width, height = area
    across = max(4, round(width / 74))
    side = width / across
    high = side * 0.866
    for row in range(int(height / high) + 1):
        for step in range(-1, 2 * across + 2):
            left, y = x + (step - 1) * side / 2, low + row * high
            up = (step + row) % 2 == 0
            tip, foot = (y + high, y) if up else (y, y + high)
            key = (step * 73 + row * 151 + step * row * 7) % 29
            tone = mix(base, accent, 0.85) if key == 4 else mix(base, WHITE if key % 2 else BLACK, 0.012 * key)
            yield fill(polyline([(left, foot), (left + side, foot), (left + side / 2, tip)], closed=True), tone)


def _dots(area: Area, base: Color, accent: Color) -> Iterator[Operators]:
    """Yield a halftone that grows from one corner to the other."""
    x, low, width, height = area
    step = 15.0
    rows, columns = int(height / step) + 2, int(width / step) + 2
    pale = mix(base, WHITE, 0.28)
    for row in range(rows):
        for column in range(columns):
            share = (column / columns + row / rows) / 2
            radius = step * 0.46 * max(0.0, share * 1.35 - 0.28) * (0.86 + 0.14 * sin(column * 0.9) * cos(row * 0.7))
            if radius > 0.35:
                color = accent if (column * 7 + row * 13) % 43 == 0 and share > 0.4 else pale
                offset = step / 2 * (row % 2)
                yield fill(circle(x + column * step + offset, low + row * step, radius), color)


PATTERNS: dict[str, Callable[[Area, Color, Color], Iterator[Operators]]] = {
    "waves": _waves,
    "contours": _contours,
    "arches": _arches,
    "facets": _facets,
    "dots": _dots,
}
"""Drawing function of each pattern."""
