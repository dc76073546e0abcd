"""The key of a narrow line chart: a sample of each line with its name, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.charts.marks import trace_mark
from gri_builder.charts.plot import LineStyle
from gri_builder.charts.scene import Label, Scene, Shape, line
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

SAMPLE = 16.0
GAP = 4.0


def line_key_height(space: ChartSpace, chart: Chart) -> float:
    """Return the height of the key."""
    return space.style.chart.leading * len(chart.series) + GAP


def draw_line_key(scene: Scene, space: ChartSpace, chart: Chart, styles: Sequence[LineStyle], top: float) -> None:
    """Draw the key below that height, in the order of the series."""
    leading = space.style.chart.leading
    for n, (series, look) in enumerate(zip(chart.series, styles, strict=True)):
        middle = top - leading * (n + 0.5)
        if chart.places:
            sample = line([(0.0, middle), (SAMPLE, middle)])
            scene.add(Shape((sample,), stroke=look.color, width=look.width, dash=look.dash))
        scene.add(Shape((trace_mark(look.mark, SAMPLE / 2, middle),), look.color))
        text = space.shorten(series.name, space.width - SAMPLE - GAP)
        y = middle - space.style.chart.size * 0.25
        scene.write(Label(text, SAMPLE + GAP, y, space.look(strong=not look.is_muted)))
