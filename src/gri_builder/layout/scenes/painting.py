"""Painting: a scene as operators of a page, each shape that shows values behind a marked-content point."""

from __future__ import annotations

from gri_builder.charts.colors.patterns import paint_pattern
from gri_builder.charts.scene import Contour, Scene, Shape
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.scenes.recording import record_scene
from gri_builder.pdf.content_stream import (
    VALUE_POINT,
    Operators,
    Path,
    combine,
    join_paths,
    paint,
    trace,
)
from gri_builder.pdf.structure_tree import StructureElement


def paint_scene(scene: Scene, canvas: ReportCanvas, element: StructureElement, x: float, y: float) -> None:
    """Paint a scene with its lower left corner at that point, as the content of one Figure (ISO 14289-1, 7.3)."""
    pen = Pen(canvas)
    for label in scene.read_labels():
        pen.move(canvas.left(x + label.left, label.width), y + label.y)
        pen.show(label.text, label.look)
    with canvas.marked(element):
        if canvas.tagged and any(shape.data for shape in scene.shapes):
            name, mcid = (element.alt or "").partition(". ")[0].rstrip("."), canvas.last_mcid
            canvas.drawn_charts.append(record_scene(scene, (canvas.page, mcid), name, x, y, canvas.reflection))
        canvas.draw(*(_paint_shape(shape, x, y) for shape in scene.shapes))
        pen.end()


def _paint_shape(shape: Shape, x: float, y: float) -> Operators:
    path = join_paths(_move(contour, x, y) for contour in shape.contours)
    painted = paint(path, shape.fill, shape.stroke, shape.width, shape.dash, shape.is_round)
    shown = combine(VALUE_POINT, painted) if shape.data else painted
    if not shape.pattern or not shape.fill:
        return shown
    left, bottom, right, top = shape.box
    return combine(shown, paint_pattern(shape.pattern, path, (left + x, bottom + y, right + x, top + y)))


def _move(contour: Contour, x: float, y: float) -> Path:
    shift = (x, y, x, y, x, y)
    start = contour.start[0] + x, contour.start[1] + y
    segments = [tuple(a + b for a, b in zip(segment, shift, strict=False)) for segment in contour.segments]
    return trace(start, segments, contour.is_closed)
