"""Waterfalls: the way from one total to another by its causes, as bars that float between them."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.charts.kinds.lying_waterfalls import draw_lying_waterfall
from gri_builder.charts.legend import draw_legend, legend_height
from gri_builder.charts.row_names import LEADING, wrap
from gri_builder.charts.scene import Label, Scale, Scene, Shape, line, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.charts.waterfall_steps import WaterfallStep, list_steps, shown_legend, with_step_looks
from gri_builder.model.figures.chart import Chart

PLOT, LINES, PAD = 150.0, 3, 13.0
BAR = 0.62
"""Width of a bar relative to its slot."""


class Columns(Struct, frozen=True):
    """The slots of standing bars."""

    slot: float
    names: tuple[tuple[str, ...], ...]
    foot: float
    """Height of the names."""


def draw_waterfall(chart: Chart, space: ChartSpace) -> Scene:
    """Draw standing bars, or lying ones where the names or numbers are too wide for columns."""
    steps = list_steps(chart)
    columns = _set_columns(chart, space)
    if columns is None:
        return draw_lying_waterfall(chart, space, steps)
    own, names = with_step_looks(space, steps), shown_legend(chart, steps)
    scene = Scene(space.width, PLOT + columns.foot + legend_height(own, names))
    draw_legend(scene, own, names, scene.height)
    edges = [edge for step in steps for edge in (step.start, step.end)]
    low, high = min([0.0, *edges]), max([0.0, *edges])
    below = PAD if any(step.is_below for step in steps) else 3.0
    unit = (PLOT - PAD - below) / ((high - low) or 1.0)
    scale = Scale(columns.foot + below - low * unit, unit)
    number = scene.add_scale(Scale(0.0, unit))
    for n, step in enumerate(steps):
        middle = columns.slot * (n + 0.5)
        for k, text in enumerate(columns.names[n]):
            y = columns.foot - 9 - k * LEADING
            scene.write(Label(text, middle, y, space.look(strong=True, bold=step.is_total), "center"))
        _draw_step(scene, space, step, middle - columns.slot * BAR / 2, columns.slot * BAR, (scale, number))
        if n + 1 < len(steps):
            y = scale.at(step.end)
            ends = [(middle + columns.slot * BAR / 2, y), (middle + columns.slot * (1 - BAR / 2), y)]
            scene.add(Shape((line(ends),), stroke=space.style.muted, width=0.5))
    zero = scale.at(0)
    scene.add(Shape((line([(0, zero), (space.width, zero)]),), stroke=space.style.muted, width=0.7, role="axis"))
    return scene


def _set_columns(chart: Chart, space: ChartSpace) -> Columns | None:
    """Return slots whose names, wrapped, and numbers fit; None if there are none."""
    slot = space.width / len(chart.categories)
    limit = slot - 5
    words = [word for name in chart.categories for word in name.split(" ")]
    names = tuple(wrap(space, name, limit, LINES + 9) for name in chart.categories)
    if space.widest(words, bold=True) > limit or max(map(len, names)) > LINES:
        return None
    if space.widest(chart.series[0].labels, bold=True) > limit or slot < 22:
        return None
    return Columns(slot, names, LEADING * max(map(len, names)) + 5)


def _draw_step(
    scene: Scene, space: ChartSpace, step: WaterfallStep, x: float, width: float, scales: tuple[Scale, int]
) -> None:
    scale, number = scales
    bar = rectangle(x, scale.at(step.start), width, (step.end - step.start) * scale.unit)
    look = step.look(space)
    scene.add(
        Shape((bar,), look.color, pattern=look.pattern, role="data", data=(step.datum,), measure="height", scale=number)
    )
    top, bottom = scale.at(max(step.start, step.end)), scale.at(min(step.start, step.end))
    y = bottom - 9 if step.is_below else top + 3.4
    text = space.look(strong=True, bold=step.is_total)
    scene.write(Label(step.label, x + width / 2, y, text, "center", "value", step.datum.fact))
