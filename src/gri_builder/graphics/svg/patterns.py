"""Patterns: shapes that fill an area in repetition (SVG 2, 14.3)."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.lengths import Direction, Units
from gri_builder.graphics.svg.matrices import inverse, multiply
from gri_builder.graphics.svg.paths import Box
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.servers import attribute, box_matrix, chain_of
from gri_builder.graphics.svg.viewports import fit_viewport, parse_view_box
from gri_builder.model.graphics import IDENTITY, Matrix, Node, Tile


def resolve_pattern(scene: Scene, server: Element, context: Context, matrix: Matrix, box: Box | None) -> Tile | None:
    """Return the pattern that fills a shape with that box in user units; None if it has no size or no content."""
    if server.get("id") in context.names:
        scene.refuse(server, "<pattern> that is filled with itself")
        return None
    chain = chain_of(scene, server, ("pattern",))
    area, matrix = _read_area(scene, server, chain, context, matrix, box)
    source = next((element for element in chain if element.children), server)
    if area is None or not source.children or area[2] <= 0 or area[3] <= 0:
        return None
    content = _content_matrix(scene, server, chain, area, box)
    if content is None:
        return None
    if scene.style(server)["overflow"] in ("visible", "auto"):
        scene.refuse(server, "<pattern> overflow 'visible'", "draws beyond its tile")
    inside = replace(
        context,
        style=scene.style(source),
        matrix=content,
        depth=context.depth + 1,
        names=context.names | {server.get("id") or ""},
    )
    shapes: list[Node] = [node for child in source.children for node in scene.read_element(child, inside)]
    return Tile(tuple(shapes), area, matrix) if shapes else None


def _read_area(
    scene: Scene, server: Element, chain: list[Element], context: Context, matrix: Matrix, box: Box | None
) -> tuple[Box | None, Matrix]:
    """Return the first tile (left, top, width, height), and the matrix of its units."""
    style = scene.style(server)
    own = scene.word(server, "patternUnits", attribute(chain, "patternUnits"), ("objectBoundingBox", "userSpaceOnUse"))
    transform = scene.matrix(server, style.own("patternTransform") or attribute(chain, "patternTransform"), "patternTransform")
    matrix = multiply(matrix, transform)
    units = Units(1, 1, style.font_size) if own == "objectBoundingBox" else scene.units(style, context)

    def length(name: str, direction: Direction) -> float:
        text = attribute(chain, name)
        value = units.parse(text or "0", direction)
        if value is None:
            scene.refuse(server, f"<pattern> {name} {quote(text or '')}", "is not a usable length")
        return value or 0.0

    x, y, width, height = length("x", "x"), length("y", "y"), length("width", "x"), length("height", "y")
    if inverse(transform) is None:
        return None, matrix
    if own == "objectBoundingBox":
        relative = box_matrix(box)
        if relative is None or box is None:
            return None, matrix
        sx, sy = relative[0], relative[3]
        return (box[0] + x * sx, box[1] + y * sy, width * sx, height * sy), matrix
    return (x, y, width, height), matrix


def _content_matrix(scene: Scene, server: Element, chain: list[Element], area: Box, box: Box | None) -> Matrix | None:
    """Return the matrix from the units of a pattern's content to those of its tile."""
    source = next((element for element in chain if element.get("viewBox") is not None), None)
    if source is not None and (view := parse_view_box(scene, source)):
        if not view[2] or not view[3]:
            return None
        aspect = next((element for element in chain if element.get("preserveAspectRatio") is not None), source)
        return fit_viewport(scene, aspect, area, view).matrix
    own = scene.word(
        server, "patternContentUnits", attribute(chain, "patternContentUnits"), ("userSpaceOnUse", "objectBoundingBox")
    )
    start: Matrix = (1.0, 0.0, 0.0, 1.0, area[0], area[1])
    if own == "objectBoundingBox":
        relative = box_matrix(box)
        return None if relative is None else multiply(start, (relative[0], 0.0, 0.0, relative[3], 0.0, 0.0))
    return multiply(start, IDENTITY)
