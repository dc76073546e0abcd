"""Drawings as PDF operators."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.model.color import BLACK, Color, parse_color
from gri_builder.model.graphics import Drawing, Shape


def paint_drawing(
    drawing: Drawing, x: float, y: float, width: float, height: float, current: Color = BLACK
) -> list[str]:
    """Return the operators that fill a rectangle with a drawing, its sides in proportion; `current` is its own colour.

    What is beyond the drawing's edges is cut off.
    """
    scale = min(width / drawing.width, height / drawing.height)
    left, top = x + (width - drawing.width * scale) / 2, y + (height + drawing.height * scale) / 2
    frame = f"0 0 {drawing.width:g} {drawing.height:g} re W n"
    matrix = f"{scale:.5f} 0 0 {-scale:.5f} {left:.2f} {top:.2f} cm"
    return ["q", matrix, frame, *(line for shape in drawing.shapes for line in _paint(shape, current)), "Q"]


def _paint(shape: Shape, current: Color) -> Iterator[str]:
    yield "q"
    if shape.fill:
        yield f"{_operands(shape.fill, current)} rg"
    if shape.stroke:
        dashes = " ".join(f"{dash:g}" for dash in shape.dashes)
        yield f"{_operands(shape.stroke, current)} RG {shape.thickness:g} w {shape.cap} J {shape.join} j [{dashes}] 0 d"
    yield " ".join(" ".join((*(f"{value:.3f}" for value in values), operator)) for operator, values in shape.segments)
    star = "*" if shape.even_odd and shape.fill else ""
    yield {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(shape.fill), bool(shape.stroke)] + star
    yield "Q"


def _operands(value: str, current: Color) -> Color:
    return current if value == "current" else parse_color(value)
