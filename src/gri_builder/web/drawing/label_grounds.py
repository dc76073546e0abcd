"""What the labels of a chart are written on: the page, or the topmost filled shape below their middle."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.charts.scene import Label, Scene, Shape

HALF = 0.35
"""Height of the middle of a line above its baseline, in parts of its size."""
START = {"left": 0.0, "center": -0.5, "right": -1.0}
"""Where a label starts, in parts of its width, from the place that it is aligned at."""


def find_ground(scene: Scene, label: Label) -> Shape | None:
    """Return the shape that a label is written on; None where that is the page."""
    x = label.x + label.width * (START[label.align] + 0.5)
    y = label.y + label.look.size * HALF
    return next((shape for shape in reversed(scene.shapes) if shape.fill and _covers(shape, x, y)), None)


def _covers(shape: Shape, x: float, y: float) -> bool:
    """Return whether a shape covers a point; its curves are taken as lines."""
    left, bottom, right, top = shape.box
    if not (left <= x <= right and bottom <= y <= top):
        return False
    return sum(_count_crossings(contour.points, x, y) for contour in shape.contours) % 2 == 1


def _count_crossings(points: Sequence[tuple[float, float]], x: float, y: float) -> int:
    """Return how many sides of a polygon are to the right of a point."""
    sides = zip(points, (*points[1:], points[0]), strict=True)
    return sum((y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in sides)
