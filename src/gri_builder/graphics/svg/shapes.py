"""Basic shapes and paths as segments in user units (SVG 2, 9 and 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gri_builder.graphics.svg.css.lengths import PIXELS, Units
from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.paths import PathError, parse_path
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Scene
from gri_builder.model.graphics import Segment

ARC = 0.5522847498
"""Length of a Bézier curve's handle for a quarter of a circle of radius 1."""
Segments = tuple[Segment, ...]


def outline(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    """Return the outline of a shape, from where its stroke starts; empty if it is invalid, or has no size."""
    return _OUTLINES[element.tag](scene, element, style, units)


def _path(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    text = element.get("d") or ""
    if style.own("d") is not None:
        scene.refuse(element, "property d", "is a path in a style")
    try:
        return parse_path(text)
    except PathError as problem:
        scene.refuse(element, "<path> d", str(problem))
        return ()


def _rect(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    x, y = (scene.length(element, name, units, way, style=style) for name, way in (("x", "x"), ("y", "y")))  # type: ignore[arg-type]
    width = _size(scene, element, "width", style, units)
    height = _size(scene, element, "height", style, units)
    if width <= 0 or height <= 0:
        return ()
    rx, ry = _radius(scene, element, "rx", style, units), _radius(scene, element, "ry", style, units)
    rx, ry = (ry if rx is None else rx) or 0.0, (rx if ry is None else ry) or 0.0
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if not rx or not ry:
        corners = ((x + width, y), (x + width, y + height), (x, y + height))
        return (("move", (x, y)), *(("line", corner) for corner in corners), ("close", ()))
    return _round_rect(x, y, x + width, y + height, rx, ry)


def _round_rect(x: float, y: float, right: float, low: float, rx: float, ry: float) -> Segments:
    a, b = rx * (1 - ARC), ry * (1 - ARC)
    return (
        ("move", (x + rx, y)),
        ("line", (right - rx, y)),
        ("curve", (right - a, y, right, y + b, right, y + ry)),
        ("line", (right, low - ry)),
        ("curve", (right, low - b, right - a, low, right - rx, low)),
        ("line", (x + rx, low)),
        ("curve", (x + a, low, x, low - b, x, low - ry)),
        ("line", (x, y + ry)),
        ("curve", (x, y + b, x + a, y, x + rx, y)),
        ("close", ()),
    )


def _size(scene: Scene, element: Element, name: str, style: Style, units: Units) -> float:
    """Return a width or height; 0 for 'auto'."""
    if (style.own(name) or element.get(name) or "auto").strip() == "auto":
        return 0.0
    return scene.length(element, name, units, "x" if name == "width" else "y", style=style)


def _radius(scene: Scene, element: Element, name: str, style: Style, units: Units) -> float | None:
    """Return a radius; None for 'auto', and for a negative one, which has no effect (SVG 2, 7.4)."""
    if (style.own(name) or element.get(name) or "auto").strip() == "auto":
        return None
    radius = scene.length(element, name, units, "x" if name == "rx" else "y", style=style)
    return radius if radius >= 0 else None


def _circle(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    radius = scene.length(element, "r", units, "both", style=style)
    return _ellipse_at(scene, element, style, units, radius, radius)


def _ellipse(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    rx, ry = _radius(scene, element, "rx", style, units), _radius(scene, element, "ry", style, units)
    return _ellipse_at(
        scene, element, style, units, (ry if rx is None else rx) or 0.0, (rx if ry is None else ry) or 0.0
    )


def _ellipse_at(scene: Scene, element: Element, style: Style, units: Units, rx: float, ry: float) -> Segments:
    """Return an ellipse, clockwise from 3 o'clock (SVG 2, 10.3)."""
    x = scene.length(element, "cx", units, "x", style=style)
    y = scene.length(element, "cy", units, "y", style=style)
    if rx <= 0 or ry <= 0:
        return ()
    a, b = rx * ARC, ry * ARC
    return (
        ("move", (x + rx, y)),
        ("curve", (x + rx, y + b, x + a, y + ry, x, y + ry)),
        ("curve", (x - a, y + ry, x - rx, y + b, x - rx, y)),
        ("curve", (x - rx, y - b, x - a, y - ry, x, y - ry)),
        ("curve", (x + a, y - ry, x + rx, y - b, x + rx, y)),
        ("close", ()),
    )


def _line(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    x1, x2 = (scene.length(element, name, units, "x") for name in ("x1", "x2"))
    y1, y2 = (scene.length(element, name, units, "y") for name in ("y1", "y2"))
    return (("move", (x1, y1)), ("line", (x2, y2)))


def _polyline(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    text = element.get("points") or ""
    numbers = PIXELS.parse_list(text)
    if numbers is None or len(numbers) % 2:
        scene.refuse(element, f"<{element.tag}> points {quote(text)}", "is not a list of pairs of numbers")
        return ()
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    if len(points) < 2:
        return ()
    return (("move", points[0]), *(("line", point) for point in points[1:]))


def _polygon(scene: Scene, element: Element, style: Style, units: Units) -> Segments:
    points = _polyline(scene, element, style, units)
    return (*points, ("close", ())) if points else ()


_OUTLINES: Mapping[str, Callable[[Scene, Element, Style, Units], Segments]] = {
    "path": _path,
    "rect": _rect,
    "circle": _circle,
    "ellipse": _ellipse,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
}
