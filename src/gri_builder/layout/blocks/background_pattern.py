"""Background patterns: vector drawings in a theme's colours, as an alternative to photographs.

Each fills a rectangle of the page. A seed varies phase, scale, direction and count, so that no two openers of a report
show the same drawing; there are no random numbers, so that builds are reproducible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import cos, hypot, pi, sin

from msgspec import Struct

from gri_builder.layout.blocks.pattern_variation import Tones, Variation
from gri_builder.model.color import Color, mix
from gri_builder.pdf.content_stream import (
    RESTORE,
    SAVE,
    Operators,
    Path,
    clip,
    fill,
    fill_and_stroke,
    join_paths,
    line,
    outline,
    polyline,
    rectangle,
    smooth_line,
    stroke,
)

Area = tuple[float, float, float, float]
"""Left, bottom, width and height of a rectangle."""
ANGLES = tuple((cos(step * pi / 20), sin(step * pi / 20), step * pi / 20) for step in range(40))
"""Points of a ring: cosine, sine, and angle."""
RINGS = 60
"""Rings of a contour map at most."""
DOT_SIZES = 12
"""Sizes of the dots of a halftone: dots of one size are one path."""


def draw_pattern(name: str, area: Area, base: Color, accent: Color, seed: int = 0) -> list[Operators]:
    """Return a pattern over the base colour, cut off at the edges of the area; the seed chooses a variation."""
    shapes = PATTERNS[name](area, Tones.of(base, accent), Variation(seed))
    return [SAVE, clip(rectangle(*area)), fill(rectangle(*area), base), *shapes, RESTORE]


def _waves(area: Area, tones: Tones, vary: Variation) -> Iterator[Operators]:
    """Yield layered slopes over the whole width, the nearest one deep, one in the accent."""
    layers = vary.count("layers", 5, 8)
    colored = vary.count("colored", 1, layers - 3)
    swell, drift = vary.between("swell", 0.08, 0.17), vary.between("drift", -0.16, 0.16)
    highest = 0.98 - swell - abs(drift) / 2
    length, phase = vary.between("length", 0.75, 1.7), vary.share("phase")
    for layer in range(layers):
        share = layer / (layers - 1)
        middle = highest - (highest - 0.08) * share
        reach = swell * (1 - 0.45 * share)
        bend = phase + layer * vary.between("shift", 0.16, 0.44) * vary.turn("way")
        slope = _slope(area, middle, (reach, drift * (1 - share)), (length * (1 + 0.16 * layer), bend))
        tone = tones.off(0.3 - 0.24 * share) if share < 0.7 else tones.near(0.24 * share)
        yield fill(slope, mix(tone, tones.accent, 0.9) if layer == colored else tone)


def _slope(area: Area, middle: float, swell: tuple[float, float], wave: tuple[float, float]) -> Path:
    """Return the outline below a wave: its middle and its swell and drift as shares of the height, length and phase."""
    x, low, width, height = area
    (reach, drift), (length, phase) = swell, wave
    steps = 6

    def at(place: float) -> tuple[float, float]:
        angle = 2 * pi * (place * length + phase)
        return x + width * place, low + height * (middle + drift * (place - 0.5) + reach * sin(angle))

    def rise(place: float) -> float:
        return height * (drift + reach * 2 * pi * length * cos(2 * pi * (place * length + phase)))

    curves: list[tuple[float, ...]] = [at(0)]
    for step in range(steps):
        a, b = step / steps, (step + 1) / steps
        (x1, y1), (x2, y2), third = at(a), at(b), 1 / steps / 3
        curves.append((x1 + width * third, y1 + rise(a) * third, x2 - width * third, y2 - rise(b) * third, x2, y2))
    return outline((x, low), (*curves, (x + width, low)))


def _contours(area: Area, tones: Tones, vary: Variation) -> Iterator[Operators]:
    """Yield the contour lines of a hill, as on a map; each fifth is stronger, one is in the accent."""
    x, low, width, height = area
    cx, cy = x + width * vary.between("across", 0.1, 0.9), low + height * vary.between("up", 0.1, 0.9)
    step, colored = vary.between("step", 12, 20), vary.count("colored", 3, 7)
    shape = _Hill(
        vary.between("flat", 0.62, 0.95),
        tuple(
            (order, vary.between(f"bend{order}", 0.1, 0.2) / order, vary.share(f"turn{order}") * 2 * pi)
            for order in (2, 3)
        ),
        vary.count("folds", 3, 6),
        vary.between("twist", 0.05, 0.11) * vary.turn("way"),
    )
    far = max(hypot(cx - edge, (cy - side) / shape.flat) for edge in (x, x + width) for side in (low, low + height))
    strong, thin = tones.off(0.36), tones.off(0.2)
    for ring in range(1, min(RINGS, int(far / step / 0.8) + 1)):
        lines = [smooth_line(part) for part in _visible(shape.ring((cx, cy), ring, step), area)]
        color = tones.accent if ring == colored else thin if ring % 5 else strong
        thickness = 2.2 if ring == colored else 0.7 if ring % 5 else 1.1
        if lines:
            yield stroke(join_paths(lines), color=color, width=thickness, round_joins=True)


class _Hill(Struct, frozen=True):
    """The shape of a hill's contour lines, none of which crosses another."""

    flat: float
    """Its height on the page relative to its width."""
    waves: tuple[tuple[int, float, float], ...]
    """How all lines differ from an ellipse: number of waves, height relative to the radius, phase."""
    folds: int
    """How many folds run down it."""
    twist: float
    """By how much the folds turn from one line to the next, in radians."""

    def ring(self, center: tuple[float, float], number: int, step: float) -> list[tuple[float, float]]:
        """Return the points of one of its lines; `step` is the distance of two lines."""
        (cx, cy), radius = center, number * step
        (a, p, s), (b, q, t) = self.waves
        fold, turn = min(1.8 * step, 0.08 * radius), self.twist * number
        points = []
        for across, up, angle in ANGLES:
            size = radius * (1 + p * sin(a * angle + s) + q * sin(b * angle + t)) + fold * sin(
                self.folds * angle + turn
            )
            points.append((cx + size * across, cy + size * self.flat * up))
        return points


def _visible(points: list[tuple[float, float]], area: Area) -> Iterator[list[tuple[float, float]]]:
    """Yield the parts of a closed line that are near the area, each with enough points for a curve."""
    x, low, width, height = area
    reach = hypot(points[0][0] - points[1][0], points[0][1] - points[1][1]) * 2 + 8
    part: list[tuple[float, float]] = []
    for px, py in (*points, *points[:3]):
        if x - reach < px < x + width + reach and low - reach < py < low + height + reach:
            part.append((px, py))
        else:
            if len(part) > 3:
                yield part
            part = []
    if len(part) > 3:
        yield part


def _arches(area: Area, tones: Tones, vary: Variation) -> Iterator[Operators]:
    """Yield rows of concentric arches."""
    x, low, width, height = area
    side = width / max(2, round(width / vary.between("side", 84, 190)))
    rings, moved = vary.count("rings", 3, 5), vary.share("moved")
    rows = int(height / (side / 2)) + 2
    for row in range(rows, -1, -1):
        for column in range(-1, int(width / side) + 2):
            cx, cy = x + side * (column + moved + 0.5 * (row % 2)), low + row * side / 2
            chosen = vary.noise(column, row)
            for ring in range(rings):
                tone = tones.off(0.05 + 0.2 * vary.noise(column + 31 * ring, row)) if ring % 2 else tones.near(0.1)
                tone = tones.accent if ring == rings - 1 and chosen < 0.14 else tone
                yield stroke(_dot(cx, cy), color=tone, width=round(side * (1 - ring / rings), 1), round_caps=True)


def _dot(x: float, y: float) -> Path:
    """Return the path that is a disc when it is stroked with round ends: far shorter than a circle of curves."""
    return line(x, y, x + 0.01, y)


def _facets(area: Area, tones: Tones, vary: Variation) -> Iterator[Operators]:
    """Yield a field of triangles that grows lighter in one direction, a few in the accent colour."""
    x, low, width, height = area
    across = max(4, round(width / vary.between("side", 52, 104)))
    side = width / across
    high = side * vary.between("high", 0.7, 1.15)
    angle = vary.share("angle") * 2 * pi
    for row in range(int(height / high) + 1):
        for step in range(-1, 2 * across + 2):
            left, y = x + (step - 1) * side / 2, low + row * high
            tip, foot = (y + high, y) if (step + row) % 2 == 0 else (y, y + high)
            chosen = vary.noise(step, row)
            light = 0.5 + (((left - x) / width - 0.5) * cos(angle) + ((y - low) / height - 0.5) * sin(angle)) * 0.9
            share = 0.26 * max(0.0, min(1.0, light)) + 0.13 * (chosen - 0.5)
            tone = tones.accent if chosen > 0.962 else tones.off(share) if share > 0 else tones.near(-share * 2)
            corners = polyline([(left, foot), (left + side, foot), (left + side / 2, tip)], closed=True)
            yield fill_and_stroke(corners, tone, tone, 0.4)  # the stroke closes the seams between the triangles


def _dots(area: Area, tones: Tones, vary: Variation) -> Iterator[Operators]:
    """Yield a halftone that grows in one direction; dots of one size are one path."""
    x, low, width, height = area
    step = vary.between("step", 12, 19)
    angle, ripple = vary.share("angle") * 2 * pi, vary.between("ripple", 0.4, 1.1)
    phase, start = vary.share("phase") * 2 * pi, vary.between("start", 0.1, 0.32)
    reach = abs(cos(angle)) + abs(sin(angle))
    sizes: dict[tuple[int, bool], list[Path]] = {}
    for row in range(int(height / step * 1.16) + 2):
        for column in range(int(width / step) + 2):
            cx, cy = x + (column + 0.5 * (row % 2)) * step, low + row * step * 0.866
            along = (((cx - x) / width - 0.5) * cos(angle) + ((cy - low) / height - 0.5) * sin(angle)) / reach + 0.5
            along += 0.07 * sin(ripple * column * 0.5 + phase) * cos(ripple * row * 0.4)
            size = round(DOT_SIZES * min(1.0, (along - start) * 1.25))
            if size > 0:
                is_colored = along > 0.45 and vary.noise(column, row) > 0.975
                sizes.setdefault((size, is_colored), []).append(_dot(cx, cy))
    for (size, is_colored), dots in sorted(sizes.items()):
        color = tones.accent if is_colored else tones.off(0.3)
        yield stroke(join_paths(dots), color=color, width=round(step * 0.9 * size / DOT_SIZES, 2), round_caps=True)


PATTERNS: dict[str, Callable[[Area, Tones, Variation], Iterator[Operators]]] = {
    "waves": _waves,
    "contours": _contours,
    "arches": _arches,
    "facets": _facets,
    "dots": _dots,
}
"""Drawing function of each pattern."""
