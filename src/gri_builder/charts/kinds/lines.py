"""Line charts: values on a common scale over time, true to scale, named at the ends of their lines."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.charts.axes import (
    FOOT,
    draw_base,
    draw_grid,
    fit_axis,
    is_all_zero,
    make_scale,
    tick_space,
    trace_break,
    write_ticks,
)
from gri_builder.charts.end_labels import (
    EndColumn,
    EndLabel,
    measure_column,
    row_height,
    write_end_labels,
)
from gri_builder.charts.kinds.lying import draw_lying
from gri_builder.charts.line_key import draw_line_key, line_key_height
from gri_builder.charts.obstacles import Obstacles
from gri_builder.charts.plot import (
    LineStyle,
    Plot,
    choose_line_styles,
    draw_way,
    list_known,
    rank_values,
    write_values,
)
from gri_builder.charts.reference_lines import draw_references, name_references
from gri_builder.charts.scene import Scene
from gri_builder.charts.space import ChartSpace
from gri_builder.charts.time_axis import (
    LABELS,
    draw_ticks,
    end_space,
    make_time_axis,
    write_categories,
)
from gri_builder.model.figures.chart import Axis, Chart, ChartSeries

PLOT_HEIGHT, ZERO_HEIGHT = 132.0, 14.0
"""Height of a plot with the labels above it, and of the values of one that shows zeros only."""
HEADROOM = 13.0
"""Space above the highest value, for its label."""
BELOW = 12.0
"""Space below the lowest negative value, for its label."""
DIRECT_WIDTH = 200.0
"""Least width of a chart with names at the ends of its lines; a narrower one has a list above it."""


class _Needs(Struct, frozen=True):
    """What a line chart needs beside its lines."""

    ticks: bool
    notes: bool = False
    """Whether its reference lines are named above the plot, as their labels have no space in it."""


def draw_lines(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a line for each series; names without order as open marks, or as bars where they have no space.

    Ticks are drawn only where they are needed: where the axis is broken, or a value is not printed.
    """
    if not chart.places and not _names_fit(chart, space):
        return draw_lying(chart, space)
    axis = fit_axis(chart, [value for series in chart.series for value in series.values if value is not None])
    needs = _Needs(axis.broken or chart.labelled != "all")
    scene, found = _draw(chart, space, axis, needs)
    return scene if found == needs else _draw(chart, space, axis, found)[0]


def plot_height(chart: Chart, stretch: float = 1.0) -> float:
    """Return the height of the values: low where all are zero, as white above them says nothing."""
    return ZERO_HEIGHT if is_all_zero(chart) else PLOT_HEIGHT * stretch - HEADROOM


def _names_fit(chart: Chart, space: ChartSpace) -> bool:
    return space.widest(chart.categories) <= space.width / max(1, len(chart.categories)) - 4


def _draw(chart: Chart, space: ChartSpace, axis: Axis, needs: _Needs) -> tuple[Scene, _Needs]:
    """Draw a chart with what it needs; return also what it was found to need."""
    styles = choose_line_styles(chart, space)
    is_direct = len(chart.series) > 1 and space.width >= DIRECT_WIDTH and bool(chart.places)
    column = _measure_ends(chart, space) if is_direct else EndColumn(0.0, 0.0)
    key = 0.0 if is_direct or len(chart.series) == 1 else line_key_height(space, chart)
    rows = sum(row_height(space, series.name, column) for series in chart.series) if is_direct else 0.0
    notes = space.style.chart.leading * len(chart.lines) if needs.notes else 0.0
    bottom = LABELS + (BELOW if axis.low < 0 else 0.0)
    top = (
        bottom
        + max(plot_height(chart, space.stretch), min(rows, space.max_height - 80))
        + (FOOT if axis.broken else 0.0)
    )
    scene = Scene(space.width, top + HEADROOM + key + notes)
    draw_line_key(scene, space, chart, styles, scene.height) if key else None
    plot, left, right = _make_plot(scene, chart, space, axis, needs, (bottom, top), column if is_direct else None)
    base = draw_base(scene, space, axis, plot.scale, left, right)
    for y in base:
        plot.obstacles.add_line([(left, y), (right, y)], 0.9)
    if axis.broken:
        plot.obstacles.add_line(trace_break(left, bottom, top), 0.8)
    places = draw_references(plot, styles, left, right)
    for series, look in _paint_order(chart, styles):
        draw_way(plot, series, look)
    if is_direct:
        _write_ends(plot, styles, column, right, (bottom, top + HEADROOM * 0.6))
    draw_ticks(scene, space, plot.time, min([LABELS, *base]))
    write_categories(scene, space, chart, plot.time, plot.obstacles)
    named = name_references(plot, places, top + HEADROOM + notes if needs.notes else None)
    is_complete = _write_all(plot, styles, is_direct)
    if needs.ticks:
        heights = write_ticks(scene, space, axis, plot.scale, left)
        draw_grid(scene, space, [y for y in heights if y not in base], left, right)
    return scene, _Needs(needs.ticks or not is_complete, needs.notes or not named)


def _make_plot(
    scene: Scene,
    chart: Chart,
    space: ChartSpace,
    axis: Axis,
    needs: _Needs,
    span: tuple[float, float],
    column: EndColumn | None,
) -> tuple[Plot, float, float]:
    """Return the plot between two heights, with its left and right edge."""
    left = tick_space(space, axis) if needs.ticks else 0.0
    right = space.width - (column.width if column else 0.0)
    first, last = end_space(space, chart)
    ends = left + max(6.0, first - left), right - (4.0 if column else max(6.0, last))
    scale = make_scale(axis, span[0], span[1])
    frame = (left, 0.0, scene.width, span[1] + HEADROOM)
    plot = Plot(scene, space, chart, scale, scene.add_scale(scale), make_time_axis(chart, *ends), Obstacles(frame))
    return plot, left, right


def _paint_order(chart: Chart, styles: list[LineStyle]) -> list[tuple[ChartSeries, LineStyle]]:
    """Return the series with their styles, muted ones first."""
    return sorted(zip(chart.series, styles, strict=True), key=lambda pair: not pair[1].is_muted)


def _measure_ends(chart: Chart, space: ChartSpace) -> EndColumn:
    values = [series.labels[-1] for series in chart.series if series.values[-1] is not None]
    return measure_column(space, [series.name for series in chart.series], [] if chart.labelled == "none" else values)


def _write_ends(plot: Plot, styles: list[LineStyle], column: EndColumn, edge: float, span: tuple[float, float]) -> None:
    labels = []
    for series, look in zip(plot.chart.series, styles, strict=True):
        known, last = list_known(series, plot.time), len(series.values) - 1
        x, y = plot.point(series, known[-1]) if known else (edge, span[0])
        has_value = last in known and column.values > 0
        fact = series.facts[last] if has_value and series.facts else None
        value = series.labels[last] if has_value else ""
        labels.append(EndLabel(x, y, series.name, value, fact, look.color, look.text, series.highlighted))
    write_end_labels(plot.scene, plot.space, plot.obstacles, labels, column, edge, span)


def _write_all(plot: Plot, styles: list[LineStyle], is_direct: bool) -> bool:
    """Write the values at points; return whether every known value is printed."""
    last = len(plot.chart.categories) - 1
    wanted = [
        label
        for k in range(len(plot.chart.series))
        for label in rank_values(plot, k)
        if not (is_direct and label.category == last) and not (styles[k].is_muted and label.rank)
    ]
    written = write_values(plot, wanted, styles, len(plot.chart.series) > 1)
    known = sum(value is not None for series in plot.chart.series for value in series.values)
    at_ends = sum(series.values[last] is not None for series in plot.chart.series) if is_direct else 0
    return written + at_ends == known
