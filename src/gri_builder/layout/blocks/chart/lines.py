"""Line charts, with a label at each point."""

from __future__ import annotations

from gri_builder.layout.blocks.chart.plot import AXIS, Plot, choose_step
from gri_builder.model.color import WHITE, Color
from gri_builder.model.document import Chart
from gri_builder.pdf.content_stream import circle, fill_and_stroke, line, polyline, stroke

LABEL_HEIGHT = 8.0
"""Height of a label."""
MIN_LABEL_WIDTH = 22.0
"""Minimum width of a category for its name and labels."""
OFFSETS = (6.0, -11.5, 15.0, -20.5, 24.0, -29.5)
"""Vertical distances of a label from its point, the nearest first."""


def draw_lines(plot: Plot, chart: Chart, colors: tuple[Color, ...]) -> None:
    """Draw a line for each series; the vertical axis starts below the lowest value."""
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    spread = (high - low) or abs(high) or 1.0
    low, high = low - 0.15 * spread, high + 0.05 * spread
    floor, scale = plot.bottom + AXIS, (plot.height - AXIS - 14) / (high - low)
    slot = plot.width / max(1, len(chart.categories))
    xs = [plot.left + slot * (n + 0.5) for n in range(len(chart.categories))]
    named = choose_step(slot, MIN_LABEL_WIDTH) if slot < MIN_LABEL_WIDTH else 1
    for x, category in list(zip(xs, chart.categories, strict=True))[::named]:
        plot.text(x, plot.bottom + 3, plot.name(category, slot * named), plot.look(strong=True), "center")
    plot.shapes.append(
        stroke(line(plot.left, floor, plot.left + plot.width, floor), color=plot.style.border, width=0.7)
    )
    taken: list[tuple[float, float]] = []
    for series, color in zip(chart.series, colors, strict=True):
        points = [(x, floor + (v - low) * scale) for x, v in zip(xs, series.values, strict=True) if v is not None]
        if len(points) > 1:
            curve = polyline(points)
            plot.shapes.append(stroke(curve, color=color, width=1.8, round_joins=True, round_caps=True))
        plot.shapes += [fill_and_stroke(circle(x, y), WHITE, color, 1.4) for x, y in points]
        labels = [label for label, value in zip(series.labels, series.values, strict=True) if value is not None]
        for (x, y), label in zip(points, labels, strict=True):
            free = (
                (x, y + offset)
                for offset in OFFSETS
                if all(
                    abs(x - a) > max(slot * 0.6, MIN_LABEL_WIDTH * 0.6) or abs(y + offset - b) > LABEL_HEIGHT
                    for a, b in taken
                )
            )
            spot = next(free, None)
            if spot is None and slot < MIN_LABEL_WIDTH:
                continue  # labels would overlap
            spot = spot or (x, y + OFFSETS[0])
            plot.text(*spot, label, plot.look(), "center")
            taken.append(spot)
