"""Bar charts: grouped by category, vertical or horizontal, and stacked."""

from __future__ import annotations

from gri_builder.layout.blocks.chart.plot import AXIS, Plot, chart_text_format, choose_step, find_range, text_width
from gri_builder.layout.style import Style
from gri_builder.model.color import WHITE, Color, contrast
from gri_builder.model.document import Chart
from gri_builder.pdf.content_stream import fill, line, rectangle, stroke

MAX_BAR_WIDTH = 46.0
"""Maximum width of a vertical bar."""
GROUP_GAP = 6
"""Space between the groups of horizontal bars."""
LABEL = 7.4
"""Height of a label."""
INSIDE = 10.0
"""Minimum height of a part of a stack for a label inside it."""


def labels_fit(style: Style, chart: Chart, width: float) -> bool:
    """Return whether the labels of values and categories fit above and below vertical bars."""
    slot = width / max(1, len(chart.categories))
    bar = slot * 0.8 / max(1, len(chart.series))
    values = max((text_width(style, text) for series in chart.series for text in series.labels), default=0)
    names = max((text_width(style, text) for text in chart.categories), default=0)
    return bool(values <= bar * 1.1 and names <= slot * 0.94)


def draw_vertical(plot: Plot, chart: Chart, colors: tuple[Color, ...]) -> None:
    """Draw a vertical bar for each value, side by side in each category."""
    low, high = find_range(chart)
    floor, room = plot.bottom + AXIS, plot.height - AXIS - 12 - (10 if low < 0 else 0)
    base = floor + (10 if low < 0 else 0)
    scale = room / (high - low)
    zero, slot = base - low * scale, plot.width / max(1, len(chart.categories))
    bar = min(MAX_BAR_WIDTH, slot * 0.8 / len(chart.series))
    for n, category in enumerate(chart.categories):
        start = plot.left + slot * (n + 0.5) - bar * len(chart.series) / 2
        plot.text(plot.left + slot * (n + 0.5), plot.bottom + 3, category, plot.look(strong=True), "center")
        for k, (series, color) in enumerate(zip(chart.series, colors, strict=True)):
            value = series.values[n]
            if value is None:
                continue
            x = start + k * bar
            plot.shapes.append(fill(rectangle(x + 0.8, zero, bar - 1.6, value * scale), color))
            y = zero + value * scale + 3.2 if value >= 0 else zero + value * scale - 8.5
            plot.text(x + bar / 2, y, series.labels[n], plot.look(), "center")
    plot.shapes.append(stroke(line(plot.left, zero, plot.left + plot.width, zero), color=plot.style.border, width=0.7))


def draw_horizontal(plot: Plot, chart: Chart, colors: tuple[Color, ...]) -> None:
    """Draw a horizontal bar for each value, with long category labels to the left."""
    low, high = find_range(chart)
    look = plot.look()
    count = len(chart.categories) * len(chart.series)
    row = (plot.height - GROUP_GAP * len(chart.categories)) / max(1, count)
    names = min(max((plot.text_width(name) for name in chart.categories), default=0), plot.width * 0.34)
    sides = 2 if low < 0 else 1
    widest = max((plot.text_width(text) for series in chart.series for text in series.labels), default=0)
    values = min(widest, (plot.width - names - 30) / sides)
    scale = max(10.0, plot.width - names - values * sides - 20) / (high - low)
    zero = plot.left + names + 8 - low * scale + (values + 4 if low < 0 else 0)
    y = plot.bottom + plot.height
    named = choose_step(row * len(chart.series) + GROUP_GAP, LABEL)
    labelled = named if len(chart.series) == 1 else choose_step(row, LABEL)
    for n, category in enumerate(chart.categories):
        name = plot.name(category, names + 0.1)
        middle = y - row * len(chart.series) / 2 - 2.6
        if n % named == 0:
            plot.text(plot.left + names, middle, name, plot.look(strong=True), "right")
        for series, color in zip(chart.series, colors, strict=True):
            y -= row
            value = series.values[n]
            if value is None:
                continue
            plot.shapes.append(fill(rectangle(zero, y + 0.9, value * scale, row - 1.8), color))
            x = zero + value * scale
            side = "left" if value >= 0 else "right"
            if n % labelled == 0:
                label = plot.name(series.labels[n], values + 0.1)
                plot.text(x + (4 if value >= 0 else -4), y + row / 2 - 2.6, label, look, side)
        y -= GROUP_GAP
    plot.shapes.append(
        stroke(line(zero, plot.bottom, zero, plot.bottom + plot.height), color=plot.style.border, width=0.7)
    )


def draw_stacked(plot: Plot, chart: Chart, colors: tuple[Color, ...]) -> None:
    """Draw a stacked bar for each category; parts too low for a label have it beside them."""
    heights = [sum(series.values[n] or 0 for series in chart.series) for n in range(len(chart.categories))]
    floor, scale = plot.bottom + AXIS, (plot.height - AXIS - 12) / (max(heights, default=0) or 1.0)
    slot = plot.width / max(1, len(chart.categories))
    bar = min(1.6 * MAX_BAR_WIDTH, slot * 0.7)
    for n, category in enumerate(chart.categories):
        middle, y = plot.left + slot * (n + 0.5), floor
        name = plot.name(category, slot)
        plot.text(middle, plot.bottom + 3, name, plot.look(strong=True), "center")
        beside = floor
        for series, color in zip(chart.series, colors, strict=True):
            height = (series.values[n] or 0) * scale
            plot.shapes.append(fill(rectangle(middle - bar / 2, y, bar, height), color))
            if height >= INSIDE and plot.text_width(series.labels[n]) <= bar - 4:
                look = chart_text_format(
                    plot.style, max((WHITE, plot.style.text), key=lambda text: contrast(text, color))
                )
                plot.text(middle, y + height / 2 - 2.6, series.labels[n], look, "center")
            elif series.values[n] is not None:
                beside = max(beside, y + height / 2 - 2.6)
                plot.text(middle + bar / 2 + 4, beside, series.labels[n], plot.look())
                beside += plot.style.chart.leading
            y += height
        if chart.totals:
            plot.text(middle, y + 3.2, chart.totals[n], plot.look(strong=True, bold=True), "center")
    plot.shapes.append(
        stroke(line(plot.left, floor, plot.left + plot.width, floor), color=plot.style.border, width=0.7)
    )
