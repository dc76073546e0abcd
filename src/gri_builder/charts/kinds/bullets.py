"""Bullets: a bar from zero for each value, with a stroke at its target and a thin one at its base value."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.charts.key import Entry, block, draw_key, key_height, stroke
from gri_builder.charts.lying_axis import AXIS, draw_axis_behind, fit_heights, fit_scale, span_axis
from gri_builder.charts.row_names import RowNames, set_names, write_name
from gri_builder.charts.scene import Datum, Label, Scale, Scene, Shape, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart, ChartSeries

ROW, BAR, GAP = 21.0, 8.0, 10.0
LONGEST_HEAD, HEAD = 50.0, 11.0
"""Largest width of a head that widens its column, and the height of the heads."""
LEAST_PLOT = 0.34
"""Share of the width that the bars keep; columns of numbers that leave less are left out."""


class NumberColumn(Struct, frozen=True):
    """A column of numbers to the right of the bars."""

    series: ChartSeries
    right: float


def draw_bullets(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a row for each value: bar, target and base, then their numbers in columns."""
    axis, color, muted = chart.axis or span_axis(chart), space.series_styles[0].color, space.look().color
    samples = {
        "value": block(color, height=BAR - 1),
        "target": stroke(space.style.text, 11.0, 2.2),
        "base": stroke(muted, 11.0, 1.1, (1.8, 1.4)),
    }
    entries: list[Entry] = [(one.name, samples[one.role]) for one in chart.series if one.role in samples]
    names = set_names(space, chart.categories)
    columns = _choose_columns(chart, space, names)
    above = key_height(space, entries) + (HEAD if columns else 0.0)
    right = min([column.right - _width(space, column.series) for column in columns], default=space.width)
    heights = fit_heights([names.height(n, ROW) for n in range(len(chart.categories))], space.max_height - above - AXIS)
    scene = Scene(space.width, sum(heights) + AXIS + above)
    draw_key(scene, space, entries, scene.height)
    for column in columns:
        head = space.shorten(column.series.name, _width(space, column.series))
        scene.write(Label(head, column.right, sum(heights) + AXIS + 3, space.look(), "right"))
    scale = fit_scale(names.left, right - GAP, axis.low, axis.high, (), (), broken=False)
    number, top = scene.add_scale(scale), sum(heights) + AXIS
    for n, height in enumerate(heights):
        middle = top - height + min(ROW, height) / 2 if names.is_above else top - height / 2
        write_name(scene, space, names, n, top, middle)
        _draw_row(scene, space, chart, n, (middle, scale, number))
        for column in columns:
            _write_number(scene, space, column, n, middle)
        top -= height
    draw_axis_behind(scene, space, axis, scale, sum(heights) + AXIS)
    return scene


def _text(series: ChartSeries, n: int) -> str:
    period = f" ({series.periods[n]})" if series.periods and series.periods[n] else ""
    return series.labels[n] + period


def _width(space: ChartSpace, series: ChartSeries) -> float:
    """Return the width of a column: that of its numbers, or of a short head."""
    numbers = space.widest((_text(series, n) for n in range(len(series.labels))), bold=series.role == "value")
    return max(numbers, min(space.text_width(series.name), LONGEST_HEAD))


def _choose_columns(chart: Chart, space: ChartSpace, names: RowNames) -> list[NumberColumn]:
    """Return the columns that leave the bars enough space: the value's before the target's before the base's."""
    order = {"value": 0, "target": 1, "base": 2}
    columns, used = list[NumberColumn](), 0.0
    for series in sorted(chart.series, key=lambda one: order.get(one.role, 3)):
        needed = _width(space, series) + GAP
        if space.width - names.left - used - needed < space.width * LEAST_PLOT:
            break
        columns.append(NumberColumn(series, used + needed))
        used += needed
    return [NumberColumn(column.series, space.width - used + column.right) for column in columns]


def _draw_row(scene: Scene, space: ChartSpace, chart: Chart, n: int, place: tuple[float, Scale, int]) -> None:
    y, scale, number = place
    for series in chart.series:
        value, fact = series.values[n], series.facts[n] if series.facts else None
        if value is None:
            continue
        data, x = (Datum(value, fact),), scale.at(value)
        if series.role == "value":
            bar = rectangle(scale.at(0), y - BAR / 2, value * scale.unit, BAR)
            look = space.series_styles[0]
            scene.add(Shape((bar,), look.color, role="data", data=data, measure="width", scale=number))
        elif series.role == "target":
            mark = stroke(space.style.text, 14.0, 2.2)(x, y)
            scene.add(replace(mark, role="data", data=data * 2, measure="x", scale=number))
        else:
            mark = stroke(space.look().color, 14.0, 1.1, (1.8, 1.4))(x, y)
            scene.add(replace(mark, role="data", data=data * 2, measure="x", scale=number))


def _write_number(scene: Scene, space: ChartSpace, column: NumberColumn, n: int, y: float) -> None:
    series, is_value = column.series, column.series.role == "value"
    fact = series.facts[n] if series.facts else None
    look = space.look(strong=True, bold=is_value)
    scene.write_if_free(Label(_text(series, n), column.right, y - 2.6, look, "right", "value", fact), 0)
