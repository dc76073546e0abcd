"""Boxes around drawn shapes, for clip paths and masks that refer to the box of an element."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.graphics.svg.matrices import inverse, multiply, transform_segments
from gri_builder.graphics.svg.paths import Box, bounding_box
from gri_builder.model.graphics import Matrix, Node, walk_shapes


def node_box(nodes: Iterable[Node], matrix: Matrix) -> Box | None:
    """Return the box around the outlines of shapes, without strokes, in the units that a matrix leads from."""
    back = inverse(matrix)
    if back is None:
        return None
    boxes = [
        box
        for shape in walk_shapes(nodes)
        if (box := bounding_box(transform_segments(shape.segments, multiply(back, shape.matrix))))
    ]
    if not boxes:
        return None
    lefts, tops, rights, lows = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(lows)


def are_apart(boxes: list[Box]) -> bool:
    """Return whether no two boxes touch."""
    ordered = sorted(boxes)
    for index, (_, top, right, low) in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other[0] > right:
                break
            if other[1] <= low and top <= other[3]:
                return False
    return True
