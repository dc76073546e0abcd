"""Scenes: the shapes and labels of a chart in its own coordinates, before they are painted.

A scene is drawn when the chart is measured. Its origin is its lower left corner, `y` points up, lengths are in points.
Each shape that shows values says which, and by which of its lengths: painters mark it in the page's content, so that an
audit can measure it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, sin, tan
from typing import Literal

from msgspec import Struct, field

from gri_builder.model.color import Color
from gri_builder.model.figures.chart import Measure as Measure
from gri_builder.pdf.content_stream import circle_curves
from gri_builder.typesetting.line_breaking import TextFormat

ShapeRole = Literal["data", "axis", "decoration"]
Align = Literal["left", "right", "center"]
LabelRole = Literal["value", "name", "tick", "title", "note"]
FillPattern = Literal["diagonal", "counter", "dots", "horizontal", "grid", "vertical"]
"""Lines or dots over a fill, as a second cue beside its colour."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


LINE = 3.0
"""Points by which baselines of one line of labels may differ."""


class Datum(Struct, frozen=True):
    """A value that a shape shows."""

    value: float
    fact: str | None = None
    """Key of its fact; None for a value that is calculated for the chart."""


class Scale(Struct, frozen=True):
    """How values become lengths or positions: `origin + (value - base) * unit`."""

    origin: float
    """Coordinate of the value `base`; 0 for lengths and angles."""
    unit: float
    """Points, or radians, per unit of value."""
    base: float = 0.0
    """Value at the origin; zero, unless the axis is broken."""
    is_broken: bool = False
    """Whether the axis has a drawn break."""

    def at(self, value: float) -> float:
        """Return the coordinate of a value."""
        return self.origin + (value - self.base) * self.unit


class Contour(Struct, frozen=True):
    """A path: each segment is a line to a point (2 numbers) or a cubic Bézier curve (6 numbers)."""

    start: tuple[float, float]
    segments: tuple[tuple[float, ...], ...]
    is_closed: bool = True

    @property
    def points(self) -> list[tuple[float, float]]:
        """Its points, without the control points of curves."""
        return [self.start, *((segment[-2], segment[-1]) for segment in self.segments)]


class Shape(Struct, frozen=True):
    """A shape, filled or stroked or both."""

    contours: tuple[Contour, ...]
    fill: Color | None = None
    stroke: Color | None = None
    width: float = 0.7
    """Of its stroke, in points."""
    dash: tuple[float, ...] = ()
    """Lengths of dashes and gaps."""
    is_round: bool = False
    """Whether joins and ends of lines are round."""
    pattern: FillPattern | None = None
    role: ShapeRole = "decoration"
    data: tuple[Datum, ...] = ()
    """The values that it shows: one, or one for each of its points."""
    measure: Measure | None = None
    """What of it shows them."""
    scale: int = 0
    """Number of its scale in the scene."""

    @property
    def box(self) -> Box:
        """The rectangle around its points."""
        points = [point for contour in self.contours for point in contour.points]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)


class Label(Struct, frozen=True):
    """A line of text."""

    text: str
    x: float
    """Left end, right end or middle, as it is aligned."""
    y: float
    """Its baseline."""
    look: TextFormat
    align: Align = "left"
    role: LabelRole = "name"
    fact: str | None = None
    """Key of the fact that it prints."""

    @property
    def width(self) -> float:
        """Its width, in points."""
        return self.look.face.width(self.text) * self.look.size

    @property
    def left(self) -> float:
        """Its left end."""
        return self.x - self.width * {"left": 0.0, "right": 1.0, "center": 0.5}[self.align]

    @property
    def box(self) -> Box:
        """The rectangle of its capitals and descenders."""
        left = self.left
        return left, self.y - 0.21 * self.look.size, left + self.width, self.y + 0.7 * self.look.size


class Scene(Struct):
    """A drawn chart."""

    width: float
    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list)
    """In the order of painting."""
    labels: list[Label] = field(default_factory=list)
    """In the order of writing; `read_labels` returns them in that of reading."""
    scales: list[Scale] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    """Distances from the top at which a long chart may go on over pages: below each of its categories."""

    def add(self, *shapes: Shape) -> None:
        """Add shapes on top of the others."""
        self.shapes.extend(shapes)

    def add_scale(self, scale: Scale) -> int:
        """Add a scale; return its number."""
        self.scales.append(scale)
        return len(self.scales) - 1

    def drop_endless_labels(self) -> None:
        """Leave out labels that are wider than the scene, such as a number of 300 digits."""
        self.labels = [label for label in self.labels if label.width <= self.width]

    def read_labels(self) -> list[Label]:
        """Return the labels in the order of reading: line by line from the top, each from its start."""
        lines: list[list[Label]] = []
        for label in sorted(self.labels, key=lambda label: -label.y):
            if lines and lines[-1][0].y - label.y <= LINE:
                lines[-1].append(label)
            else:
                lines.append([label])
        return [label for line in lines for label in sorted(line, key=lambda label: label.left)]

    def write(self, label: Label) -> None:
        """Add a label, whether it has space or not."""
        self.labels.append(label)

    def write_if_free(self, label: Label, padding: float = 0.6) -> bool:
        """Add a label if it is inside the scene and covers no other label; return whether it was added."""
        left, bottom, right, top = label.box
        inside = left >= -0.5 and right <= self.width + 0.5 and bottom >= -0.5 and top <= self.height + 0.5
        if not inside or any(overlap(label.box, other.box, padding) for other in self.labels):
            return False
        self.labels.append(label)
        return True


def overlap(one: Box, other: Box, padding: float = 0.0) -> bool:
    """Return whether two rectangles overlap, or are nearer to each other than the padding."""
    return (
        one[0] < other[2] + padding
        and other[0] < one[2] + padding
        and one[1] < other[3] + padding
        and other[1] < one[3] + padding
    )


def rectangle(x: float, y: float, width: float, height: float) -> Contour:
    """Return a rectangle from its lower left corner; a negative width or height goes left or down."""
    return Contour((x, y), ((x + width, y), (x + width, y + height), (x, y + height)))


def line(points: Sequence[tuple[float, float]]) -> Contour:
    """Return a line through the points."""
    return Contour(points[0], tuple(points[1:]), is_closed=False)


def polygon(points: Sequence[tuple[float, float]]) -> Contour:
    """Return a closed area."""
    return Contour(points[0], tuple(points[1:]))


def circle(x: float, y: float, radius: float) -> Contour:
    """Return a circle around a point."""
    return Contour((x + radius, y), circle_curves(x, y, radius))


def sector(x: float, y: float, radius: float, start: float, sweep: float) -> Contour:
    """Return a sector around a point, clockwise from an angle in radians."""
    pieces = max(1, int(sweep / (pi / 2) + 0.999))
    step = -sweep / pieces
    k = 4 / 3 * tan(step / 4) * radius
    segments: list[tuple[float, ...]] = [(x + radius * cos(start), y + radius * sin(start))]
    for n in range(pieces):
        a, b = start + n * step, start + (n + 1) * step
        first = x + radius * cos(a) - k * sin(a), y + radius * sin(a) + k * cos(a)
        second = x + radius * cos(b) + k * sin(b), y + radius * sin(b) - k * cos(b)
        segments.append((*first, *second, x + radius * cos(b), y + radius * sin(b)))
    return Contour((x, y), tuple(segments))


def rule(points: Iterable[tuple[float, float]], color: Color, width: float = 0.7) -> Shape:
    """Return a line of an axis."""
    return Shape((line(list(points)),), stroke=color, width=width, role="axis")
