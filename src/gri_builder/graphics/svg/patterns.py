"""Patterns: shapes that fill an area in repetition (SVG 2, 14.3)."""

from __future__ import annotations

from math import ceil, floor

from msgspec.structs import replace

from gri_builder.graphics.svg.css.lengths import Direction, Units
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import apply, inverse, multiply
from gri_builder.graphics.svg.paths import Box
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.servers import attribute, box_matrix, chain_of, inner_matrix
from gri_builder.graphics.svg.viewports import fit_viewport, parse_view_box
from gri_builder.model.graphics import IDENTITY, Matrix, Node, Tile

MAX_TILES = 4000


def resolve_pattern(
    scene: Scene, server: Element, context: Context, matrix: Matrix, box: Box | None, bounds: Box | None
) -> Tile | None:
    """Return the pattern that fills a shape with that box in user units; None if it has no size or no content.

    `bounds` is the box around all that is painted.
    """
    if server.get("id") in context.names:
        scene.refuse(server, "<pattern> that is filled with itself")
        return None
    chain = chain_of(scene, server, ("pattern",))
    outside = matrix
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
    if not shapes or bounds is None:
        return None
    reach = _reach(bounds, outside, matrix, area)
    if (reach[2] - reach[0]) * (reach[3] - reach[1]) > MAX_TILES:
        scene.refuse(server, "<pattern>", f"is repeated more than {MAX_TILES} times")
        return None
    return Tile(tuple(shapes), area, matrix, reach)


def _reach(bounds: Box, outside: Matrix, matrix: Matrix, area: Box) -> tuple[int, int, int, int]:
    """Return the first column and row of tiles that a box needs, and those after the last."""
    back = inverse(matrix)
    if back is None:
        return 0, 0, 0, 0
    inner = multiply(back, outside)
    corners = [apply(inner, x, y) for x in (bounds[0], bounds[2]) for y in (bounds[1], bounds[3])]
    columns, rows = [(x - area[0]) / area[2] for x, _ in corners], [(y - area[1]) / area[3] for _, y in corners]
    if max(map(abs, (*columns, *rows))) > 1e6:
        return 0, 0, MAX_TILES, MAX_TILES
    return floor(min(columns)), floor(min(rows)), ceil(max(columns)), ceil(max(rows))


def _read_area(
    scene: Scene, server: Element, chain: list[Element], context: Context, matrix: Matrix, box: Box | None
) -> tuple[Box | None, Matrix]:
    """Return the first tile (left, top, width, height), and the matrix of its units."""
    style = scene.style(server)
    own = scene.word(server, "patternUnits", attribute(chain, "patternUnits"), ("objectBoundingBox", "userSpaceOnUse"))
    transform = inner_matrix(scene, server, chain, "patternTransform")
    if transform is None:
        return None, matrix
    matrix = multiply(matrix, transform)
    units = Units(1, 1, style.font_size) if own == "objectBoundingBox" else scene.units(style, context)

    def length(name: str, direction: Direction) -> float:
        text = attribute(chain, name)
        value = units.parse(text or "0", direction)
        if value is None:
            scene.refuse(server, f"<pattern> {name} {quote(text or '')}", "is not a usable length")
        return value or 0.0

    x, y, width, height = length("x", "x"), length("y", "y"), length("width", "x"), length("height", "y")
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
