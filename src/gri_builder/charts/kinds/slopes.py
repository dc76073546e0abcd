"""Slope charts: the change of each series between two periods, with names and values at both ends."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.charts.axes import FOOT, draw_base, draw_grid, fit_axis, make_scale, trace_break, write_ticks
from gri_builder.charts.axes import tick_space as measure_ticks
from gri_builder.charts.end_labels import EndColumn, EndLabel, measure_column, row_height, write_end_labels
from gri_builder.charts.kinds.lines import HEADROOM, PLOT_HEIGHT, draw_lines
from gri_builder.charts.marks import make_mark
from gri_builder.charts.obstacles import Obstacles
from gri_builder.charts.scene import Datum, Label, Scale, Scene, Shape, line, rule
from gri_builder.charts.space import ChartSpace
from gri_builder.charts.time_axis import BASELINE, LABELS
from gri_builder.model.color import WHITE, Color, mix, readable_on
from gri_builder.model.figures.chart import Chart, ChartSeries

SIDE = 0.32
"""Greatest share of the width for the labels of one side."""
TWO_SIDED = 280.0
"""Least width with names on both sides; in a narrower chart they are on the right only."""
DASH = (4.0, 2.0)


def draw_slopes(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a line from the first to the last period for each series: solid if it rises, dashed if it falls.

    A chart of one period has no slopes and is drawn as points.
    """
    if len(chart.categories) < 2:
        return draw_lines(chart, space)
    ends = 0, len(chart.categories) - 1
    shown = [series for series in chart.series if any(series.values[n] is not None for n in ends)]
    axis = fit_axis(chart, [value for series in shown for n in ends if (value := series.values[n]) is not None])
    columns = [_measure(chart, space, shown, n, has_names=n == ends[1] or space.width >= TWO_SIDED) for n in ends]
    rows = max(sum(row_height(space, _name(series, column), column) for series in shown) for column in columns)
    bottom = LABELS + 2
    foot = FOOT if axis.broken else 0.0
    top = bottom + foot + max(PLOT_HEIGHT * space.stretch, min(rows, space.max_height - 60))
    scene = Scene(space.width, top + HEADROOM)
    ticks = measure_ticks(space, axis) if axis.broken else 0.0
    left, right = ticks + columns[0].width, space.width - columns[1].width
    scale = make_scale(axis, bottom, top)
    number, obstacles = scene.add_scale(scale), Obstacles((0.0, 0.0, scene.width, scene.height))
    draw_base(scene, space, axis, scale, left, right)
    for x in (left, right):
        points = [(x, bottom), (x, top)] if not axis.broken else trace_break(x, bottom, top)
        scene.add(rule(points, mix(space.style.border, space.style.muted, 0.4), 0.7))
    for series in sorted(shown, key=lambda each: each.highlighted):
        _draw_slope(scene, series, ends, (left, right), scale, number, _color(chart, space, series))
    for n, x, column in zip(ends, (left, right), columns, strict=True):
        labels = [_label(chart, space, series, n, x, scale, column) for series in shown if series.values[n] is not None]
        write_end_labels(scene, space, obstacles, labels, column, x, (bottom, top + HEADROOM), is_left=n == 0)
    _write_periods(scene, space, chart, (left, right))
    if axis.broken:
        draw_grid(scene, space, write_ticks(scene, space, axis, scale, ticks), left, right)
    return scene


def _measure(chart: Chart, space: ChartSpace, shown: Sequence[ChartSeries], n: int, has_names: bool) -> EndColumn:
    values = [series.labels[n] for series in shown if series.values[n] is not None]
    names = [series.name for series in shown] if has_names and len(chart.series) > 1 else []
    return measure_column(space, names, values, SIDE if space.width >= TWO_SIDED else 0.5)


def _name(series: ChartSeries, column: EndColumn) -> str:
    return series.name if column.names else ""


def _color(chart: Chart, space: ChartSpace, series: ChartSeries) -> Color:
    """Return the colour of a slope: grey beside highlighted ones."""
    sets_off = any(each.highlighted for each in chart.series)
    return mix(space.style.muted, WHITE, 0.25) if sets_off and not series.highlighted else space.series_styles[0].color


def _draw_slope(
    scene: Scene,
    series: ChartSeries,
    ends: tuple[int, int],
    xs: tuple[float, float],
    scale: Scale,
    number: int,
    color: Color,
) -> None:
    """Draw the line between the two values, and their marks: open ones where the value falls."""
    known = [(x, value, n) for x, n in zip(xs, ends, strict=True) if (value := series.values[n]) is not None]
    data = tuple(Datum(value, series.facts[n] if series.facts else None) for _, value, n in known)
    falls = len(known) == 2 and known[1][1] < known[0][1]
    if len(known) == 2:
        contour = line([(x, scale.at(value)) for x, value, _ in known])
        dash = DASH if falls else ()
        scene.add(
            Shape(
                (contour,),
                stroke=color,
                width=1.8 if series.highlighted else 1.4,
                dash=dash,
                is_round=not falls,
                role="data",
                data=data,
                measure="y",
                scale=number,
            )
        )
    for (x, value, _), datum in zip(known, data, strict=True):
        scene.add(make_mark("circle", x, scale.at(value), color, (datum,), number, is_open=falls))


def _label(
    chart: Chart, space: ChartSpace, series: ChartSeries, n: int, x: float, scale: Scale, column: EndColumn
) -> EndLabel:
    color = _color(chart, space, series)
    fact = series.facts[n] if series.facts else None
    sets_off = any(each.highlighted for each in chart.series)
    text = readable_on(color, WHITE) if series.highlighted else space.style.muted if sets_off else space.style.text
    y = scale.at(series.values[n] or 0.0)
    return EndLabel(x, y, _name(series, column), series.labels[n], fact, color, text, series.highlighted)


def _write_periods(scene: Scene, space: ChartSpace, chart: Chart, xs: tuple[float, float]) -> None:
    """Write the two periods below their rules, inside the frame and apart from each other."""
    middle = (xs[0] + xs[1]) / 2
    for n, x, left, right in ((0, xs[0], 0.0, middle - 2), (-1, xs[1], middle + 2, scene.width)):
        text = space.shorten(chart.categories[n], right - left, bold=True)
        half = space.text_width(text, bold=True) / 2
        x = max(left + half, min(x, right - half))
        scene.write(Label(text, x, BASELINE, space.look(strong=True, bold=True), "center"))
