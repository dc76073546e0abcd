"""Records of painted scenes: the shapes that show values, with their scales in coordinates of the page."""

from __future__ import annotations

from decimal import Decimal

from gri_builder.charts.scene import Scale, Scene
from gri_builder.embedded.drawn_charts import DrawnChart, DrawnScale, DrawnShape
from gri_builder.model.figures.chart import Measure
from gri_builder.pdf.reflection import Reflection

ACROSS = ("width", "x")
"""Measures that a reflection turns."""
VALUE_DIGITS, UNIT_DIGITS = 15, 9
"""Significant digits that are recorded."""
LENGTHS = ("width", "height", "angle", "band", "area")
"""Measures that do not depend on where a shape is."""


def record_scene(scene: Scene, place: tuple[int, int], name: str, x: float, y: float, side: Reflection) -> DrawnChart:
    """Return the record of a scene that was painted with its lower left corner at a point.

    `place` are page and MCID; `side` is how its horizontal positions became those of the page.
    """
    scales, numbers, shapes = list[DrawnScale](), dict[tuple[int, Measure], int](), list[DrawnShape]()
    for shape in scene.shapes:
        if not shape.data or shape.measure is None:
            continue
        key = shape.scale, shape.measure
        if key not in numbers:
            numbers[key] = len(scales)
            scales.append(_place_scale(scene.scales[shape.scale], shape.measure, x, y, side))
        values = tuple(_shorten(each.value, VALUE_DIGITS) for each in shape.data)
        facts = tuple(each.fact for each in shape.data)
        shapes.append(DrawnShape(shape.measure, numbers[key], values, facts))
    return DrawnChart(*place, name, tuple(scales), tuple(shapes))


def _place_scale(scale: Scale, measure: Measure, x: float, y: float, side: Reflection) -> DrawnScale:
    sign = -1 if side.is_reversed and measure in ACROSS else 1
    origin = 0.0 if measure in LENGTHS else side.left(x + scale.origin) if measure in ACROSS else y + scale.origin
    unit, base = _shorten(sign * scale.unit, UNIT_DIGITS), _shorten(scale.base, VALUE_DIGITS)
    return DrawnScale(round(origin, 3), unit, base, scale.is_broken)


def _shorten(number: float, digits: int) -> Decimal:
    """Return a number with so many significant digits."""
    return Decimal(f"{number:.{digits}g}")
