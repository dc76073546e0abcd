"""Lying waterfalls: one row for each step, for long names and narrow charts."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.charts.legend import draw_legend, legend_height
from gri_builder.charts.lying_axis import fit_heights, fit_scale
from gri_builder.charts.row_names import set_names, write_name
from gri_builder.charts.scene import Label, Scale, Scene, Shape, line, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.charts.waterfall_steps import WaterfallStep, shown_legend, with_step_looks
from gri_builder.model.figures.chart import Chart

ROW, BAR, BESIDE = 16.0, 10.0, 4.0


def draw_lying_waterfall(chart: Chart, space: ChartSpace, steps: Sequence[WaterfallStep]) -> Scene:
    """Draw the steps from top to bottom, each change starting where the one before ended."""
    own, legend = with_step_looks(space, steps), shown_legend(chart, steps)
    names, above = set_names(space, chart.categories), legend_height(own, legend)
    heights = fit_heights([names.height(n, ROW) for n in range(len(steps))], space.max_height - above)
    scene = Scene(space.width, sum(heights) + above)
    draw_legend(scene, own, legend, scene.height)
    edges = [edge for step in steps for edge in (step.start, step.end)]
    before, after = list[tuple[float, float]](), list[tuple[float, float]]()
    for step in steps:
        needed = space.text_width(step.label, bold=step.is_total) + BESIDE + 1
        side, edge = (before, min) if step.is_below else (after, max)
        side.append((edge(step.start, step.end), needed))
    scale = fit_scale(names.left, space.width, min([0.0, *edges]), max([0.0, *edges]), before, after, broken=False)
    number, top = scene.add_scale(Scale(0.0, scale.unit)), sum(heights)
    middles = list[float]()
    for n, (step, height) in enumerate(zip(steps, heights, strict=True)):
        middle = top - height + min(ROW, height) / 2 if names.is_above else top - height / 2
        write_name(scene, space, names, n, top, middle)
        _draw_step(scene, space, step, middle, min(BAR, height - 2), (scale, number))
        middles.append(middle)
        top -= height
    _connect(scene, space, steps, middles, scale, cut_names=names.is_above)
    if not names.is_above:
        ends = [(scale.at(0), 0.0), (scale.at(0), sum(heights))]
        scene.add(Shape((line(ends),), stroke=space.style.muted, width=0.7))
    return scene


def _draw_step(
    scene: Scene, space: ChartSpace, step: WaterfallStep, y: float, height: float, scales: tuple[Scale, int]
) -> None:
    scale, number = scales
    bar = rectangle(scale.at(step.start), y - height / 2, (step.end - step.start) * scale.unit, height)
    look, data = step.look(space), (step.datum,)
    scene.add(Shape((bar,), look.color, pattern=look.pattern, role="data", data=data, measure="width", scale=number))
    edge = min(step.start, step.end) if step.is_below else max(step.start, step.end)
    x = scale.at(edge) + (-BESIDE if step.is_below else BESIDE)
    text = space.look(strong=True, bold=step.is_total)
    align = "right" if step.is_below else "left"
    label = Label(step.label, x, y - 2.6, text, "right" if align == "right" else "left", "value", step.datum.fact)
    scene.write_if_free(label, 0)


def _connect(
    scene: Scene,
    space: ChartSpace,
    steps: Sequence[WaterfallStep],
    middles: Sequence[float],
    scale: Scale,
    cut_names: bool,
) -> None:
    """Draw thin lines from the end of each bar to the start of the next; none through names above the rows."""
    if cut_names:
        return
    for n, step in enumerate(steps[:-1]):
        x = scale.at(step.end)
        ends = [(x, middles[n] - BAR / 2), (x, middles[n + 1] + BAR / 2)]
        scene.add(Shape((line(ends),), stroke=space.style.muted, width=0.5))
