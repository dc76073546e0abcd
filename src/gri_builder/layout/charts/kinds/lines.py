"""Line charts, with a label at each point."""

from __future__ import annotations

from gri_builder.layout.charts.kinds.bars import AXIS, PLOT_HEIGHT
from gri_builder.layout.charts.legend import draw_legend, legend_height
from gri_builder.layout.charts.scene import Datum, Label, Scale, Scene, Shape, circle, line, rule
from gri_builder.layout.charts.space import ChartSpace
from gri_builder.model.chart import Chart
from gri_builder.model.color import WHITE


def draw_lines(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a line for each series on its axis."""
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    scene = Scene(space.width, PLOT_HEIGHT + AXIS + legend_height(space, names))
    draw_legend(scene, space, names, scene.height)
    known = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    scale = Scale(AXIS + 10, (PLOT_HEIGHT - 24) / ((high - low) or 1.0), low)
    number, slot = scene.add_scale(scale), space.width / len(chart.categories)
    for n, category in enumerate(chart.categories):
        scene.write_if_free(Label(category, slot * (n + 0.5), 3, space.look(strong=True), "center"))
    scene.add(rule([(0, scale.at(0)), (space.width, scale.at(0))], space.style.border))
    for series, drawn in zip(chart.series, space.looks, strict=False):
        color = drawn.color
        points = [(slot * (n + 0.5), scale.at(value), n) for n, value in enumerate(series.values) if value is not None]
        if len(points) > 1:
            contour = line([(x, y) for x, y, _ in points])
            scene.add(Shape((contour,), stroke=color, width=1.8, is_round=True, role="data"))
        for x, y, n in points:
            fact, value = series.facts[n] if series.facts else None, series.values[n] or 0.0
            data = (Datum(value, fact),)
            scene.add(Shape((circle(x, y, 2.3),), WHITE, color, 1.4, role="data", data=data, measure="y", scale=number))
            scene.write_if_free(Label(series.labels[n], x, y + 6, space.look(), "center", "value", fact))
    return scene
