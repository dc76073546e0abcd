"""Dumbbells: two values of each category on one line, with an arrow from the earlier to the own one."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.charts.key import Entry, dot, draw_key, key_height, ring
from gri_builder.charts.lying_axis import AXIS, draw_axis_behind, fit_heights, fit_scale, span_axis
from gri_builder.charts.row_names import set_names, write_name
from gri_builder.charts.scene import Align, Datum, Label, Scale, Scene, Shape, line, polygon
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import Color
from gri_builder.model.figures.chart import Chart, ChartSeries

ROW, BESIDE = 17.0, 6.0
ARROW = 16.0
"""Shortest line with an arrow on it."""


def draw_dumbbells(chart: Chart, space: ChartSpace) -> Scene:
    """Draw an open mark for the base period and a filled one for the own, both with their values."""
    base, own = chart.series[0], chart.series[-1]
    axis = chart.axis or span_axis(chart)
    entries: list[Entry] = [(base.name, ring(space.look().color)), (own.name, dot(space.series_styles[0].color))]
    names, above = set_names(space, chart.categories), key_height(space, entries)
    heights = fit_heights([names.height(n, ROW) for n in range(len(chart.categories))], space.max_height - above - AXIS)
    scene = Scene(space.width, sum(heights) + AXIS + above)
    draw_key(scene, space, entries, scene.height)
    before, after = list[tuple[float, float]](), list[tuple[float, float]]()
    for n in range(len(chart.categories)):
        for series, is_left in _sides(base, own, n):
            value, needed = series.values[n], space.text_width(series.labels[n]) + BESIDE + 2
            if value is not None:
                (before if is_left else after).append((value, needed))
    scale = fit_scale(names.left + 4, space.width - 4, axis.low, axis.high, before, after, axis.broken)
    number, top = scene.add_scale(scale), sum(heights) + AXIS
    for n, height in enumerate(heights):
        middle = top - height + min(ROW, height) / 2 if names.is_above else top - height / 2
        write_name(scene, space, names, n, top, middle)
        _draw_row(scene, space, (base, own), n, middle, scale, number)
        top -= height
    draw_axis_behind(scene, space, axis, scale, sum(heights) + AXIS)
    return scene


def _sides(base: ChartSeries, own: ChartSeries, n: int) -> list[tuple[ChartSeries, bool]]:
    """Return both series, each with whether its label is to the left of its mark."""
    first, last = base.values[n], own.values[n]
    is_rising = first is None or last is None or first <= last
    return [(base, is_rising), (own, not is_rising)]


def _draw_row(
    scene: Scene, space: ChartSpace, pair: tuple[ChartSeries, ChartSeries], n: int, y: float, scale: Scale, number: int
) -> None:
    color, muted = space.series_styles[0].color, space.look().color
    ends = [scale.at(value) for series in pair if (value := series.values[n]) is not None]
    if len(ends) == 2:
        scene.add(Shape((line([(ends[0], y), (ends[1], y)]),), stroke=muted, width=1.2))
        _draw_arrow(scene, ends[0], ends[1], y, muted)
    for series, is_left in _sides(*pair, n):
        value, fact = series.values[n], series.facts[n] if series.facts else None
        if value is None:
            continue
        x, is_own = scale.at(value), series is pair[1]
        mark = dot(color)(x, y) if is_own else ring(muted)(x, y)
        scene.add(replace(mark, role="data", data=(Datum(value, fact),), measure="x", scale=number))
        align: Align = "right" if is_left else "left"
        place = x - BESIDE if is_left else x + BESIDE
        scene.write_if_free(Label(series.labels[n], place, y - 2.6, space.look(strong=is_own), align, "value", fact), 0)


def _draw_arrow(scene: Scene, start: float, end: float, y: float, color: Color) -> None:
    """Draw the head of an arrow before the own mark, if the line is long enough."""
    if abs(end - start) < ARROW:
        return
    way = 1 if end > start else -1
    tip = end - 4.6 * way
    scene.add(Shape((polygon([(tip, y), (tip - 5 * way, y + 2.6), (tip - 5 * way, y - 2.6)]),), fill=color))
