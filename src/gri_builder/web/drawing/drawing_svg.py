"""Vector drawings as SVG: pictures that people supply, which were read into plain shapes, and icons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from gri_builder.model.graphics import IDENTITY, Drawing, Gradient, Group, Matrix, Node, Paint, Segment, Shape, Tile
from gri_builder.web.markup import Value, element, join

_STEPS = {"move": "M", "line": "L", "curve": "C", "close": "Z"}
_XMLNS = "http://www.w3.org/2000/svg"


def write_drawing(drawing: Drawing, **attributes: Value) -> Markup:
    """Return a drawing as an SVG element with those attributes."""
    pen = _Pen()
    shapes = join(pen.nodes(drawing.shapes))
    defs = element("defs", *pen.definitions) if pen.definitions else Markup("")
    box = f"0 0 {_number(drawing.width)} {_number(drawing.height)}"
    return element("svg", defs, shapes, viewBox=box, **attributes)


def write_file(drawing: Drawing) -> bytes:
    """Return a drawing as an SVG file."""
    size: dict[str, Value] = {"width": _number(drawing.width), "height": _number(drawing.height)}
    return f"{write_drawing(drawing, xmlns=_XMLNS, **size)}\n".encode()


class _Pen:
    """Writes shapes, and collects what they refer to by a number."""

    def __init__(self) -> None:
        self.definitions: list[Markup] = []

    def nodes(self, nodes: Iterable[Node]) -> Iterator[Markup]:
        return (self.group(node) if isinstance(node, Group) else self.shape(node) for node in nodes)

    def group(self, group: Group) -> Markup:
        blend = group.blend if group.blend != "Normal" else None
        return element(
            "g",
            *self.nodes(group.shapes),
            opacity=_number(group.opacity) if group.opacity != 1 else None,
            clip_path=self.clip(group.clip) if group.clip else None,
            mask=self.mask(group.mask) if group.mask is not None else None,
            class_=f"blend-{blend.lower()}" if blend else None,
        )

    def shape(self, shape: Shape) -> Markup:
        stroke = shape.stroke is not None
        return element(
            "path",
            d=_trace(shape.segments),
            transform=_matrix(shape.matrix),
            fill=self.paint(shape.fill),
            fill_opacity=_number(shape.fill_opacity) if shape.fill_opacity != 1 else None,
            fill_rule="evenodd" if shape.even_odd else None,
            stroke=self.paint(shape.stroke) if stroke else None,
            stroke_width=_number(shape.thickness) if stroke else None,
            stroke_linecap=shape.cap if stroke and shape.cap != "butt" else None,
            stroke_linejoin=shape.join if stroke and shape.join != "miter" else None,
            stroke_miterlimit=_number(shape.miter_limit) if stroke and shape.miter_limit != 4 else None,
            stroke_dasharray=" ".join(map(_number, shape.dashes)) if stroke and shape.dashes else None,
            stroke_dashoffset=_number(shape.dash_offset) if stroke and shape.dash_offset else None,
            stroke_opacity=_number(shape.stroke_opacity) if stroke and shape.stroke_opacity != 1 else None,
            paint_order="stroke" if shape.stroke_first else None,
        )

    def paint(self, paint: Paint | None) -> str:
        match paint:
            case None:
                return "none"
            case str():
                return "currentColor" if paint == "current" else paint
            case Gradient():
                return self.define(self.gradient(paint))
            case Tile():
                return self.define(self.tile(paint))

    def gradient(self, gradient: Gradient) -> tuple[str, tuple[str, ...], dict[str, Value]]:
        names = ("x1", "y1", "x2", "y2") if gradient.kind == "linear" else ("fx", "fy", "fr", "cx", "cy", "r")
        stops = (
            element(
                "stop",
                offset=_number(stop.offset),
                stop_color="currentColor" if stop.color == "current" else stop.color,
                stop_opacity=_number(stop.opacity) if stop.opacity != 1 else None,
            )
            for stop in gradient.stops
        )
        points: dict[str, Value] = dict(zip(names, map(_number, gradient.points), strict=True))
        points |= {"gradientUnits": "userSpaceOnUse", "gradientTransform": _matrix(gradient.matrix)}
        return f"{gradient.kind}Gradient", tuple(stops), points

    def tile(self, tile: Tile) -> tuple[str, tuple[str, ...], dict[str, Value]]:
        left, top, width, height = map(_number, tile.box)
        box: dict[str, Value] = {"x": left, "y": top, "width": width, "height": height}
        box["viewBox"] = f"{left} {top} {width} {height}"
        box |= {"patternUnits": "userSpaceOnUse", "patternTransform": _matrix(tile.matrix)}
        return "pattern", tuple(self.nodes(tile.shapes)), box

    def clip(self, shape: Shape) -> str:
        path = element(
            "path",
            d=_trace(shape.segments),
            transform=_matrix(shape.matrix),
            clip_rule="evenodd" if shape.even_odd else None,
        )
        return self.define(("clipPath", (path,), {}))

    def mask(self, nodes: tuple[Node, ...]) -> str:
        """Define a mask that reaches as far as the drawing."""
        reach: dict[str, Value] = {"maskUnits": "userSpaceOnUse", "x": "-1e5", "y": "-1e5"}
        return self.define(("mask", tuple(self.nodes(nodes)), {**reach, "width": "2e5", "height": "2e5"}))

    def define(self, definition: tuple[str, tuple[str, ...], dict[str, Value]]) -> str:
        """Define an element under a number, and return the reference to it."""
        name, content, attributes = definition
        number = f"d{len(self.definitions) + 1}"
        self.definitions.append(element(name, *content, id=number, **attributes))
        return f"url(#{number})"


def _trace(segments: Iterable[Segment]) -> str:
    return "".join(_STEPS[kind] + " ".join(map(_number, points)) for kind, points in segments)


def _matrix(matrix: Matrix) -> str | None:
    if matrix == IDENTITY:
        return None
    return f"matrix({' '.join(f'{value:.8g}' for value in matrix)})"


def _number(value: float) -> str:
    return f"{value:.6g}"
