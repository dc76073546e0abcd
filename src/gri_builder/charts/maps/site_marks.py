"""Marks of sites: a form for each kind, distinct without colour."""

from __future__ import annotations

from collections.abc import Callable

from gri_builder.charts.scene import Contour, Shape, circle, polygon, rectangle
from gri_builder.model.color import WHITE, Color

HALO = 0.9
"""Width of the white edge of a mark."""


def _square(x: float, y: float, r: float) -> Contour:
    return rectangle(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76)


def _triangle(x: float, y: float, r: float) -> Contour:
    return polygon([(x - r * 1.1, y - r * 0.8), (x + r * 1.1, y - r * 0.8), (x, y + r * 1.15)])


def _diamond(x: float, y: float, r: float) -> Contour:
    return polygon([(x - r * 1.2, y), (x, y - r * 1.2), (x + r * 1.2, y), (x, y + r * 1.2)])


def _point(x: float, y: float, r: float) -> Contour:
    return polygon([(x - r * 1.1, y + r * 0.8), (x + r * 1.1, y + r * 0.8), (x, y - r * 1.15)])


FORMS: tuple[Callable[[float, float, float], Contour], ...] = (circle, _square, _triangle, _diamond, _point)
"""Forms by the number of the kind; the last kind is a ring."""


def draw_mark(kind: int, x: float, y: float, radius: float, color: Color) -> list[Shape]:
    """Return the mark of a site of that kind."""
    form = FORMS[kind] if kind < len(FORMS) else circle
    shapes = [Shape((form(x, y, radius),), fill=color, stroke=WHITE, width=HALO)]
    if kind >= len(FORMS):
        shapes.append(Shape((circle(x, y, radius * 0.45),), fill=WHITE))
    return shapes


def draw_ring(x: float, y: float, radius: float, color: Color, is_missing: bool) -> Shape:
    """Return a ring around a circle that is too small to be seen; a dashed one for a missing value."""
    dash = (1.6, 1.4) if is_missing else ()
    return Shape((circle(x, y, radius),), fill=WHITE, stroke=color, width=0.8, dash=dash)
