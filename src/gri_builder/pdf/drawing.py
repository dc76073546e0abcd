"""Vector drawings as content-stream operators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import floor, hypot, log10

from gri_builder.model.color import BLACK, Color, parse_color
from gri_builder.model.graphics import (
    IDENTITY,
    Drawing,
    Group,
    LineCap,
    LineJoin,
    Matrix,
    Node,
    Segment,
    SegmentKind,
    Shape,
)
from gri_builder.pdf.content_stream import Operators, format_color

_SEGMENTS: Mapping[SegmentKind, str] = {"move": "m", "line": "l", "curve": "c", "close": "h"}
"""Path construction operators (ISO 32000-1, table 59)."""
_CAPS: Mapping[LineCap, int] = {"butt": 0, "round": 1, "square": 2}
"""Line cap styles (ISO 32000-1, table 54)."""
_JOINS: Mapping[LineJoin, int] = {"miter": 0, "round": 1, "bevel": 2}
"""Line join styles (ISO 32000-1, table 55)."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def is_plain(drawing: Drawing) -> bool:
    """Return whether a drawing needs no objects besides its operators: opaque colours, and clips of one outline."""
    return all(map(_is_plain, drawing.shapes))


def _is_plain(node: Node) -> bool:
    if isinstance(node, Group):
        whole = node.opacity == 1 and node.mask is None and node.blend == "Normal" and not node.isolated
        return whole and all(map(_is_plain, node.shapes))
    paints = isinstance(node.fill, str | None) and isinstance(node.stroke, str | None)
    return paints and node.fill_opacity == 1 and node.stroke_opacity == 1


def place_drawing(drawing: Drawing, x: float, y: float, width: float, height: float) -> list[Operators]:
    """Return the operators that set a drawing's units so that it fits into a rectangle, in proportion and centred.

    What is beyond the drawing's edges is cut off.
    """
    scale = min(width / drawing.width, height / drawing.height)
    left, top = x + (width - drawing.width * scale) / 2, y + (height + drawing.height * scale) / 2
    factor = format_number(scale, digits_for(1 / scale) + 2)
    matrix = f"{factor} 0 0 -{factor} {left:.2f} {top:.2f} cm"
    digits = digits_for(max(drawing.width, drawing.height))
    edges = f"0 0 {format_number(drawing.width, digits)} {format_number(drawing.height, digits)} re W n"
    return [Operators(matrix), Operators(edges)]


def paint_drawing(
    drawing: Drawing, x: float, y: float, width: float, height: float, current: Color = BLACK
) -> list[Operators]:
    """Return the operators that fit a plain drawing into a rectangle, in proportion and centred.

    `current` is the colour of shapes that have no colour of their own. What is beyond the drawing's edges is cut off.
    """
    pen = DrawingPen(current, digits_for(max(drawing.width, drawing.height)))
    lines = (Operators(line) for node in drawing.shapes for line in pen.paint(node))
    return [Operators("q"), *place_drawing(drawing, x, y, width, height), *lines, Operators("Q")]


def digits_for(size: float) -> int:
    """Return the number of decimals of coordinates in an area of that size."""
    return min(max(3, 4 - floor(log10(size))), 9)


def format_number(value: float, digits: int) -> str:
    """Return a number as PDF allows it: without an exponent (ISO 32000-1, 7.3.3)."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


class DrawingPen:
    """Writes the operators of shapes whose colours are plain and opaque."""

    def __init__(self, current: Color, digits: int) -> None:
        self.current, self.digits = current, digits

    def paint(self, node: Node) -> Iterator[str]:
        """Yield the operators of a shape or group."""
        if isinstance(node, Group):
            yield from self.paint_group(node)
            return
        yield "q"
        yield from self.paint_shape(node)
        yield "Q"

    def paint_group(self, group: Group) -> Iterator[str]:
        """Yield the operators of a group, cut off by its clip path."""
        yield "q"
        if group.clip:
            yield self.clip(group.clip)
        for node in group.shapes:
            yield from self.paint(node)
        yield "Q"

    def paint_shape(self, shape: Shape) -> Iterator[str]:
        """Yield the operators of a shape, filled, stroked or both."""
        if shape.matrix != IDENTITY:
            yield self.matrix(shape.matrix)
        fill = isinstance(shape.fill, str)
        stroke = isinstance(shape.stroke, str)
        if isinstance(shape.fill, str):
            yield f"{self.color(shape.fill)} rg"
        if isinstance(shape.stroke, str):
            yield f"{self.color(shape.stroke)} RG {self.pen_state(shape)}"
        path = self.path(shape.segments)
        if fill and stroke and shape.stroke_first:
            yield from (path, "S", path, self.fill_operator(shape))
        elif fill:
            yield from (path, self.fill_operator(shape, stroke))
        elif stroke:
            yield from (path, "S")

    def fill_operator(self, shape: Shape, stroke: bool = False) -> str:
        """Return the operator that fills a path (ISO 32000-1, table 60)."""
        return ("B" if stroke else "f") + ("*" if shape.even_odd else "")

    def clip(self, shape: Shape) -> str:
        """Return the operators that cut off what is outside an outline."""
        path = self.path(_transform(shape.segments, shape.matrix))
        return f"{path} {'W*' if shape.even_odd else 'W'} n"

    def pen_state(self, shape: Shape) -> str:
        """Return the operators for thickness, ends, corners and dashes of a stroke."""
        dashes = " ".join(map(self.number, shape.dashes))
        miter = "" if shape.join != "miter" else f" {format_number(shape.miter_limit, 3)} M"
        ends = f"{_CAPS[shape.cap]} J {_JOINS[shape.join]} j{miter}"
        return f"{self.number(shape.thickness)} w {ends} [{dashes}] {self.number(shape.dash_offset)} d"

    def path(self, segments: Iterable[Segment]) -> str:
        """Return the operators of a path."""
        number = self.number
        return " ".join(" ".join((*map(number, points), _SEGMENTS[kind])) for kind, points in segments)

    def matrix(self, matrix: Matrix) -> str:
        """Return the operator that changes the units."""
        return f"{format_matrix(matrix)} cm"

    def number(self, value: float) -> str:
        """Return a coordinate or length."""
        return format_number(value, self.digits)

    def color(self, value: str) -> str:
        """Return the operands of a colour."""
        return format_color(self.current if value == "current" else parse_color(value))


def format_matrix(matrix: Matrix) -> str:
    """Return the six numbers of a matrix."""
    return " ".join(format_number(value, 8) for value in matrix)


def find_bounds(nodes: Iterable[Node]) -> Box | None:
    """Return a box around all that nodes paint, strokes included; None if there is nothing."""
    boxes = [box for node in nodes if (box := _node_bounds(node))]
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _node_bounds(node: Node) -> Box | None:
    if isinstance(node, Shape):
        return _shape_bounds(node)
    box = find_bounds(node.shapes)
    edge = _shape_bounds(node.clip) if node.clip else None
    if box is None or edge is None:
        return box
    cut = (max(box[0], edge[0]), max(box[1], edge[1]), min(box[2], edge[2]), min(box[3], edge[3]))
    return cut if cut[0] < cut[2] and cut[1] < cut[3] else None


def _shape_bounds(shape: Shape) -> Box | None:
    points = [
        (values[index], values[index + 1])
        for _, values in _transform(shape.segments, shape.matrix)
        for index in range(0, len(values), 2)
    ]
    if not points:
        return None
    a, b, c, d, _, _ = shape.matrix
    reach = max(1.5, shape.miter_limit) if shape.join == "miter" else 1.5
    margin = 0.0 if shape.stroke is None else shape.thickness / 2 * reach * max(hypot(a, b), hypot(c, d))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _transform(segments: tuple[Segment, ...], matrix: Matrix) -> tuple[Segment, ...]:
    if matrix == IDENTITY:
        return segments
    a, b, c, d, e, f = matrix
    move: Callable[[float, float], tuple[float, float]] = lambda x, y: (a * x + c * y + e, b * x + d * y + f)  # noqa: E731
    return tuple(
        (kind, tuple(v for i in range(0, len(values), 2) for v in move(values[i], values[i + 1])))
        for kind, values in segments
    )
