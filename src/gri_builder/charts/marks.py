"""Marks at the points of lines: forms that differ without their colour."""

from __future__ import annotations

from gri_builder.charts.scene import Contour, Datum, Shape, circle, polygon, rectangle
from gri_builder.charts.series_styles import MarkForm
from gri_builder.model.color import WHITE, Color

RADIUS = 2.4
"""Half the height of a mark."""
SEAM = 0.7
"""Width of the white line around a mark, that sets it off from lines."""
Points = tuple[tuple[float, float], ...]
TRIANGLE: Points = ((-1.15, -1.0), (1.15, -1.0), (0.0, 1.0))
DIAMOND: Points = ((-1.25, 0.0), (0.0, -1.25), (1.25, 0.0), (0.0, 1.25))
CROSS: Points = (
    (0.0, -0.4),
    (0.7, -1.1),
    (1.1, -0.7),
    (0.4, 0.0),
    (1.1, 0.7),
    (0.7, 1.1),
    (0.0, 0.4),
    (-0.7, 1.1),
    (-1.1, 0.7),
    (-0.4, 0.0),
    (-1.1, -0.7),
    (-0.7, -1.1),
)


def make_mark(
    form: MarkForm, x: float, y: float, color: Color, data: tuple[Datum, ...], scale: int, is_open: bool = False
) -> Shape:
    """Return the mark of a value, with its centre at the point; an open one is not filled with its colour."""
    contour = trace_mark(form, x, y)
    is_ring = is_open or form == "ring"
    return Shape(
        (contour,),
        WHITE if is_ring else color,
        color if is_ring else WHITE,
        1.3 if is_ring else SEAM,
        role="data",
        data=data,
        measure="y",
        scale=scale,
    )


def trace_mark(form: MarkForm, x: float, y: float, radius: float = RADIUS) -> Contour:
    """Return the contour of a mark around a point."""
    if form in ("circle", "ring"):
        return circle(x, y, radius)
    if form == "square":
        side = 0.9 * radius
        return rectangle(x - side, y - side, 2 * side, 2 * side)
    points = {"triangle": TRIANGLE, "diamond": DIAMOND, "cross": CROSS}[form]
    return polygon([(x + dx * radius, y + dy * radius) for dx, dy in points])
