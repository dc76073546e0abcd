"""Lying bars, with long category labels to the left."""

from __future__ import annotations

from gri_builder.layout.charts.legend import draw_legend, legend_height
from gri_builder.layout.charts.scene import Align, Datum, Label, Scale, Scene, Shape, rectangle, rule
from gri_builder.layout.charts.space import ChartSpace
from gri_builder.model.chart import Chart

ROW = 12.5
"""Height of a bar with the space around it."""
GAP = 6.0
"""Space between the groups of bars."""


def draw_lying(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a lying bar for each value, with its label at its end."""
    legend = [series.name for series in chart.series] if len(chart.series) > 1 else []
    above = legend_height(space, legend)
    groups, count = len(chart.categories), len(chart.categories) * len(chart.series)
    height = min(space.max_height - above, count * ROW + groups * GAP)
    row = (height - groups * GAP) / count
    scene = Scene(space.width, height + above)
    draw_legend(scene, space, legend, scene.height)
    known = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    names = min(space.widest(chart.categories), space.width * 0.34)
    labels = space.widest(text for series in chart.series for text in series.labels)
    sides = 2 if low < 0 else 1
    unit = max(10.0, space.width - names - labels * sides - 20) / ((high - low) or 1.0)
    zero = names + 8 - low * unit + (labels + 4 if low < 0 else 0)
    scale, y = scene.add_scale(Scale(0.0, unit)), height
    for n, category in enumerate(chart.categories):
        middle = y - row * len(chart.series) / 2 - 2.6
        scene.write_if_free(
            Label(space.shorten(category, names + 0.1), names, middle, space.look(strong=True), "right"), 0
        )
        for k, series in enumerate(chart.series):
            y -= row
            value = series.values[n]
            if value is None:
                continue
            fact = series.facts[n] if series.facts else None
            contour = rectangle(zero, y + 0.9, value * unit, row - 1.8)
            data = (Datum(value, fact),)
            scene.add(Shape((contour,), space.looks[k].color, role="data", data=data, measure="width", scale=scale))
            x = zero + value * unit + (4 if value >= 0 else -4)
            side: Align = "left" if value >= 0 else "right"
            scene.write_if_free(
                Label(series.labels[n], x, y + row / 2 - 2.6, space.look(), side, "value", fact),
                0,
            )
        y -= GAP
    scene.add(rule([(zero, 0), (zero, height)], space.style.border))
    return scene
