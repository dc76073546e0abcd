"""Progress bars towards targets."""

from __future__ import annotations

from gri_builder.layout.charts.scene import Datum, Label, Scale, Scene, Shape, rectangle
from gri_builder.layout.charts.space import ChartSpace
from gri_builder.model.chart import Chart

STEP = 30.0
"""Height of a progress bar with its name and its base and target."""
BAR = 7.0


def draw_progress(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a bar for each target: the progress since the base period."""
    series, strong = chart.series[0], space.look(strong=True, bold=True)
    step = min(STEP, space.max_height / len(chart.categories))
    scene = Scene(space.width, step * len(chart.categories))
    width = space.width - space.widest(series.labels) - 8
    scale = scene.add_scale(Scale(0.0, width / 100))
    for n, category in enumerate(chart.categories):
        y, value = scene.height - step * (n + 1) + 8, series.values[n] or 0.0
        scene.write(Label(space.shorten(category, width * 0.55, bold=True), 0, y + BAR + 4, strong))
        if chart.details:
            scene.write(Label(chart.details[n], width, y + BAR + 4, space.look(), "right"))
        scene.add(Shape((rectangle(0, y, width, BAR),), space.style.surface, space.style.border, 0.5))
        done = min(1.0, max(0.0, value / 100)) * width
        scene.add(
            Shape(
                (rectangle(0, y, done, BAR),),
                space.looks[0].color,
                role="data",
                data=(Datum(value),) if 0 <= value <= 100 else (),
                measure="width",
                scale=scale,
            )
        )
        scene.write(Label(series.labels[n], space.width, y + 0.8, strong, "right"))
    return scene
