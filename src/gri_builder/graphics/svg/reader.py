"""Reads SVG files (SVG 2) as drawings: what is known is drawn exactly, all the rest is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from gri_builder.graphics.svg.clips import limit_nodes
from gri_builder.graphics.svg.css.colors import parse_color
from gri_builder.graphics.svg.css.lengths import parse_share
from gri_builder.graphics.svg.css.styles import Cascade, Style
from gri_builder.graphics.svg.css.stylesheet import read_stylesheets
from gri_builder.graphics.svg.css.vocabulary import BLEND_MODES, DEFINITIONS, OUTLINES, SILENT, parse_reference
from gri_builder.graphics.svg.document import Element, parse_document
from gri_builder.graphics.svg.extents import are_in_range
from gri_builder.graphics.svg.markers import draw_markers
from gri_builder.graphics.svg.matrices import determinant, multiply, translation
from gri_builder.graphics.svg.paint import resolve_color
from gri_builder.graphics.svg.reading import FindFont, Refusals, SvgError, SvgReading, quote
from gri_builder.graphics.svg.scene import Context, Scene, user_matrix
from gri_builder.graphics.svg.shapes import outline
from gri_builder.graphics.svg.strokes import bake, make_shape
from gri_builder.graphics.svg.text.drawing import draw_text
from gri_builder.graphics.svg.viewports import (
    Viewport,
    fit_viewport,
    outer_viewport,
    parse_view_box,
    shows_beyond,
)
from gri_builder.model.graphics import IDENTITY, Drawing, Group, Matrix, Node, Paint, Shape, walk_shapes

LANGUAGE = "en"
"""The language for which 'systemLanguage' chooses."""


def read_svg(data: bytes, find_font: FindFont | None = None) -> SvgReading:
    """Return the drawing of an SVG file, plain or packed by gzip, or all that is refused.

    `find_font` gives fonts for text; without it, text is refused. Raises SvgError for files that are no SVG, have no
    size, or show nothing.
    """
    refusals = Refusals()
    root = parse_document(data, refusals)
    cascade = Cascade(read_stylesheets(root, refusals), refusals)
    scene = Scene(root, cascade, refusals, find_font)
    reader = _Reader(scene)
    scene.read_element = reader.read
    width, height, viewport = outer_viewport(scene)
    nodes = prune(reader.read_root(viewport))
    if not are_in_range(nodes):
        scene.refuse(root, "numbers out of range", "are too large to print")
    if refusals.refusals:
        return SvgReading(width, height, None, refusals.refusals, refusals.fonts)
    if not nodes:
        raise SvgError("no visible shapes")
    return SvgReading(width, height, Drawing(width, height, nodes), (), refusals.fonts)


def prune(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return shapes without those that paint nothing, and groups without content."""
    kept = list[Node]()
    for node in nodes:
        if isinstance(node, Group):
            shapes = prune(node.shapes)
            mask = None if node.mask is None else prune(node.mask)
            if shapes and mask != ():
                kept.append(replace(node, shapes=shapes, mask=mask))
        elif node.fill is not None or node.stroke is not None:
            kept.append(node)
    return tuple(kept)


class _Reader:
    """Reads elements, outer ones first."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def read_root(self, viewport: Viewport) -> list[Node]:
        """Return what the outermost element draws."""
        scene, root = self.scene, self.scene.root
        style = scene.style(root)
        outside = Context(style, IDENTITY, viewport.width, viewport.height)
        matrix = user_matrix(scene, root, style, outside)
        context = replace(outside, matrix=multiply(matrix, viewport.matrix), depth=1)
        if root.get("systemLanguage") is not None:
            scene.refuse(root, "systemLanguage of the whole drawing")
        nodes = [*self._background(style, viewport), *self._children(root, context)]
        return self._wrap(root, nodes, style, outside, context.matrix) if style["display"] != "none" else []

    def _background(self, style: Style, viewport: Viewport) -> Iterator[Node]:
        """Yield the background that a style gives to the whole drawing."""
        color, opacity = parse_color(style["background-color"]) or ("#000000", 0.0)
        if opacity > 0:
            yield Shape(viewport.edge, color, fill_opacity=opacity)

    def _children(self, element: Element, context: Context) -> list[Node]:
        return [node for child in element.children for node in self.read(child, context)]

    def read(self, element: Element, context: Context) -> list[Node]:
        """Return what an element draws."""
        tag, scene = element.tag, self.scene
        if tag in SILENT or tag in DEFINITIONS:
            return []
        draw = _DRAWN.get(tag)
        if draw is None:
            self._refuse_element(element)
            return []
        if not scene.count_element(element, context.depth) or not self._is_for_us(element):
            return []
        style = scene.cascade.style(element, context.style)
        if style["display"] == "none":
            return []
        matrix = user_matrix(scene, element, style, context)
        if abs(determinant(matrix)) < 1e-18:
            return []
        nodes = draw(self, element, style, context, matrix)
        return self._wrap(element, nodes, style, context, matrix)

    def _refuse_element(self, element: Element) -> None:
        reasons = {
            "image": "is a picture within the picture",
            "foreignObject": "is a part of a web page",
            "textPath": "is text along a path",
        }
        self.scene.refuse(element, f"<{element.tag}>", reasons.get(element.tag, "is not drawn"))

    def _is_for_us(self, element: Element) -> bool:
        """Return whether the conditions of an element hold (SVG 2, 5.8)."""
        if (element.get("requiredExtensions") or "").strip():
            return False
        languages = element.get("systemLanguage")
        if languages is None:
            return True
        return any(word.strip().lower().split("-")[0] == LANGUAGE for word in languages.split(","))

    # -- elements -----------------------------------------------------------------------------------------------------

    def _group(self, element: Element, style: Style, context: Context, matrix: Matrix) -> list[Node]:
        return self._children(element, context.inside(style, matrix))

    def _switch(self, element: Element, style: Style, context: Context, matrix: Matrix) -> list[Node]:
        """Return what the first child draws whose conditions hold (SVG 2, 5.9)."""
        inside = context.inside(style, matrix)
        for child in element.children:
            if child.tag in SILENT or child.tag in DEFINITIONS or child.tag == "foreignObject":
                continue  # a part of a web page has what follows in its place
            if self._is_for_us(child):
                return self.read(child, inside)
        return []

    def _shape(self, element: Element, style: Style, context: Context, matrix: Matrix) -> list[Node]:
        segments = outline(self.scene, element, style, self.scene.units(style, context))
        if not segments:
            return []
        shape = make_shape(self.scene, element, segments, style, context, matrix)
        if shape is None:
            return []
        paints = replace(
            context, fill=(shape.fill, shape.fill_opacity), stroke=(shape.stroke, shape.stroke_opacity), style=style
        )
        marks = list(draw_markers(self.scene, element, segments, style, paints, matrix))
        return _by_order(shape, marks, style["paint-order"])

    def _text(self, element: Element, style: Style, context: Context, matrix: Matrix) -> list[Node]:
        return list(draw_text(self.scene, element, style, context, matrix))

    def _svg(self, element: Element, style: Style, context: Context, matrix: Matrix) -> list[Node]:
        return self._viewport(element, element, style, context, matrix, shift=True)

    def _viewport(
        self, element: Element, sized: Element, style: Style, context: Context, matrix: Matrix, shift: bool
    ) -> list[Node]:
        """Return what an <svg> or <symbol> draws; `sized` may give another width and height."""
        scene = self.scene
        units = scene.units(style, context)
        names = ("x", "y") if shift else ()
        x, y = (
            (scene.length(element, name, units, "x" if name == "x" else "y") for name in names) if shift else (0.0, 0.0)
        )
        width, height = (self._viewport_size(element, sized, name, style, context) for name in ("width", "height"))
        box = parse_view_box(scene, element)
        if width <= 0 or height <= 0 or (box and (not box[2] or not box[3])):
            return []
        viewport = fit_viewport(scene, element, (x, y, width, height), box)
        inside = replace(
            context.inside(style, multiply(matrix, viewport.matrix)), width=viewport.width, height=viewport.height
        )
        nodes = self._children(element, inside)
        if shows_beyond(style):
            return nodes
        return [Group(tuple(nodes), clip=bake(Shape(viewport.edge, "#000000"), matrix))] if nodes else []

    def _viewport_size(self, element: Element, sized: Element, name: str, style: Style, context: Context) -> float:
        units = self.scene.units(style, context)
        for one in (sized, element):
            if (text := one.get(name)) is not None and text.strip() != "auto":
                return self.scene.length(one, name, units, "x" if name == "width" else "y")
        return context.width if name == "width" else context.height

    def _use(self, element: Element, style: Style, context: Context, matrix: Matrix) -> list[Node]:
        """Return what the element that a <use> names draws here (SVG 2, 5.6)."""
        scene = self.scene
        target = scene.find_href(element)
        if target is None:
            return []
        if target.tag == "symbol" and target.get("transform"):
            scene.refuse(target, "<symbol> transform")
        name = target.get("id") or ""
        if name in context.names or _contains(target, element):
            scene.refuse(element, f"<use> href '#{name}'", "leads to itself")
            return []
        units = scene.units(style, context)
        shift = translation(scene.length(element, "x", units, "x"), scene.length(element, "y", units, "y"))
        inside = replace(
            context.inside(style, multiply(matrix, shift)),
            names=context.names | {name},
            fill=_context_paint("fill", style, context),
            stroke=_context_paint("stroke", style, context),
        )
        if target.tag not in ("symbol", "svg"):
            return self.read(target, inside)
        if not scene.count_element(target, inside.depth):
            return []
        inner = scene.cascade.style(target, style)
        if inner["display"] == "none":
            return []
        place = user_matrix(scene, target, inner, inside)
        nodes = self._viewport(target, element, inner, inside, place, shift=target.tag == "svg")
        return self._wrap(target, nodes, inner, inside, place)

    # -- effects ------------------------------------------------------------------------------------------------------

    def _wrap(self, element: Element, nodes: list[Node], style: Style, context: Context, matrix: Matrix) -> list[Node]:
        """Return shapes with the clip path, mask, opacity and blend mode of their element."""
        if not nodes:
            return nodes
        limited = limit_nodes(self.scene, element, tuple(nodes), style, context, matrix)
        share = parse_share(style["opacity"])
        blend = BLEND_MODES.get(style["mix-blend-mode"])
        if blend is None:
            self.scene.refuse(element, f"mix-blend-mode {quote(style['mix-blend-mode'])}")
        opacity = 1.0 if share is None else share
        isolated = style["isolation"] == "isolate"
        if opacity == 1.0 and blend in ("Normal", None) and not isolated:
            return list(limited)
        return [fade(limited, opacity, blend or "Normal", isolated)] if opacity > 0 else _without_paint(limited)


def fade(nodes: tuple[Node, ...], opacity: float, blend: str, isolated: bool) -> Node:
    """Return shapes as one that is partly transparent; a single shape that does not overlap itself stays one."""
    if len(nodes) == 1 and blend == "Normal" and isinstance(node := nodes[0], Shape):
        if node.stroke is None:
            return replace(node, fill_opacity=node.fill_opacity * opacity)
        if node.fill is None:
            return replace(node, stroke_opacity=node.stroke_opacity * opacity)
    return Group(nodes, opacity=opacity, blend=blend, isolated=isolated or blend != "Normal")


def _context_paint(name: str, style: Style, context: Context) -> tuple[Paint | None, float] | None:
    """Return what 'context-fill' or 'context-stroke' means within a <use>; None for gradients and patterns."""
    value, share = style[name], parse_share(style[f"{name}-opacity"])
    opacity = 1.0 if share is None else share
    if value in ("context-fill", "context-stroke"):
        return context.fill if value == "context-fill" else context.stroke
    if value == "none":
        return None, opacity
    return None if parse_reference(value) else resolve_color(value, style, opacity)


def _without_paint(nodes: Iterable[Node]) -> list[Node]:
    """Return shapes that can't be seen, but still count for the box around a group."""
    return [replace(shape, fill=None, stroke=None) for shape in walk_shapes(nodes)]


def _by_order(shape: Shape, marks: list[Node], order: str) -> list[Node]:
    """Return a shape and its marks in the order of 'paint-order' (SVG 2, 13.8)."""
    if not marks:
        return [shape]
    words = order.split()
    full = [*words, *(word for word in ("fill", "stroke", "markers") if word not in words)]
    if order == "normal":
        full = ["fill", "stroke", "markers"]
    place = full.index("markers")
    if place == 2:
        return [shape, *marks]
    if place == 0:
        return [*marks, shape]
    front, back = replace(shape, stroke=None), replace(shape, fill=None)
    return [front, *marks, back] if full[0] == "fill" else [back, *marks, front]


def _contains(element: Element, other: Element) -> bool:
    """Return whether an element is another one, or around it."""
    here: Element | None = other
    while here is not None:
        if here is element:
            return True
        here = here.parent
    return False


_DRAWN: Mapping[str, Callable[[_Reader, Element, Style, Context, Matrix], list[Node]]] = {
    **dict.fromkeys(OUTLINES, _Reader._shape),
    "g": _Reader._group,
    "a": _Reader._group,
    "svg": _Reader._svg,
    "switch": _Reader._switch,
    "use": _Reader._use,
    "text": _Reader._text,
}
