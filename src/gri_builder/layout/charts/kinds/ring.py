"""Rings of up to six parts, with a legend of values and shares beside them."""

from __future__ import annotations

from math import pi

from gri_builder.layout.charts.scene import Datum, Label, Scale, Scene, Shape, circle, rectangle, sector
from gri_builder.layout.charts.space import ChartSpace
from gri_builder.model.chart import Chart
from gri_builder.model.color import WHITE

RING = 116.0
"""Diameter of a ring."""
HOLE = 0.6
"""Diameter of its hole relative to the ring's."""
ROW = 14.0
"""Height of a line of the legend."""


def draw_ring(chart: Chart, space: ChartSpace) -> Scene:
    """Draw the parts clockwise from the top, and the legend with values and shares in the same order."""
    scene = Scene(space.width, max(RING, ROW * len(chart.categories)) + 6)
    values, facts = [value or 0.0 for value in chart.series[0].values], chart.series[0].facts
    unit = 2 * pi / (sum(values) or 1.0)
    scale, angle = scene.add_scale(Scale(0.0, unit)), pi / 2
    x, y = RING / 2, scene.height / 2
    for n, (value, drawn) in enumerate(zip(values, space.looks, strict=False)):
        if value:
            data = (Datum(value, facts[n] if facts else None),)
            contour = sector(x, y, RING / 2, angle, value * unit)
            scene.add(Shape((contour,), drawn.color, WHITE, 1.2, role="data", data=data, measure="angle", scale=scale))
        angle -= value * unit
    scene.add(Shape((circle(x, y, RING / 2 * HOLE),), WHITE))
    if chart.totals:
        whole = space.shorten(chart.totals[0], RING * HOLE, bold=True)
        scene.write(Label(whole, x, y - 2.6, space.look(strong=True, bold=True), "center"))
    _name_parts(scene, chart, space)
    return scene


def _name_parts(scene: Scene, chart: Chart, space: ChartSpace) -> None:
    left, series = RING + 22, chart.series[0]
    names = min(space.widest(chart.categories), (space.width - left) * 0.6)
    numbers = space.widest(series.labels)
    top = scene.height / 2 + ROW * len(chart.categories) / 2 - 10
    for n, (category, drawn) in enumerate(zip(chart.categories, space.looks, strict=False)):
        y, strong, fact = top - ROW * n, space.look(strong=True), series.facts[n] if series.facts else None
        scene.add(Shape((rectangle(left, y - 0.5, 7, 7),), drawn.color))
        scene.write(Label(space.shorten(category, names + 0.1), left + 12, y, strong))
        scene.write(Label(series.labels[n], left + 26 + names + numbers, y, strong, "right", "value", fact))
        if chart.details:
            scene.write(Label(chart.details[n], left + 36 + names + numbers, y, space.look()))
