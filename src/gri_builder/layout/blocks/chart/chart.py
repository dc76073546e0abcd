"""Charts: one Figure each, with a label for every value that has space for it."""

from __future__ import annotations

from typing import Literal

from gri_builder.layout.blocks.chart.bars import GROUP_GAP, draw_horizontal, draw_stacked, draw_vertical, labels_fit
from gri_builder.layout.blocks.chart.lines import draw_lines
from gri_builder.layout.blocks.chart.parts import draw_progress, draw_ring, progress_height, ring_height
from gri_builder.layout.blocks.chart.plot import AXIS, Plot, text_width
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.style import Style, limit_indent
from gri_builder.model.color import Color
from gri_builder.model.document import Chart, ChartKind
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement

PLOT_HEIGHT = 132
ROW = 12.5
"""Height of a bar of a horizontal chart."""
MAX_HEIGHT = 560
LEGEND = 14.0
"""Height of a line of the legend."""
DRAWERS = {
    "bar": draw_vertical,
    "lying": draw_horizontal,
    "stacked": draw_stacked,
    "line": draw_lines,
    "donut": draw_ring,
    "progress": draw_progress,
}
WITHOUT_LEGEND = ("donut", "progress")
"""Kinds of charts that need no legend."""


class ChartBlock(LayoutBox):
    """A chart of one or several series."""

    def __init__(
        self, chart: Chart, parent: StructureElement, style: Style, colors: tuple[Color, ...], indent: float = 0
    ) -> None:
        super().__init__(before=2, after=12)
        self.chart, self.style, self.indent = chart, style, indent
        colored = chart.categories if chart.kind == "donut" else chart.series
        self.colors = tuple(colors[n % len(colors)] for n in range(len(colored)))
        self.element = StructureElement("Figure", parent, alt=chart.alt)
        self.drawn: ChartKind | Literal["lying"] = chart.kind
        """Kind that is drawn: 'lying' instead of 'bar' if the labels do not fit above vertical bars."""
        self.legend: list[tuple[float, int]] = []
        """Offset and line of each entry of the legend; empty for a single series."""
        self.legend_row = LEGEND

    def measure(self, width: float) -> None:
        """Choose vertical or horizontal bars by the space for their labels."""
        self.indent = limit_indent(self.indent, width)
        width -= self.indent
        chart = self.chart
        if not chart.series or not chart.categories:
            self.height = 0.0
            return
        names = [] if chart.kind in WITHOUT_LEGEND else [series.name for series in chart.series]
        self.legend = _set_legend(self.style, names, width)
        rows = self.legend[-1][1] + 1 if self.legend else 0
        self.legend_row = min(LEGEND, MAX_HEIGHT / 2 / rows) if rows else 0.0
        if chart.kind == "bar" and not labels_fit(self.style, chart, width):
            self.drawn = "lying"
        self.height = self._plot_height() + rows * self.legend_row

    def _plot_height(self) -> float:
        chart = self.chart
        if self.drawn == "lying":
            wanted = len(chart.categories) * len(chart.series) * ROW + GROUP_GAP * len(chart.categories)
            return min(MAX_HEIGHT - len(self.legend) * self.legend_row, wanted)
        if self.drawn == "donut":
            return min(MAX_HEIGHT, ring_height(chart))
        if self.drawn == "progress":
            return min(MAX_HEIGHT, progress_height(chart))
        return PLOT_HEIGHT + AXIS

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint everything as the content of one Figure (ISO 14289-1, 7.3)."""
        if not self.height:
            return
        x, width, bottom = x + self.indent, self.width - self.indent, top - self.height
        self.element.attributes = canvas.bounds(x, bottom, width, self.height)
        plot = Plot(x, bottom, width, self.height, [], Pen(canvas), self.style)
        if self.legend:
            self._paint_legend(plot)
        DRAWERS[self.drawn](plot, self.chart, self.colors)
        # A part without space for its label is drawn, but its fact does not count as printed.
        self.element.prints = tuple(
            each for each in self.element.prints if any(each[1] in shown for shown in plot.texts)
        )
        with canvas.marked(self.element):
            canvas.draw(*plot.shapes)
            plot.pen.end()

    def _paint_legend(self, plot: Plot) -> None:
        for series, color, (offset, row) in zip(self.chart.series, self.colors, self.legend, strict=True):
            x, y = plot.left + offset, plot.bottom + plot.height - 9 - row * self.legend_row
            plot.shapes.append(fill(rectangle(x, y - 0.5, 7, 7), color))
            plot.text(x + 11, y, plot.name(series.name, plot.width - 11), plot.look(strong=True))
        plot.height -= self.legend_row * (self.legend[-1][1] + 1)


def _set_legend(style: Style, names: list[str], width: float) -> list[tuple[float, int]]:
    """Return the position of each entry of the legend: its offset, and its line from 0."""
    places, x, row = list[tuple[float, int]](), 0.0, 0
    for name in names if len(names) > 1 else []:
        needed = 11 + text_width(style, name)
        if x and x + needed > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += needed + 16
    return places
