"""Markers: arrowheads and other marks at the corners of paths (SVG 2, 13.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import atan2, degrees, hypot

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.graphics.svg.css.lengths import parse_number
from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.css.vocabulary import parse_reference
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import multiply, parse_angle, rotation, scaling, translation
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.strokes import bake
from gri_builder.graphics.svg.viewports import Viewport, fit_viewport, parse_view_box, shows_beyond
from gri_builder.model.graphics import Group, Matrix, Node, Segment, Shape

MARKED = frozenset(("path", "line", "polyline", "polygon"))
"""Elements that have markers."""
_CLOSED_TWICE = re.compile(r"[zZ]\s*[zZ]")
Point = tuple[float, float]


class Vertex(Struct):
    """A corner of a path, with the directions in which the path arrives and leaves; None for no direction."""

    x: float
    y: float
    arrival: Point | None = None
    leave: Point | None = None

    @property
    def turns_back(self) -> bool:
        """Whether the path leaves in the direction that it comes from."""
        if self.arrival is None or self.leave is None:
            return False
        (a, b), (c, d) = self.arrival, self.leave
        return a * c + b * d < 0 and abs(a * d - b * c) < 1e-6 * (hypot(a, b) * hypot(c, d))

    def angle(self) -> float:
        """Return the direction of a mark in degrees: between those of arrival and leaving (SVG 2, 13.7.4)."""
        parts = [direction for direction in (self.arrival, self.leave) if direction is not None]
        if not parts:
            return 0.0
        angles = [degrees(atan2(y, x)) for x, y in parts]
        if len(angles) == 1:
            return angles[0]
        turn = (angles[1] - angles[0] + 180) % 360 - 180
        return angles[0] + turn / 2


def draw_markers(
    scene: Scene, element: Element, segments: tuple[Segment, ...], style: Style, context: Context, matrix: Matrix
) -> Iterator[Node]:
    """Yield the marks of a path."""
    names = [parse_reference(style[f"marker-{place}"]) for place in ("start", "mid", "end")]
    if not any(names) or style["visibility"] != "visible":
        return
    if element.tag not in MARKED:
        scene.refuse(element, f"markers of a <{element.tag}>", "are drawn by some programs, and not by others")
        return
    closes = sum(kind == "close" for kind, _ in segments)
    moves = sum(kind == "move" for kind, _ in segments)
    if (closes and moves > 1) or _CLOSED_TWICE.search(element.get("d") or ""):
        scene.refuse(element, "markers of a path with several closed parts", "are drawn in different ways by programs")
    vertices = find_vertices(segments)
    places = ([vertices[0]], vertices[1:-1], [vertices[-1]]) if vertices else ([], [], [])
    thickness = scene.units(style, context).parse(style["stroke-width"]) or 0.0
    for index, (reference, corners) in enumerate(zip(names, places, strict=True)):
        if reference is None:
            continue
        marker = scene.find(reference.target)
        if marker is None or marker.tag != "marker":
            scene.refuse(element, f"marker '#{reference.target}'", "leads to no <marker> of the file")
            continue
        for vertex in corners:
            yield from _draw(scene, marker, vertex, context, matrix, thickness, is_start=index == 0)


def _draw(
    scene: Scene, marker: Element, vertex: Vertex, context: Context, matrix: Matrix, thickness: float, is_start: bool
) -> Iterator[Node]:
    name = marker.get("id") or ""
    if name in context.names:
        scene.refuse(marker, "<marker> that is marked with itself")
        return
    style = scene.style(marker)
    viewport = _viewport(scene, marker, style, context)
    own = scene.word(marker, "markerUnits", marker.get("markerUnits"), ("strokeWidth", "userSpaceOnUse"))
    scale = thickness if own == "strokeWidth" else 1.0
    if viewport is None or scale <= 0:
        return
    place = multiply(translation(vertex.x, vertex.y), rotation(_direction(scene, marker, vertex, is_start)))
    place = multiply(place, scaling(scale, scale))
    x, y = _reference_point(scene, marker, viewport)
    inner = multiply(multiply(matrix, place), multiply(translation(-x, -y), viewport.matrix))
    inside = replace(
        context,
        style=style,
        matrix=inner,
        width=viewport.width,
        height=viewport.height,
        depth=context.depth + 1,
        names=context.names | {name},
    )
    if not scene.count_element(marker, inside.depth):
        return
    shapes = tuple(node for child in marker.children for node in scene.read_element(child, inside))
    if shows_beyond(style):
        yield from shapes
        return
    if _is_letterboxed(scene, marker, viewport):
        scene.refuse(marker, "<marker> viewBox of another proportion", "is cut off in different ways by programs")
    if not shapes:
        return
    edge = Shape(viewport.edge, "#000000")
    yield Group(shapes, clip=bake(edge, multiply(multiply(matrix, place), translation(-x, -y))))


def _is_letterboxed(scene: Scene, marker: Element, viewport: Viewport) -> bool:
    """Return whether the 'viewBox' of a marker leaves some of its area free."""
    box, (a, _, _, d, _, _) = parse_view_box(scene, marker), viewport.matrix
    if box is None:
        return False
    (left, top), (right, low) = viewport.edge[0][1], viewport.edge[2][1]
    return abs(box[2] * a - (right - left)) > 1e-3 * (right - left) or abs(box[3] * d - (low - top)) > 1e-3 * (
        low - top
    )


def _viewport(scene: Scene, marker: Element, style: Style, context: Context) -> Viewport | None:
    units = scene.units(style, context)
    width = scene.length(marker, "markerWidth", units, "x", "3")
    height = scene.length(marker, "markerHeight", units, "y", "3")
    if width <= 0 or height <= 0:
        return None
    box = parse_view_box(scene, marker)
    if box and (not box[2] or not box[3]):
        return None
    return fit_viewport(scene, marker, (0, 0, width, height), box)


_PLACES = {"left": "0%", "center": "50%", "right": "100%", "top": "0%", "bottom": "100%"}


def _reference_point(scene: Scene, marker: Element, viewport: Viewport) -> Point:
    """Return the point of a marker that is on the path, in the units around its 'viewBox'."""
    a, b, c, d, e, f = viewport.matrix
    values = list[float]()
    for name in ("refX", "refY"):
        text = marker.get(name) or "0"
        value = parse_number(text.removesuffix("px"))
        if value is None:
            scene.refuse(marker, f"<marker> {name} {quote(text)}", "is not a number")
        values.append(value or 0.0)
    return a * values[0] + c * values[1] + e, b * values[0] + d * values[1] + f


def _direction(scene: Scene, marker: Element, vertex: Vertex, is_start: bool) -> float:
    text = (marker.get("orient") or "0").strip()
    if text.startswith("auto") and vertex.turns_back:
        scene.refuse(marker, "<marker> orient 'auto' where a line turns back", "has no direction")
    if text == "auto":
        return vertex.angle()
    if text == "auto-start-reverse":
        return vertex.angle() + (180 if is_start else 0)
    angle = parse_angle(text)
    if angle is None:
        scene.refuse(marker, f"<marker> orient {quote(text)}", "is not an angle")
    return angle or 0.0


def find_vertices(segments: tuple[Segment, ...]) -> list[Vertex]:
    """Return the corners of a path with their directions, in order."""
    vertices, start = list[Vertex](), 0
    for kind, values in segments:
        if kind == "move":
            start = len(vertices)
            vertices.append(Vertex(values[0], values[1]))
        elif kind == "close":
            _close(vertices, start)
        else:
            _add_vertex(vertices, values)
    return vertices


def _add_vertex(vertices: list[Vertex], values: tuple[float, ...]) -> None:
    last, (x, y) = vertices[-1], values[-2:]
    points = [(last.x, last.y), *zip(values[::2], values[1::2], strict=True)]
    last.leave = next((way for point in points[1:] if (way := _way(points[0], point))), None)
    arrival = next((way for point in points[-2::-1] if (way := _way(point, points[-1]))), None)
    vertices.append(Vertex(x, y, arrival))


def _close(vertices: list[Vertex], start: int) -> None:
    """Add the corner where a subpath closes, which has the direction of both its ends."""
    first, last = vertices[start], vertices[-1]
    way = _way((last.x, last.y), (first.x, first.y))
    if way is not None:
        last.leave = way
    closing = way or last.arrival
    vertices.append(Vertex(first.x, first.y, closing, first.leave))
    first.arrival = closing


def _way(one: Point, two: Point) -> Point | None:
    x, y = two[0] - one[0], two[1] - one[1]
    return (x, y) if hypot(x, y) > 1e-9 else None
