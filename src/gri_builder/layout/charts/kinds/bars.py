"""Vertical bars, side by side in each category."""

from __future__ import annotations

from gri_builder.layout.charts.kinds.lying import draw_lying
from gri_builder.layout.charts.legend import draw_legend, legend_height
from gri_builder.layout.charts.scene import Datum, Label, Scale, Scene, Shape, rectangle, rule
from gri_builder.layout.charts.space import ChartSpace
from gri_builder.model.chart import Chart

PLOT_HEIGHT = 132.0
AXIS = 16.0
"""Height of the category labels under a plot."""
MAX_BAR_WIDTH = 46.0


def draw_bars(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a vertical bar for each value; lying bars if the labels do not fit above and below."""
    if not _labels_fit(chart, space):
        return draw_lying(chart, space)
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    scene = Scene(space.width, PLOT_HEIGHT + AXIS + legend_height(space, names))
    draw_legend(scene, space, names, scene.height)
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    below = 10.0 if low < 0 else 0.0
    unit = (PLOT_HEIGHT - 12 - below) / ((high - low) or 1.0)
    zero = AXIS + below - low * unit
    scale = scene.add_scale(Scale(0.0, unit))
    slot = space.width / len(chart.categories)
    bar = min(MAX_BAR_WIDTH, slot * 0.8 / len(chart.series))
    for n, category in enumerate(chart.categories):
        middle = slot * (n + 0.5)
        scene.write(Label(category, middle, 3, space.look(strong=True), "center"))
        for k, series in enumerate(chart.series):
            value = series.values[n]
            if value is None:
                continue
            x, fact = middle + (k - len(chart.series) / 2) * bar, series.facts[n] if series.facts else None
            contour = rectangle(x + 0.8, zero, bar - 1.6, value * unit)
            scene.add(
                Shape(
                    (contour,),
                    space.looks[k].color,
                    role="data",
                    data=(Datum(value, fact),),
                    measure="height",
                    scale=scale,
                )
            )
            y = zero + value * unit + (3.2 if value >= 0 else -8.5)
            scene.write_if_free(Label(series.labels[n], x + bar / 2, y, space.look(), "center", "value", fact))
    scene.add(rule([(0, zero), (space.width, zero)], space.style.border))
    return scene


def _labels_fit(chart: Chart, space: ChartSpace) -> bool:
    """Return whether the labels of values and categories fit above and below vertical bars."""
    slot = space.width / max(1, len(chart.categories))
    bar = slot * 0.8 / max(1, len(chart.series))
    values = space.widest(text for series in chart.series for text in series.labels)
    return values <= bar * 1.1 and space.widest(chart.categories) <= slot * 0.94
