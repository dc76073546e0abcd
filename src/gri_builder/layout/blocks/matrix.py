"""The materiality matrix: topics as numbered dots between two axes, with a legend beside the plot."""

from __future__ import annotations

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


class MatrixBlock(LayoutBox):
    """A matrix over the page's whole width, tagged as one Figure."""

    floats = True

    def __init__(
        self, matrix: Matrix, parent: StructureElement, style: Style, colors: dict[str, Color], breaks_out: bool = True
    ) -> None:
        super().__init__(before=4, after=12)
        self.matrix, self.style, self.colors = matrix, style, colors
        self.element = StructureElement("Figure", parent, alt=matrix.alt)
        self.beyond = style.page.margin_width + GUTTER if breaks_out else 0.0
        """Width in the margin column."""

    def measure(self, width: float) -> None:
        """Take the height of the plot or of the legend, whichever is greater."""
        rows = sum(len(group.topics) + 1.4 for group in self.matrix.groups)
        self.side = min(SIDE, (width + self.beyond) * 0.6)
        self.height = max(self.side + AXIS, rows * ROW)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the plot and the legend as the content of one Figure."""
        left, width = canvas.margin_side.outset(x, self.beyond), self.width + self.beyond
        low = top - self.height
        self.element.attributes = canvas.bounds(left, low, width, self.height)
        plot = (left + AXIS * 0.7, top - self.side)
        shapes, pen = self._field(*plot), Pen(canvas)
        numbers = {id(topic): n for n, topic in enumerate(self._topics(), 1)}
        for topic, (cx, cy) in self._spread(*plot):
            color = self.colors.get(topic.color, self.style.primary)
            dot = circle(cx, cy, DOT)
            shapes.append(fill(dot, color) if topic.material else fill_and_stroke(dot, WHITE, color, 1))
            self._write(pen, str(numbers[id(topic)]), cx, cy - 2.5, WHITE if topic.material else color, "center")
        self._name_axes(pen, *plot)
        self._name_topics(pen, shapes, plot[0] + self.side + GUTTER + 4, top, left + width, numbers)
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
        for _ in range(60):
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

    def _name_topics(
        self, pen: Pen, shapes: list[Operators], x: float, top: float, right: float, numbers: dict[int, int]
    ) -> None:
        style, y = self.style.chart, top - 9
        strong = TextFormat(load_face(bold=True, family=style.family), style.size, self.style.text)
        for group in self.matrix.groups:
            self._write(pen, shorten(group.name, strong.face, strong.size, right - x), x, y, self.style.text)
            y -= ROW
            for topic in group.topics:
                color = readable_on(self.colors.get(topic.color, self.style.primary), WHITE)
                self._write(pen, str(numbers[id(topic)]), x + 11, y, color, "right")
                look = TextFormat(load_face(bold=topic.material, family=style.family), style.size, self.style.text)
                name = shorten(topic.name, look.face, look.size, right - x - 16)
                pen.move(pen.canvas.left(x + 16, look.face.width(name) * look.size), y)
                pen.show(name, look)
                y -= ROW
            y -= ROW * 0.4

    def _write(self, pen: Pen, text: str, x: float, y: float, color: Color, align: str = "left") -> None:
        style = self.style.chart
        look = TextFormat(load_face(bold=True, tabular=True, family=style.family), style.size, color)
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
