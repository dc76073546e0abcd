"""The plot area of a chart, and what all kinds of charts share."""

from __future__ import annotations

from math import ceil

from msgspec import Struct, field

from gri_builder.fonts.faces import load_face
from gri_builder.layout.canvas import Pen
from gri_builder.layout.line_breaking import TextFormat, shorten
from gri_builder.layout.style import Style
from gri_builder.model.color import Color
from gri_builder.model.document import Chart
from gri_builder.pdf.content_stream import Operators

AXIS = 16
"""Height of the category labels under a plot."""


class Plot(Struct):
    """The area of a chart, with its shapes and its text object."""

    left: float
    bottom: float
    width: float
    height: float
    shapes: list[Operators]
    pen: Pen
    style: Style
    texts: list[str] = field(default_factory=list)
    """Texts written so far."""

    def text(self, x: float, y: float, text: str, look: TextFormat, align: str = "left") -> None:
        """Write a line of text, aligned to a point at its left end, right end or middle."""
        width = look.face.width(text) * look.size
        start = x - width * {"left": 0.0, "right": 1.0, "center": 0.5}[align]
        self.pen.move(self.pen.canvas.left(start, width), y)
        self.pen.show(text, look)
        self.texts.append(text)

    def look(self, strong: bool = False, bold: bool = False) -> TextFormat:
        """Return the format of text: in the colour of running text if it is strong, else muted."""
        return chart_text_format(self.style, self.style.text if strong else None, bold)

    def text_width(self, text: str) -> float:
        """Return the width of a text, in points."""
        return text_width(self.style, text)

    def name(self, text: str, width: float, bold: bool = False) -> str:
        """Return the text, shortened to that width."""
        return shorten(text, self.look(bold=bold).face, self.style.chart.size, width)


def choose_step(pitch: float, size: float) -> int:
    """Return the step between labels that are written, by their distance and their size."""
    return max(1, ceil(size / max(pitch, 0.01)))


def chart_text_format(style: Style, color: Color | None = None, bold: bool = False) -> TextFormat:
    """Return the format of text in a chart."""
    face = load_face(bold=bold, tabular=True, family=style.chart.family)
    return TextFormat(face, style.chart.size, color or style.chart.color)


def text_width(style: Style, text: str) -> float:
    """Return the width of a text in a chart, in points."""
    look = chart_text_format(style)
    return look.face.width(text) * look.size


def find_range(chart: Chart) -> tuple[float, float]:
    """Return the minimum and maximum of the values and zero."""
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high if high > low else low + 1.0
