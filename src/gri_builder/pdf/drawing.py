"""Vector drawings as content-stream operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gri_builder.model.color import BLACK, Color, parse_color
from gri_builder.model.graphics import Drawing, LineCap, LineJoin, SegmentKind, Shape
from gri_builder.pdf.content_stream import Operators, format_color

_SEGMENTS: Mapping[SegmentKind, str] = {"move": "m", "line": "l", "curve": "c", "close": "h"}
"""Path construction operators (ISO 32000-1, table 59)."""
_CAPS: Mapping[LineCap, int] = {"butt": 0, "round": 1, "square": 2}
"""Line cap styles (ISO 32000-1, table 54)."""
_JOINS: Mapping[LineJoin, int] = {"miter": 0, "round": 1, "bevel": 2}
"""Line join styles (ISO 32000-1, table 55)."""
_PAINTING = {(True, True): "B", (True, False): "f", (False, True): "S"}
"""Path painting operators by whether a shape is filled, and stroked (ISO 32000-1, table 60)."""


def paint_drawing(
    drawing: Drawing, x: float, y: float, width: float, height: float, current: Color = BLACK
) -> list[Operators]:
    """Return the operators that fit a drawing into a rectangle, in proportion and centred.

    `current` is the colour of shapes that have no colour of their own. What is beyond the drawing's edges is cut off.
    """
    scale = min(width / drawing.width, height / drawing.height)
    left, top = x + (width - drawing.width * scale) / 2, y + (height + drawing.height * scale) / 2
    edges = f"0 0 {drawing.width:g} {drawing.height:g} re W n"
    matrix = f"{scale:.5f} 0 0 {-scale:.5f} {left:.2f} {top:.2f} cm"
    lines = ("q", matrix, edges, *(line for shape in drawing.shapes for line in _paint(shape, current)), "Q")
    return [Operators(line) for line in lines]


def _paint(shape: Shape, current: Color) -> Iterator[str]:
    yield "q"
    if shape.fill:
        yield f"{_operands(shape.fill, current)} rg"
    if shape.stroke:
        dashes = " ".join(f"{dash:g}" for dash in shape.dashes)
        ends = f"{_CAPS[shape.cap]} J {_JOINS[shape.join]} j"
        yield f"{_operands(shape.stroke, current)} RG {shape.thickness:g} w {ends} [{dashes}] 0 d"
    yield " ".join(
        " ".join((*(f"{value:.3f}" for value in points), _SEGMENTS[kind])) for kind, points in shape.segments
    )
    star = "*" if shape.even_odd and shape.fill else ""
    yield _PAINTING[bool(shape.fill), bool(shape.stroke)] + star
    yield "Q"


def _operands(value: str, current: Color) -> str:
    return format_color(current if value == "current" else parse_color(value))
