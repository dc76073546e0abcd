"""Ranges: a band from the lowest to the highest value of each category, with a mark at its own value."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.charts.key import Entry, block, dot, draw_key, key_height
from gri_builder.charts.lying_axis import AXIS, draw_axis_behind, fit_heights, fit_scale, span_axis
from gri_builder.charts.row_names import set_names, write_name
from gri_builder.charts.scene import Align, Datum, Label, Scale, Scene, Shape, line
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE, mix
from gri_builder.model.figures.chart import Chart, ChartSeries, SeriesRole

ROW, BAND, BESIDE = 27.0, 6.0, 5.0
TINT = 0.62
"""Share of white in the colour of a band."""


class RangeEnds(Struct, frozen=True):
    """The series of a range chart."""

    low: ChartSeries
    high: ChartSeries
    own: ChartSeries | None


def draw_ranges(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a band for each category, with the values of its ends beside it and the own value above."""
    ends = _find_ends(chart)
    axis, band = chart.axis or span_axis(chart), mix(space.series_styles[0].color, WHITE, TINT)
    words = f"{ends.low.name} – {ends.high.name}"
    entries: list[Entry] = [(words, block(band, height=BAND))]
    if ends.own:
        entries.append((ends.own.name, dot(space.series_styles[0].color)))
    names, above = set_names(space, chart.categories), key_height(space, entries)
    heights = fit_heights([names.height(n, ROW) for n in range(len(chart.categories))], space.max_height - above - AXIS)
    scene = Scene(space.width, sum(heights) + AXIS + above)
    draw_key(scene, space, entries, scene.height)
    needs = [
        [(value, _beside(space, series, n) + BESIDE + 3) for n, value in enumerate(series.values) if value is not None]
        for series in (ends.low, ends.high)
    ]
    scale = fit_scale(names.left + 4, space.width - 4, axis.low, axis.high, needs[0], needs[1], axis.broken)
    number, top = scene.add_scale(scale), sum(heights) + AXIS
    for n, height in enumerate(heights):
        middle = top - height + min(ROW, height) / 2 if names.is_above else top - height / 2
        write_name(scene, space, names, n, top, middle)
        _draw_row(scene, space, ends, n, middle - 3, scale, number)
        top -= height
    draw_axis_behind(scene, space, axis, scale, sum(heights) + AXIS)
    return scene


def _find_ends(chart: Chart) -> RangeEnds:
    """Return the series by their roles; without roles, the first and last are the ends."""
    roles: dict[SeriesRole, ChartSeries] = {series.role: series for series in chart.series}
    low, high = roles.get("low", chart.series[0]), roles.get("high", chart.series[-1])
    own = next((series for series in chart.series if series is not low and series is not high), None)
    return RangeEnds(low, high, own)


def _period(series: ChartSeries, n: int) -> str:
    return f"({series.periods[n]})" if series.periods and series.periods[n] else ""


def _beside(space: ChartSpace, series: ChartSeries, n: int) -> float:
    """Return the width of a label with its period."""
    period = _period(series, n)
    return space.text_width(series.labels[n]) + (space.text_width(period) + 3 if period else 0.0)


def _draw_row(scene: Scene, space: ChartSpace, ends: RangeEnds, n: int, y: float, scale: Scale, number: int) -> None:
    low, high = ends.low.values[n], ends.high.values[n]
    if low is not None and high is not None:
        data = tuple(Datum(v, s.facts[n] if s.facts else None) for v, s in ((low, ends.low), (high, ends.high)))
        band = line([(scale.at(low), y), (scale.at(high), y)])
        color = mix(space.series_styles[0].color, WHITE, TINT)
        scene.add(Shape((band,), stroke=color, width=BAND, role="data", data=data, measure="x", scale=number))
    own = ends.own.values[n] if ends.own else None
    for series, value, is_left in ((ends.low, low, True), (ends.high, high, False)):
        if value is not None and (not is_left or low != high):
            _label_end(scene, space, series, n, scale.at(value), y, is_left)
    if own is not None and ends.own:
        _mark_own(scene, space, ends.own, n, (scale.at(own), y), number, named=own not in (low, high))


def _label_end(scene: Scene, space: ChartSpace, series: ChartSeries, n: int, x: float, y: float, is_left: bool) -> None:
    """Write the value of an end, and then its period."""
    way, align = (-1, "right") if is_left else (1, "left")
    side: Align = "right" if align == "right" else "left"
    fact, period = series.facts[n] if series.facts else None, _period(series, n)
    value = Label(series.labels[n], x + BESIDE * way, y - 2.6, space.look(strong=True), side, "value", fact)
    before = space.text_width(period) + 3 if period and is_left else 0.0
    if before:
        value = replace(value, x=value.x - before)
    written = scene.write_if_free(value, 0)
    if period and written:
        place = value.x + before if is_left else value.x + value.width + 3
        scene.write_if_free(Label(period, place, y - 2.6, space.look(), side, "note"), 0)


def _mark_own(
    scene: Scene,
    space: ChartSpace,
    own: ChartSeries,
    n: int,
    place: tuple[float, float],
    number: int,
    named: bool,
) -> None:
    """Draw the mark of the own value, with its label above unless it is printed at an end."""
    (x, y), fact = place, own.facts[n] if own.facts else None
    data = (Datum(own.values[n] or 0.0, fact),)
    scene.add(replace(dot(space.series_styles[0].color)(x, y), role="data", data=data, measure="x", scale=number))
    if named:
        half = space.text_width(own.labels[n], bold=True) / 2
        middle = min(max(x, half), space.width - half)
        look = space.look(strong=True, bold=True)
        scene.write_if_free(Label(own.labels[n], middle, y + 6.8, look, "center", "value", fact), 0)
