"""Stacked bars."""

from __future__ import annotations

from gri_builder.layout.charts.kinds.bars import AXIS, MAX_BAR_WIDTH, PLOT_HEIGHT
from gri_builder.layout.charts.legend import draw_legend, legend_height
from gri_builder.layout.charts.scene import Datum, Label, Scale, Scene, Shape, rectangle, rule
from gri_builder.layout.charts.space import ChartSpace
from gri_builder.model.chart import Chart

INSIDE = 10.0
"""Minimum height of a part of a stack for a label inside it."""


def draw_stacks(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a stacked bar for each category; parts too low for a label have it beside them."""
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    scene = Scene(space.width, PLOT_HEIGHT + AXIS + legend_height(space, names))
    draw_legend(scene, space, names, scene.height)
    heights = [sum(series.values[n] or 0 for series in chart.series) for n in range(len(chart.categories))]
    unit = (PLOT_HEIGHT - 12) / (max(heights, default=0) or 1.0)
    scale, slot = scene.add_scale(Scale(0.0, unit)), space.width / len(chart.categories)
    bar = min(1.6 * MAX_BAR_WIDTH, slot * 0.7)
    for n, category in enumerate(chart.categories):
        middle, y, beside = slot * (n + 0.5), AXIS, AXIS
        scene.write(Label(space.shorten(category, slot), middle, 3, space.look(strong=True), "center"))
        for k, series in enumerate(chart.series):
            value, label, color = series.values[n], series.labels[n], space.looks[k].color
            if value is None:
                continue
            fact, height = series.facts[n] if series.facts else None, value * unit
            contour, data = rectangle(middle - bar / 2, y, bar, height), (Datum(value, fact),)
            scene.add(Shape((contour,), color, role="data", data=data, measure="height", scale=scale))
            if height >= INSIDE and space.text_width(label) <= bar - 4:
                on = space.looks[k].text
                scene.write(Label(label, middle, y + height / 2 - 2.6, space.look(color=on), "center", "value", fact))
            else:
                beside = max(beside, y + height / 2 - 2.6)
                scene.write_if_free(Label(label, middle + bar / 2 + 4, beside, space.look(), "left", "value", fact))
                beside += space.style.chart.leading
            y += height
        if chart.totals:
            scene.write(Label(chart.totals[n], middle, y + 3.2, space.look(strong=True, bold=True), "center"))
    scene.add(rule([(0, AXIS), (space.width, AXIS)], space.style.border))
    return scene
