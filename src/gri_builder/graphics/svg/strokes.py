"""How an outline is filled and stroked (SVG 2, 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from msgspec.structs import replace

from gri_builder.graphics.svg.css.lengths import Units, parse_number
from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.dashes import join_dashes
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import determinant, is_similarity, mean_scale, transform_segments
from gri_builder.graphics.svg.paint import resolve_paint
from gri_builder.graphics.svg.paths import Box, bounding_box, path_length, split_subpaths, with_area
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.model.graphics import IDENTITY, LineCap, LineJoin, Matrix, Segment, Shape

CAPS: Mapping[str, LineCap] = {"butt": "butt", "round": "round", "square": "square"}
JOINS: Mapping[str, LineJoin] = {"miter": "miter", "round": "round", "bevel": "bevel"}
DOT = 1e-4
"""Length of a line that is drawn for a point with square ends, relative to the thickness."""
Segments = tuple[Segment, ...]


def make_shape(
    scene: Scene,
    element: Element,
    segments: Segments,
    style: Style,
    context: Context,
    matrix: Matrix,
    box: Box | None = None,
) -> Shape | None:
    """Return the shape of an outline in user units; None if it can't be seen at all.

    `box` is what gradients refer to, if it is not the box around the outline.
    """
    if abs(determinant(matrix)) < 1e-18 or not scene.count_segments(element, segments):
        return None
    units = scene.units(style, context)
    thickness = units.parse(style["stroke-width"]) or 0.0
    boxes = _PaintBox(segments, thickness, box)
    fill, fill_opacity = resolve_paint(scene, element, "fill", style, context, matrix, boxes.fill, boxes.bounds)
    stroke, stroke_opacity = (
        resolve_paint(scene, element, "stroke", style, context, matrix, boxes.fill, boxes.bounds)
        if thickness > 0
        else (None, 1.0)
    )
    if style["visibility"] != "visible":
        fill = stroke = None
    filled = with_area(segments) if fill is not None else segments
    if fill is not None and not filled:
        fill = None
    shape = Shape(
        segments if stroke is not None or fill is None else filled,
        fill,
        stroke,
        thickness,
        CAPS[style["stroke-linecap"].lower()],
        JOINS[style["stroke-linejoin"].lower()],
        even_odd=style["fill-rule"].lower() == "evenodd",
        miter_limit=parse_number(style["stroke-miterlimit"]) or 4.0,
        fill_opacity=fill_opacity,
        stroke_opacity=stroke_opacity,
        stroke_first="stroke" in style["paint-order"] and "fill" not in style["paint-order"].partition("stroke")[0],
    )
    if stroke is not None:
        shape = join_dashes(_with_dashes(scene, element, shape, style, units))
        if _is_flat(shape.segments):  # viewers disagree on whether its ends are caps or joins
            shape = replace(shape, cap="round" if shape.join == "round" else "butt")
        if shape.cap != "round":
            shape = replace(shape, segments=_treat_points(shape.segments, thickness * (shape.cap == "square")))
    return bake(shape, matrix, keeps_width=style["vector-effect"].lower() == "non-scaling-stroke")


def bake(shape: Shape, matrix: Matrix, keeps_width: bool = False) -> Shape:
    """Return a shape in the drawing's units; with a matrix if its stroke is not equally thick in all directions.

    With `keeps_width`, thickness and dashes are in the drawing's units already.
    """
    if keeps_width:
        return replace(shape, segments=transform_segments(shape.segments, matrix))
    if shape.stroke is not None and not is_similarity(matrix):
        return replace(shape, matrix=matrix)
    scale = mean_scale(matrix)
    return replace(
        shape,
        segments=transform_segments(shape.segments, matrix),
        thickness=shape.thickness * scale,
        dashes=tuple(dash * scale for dash in shape.dashes),
        dash_offset=shape.dash_offset * scale,
        matrix=IDENTITY,
    )


class _PaintBox:
    """The boxes that gradients of a shape refer to, found when one asks."""

    def __init__(self, segments: Segments, thickness: float, box: Box | None) -> None:
        self._segments, self._thickness, self._box = segments, thickness, box

    def fill(self) -> Box | None:
        """Return the box that gradients refer to."""
        return self._box or bounding_box(self._segments)

    def bounds(self) -> Box | None:
        """Return a box around all that is painted, mitred corners included."""
        box = bounding_box(self._segments)
        margin = 5 * self._thickness
        return box and (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)


def _with_dashes(scene: Scene, element: Element, shape: Shape, style: Style, units: Units) -> Shape:
    """Return the shape with its dashes (SVG 2, 13.5.6); none if one is negative or all are 0."""
    text = style["stroke-dasharray"]
    dashes = [] if text == "none" else units.parse_list(text) or []
    total = sum(dashes)
    if not dashes or min(dashes) < 0 or total <= 0:
        return shape
    if len(dashes) % 2:
        dashes, total = dashes * 2, total * 2
    scale = _path_scale(scene, element, shape.segments)
    if min(dashes[1::2]) == 0:
        scene.refuse(element, "stroke-dasharray with gaps of 0", "is drawn in different ways by programs")
    dashes = _widen_dashes(dashes, shape.thickness / scale)
    offset = (units.parse(style["stroke-dashoffset"]) or 0.0) * scale
    if len(dashes) > 30:
        scene.refuse(element, "stroke-dasharray with more than 30 lengths", "is cut off by some viewers")
    return replace(shape, dashes=tuple(dash * scale for dash in dashes), dash_offset=offset % (total * scale or 1.0))


def _widen_dashes(dashes: list[float], thickness: float) -> list[float]:
    """Return dashes of which those without a length have a tiny one, so that their ends have a direction."""
    tiny = thickness * DOT
    widened = list(dashes)
    for index in range(0, len(dashes) - 1, 2):
        if dashes[index] < tiny < dashes[index + 1]:
            widened[index], widened[index + 1] = tiny, dashes[index] + dashes[index + 1] - tiny
    return widened


def _path_scale(scene: Scene, element: Element, segments: Sequence[Segment]) -> float:
    """Return the real length of a path relative to its 'pathLength' (SVG 2, 9.6.1); 1 without one."""
    text = element.get("pathLength")
    if text is None:
        return 1.0
    given = parse_number(text)
    if given is None or given <= 0:
        scene.refuse(element, f"pathLength {quote(text)}", "is not a length above 0")
        return 1.0
    return path_length(tuple(segments)) / given or 1.0


def _is_flat(segments: Segments) -> bool:
    """Return whether a path is one line that is closed, so that it turns back at both ends."""
    return [kind for kind, _ in segments] == ["move", "line", "close"]


def _treat_points(segments: Segments, thickness: float) -> Segments:
    """Return a path whose subpaths without a length are tiny lines, so that square ends are drawn (SVG 2, 13.5.3).

    With a thickness of 0 they are left out.
    """
    widened = list[Segment]()
    for part in split_subpaths(segments):
        points = [values[index : index + 2] for _, values in part for index in range(0, len(values), 2)]
        x, y = points[0] if points else (0.0, 0.0)
        if len(part) > 1 and all(hypot(px - x, py - y) < 1e-9 for px, py in points):
            step = thickness * DOT
            part = [("move", (x - step, y)), ("line", (x + step, y))] if thickness else []
        widened.extend(part)
    return tuple(widened)
