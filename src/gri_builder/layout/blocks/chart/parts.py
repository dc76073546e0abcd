"""Donut charts, with a legend beside the ring, and progress bars towards targets."""

from __future__ import annotations

from math import cos, pi, sin, tan

from gri_builder.layout.blocks.chart.plot import Plot
from gri_builder.model.color import WHITE, Color
from gri_builder.model.document import Chart
from gri_builder.pdf.content_stream import Path, circle, fill, fill_and_stroke, outline, rectangle

RING = 116.0
"""Diameter of a ring."""
HOLE = 0.6
"""Diameter of its hole relative to the ring's."""
ROW = 14.0
"""Height of a line of the legend."""
STEP = 30.0
"""Height of a progress bar with its name and its base and target."""
BAR = 7.0


def ring_height(chart: Chart) -> float:
    """Return the height of a ring with its legend."""
    return max(RING, ROW * len(chart.categories)) + 6


def draw_ring(plot: Plot, chart: Chart, colors: tuple[Color, ...]) -> None:
    """Draw the parts clockwise from the top, and the legend with values and shares in the same order."""
    values = [value or 0.0 for value in chart.series[0].values]
    total = sum(values) or 1.0
    x, y, radius = plot.left + RING / 2, plot.bottom + plot.height / 2, RING / 2
    angle = pi / 2
    for value, color in zip(values, colors, strict=True):
        sweep = 2 * pi * value / total
        if sweep:
            plot.shapes.append(fill_and_stroke(_sector(x, y, radius, angle, sweep), color, WHITE, 1.2))
        angle -= sweep
    plot.shapes.append(fill(circle(x, y, radius * HOLE), WHITE))
    if chart.totals:
        strong = plot.look(strong=True, bold=True)
        plot.text(x, y - 2.6, plot.name(chart.totals[0], RING * HOLE, bold=True), strong, "center")
    _name_parts(plot, chart, colors)


def _name_parts(plot: Plot, chart: Chart, colors: tuple[Color, ...]) -> None:
    left = plot.left + RING + 22
    names = min(max(map(plot.text_width, chart.categories), default=0), (plot.width - RING - 22) * 0.6)
    numbers = max(map(plot.text_width, chart.series[0].labels), default=0)
    top = plot.bottom + plot.height / 2 + ROW * len(chart.categories) / 2 - 10
    for n, category in enumerate(chart.categories):
        y = top - ROW * n
        plot.shapes.append(fill(rectangle(left, y - 0.5, 7, 7), colors[n]))
        plot.text(left + 12, y, plot.name(category, names + 0.1), plot.look(strong=True))
        plot.text(left + 26 + names + numbers, y, chart.series[0].labels[n], plot.look(strong=True), "right")
        if chart.details:
            plot.text(left + 36 + names + numbers, y, chart.details[n], plot.look())


def _sector(x: float, y: float, radius: float, start: float, sweep: float) -> Path:
    """Return the path of a sector, clockwise from an angle; arcs are Bézier curves of at most a quarter."""
    pieces = max(1, int(sweep / (pi / 2) + 0.999))
    step = -sweep / pieces
    k = 4 / 3 * tan(step / 4) * radius
    segments: list[tuple[float, ...]] = [(x + radius * cos(start), y + radius * sin(start))]
    for n in range(pieces):
        a, b = start + n * step, start + (n + 1) * step
        first = x + radius * cos(a) - k * sin(a), y + radius * sin(a) + k * cos(a)
        second = x + radius * cos(b) + k * sin(b), y + radius * sin(b) - k * cos(b)
        last = x + radius * cos(b), y + radius * sin(b)
        segments.append((*first, *second, *last))
    return outline((x, y), segments)


def progress_height(chart: Chart) -> float:
    """Return the height of all progress bars."""
    return STEP * len(chart.categories)


def draw_progress(plot: Plot, chart: Chart, colors: tuple[Color, ...]) -> None:
    """Draw a bar for each target: the progress since the base period."""
    numbers = max(map(plot.text_width, chart.series[0].labels), default=0) + 8
    width = plot.width - numbers
    for n, category in enumerate(chart.categories):
        y = plot.bottom + plot.height - STEP * (n + 1) + 8
        value = chart.series[0].values[n]
        name = plot.name(category, width * 0.55, bold=True)
        plot.text(plot.left, y + BAR + 4, name, plot.look(strong=True, bold=True))
        if chart.details:
            plot.text(plot.left + width, y + BAR + 4, chart.details[n], plot.look(), "right")
        done = min(1.0, max(0.0, (value or 0.0) / 100)) * width
        plot.shapes.append(
            fill_and_stroke(rectangle(plot.left, y, width, BAR), plot.style.surface, plot.style.border, 0.5)
        )
        plot.shapes.append(fill(rectangle(plot.left, y, done, BAR), colors[0]))
        plot.text(
            plot.left + plot.width, y + 0.8, chart.series[0].labels[n], plot.look(strong=True, bold=True), "right"
        )
