"""Obstacles: the lines, marks and labels that further labels must not cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from gri_builder.charts.scene import Box, Label, Scene, overlap

Point = tuple[float, float]
CELL = 24.0
"""Width of the strips in which obstacles are looked up."""
PADDING = 0.7
"""Space between a label and what is beside it."""
BESIDE = 2.3
"""Further space at the left and right of a value: two of them in a row must not be read as one number."""


class Obstacles:
    """The obstacles inside a frame, found by the vertical strips that they are in."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self._lines: defaultdict[int, list[tuple[Point, Point, float]]] = defaultdict(list)
        self._boxes: defaultdict[int, list[Box]] = defaultdict(list)

    def add_line(self, points: Sequence[Point], width: float = 0.7) -> None:
        """Add a line of that width through the points."""
        for one, other in pairwise(points):
            reach = width / 2
            for cell in _cells(min(one[0], other[0]) - reach, max(one[0], other[0]) + reach):
                self._lines[cell].append((one, other, reach))

    def add_box(self, box: Box) -> None:
        """Add a rectangle: a mark or a label."""
        for cell in _cells(box[0], box[2]):
            self._boxes[cell].append(box)

    def is_free(self, box: Box, padding: float = PADDING) -> bool:
        """Return whether the box is inside the frame and touches no obstacle."""
        left, bottom, right, top = self.frame
        if box[0] < left or box[1] < bottom or box[2] > right or box[3] > top:
            return False
        cells = tuple(_cells(box[0] - padding, box[2] + padding))
        if any(overlap(box, other, padding) for cell in cells for other in self._boxes.get(cell, ())):
            return False
        return not any(
            crosses(box, one, other, reach + padding)
            for cell in cells
            for one, other, reach in self._lines.get(cell, ())
        )

    def write(self, scene: Scene, label: Label) -> None:
        """Write a label, that becomes an obstacle."""
        scene.write(label)
        self.add_box(label.box)

    def write_first_free(self, scene: Scene, label: Label, places: Sequence[Point], padding: float = PADDING) -> bool:
        """Write a label at the first of several places where it covers nothing; return whether there was one."""
        left, bottom, right, top = label.box
        for x, y in places:
            dx, dy = x - label.x, y - label.y
            box = left + dx, bottom + dy, right + dx, top + dy
            if self.is_free(box, padding):
                scene.write(replace(label, x=x, y=y))
                self.add_box((box[0] - BESIDE, box[1], box[2] + BESIDE, box[3]))
                return True
        return False


def _cells(left: float, right: float) -> Iterator[int]:
    return iter(range(int(left // CELL), int(right // CELL) + 1))


def crosses(box: Box, one: Point, other: Point, reach: float) -> bool:
    """Return whether a line between two points runs through a box, or is nearer to it than that."""
    start, end = 0.0, 1.0
    dx, dy = other[0] - one[0], other[1] - one[1]
    for step, distance in (
        (-dx, one[0] - box[0] + reach),
        (dx, box[2] + reach - one[0]),
        (-dy, one[1] - box[1] + reach),
        (dy, box[3] + reach - one[1]),
    ):
        if not step:
            if distance <= 0:
                return False
        elif step < 0:
            start = max(start, distance / step)
        else:
            end = min(end, distance / step)
    return start < end
