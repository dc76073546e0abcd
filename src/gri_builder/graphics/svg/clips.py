"""Clip paths and masks (CSS Masking 1): what of an element is seen."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.graphics.svg.css.lengths import Units
from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.css.vocabulary import OUTLINES, parse_reference
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.extents import are_apart, node_box
from gri_builder.graphics.svg.matrices import determinant, multiply, translation
from gri_builder.graphics.svg.paths import bounding_box, with_area
from gri_builder.graphics.svg.scene import Context, Scene, user_matrix
from gri_builder.graphics.svg.servers import box_matrix
from gri_builder.graphics.svg.shapes import outline
from gri_builder.graphics.svg.strokes import bake
from gri_builder.graphics.svg.viewports import box_edge
from gri_builder.model.graphics import Gradient, Group, Matrix, Node, Paint, Shape, Stop, Tile

WHITE = "#ffffff"
Nodes = tuple[Node, ...]


class _Place(Struct, frozen=True):
    """The element that is clipped or masked."""

    element: Element
    nodes: Nodes
    context: Context
    matrix: Matrix
    """From its user units to the drawing's."""


def limit_nodes(scene: Scene, element: Element, nodes: Nodes, style: Style, context: Context, matrix: Matrix) -> Nodes:
    """Return what of an element's shapes is seen through its 'clip-path' and 'mask'."""
    place = _Place(element, nodes, context, matrix)
    for name, tag, limit in (("clip-path", "clipPath", clip_nodes), ("mask", "mask", mask_nodes)):
        reference = parse_reference(style[name])
        if reference is None:
            continue
        target = scene.find(reference.target)
        if target is None or target.tag != tag:
            what = f"leads to a <{target.tag}>" if target is not None else "leads nowhere in the file"
            scene.refuse(element, f"{name} '#{reference.target}'", what)
            continue
        place = replace(place, nodes=limit(scene, target, place))
    return place.nodes


def clip_nodes(scene: Scene, target: Element, place: _Place) -> Nodes:
    """Return shapes cut off by a <clipPath>."""
    name = target.get("id") or ""
    if name in place.context.names:
        scene.refuse(target, "<clipPath> that is cut off by itself")
        return ()
    style = scene.style(target)
    matrix = user_matrix(scene, target, style, replace(place.context, matrix=place.matrix))
    own = scene.word(target, "clipPathUnits", target.get("clipPathUnits"), ("userSpaceOnUse", "objectBoundingBox"))
    if own == "objectBoundingBox":
        relative = box_matrix(node_box(place.nodes, place.matrix))
        if relative is None:
            return ()
        if style.own("transform-origin"):
            scene.refuse(target, "<clipPath> transform-origin", "is not drawn in units of a box")
        matrix = multiply(matrix, relative)
    names = place.context.names | {name}
    context = replace(place.context, matrix=matrix, style=style, names=names, depth=place.context.depth + 1)
    if not scene.count_element(target, context.depth):
        return ()
    group = _make_clip(_read_outlines(scene, target, context))
    if group is None:
        return ()
    clipped: Nodes = (replace(group, shapes=place.nodes),)
    below = replace(place.context, names=names, depth=context.depth)
    return limit_nodes(scene, target, clipped, style, below, place.matrix)


def _read_outlines(scene: Scene, target: Element, context: Context) -> list[Node]:
    """Return the outlines of a clip path's children: white shapes, in groups if they are clipped themselves."""
    found = list[Node]()
    for child in target.children:
        style = scene.cascade.style(child, context.style)
        if style["display"] == "none" or style["visibility"] != "visible":
            continue
        if style["mask"] != "none":
            scene.refuse(child, "mask within a <clipPath>")
        matrix = user_matrix(scene, child, style, context)
        node: Nodes = ()
        if child.tag in OUTLINES:
            node = _read_outline(scene, child, style, context, matrix)
        elif child.tag in ("text", "use"):
            node = _read_other(scene, child, context)
        found.extend(limit_nodes(scene, child, node, style, context, matrix) if node else ())
    return found


def _read_outline(scene: Scene, child: Element, style: Style, context: Context, matrix: Matrix) -> Nodes:
    segments = with_area(outline(scene, child, style, scene.units(style, context)))
    if not segments or abs(determinant(matrix)) < 1e-18 or not scene.count_segments(child, segments):
        return ()
    return (bake(Shape(segments, WHITE, even_odd=style["clip-rule"].lower() == "evenodd"), matrix),)


def _read_other(scene: Scene, child: Element, context: Context) -> Nodes:
    """Return the outlines of text, or of the shape or text that a <use> names."""
    if child.tag == "use":
        target = scene.find_href(child)
        if target is None or target.tag not in OUTLINES | {"text"}:
            return ()
        style = scene.cascade.style(child, context.style)
        units = scene.units(style, context)
        shift = translation(scene.length(child, "x", units, "x"), scene.length(child, "y", units, "y"))
        matrix = multiply(user_matrix(scene, child, style, context), shift)
        inside = context.inside(style, matrix)
        wrapper = scene.cascade.style(target, style)
        if wrapper["display"] == "none" or wrapper["visibility"] != "visible":
            return ()
        place = user_matrix(scene, target, wrapper, inside)
        if target.tag in OUTLINES:
            nodes = _read_outline(scene, target, wrapper, inside, place)
            return limit_nodes(scene, target, nodes, wrapper, inside, place) if nodes else ()
        context, child = inside, target
    return _paint_white(scene.read_element(child, replace(context, is_clip=True)))


def _paint_white(nodes: list[Node]) -> Nodes:
    white = list[Node]()
    for node in nodes:
        if isinstance(node, Group):
            white.append(replace(node, shapes=_paint_white(list(node.shapes)), opacity=1.0))
        else:
            white.append(replace(node, fill=WHITE, stroke=None, fill_opacity=1.0))
    return tuple(white)


def _make_clip(outlines: list[Node]) -> Group | None:
    """Return a group without shapes that shows what is inside any outline; None if there is no outline.

    Outlines that touch are a mask, as a PDF clips by their intersection only.
    """
    if not outlines:
        return None
    shapes = [node for node in outlines if isinstance(node, Shape)]
    boxes = [box for shape in shapes if (box := bounding_box(shape.segments))]
    if (
        len(shapes) == len(outlines) == len(boxes)
        and len({shape.even_odd for shape in shapes}) == 1
        and are_apart(boxes)
    ):
        segments = tuple(segment for shape in shapes for segment in shape.segments)
        return Group((), clip=replace(shapes[0], segments=segments))
    return Group((), mask=tuple(outlines))


def mask_nodes(scene: Scene, target: Element, place: _Place) -> Nodes:
    """Return shapes under a <mask>."""
    name = target.get("id") or ""
    if name in place.context.names:
        scene.refuse(target, "<mask> that is masked by itself")
        return ()
    style, box = scene.style(target), node_box(place.nodes, place.matrix)
    names = place.context.names | {name}
    relative = box_matrix(box)
    region = _mask_region(scene, target, style, replace(place.context, matrix=place.matrix), relative)
    own = scene.word(
        target, "maskContentUnits", target.get("maskContentUnits"), ("userSpaceOnUse", "objectBoundingBox")
    )
    if region is None or (own == "objectBoundingBox" and relative is None):
        return ()
    matrix = multiply(place.matrix, relative) if own == "objectBoundingBox" and relative else place.matrix
    context = replace(place.context, matrix=matrix, style=style, names=names, depth=place.context.depth + 1)
    if not scene.count_element(target, context.depth):
        return ()
    content: list[Node] = [node for child in target.children for node in scene.read_element(child, context)]
    white = style["mask-type"] == "alpha"
    gray: Nodes = tuple(_to_gray(node, white) for node in content)
    masked: Nodes = (Group(place.nodes, mask=(Group(gray, clip=region),)),)
    below = replace(place.context, names=names, depth=context.depth)
    return limit_nodes(scene, target, masked, style, below, place.matrix)


def _mask_region(
    scene: Scene, target: Element, style: Style, context: Context, relative: Matrix | None
) -> Shape | None:
    """Return the outline of the area of a mask; None if it is empty."""
    own = scene.word(target, "maskUnits", target.get("maskUnits"), ("objectBoundingBox", "userSpaceOnUse"))
    units = Units(1, 1, style.font_size) if own == "objectBoundingBox" else scene.units(style, context)
    if own == "objectBoundingBox" and relative is None:
        return None
    x, y = scene.length(target, "x", units, "x", "-10%"), scene.length(target, "y", units, "y", "-10%")
    width = scene.length(target, "width", units, "x", "120%")
    height = scene.length(target, "height", units, "y", "120%")
    if width <= 0 or height <= 0:
        return None
    matrix = multiply(context.matrix, relative) if own == "objectBoundingBox" and relative else context.matrix
    return bake(Shape(box_edge(x, y, width, height), WHITE), matrix)


def _to_gray(node: Node, white: bool) -> Node:
    """Return a shape of a mask in the grey of its luminance, or in white if only its opacity counts."""
    if isinstance(node, Group):
        return replace(node, shapes=tuple(_to_gray(one, white) for one in node.shapes))
    return replace(node, fill=_gray_paint(node.fill, white), stroke=_gray_paint(node.stroke, white))


def _gray_paint(paint: Paint | None, white: bool) -> Paint | None:
    if isinstance(paint, str):
        return _gray(paint, white)
    if isinstance(paint, Gradient):
        stops = tuple(Stop(stop.offset, _gray(stop.color, white), stop.opacity) for stop in paint.stops)
        return replace(paint, stops=stops)
    if isinstance(paint, Tile):
        return replace(paint, shapes=tuple(_to_gray(node, white) for node in paint.shapes))
    return None


def _gray(color: str, white: bool) -> str:
    """Return the luminance of a colour as grey (CSS Masking 1, 7.10.1)."""
    if white:
        return WHITE
    if color == "current":
        return "#000000"
    red, green, blue = (int(color[index : index + 2], 16) for index in (1, 3, 5))
    level = min(255, int(0.2125 * red + 0.7154 * green + 0.0721 * blue + 0.5))
    return f"#{level:02x}{level:02x}{level:02x}"
