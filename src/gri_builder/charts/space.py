"""The space of a chart: its width, and how its texts, lines and colours are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from msgspec import Struct

from gri_builder.charts.series_styles import SeriesStyle
from gri_builder.fonts.faces import load_face
from gri_builder.model.color import Color
from gri_builder.model.figures.chart import Chart
from gri_builder.typesetting.line_breaking import TextFormat, shorten
from gri_builder.typesetting.style import Style


class ChartSpace(Struct, frozen=True):
    """What a kind of chart gets to draw in."""

    width: float
    max_height: float
    style: Style
    series_styles: tuple[SeriesStyle, ...]
    """Styles of series or parts, in their order."""
    language: str = ""
    """BCP 47 tag of the text around it, by which words that are too long are hyphenated."""
    whole: Chart | None = None
    """The chart of which a part is drawn, as it continues on other pages: it has the scale for all parts."""
    stretch: float = 1.0
    """Factor of the height that the values have, so that a page is filled; all charts of a chapter share it."""

    def look(self, strong: bool = False, bold: bool = False, color: Color | None = None) -> TextFormat:
        """Return the format of text: in the colour of running text if it is strong, else muted."""
        style = self.style
        face = load_face(bold=bold, tabular=True, family=style.chart.family)
        return TextFormat(face, style.chart.size, color or (style.text if strong else style.chart.color))

    def text_width(self, text: str, bold: bool = False) -> float:
        """Return the width of a text, in points."""
        look = self.look(bold=bold)
        return look.face.width(text) * look.size

    def widest(self, texts: Iterable[str], bold: bool = False) -> float:
        """Return the width of the widest of several texts."""
        return max((self.text_width(text, bold) for text in texts), default=0.0)

    def shorten(self, text: str, width: float, bold: bool = False) -> str:
        """Return the text, shortened to that width."""
        return shorten(text, self.look(bold=bold).face, self.style.chart.size, width)


def choose_step(pitch: float, size: float) -> int:
    """Return the step between labels that are written, by their distance and their size."""
    return max(1, ceil(size / max(pitch, 0.01)))
