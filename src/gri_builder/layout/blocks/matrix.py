"""The materiality matrix: topics as numbered dots between two axes, with a legend beside the plot.

A legend that is higher than a page continues in columns below the plot, and on the next pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from msgspec import Struct

from gri_builder.fonts.faces import load_face
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import WHITE, Color, readable_on
from gri_builder.model.document import Matrix, MatrixTopic
from gri_builder.pdf.content_stream import Operators, circle, fill, fill_and_stroke, line, rectangle, stroke
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import TextFormat, shorten
from gri_builder.typesetting.style import GUTTER, Style, tint

SIDE = 292.0
DOT = 7.6
"""Radius of a topic's dot."""
AXIS = 26.0
ROW = 13.0
GAP = 0.4 * ROW
"""Space between the groups of the legend."""
COLUMN = 150.0
"""Least width of a column of a legend that continues."""
MAX_SPREAD = 324
"""Dots that the plot has room for; more are not moved apart."""


class LegendRow(Struct, frozen=True):
    """A line of the legend: the name of a group, or a numbered topic."""

    group: str
    topic: MatrixTopic | None = None
    number: int = 0

    @property
    def height(self) -> float:
        """Height with the space before a group."""
        return ROW if self.topic else ROW + GAP


def list_rows(matrix: Matrix) -> list[LegendRow]:
    """Return the lines of a matrix's legend, with its topics numbered in order."""
    rows: list[LegendRow] = []
    number = 0
    for group in matrix.groups:
        rows.append(LegendRow(group.name))
        for topic in group.topics:
            number += 1
            rows.append(LegendRow(group.name, topic, number))
    return rows


class MatrixBlock(LayoutBox):
    """A matrix over the page's whole width, tagged as one Figure."""

    floats = True

    def __init__(
        self, matrix: Matrix, parent: StructureElement, style: Style, colors: dict[str, Color], breaks_out: bool = True
    ) -> None:
        super().__init__(before=4, after=12)
        self.matrix, self.style, self.colors = matrix, style, colors
        self.rows = list_rows(matrix)
        self.element = StructureElement("Figure", parent, alt=matrix.alt)
        self.beyond = style.page.margin_width + GUTTER if breaks_out else 0.0
        """Width in the margin column."""

    def measure(self, width: float) -> None:
        """Take the height of the plot or of the legend, whichever is greater."""
        self.side = min(SIDE, (width + self.beyond) * 0.6)
        self.height = max(self.side + AXIS, sum(row.height for row in self.rows))

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the plot with the legend beside it, and the rest below; nothing if all of it fits on one page."""
        self.measure(width)
        page = self.style.page
        if self.height <= page.height - page.top - page.bottom or height < self.side + AXIS:
            return []
        count = _count_fitting(self.rows, self.side + AXIS)
        first: MatrixBlock = self.part(True, rows=self.rows[:count])
        first.after = ROW
        return [first, MatrixLegend(_continue(self.rows[count:]), first)]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the plot and the legend as the content of one Figure."""
        left, width = canvas.margin_side.outset(x, self.beyond), self.width + self.beyond
        low = top - self.height
        self.element.attributes = canvas.bounds(left, low, width, self.height)
        plot = (left + AXIS * 0.7, top - self.side)
        shapes, pen = self._field(*plot), Pen(canvas)
        for number, (topic, (cx, cy)) in enumerate(self._spread(*plot), 1):
            color = self.colors.get(topic.color, self.style.primary)
            dot = circle(cx, cy, DOT)
            shapes.append(fill(dot, color) if topic.material else fill_and_stroke(dot, WHITE, color, 1))
            _write(pen, self.style, str(number), cx, cy - 2.5, WHITE if topic.material else color, "center")
        self._name_axes(pen, *plot)
        write_rows(pen, self, self.rows, (plot[0] + self.side + GUTTER + 4, top - 9), left + width)
        with canvas.marked(self.element):
            canvas.draw(*shapes)
            pen.end()

    def _topics(self) -> list[MatrixTopic]:
        return [topic for group in self.matrix.groups for topic in group.topics]

    def _field(self, x: float, y: float) -> list[Operators]:
        """Return the plot's background, darker towards high values, and its axes."""
        style, side = self.style, self.side
        shapes = [fill(rectangle(x, y, side, side), style.surface)]
        for share in (0.34, 0.67):
            inner = side * (1 - share)
            shade = tint(style.primary, 0.93 - share * 0.12)
            shapes.append(fill(rectangle(x + side - inner, y + side - inner, inner, inner), shade))
        axes = line(x, y, x + side, y), line(x, y, x, y + side)
        shapes.append(stroke(*axes, color=style.muted, width=0.8))
        return shapes

    def _spread(self, x: float, y: float) -> list[tuple[MatrixTopic, tuple[float, float]]]:
        """Return the topics with the centres of their dots, moved apart until none overlaps another."""
        inset, room = DOT + 3, self.side - 2 * DOT - 6
        spots = [[x + inset + t.x * room, y + inset + t.y * room] for t in self._topics()]
        least = 2 * DOT + 0.8
        for _ in range(60 if len(spots) <= MAX_SPREAD else 0):
            for one in range(len(spots)):
                for other in range(one):
                    _push(spots[one], spots[other], least)
            for spot in spots:
                spot[0] = min(max(spot[0], x + inset), x + inset + room)
                spot[1] = min(max(spot[1], y + inset), y + inset + room)
        return [(topic, (spot[0], spot[1])) for topic, spot in zip(self._topics(), spots, strict=True)]

    def _name_axes(self, pen: Pen, x: float, y: float) -> None:
        style = self.style.chart
        look = TextFormat(load_face(bold=True, family=style.family), style.size, self.style.text)
        across = shorten(self.matrix.x_title, look.face, look.size, self.side)
        up = shorten(self.matrix.y_title, look.face, look.size, self.side)
        wide, high = look.face.width(across) * look.size, look.face.width(up) * look.size
        pen.move(pen.canvas.left(x + (self.side - wide) / 2, wide), y - 14)
        pen.show(across, look)
        turn = -1 if pen.canvas.reflection.is_reversed else 1  # the letters' feet are towards the plot
        pen.turn((0, turn, -turn, 0), pen.canvas.left(x - 7), y + (self.side - turn * high) / 2)
        pen.show(up, look)


class MatrixLegend(LayoutBox):
    """The rest of a legend, in columns; part of the matrix's Figure."""

    def __init__(self, rows: Sequence[LegendRow], matrix: MatrixBlock) -> None:
        super().__init__(before=0, after=12)
        self.rows, self.matrix = list(rows), matrix

    def measure(self, width: float) -> None:
        """Take the height of the highest column."""
        self.columns = max(1, int((width + self.matrix.beyond) // COLUMN))
        self.height = _column_height(self.rows, ceil(len(self.rows) / self.columns))

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the lines that fit, filled column by column, and the rest."""
        self.measure(width)
        each = min(int(height // ROW), ceil(len(self.rows) / self.columns))
        while each and _column_height(self.rows[: each * self.columns], each) > height:
            each -= 1
        count = each * self.columns
        if not 0 < count < len(self.rows):
            return []
        return [MatrixLegend(self.rows[:count], self.matrix), MatrixLegend(_continue(self.rows[count:]), self.matrix)]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the columns from the side on which reading starts."""
        left = canvas.margin_side.outset(x, self.matrix.beyond)
        wide, pen = (self.width + self.matrix.beyond) / self.columns, Pen(canvas)
        for place, column in enumerate(_list_columns(self.rows, ceil(len(self.rows) / self.columns))):
            start = left + place * wide
            write_rows(pen, self.matrix, column, (start, top - 9), start + wide - GUTTER)
        with canvas.marked(self.matrix.element):
            pen.end()


def _list_columns(rows: Sequence[LegendRow], each: int) -> Iterator[Sequence[LegendRow]]:
    return (rows[start : start + each] for start in range(0, len(rows), each))


def _column_height(rows: Sequence[LegendRow], each: int) -> float:
    """Return the height of the highest of the columns that lines are set in."""
    return max(sum(row.height for row in column) for column in _list_columns(rows, each))


def _count_fitting(rows: Sequence[LegendRow], height: float) -> int:
    """Return how many lines fit into a height; a group's name is not the last of them."""
    count = 0
    for row in rows:
        height -= row.height
        if height < 0:
            break
        count += 1
    return count - 1 if count and rows[count - 1].topic is None else count


def _continue(rows: Sequence[LegendRow]) -> list[LegendRow]:
    """Return lines with the name of the group that they continue."""
    return [LegendRow(rows[0].group), *rows] if rows[0].topic else list(rows)


def write_rows(pen: Pen, matrix: MatrixBlock, rows: Sequence[LegendRow], at: tuple[float, float], right: float) -> None:
    """Write lines of the legend; `at` is the left end and the baseline of the first."""
    (x, y), style = at, matrix.style.chart
    strong = TextFormat(load_face(bold=True, family=style.family), style.size, matrix.style.text)
    for place, row in enumerate(rows):
        topic = row.topic
        if topic is None:
            y -= GAP if place else 0
            _write(pen, matrix.style, shorten(row.group, strong.face, strong.size, right - x), x, y, matrix.style.text)
        else:
            color = readable_on(matrix.colors.get(topic.color, matrix.style.primary), WHITE)
            _write(pen, matrix.style, str(row.number), x + 11, y, color, "right")
            look = TextFormat(load_face(bold=topic.material, family=style.family), style.size, matrix.style.text)
            name = shorten(topic.name, look.face, look.size, right - x - 16)
            pen.move(pen.canvas.left(x + 16, look.face.width(name) * look.size), y)
            pen.show(name, look)
        y -= ROW


def _write(pen: Pen, style: Style, text: str, x: float, y: float, color: Color, align: str = "left") -> None:
    look = TextFormat(load_face(bold=True, tabular=True, family=style.chart.family), style.chart.size, color)
    width = look.face.width(text) * look.size
    start = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    pen.move(pen.canvas.left(start, width), y)
    pen.show(text, look)


def _push(one: list[float], other: list[float], least: float) -> None:
    """Move two centres apart to a minimum distance, each by half of what is missing."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    apart = (dx * dx + dy * dy) ** 0.5
    if apart >= least:
        return
    if not apart:
        dx, dy, apart = 1.0, 0.0, 1.0
    shift = (least - apart) / 2
    one[0] += dx / apart * shift
    one[1] += dy / apart * shift
    other[0] -= dx / apart * shift
    other[1] -= dy / apart * shift
