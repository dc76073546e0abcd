"""Boxes around drawn shapes, for clip paths and masks that refer to the box of an element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from gri_builder.graphics.svg.matrices import inverse, multiply, transform_segments
from gri_builder.graphics.svg.paths import Box, bounding_box
from gri_builder.model.graphics import Gradient, Matrix, Node, Paint, Shape, Tile, walk_shapes

MAX_APART = 500
"""Boxes that are compared with each other."""


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


MAX_NUMBER = 1e8
"""Largest number that is written to a PDF; its integers end at 2147483647 (ISO 19005-3, 6.1.13)."""


def are_in_range(nodes: Iterable[Node]) -> bool:
    """Return whether all numbers of shapes, their paint and masks are usable."""
    return all(abs(number) < MAX_NUMBER for node in nodes for number in _numbers(node))


def _numbers(node: Node) -> Iterator[float]:
    if isinstance(node, Shape):
        yield from (node.thickness, *node.dashes, node.dash_offset, node.miter_limit, *node.matrix)
        yield from (value for _, values in node.segments for value in values)
        for paint in (node.fill, node.stroke):
            yield from _paint_numbers(paint)
        return
    for one in (*node.shapes, *(node.mask or ()), *((node.clip,) if node.clip else ())):
        yield from _numbers(one)


def _paint_numbers(paint: Paint | None) -> Iterator[float]:
    if isinstance(paint, Gradient):
        yield from (*paint.points, *paint.matrix)
    elif isinstance(paint, Tile):
        yield from (*paint.box, *paint.matrix)
        for node in paint.shapes:
            yield from _numbers(node)


def are_apart(boxes: list[Box]) -> bool:
    """Return whether no two boxes touch; False for more than MAX_APART."""
    if len(boxes) > MAX_APART:
        return False
    ordered = sorted(boxes)
    for index, (_, top, right, low) in enumerate(ordered):
        for other in islice(ordered, index + 1, None):
            if other[0] > right:
                break
            if other[1] <= low and top <= other[3]:
                return False
    return True
