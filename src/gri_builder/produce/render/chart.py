"""Charts: bars and lines drawn directly, every value labelled where there is room, one Figure each."""

from __future__ import annotations

from dataclasses import dataclass

from gri_builder.document import Chart
from gri_builder.produce.colour import WHITE, Colour
from gri_builder.produce.render.block import Block
from gri_builder.produce.render.canvas import Pen, ReportCanvas, box, line, path
from gri_builder.produce.render.fonts import load_face
from gri_builder.produce.render.style import CHART, INK, RULE
from gri_builder.produce.render.tagging import Element
from gri_builder.produce.render.text import Look, shorten

PLOT_HEIGHT = 132
ROW = 12.5
"""Height of one bar of a horizontal chart."""
TALLEST = 560
LEGEND = 14.0
"""Height of a line of the legend."""
AXIS = 16


@dataclass(slots=True)
class Canvas:
    """What a chart is drawn on: a corner, shapes and one text object."""

    left: float
    bottom: float
    width: float
    height: float
    shapes: list[str]
    pen: Pen

    def text(self, x: float, y: float, text: str, look: Look, align: str = "left") -> None:
        """Write a line of text at its left end, right end or middle."""
        width = look.face.width(text) * look.size
        self.pen.move(x - width * {"left": 0.0, "right": 1.0, "center": 0.5}[align], y)
        self.pen.show(text, look)


def chart_look(colour: Colour = CHART.colour, bold: bool = False) -> Look:
    """Return the look of text in a chart."""
    return Look(load_face(bold=bold, tabular=True), CHART.size, colour)


class ChartBlock(Block):
    """A chart of one or several series."""

    def __init__(self, chart: Chart, parent: Element, colours: tuple[Colour, ...], indent: float = 0) -> None:
        super().__init__(before=2, after=12)
        self.chart, self.indent = chart, indent
        self.colours = tuple(colours[n % len(colours)] for n in range(len(chart.series)))
        self.element = Element("Figure", parent, alt=chart.alt)
        self.horizontal = False
        self.legend: list[tuple[float, int]] = []
        """Offset and line of each entry of the legend; empty where there is one series only."""
        self.legend_row = LEGEND

    def measure(self, width: float) -> None:
        """Choose upright or lying bars by what has room for its labels."""
        width -= self.indent
        self.legend = _set_legend([series.name for series in self.chart.series], width)
        if not self.chart.series or not self.chart.categories:
            self.height = 0.0
            return
        rows = self.legend[-1][1] + 1 if self.legend else 0
        self.legend_row = min(LEGEND, TALLEST / 2 / rows) if rows else 0.0
        legend = rows * self.legend_row
        self.horizontal = self.chart.kind == "bar" and not self._labels_fit(width)
        if self.horizontal:
            gap = 6 * len(self.chart.categories)
            wanted = len(self.chart.categories) * len(self.chart.series) * ROW + gap
            self.height = min(TALLEST - legend, wanted) + legend
        else:
            self.height = PLOT_HEIGHT + AXIS + legend

    def _labels_fit(self, width: float) -> bool:
        """Tell whether the values fit over upright bars, and the categories under them."""
        look, chart = chart_look(), self.chart
        slot = width / max(1, len(chart.categories))
        bar = slot * 0.8 / max(1, len(chart.series))
        values = max((look.face.width(text) for series in chart.series for text in series.labels), default=0)
        names = max((look.face.width(text) for text in chart.categories), default=0)
        return bool(values * look.size <= bar * 1.1 and names * look.size <= slot * 0.94)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint everything as the content of one Figure (ISO 14289-1, 7.3)."""
        if not self.height:
            return
        x, width, bottom = x + self.indent, self.width - self.indent, top - self.height
        bounds = f"{x:.2f} {bottom:.2f} {x + width:.2f} {top:.2f}"
        self.element.attributes = f"<</O/Layout/Placement/Block/BBox[{bounds}]>>"
        plot = Canvas(x, bottom, width, self.height, [], Pen(canvas))
        if self.legend:
            self._paint_legend(plot)
        if self.horizontal:
            self._paint_lying(plot)
        elif self.chart.kind == "line":
            self._paint_lines(plot)
        else:
            self._paint_upright(plot)
        canvas.emit(canvas.begin(self.element), "q", *plot.shapes, "Q")
        plot.pen.end()
        canvas.emit("EMC")

    def _paint_legend(self, plot: Canvas) -> None:
        for series, colour, (offset, row) in zip(self.chart.series, self.colours, self.legend, strict=True):
            x, y = plot.left + offset, plot.bottom + plot.height - 9 - row * self.legend_row
            plot.shapes.append(f"{colour} rg {box(x, y - 0.5, 7, 7)} f")
            look = chart_look(INK)
            plot.text(x + 11, y, shorten(series.name, look.face, look.size, plot.width - 11), look)
        plot.height -= self.legend_row * (self.legend[-1][1] + 1)

    def _range(self) -> tuple[float, float]:
        """Return the least and the greatest value to be shown, zero among them."""
        values = [value for series in self.chart.series for value in series.values if value is not None]
        low, high = min([0.0, *values]), max([0.0, *values])
        return low, high if high > low else low + 1.0

    def _paint_upright(self, plot: Canvas) -> None:
        low, high = self._range()
        floor, room = plot.bottom + AXIS, plot.height - AXIS - 12 - (10 if low < 0 else 0)
        base = floor + (10 if low < 0 else 0)
        scale = room / (high - low)
        zero, slot = base - low * scale, plot.width / max(1, len(self.chart.categories))
        bar = min(46.0, slot * 0.8 / len(self.chart.series))
        for n, category in enumerate(self.chart.categories):
            start = plot.left + slot * (n + 0.5) - bar * len(self.chart.series) / 2
            plot.text(plot.left + slot * (n + 0.5), plot.bottom + 3, category, chart_look(INK), "center")
            for k, (series, colour) in enumerate(zip(self.chart.series, self.colours, strict=True)):
                value = series.values[n]
                if value is None:
                    continue
                x = start + k * bar
                plot.shapes.append(f"{colour} rg {box(x + 0.8, zero, bar - 1.6, value * scale)} f")
                y = zero + value * scale + 3.2 if value >= 0 else zero + value * scale - 8.5
                plot.text(x + bar / 2, y, series.labels[n], chart_look(), "center")
        plot.shapes.append(f"{RULE} RG .7 w {line(plot.left, zero, plot.left + plot.width, zero)} S")

    def _paint_lying(self, plot: Canvas) -> None:
        low, high = self._range()
        chart, look = self.chart, chart_look()
        count = len(chart.categories) * len(chart.series)
        row = (plot.height - 6 * len(chart.categories)) / max(1, count)
        names = max((look.face.width(name) for name in chart.categories), default=0) * look.size
        names = min(names, plot.width * 0.34)
        values = (
            max((look.face.width(text) for series in chart.series for text in series.labels), default=0) * look.size
        )
        scale = max(10.0, plot.width - names - values * (2 if low < 0 else 1) - 20) / (high - low)
        zero = plot.left + names + 8 - low * scale + (values + 4 if low < 0 else 0)
        y = plot.bottom + plot.height
        for n, category in enumerate(chart.categories):
            name = shorten(category, look.face, look.size, names + 0.1)
            middle = y - row * len(chart.series) / 2 - 2.6
            plot.text(plot.left + names, middle, name, chart_look(INK), "right")
            for series, colour in zip(chart.series, self.colours, strict=True):
                y -= row
                value = series.values[n]
                if value is None:
                    continue
                plot.shapes.append(f"{colour} rg {box(zero, y + 0.9, value * scale, row - 1.8)} f")
                x = zero + value * scale
                plot.text(x + (4 if value >= 0 else -4), y + row / 2 - 2.6, series.labels[n], look, _side(value))
            y -= 6
        plot.shapes.append(f"{RULE} RG .7 w {line(zero, plot.bottom, zero, plot.bottom + plot.height)} S")

    def _paint_lines(self, plot: Canvas) -> None:
        chart = self.chart
        values = [value for series in chart.series for value in series.values if value is not None]
        low, high = min(values, default=0.0), max(values, default=1.0)
        spread = (high - low) or abs(high) or 1.0
        low, high = low - 0.15 * spread, high + 0.05 * spread
        floor, scale = plot.bottom + AXIS, (plot.height - AXIS - 14) / (high - low)
        slot = plot.width / max(1, len(chart.categories))
        xs = [plot.left + slot * (n + 0.5) for n in range(len(chart.categories))]
        for x, category in zip(xs, chart.categories, strict=True):
            plot.text(x, plot.bottom + 3, shorten(category, load_face(), CHART.size, slot), chart_look(INK), "center")
        plot.shapes.append(f"{RULE} RG .7 w {line(plot.left, floor, plot.left + plot.width, floor)} S")
        taken: list[tuple[float, float]] = []
        for series, colour in zip(chart.series, self.colours, strict=True):
            points = [(x, floor + (v - low) * scale) for x, v in zip(xs, series.values, strict=True) if v is not None]
            if len(points) > 1:
                plot.shapes.append(f"{colour} RG 1.8 w 1 j 1 J {path(points)} S")
            plot.shapes += [f"{WHITE} rg {colour} RG 1.4 w {_dot(x, y)} B" for x, y in points]
            labels = [label for label, value in zip(series.labels, series.values, strict=True) if value is not None]
            for (x, y), label in zip(points, labels, strict=True):
                if all(abs(x - a) > slot * 0.6 or abs(y + 6 - b) > 9 for a, b in taken):
                    plot.text(x, y + 6, label, chart_look(), "center")
                    taken.append((x, y + 6))


def _set_legend(names: list[str], width: float) -> list[tuple[float, int]]:
    """Return where each entry of the legend stands: its offset, and its line from 0."""
    look, places, x, row = chart_look(), list[tuple[float, int]](), 0.0, 0
    for name in names if len(names) > 1 else []:
        needed = 11 + look.face.width(name) * look.size
        if x and x + needed > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += needed + 16
    return places


def _side(value: float) -> str:
    return "left" if value >= 0 else "right"


def _dot(x: float, y: float, radius: float = 2.3) -> str:
    """Return the path of a circle, as four Bézier curves."""
    k, r = 0.5523 * radius, radius
    curves = [
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{v:.2f}" for v in curve) + " c" for curve in curves) + " h"
