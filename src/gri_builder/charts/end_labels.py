"""Labels at the ends of lines: name and last value, apart from each other, with leaders where they had to be moved."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.charts.obstacles import Obstacles, Point
from gri_builder.charts.scene import Align, Label, Scene, Shape, line
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import Color

LEADER = 12.0
"""Space for leaders between the plot and its labels."""
GAP = 4.0
"""Space between value and name."""
SHARE = 0.36
"""Greatest share of a chart's width for the labels of one side."""
MAX_LINES = 2
MOVED = 1.0
"""Points by which a label may be off its line without a leader."""


class EndLabel(Struct, frozen=True):
    """What is written at the end of one line."""

    x: float
    """The end of its line."""
    y: float
    name: str
    value: str
    """As printed; empty if the line has no value at that end."""
    fact: str | None
    color: Color
    """Of its leader."""
    text: Color
    is_bold: bool = False


class EndColumn(Struct, frozen=True):
    """The columns of values and names on one side of a plot."""

    values: float
    names: float

    @property
    def width(self) -> float:
        """Its width, with the space for leaders."""
        gap = GAP if self.values and self.names else 0.0
        return LEADER + self.values + gap + self.names


def measure_column(space: ChartSpace, names: Sequence[str], values: Sequence[str], share: float = SHARE) -> EndColumn:
    """Return the widths of the columns for those names and values; names get what the values leave of the share."""
    value = space.widest(values, bold=True)
    room = max(0.0, space.width * share - LEADER - value - GAP)
    name = max((space.widest(break_name(space, name, room), bold=True) for name in names), default=0.0)
    return EndColumn(value, name)


def break_name(space: ChartSpace, name: str, width: float) -> list[str]:
    """Return a name in lines of that width; the last one is shortened where there are no more lines."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if space.text_width(longer, bold=True) <= width or not lines[-1] or len(lines) == MAX_LINES:
            lines[-1] = longer
        else:
            lines.append(word)
    return [space.shorten(text, width + 0.1, bold=True) for text in lines]


def row_height(space: ChartSpace, name: str, column: EndColumn) -> float:
    """Return the height that a label needs."""
    return space.style.chart.leading * len(break_name(space, name, column.names)) + 0.4


def write_end_labels(
    scene: Scene,
    space: ChartSpace,
    obstacles: Obstacles,
    labels: Sequence[EndLabel],
    column: EndColumn,
    edge: float,
    span: tuple[float, float],
    is_left: bool = False,
) -> None:
    """Write labels beside the plot's edge between two heights, in the order of the ends of their lines."""
    order = sorted(labels, key=lambda label: label.y)
    heights = [row_height(space, label.name, column) for label in order]
    middles = spread([label.y for label in order], heights, span)
    for label, height, middle in reversed(list(zip(order, heights, middles, strict=True))):
        _write_label(scene, space, obstacles, label, column, (edge, middle + height / 2), is_left)
        side = -1 if is_left else 1
        _draw_leader(scene, obstacles, label, (edge + side * (LEADER - 2), middle), edge, side)


def _write_label(
    scene: Scene,
    space: ChartSpace,
    obstacles: Obstacles,
    label: EndLabel,
    column: EndColumn,
    corner: Point,
    is_left: bool,
) -> None:
    """Write value and name, the value next to the plot."""
    edge, top = corner
    side, align = (-1, "right") if is_left else (1, "left")
    leading, look = space.style.chart.leading, space.look(bold=label.is_bold, color=label.text)
    y = top - leading * 0.5 - space.style.chart.size * 0.25
    aligned: Align = "right" if align == "right" else "left"
    if label.value:
        x = edge + side * (LEADER + (0 if is_left else column.values))
        x = edge + side * LEADER if is_left else x
        bold = space.look(bold=True, color=label.text)
        obstacles.write(scene, Label(label.value, x, y, bold, "right", "value", label.fact))
    x = edge + side * (LEADER + (column.values + GAP if column.values else 0.0))
    for number, text in enumerate(break_name(space, label.name, column.names) if label.name else []):
        obstacles.write(scene, Label(text, x, y - number * leading, look, aligned))


def _draw_leader(scene: Scene, obstacles: Obstacles, label: EndLabel, end: Point, edge: float, side: int) -> None:
    """Draw a thin line from the end of a line to its label, if the label is not just beside it."""
    start = label.x + side * 3.5
    is_beside = abs(label.x - edge) < 6
    if is_beside and abs(end[1] - label.y) <= MOVED:
        return
    knee = edge + side * 2 if not is_beside else start
    points = [(start, label.y), *([(knee, label.y)] if not is_beside else []), end]
    obstacles.add_line(points, 0.5)
    scene.add(Shape((line(points),), stroke=label.color, width=0.5, dash=() if is_beside else (0.8, 1.6)))


def spread(wanted: Sequence[float], heights: Sequence[float], span: tuple[float, float]) -> list[float]:
    """Return the middles of boxes in ascending order: apart from each other, as near as possible to what is wanted.

    Boxes that are too near to each other become one block around the mean of their wanted places.
    """
    blocks = list[tuple[float, float, list[int]]]()
    for n, (middle, height) in enumerate(zip(wanted, heights, strict=True)):
        center, size, members = middle, height, [n]
        while blocks and blocks[-1][0] + blocks[-1][1] / 2 > center - size / 2:
            other, extent, earlier = blocks.pop()
            count = len(earlier) + len(members)
            center = (other * len(earlier) + center * len(members)) / count
            size, members = size + extent, earlier + members
        center = max(min(center, span[1] - size / 2), span[0] + size / 2)
        blocks.append((center, size, members))
    return _clamp(_unfold(blocks, heights), heights, span)


def _unfold(blocks: Sequence[tuple[float, float, list[int]]], heights: Sequence[float]) -> list[float]:
    middles = list[float]()
    for center, size, members in blocks:
        y = center - size / 2
        for n in members:
            middles.append(y + heights[n] / 2)
            y += heights[n]
    return middles


def _clamp(middles: list[float], heights: Sequence[float], span: tuple[float, float]) -> list[float]:
    """Return the middles moved into the span, from below, then from above."""
    low = span[0]
    for n, height in enumerate(heights):
        middles[n] = max(middles[n], low + height / 2)
        low = middles[n] + height / 2
    high = span[1]
    for n in reversed(range(len(middles))):
        middles[n] = min(middles[n], high - heights[n] / 2)
        high = middles[n] - heights[n] / 2
    return middles
