"""The plot of a line-like chart: where its values and times are, the ways of its series, and their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from gri_builder.charts.marks import RADIUS, make_mark
from gri_builder.charts.obstacles import Obstacles, Point
from gri_builder.charts.scene import Datum, Label, Scale, Scene, Shape, line
from gri_builder.charts.series_styles import MarkForm
from gri_builder.charts.space import ChartSpace
from gri_builder.charts.time_axis import TimeAxis
from gri_builder.model.color import WHITE, Color, mix, readable_on
from gri_builder.model.figures.chart import Chart, ChartSeries

MAX_COLORS = 6
"""Greatest number of series in colours of their own."""
GAP_DASH = (1.4, 2.2)
GAP_WIDTH = 0.8
MARK_PITCH = 7.0
"""Least distance between two periods whose values have marks."""
MUTED_WIDTH = 1.1
WIDTH = 1.8


class LineStyle(Struct, frozen=True):
    """How one line is drawn."""

    color: Color
    text: Color
    """The colour of its labels on the page."""
    width: float
    mark: MarkForm
    dash: tuple[float, ...]
    is_muted: bool = False


class Plot(Struct):
    """A rectangle of a scene with a scale of values and an axis of times."""

    scene: Scene
    space: ChartSpace
    chart: Chart
    scale: Scale
    number: int
    """Of its scale in the scene."""
    time: TimeAxis
    obstacles: Obstacles

    def point(self, series: ChartSeries, n: int) -> Point:
        """Return the point of a known value."""
        return self.time.xs[n], self.scale.at(series.values[n] or 0.0)


class PointLabel(Struct, frozen=True):
    """A value that should be printed at its point."""

    rank: int
    """0 for the last value, then the first, the lowest and highest, and the others."""
    series: int
    category: int


def choose_line_styles(chart: Chart, space: ChartSpace) -> list[LineStyle]:
    """Return the styles of lines: muted beside highlighted ones, and all alike where there are too many for colours."""
    sets_off = any(series.highlighted for series in chart.series)
    is_crowd = len(chart.series) > MAX_COLORS
    grey = mix(space.style.muted, WHITE, 0.25)
    styles = list[LineStyle]()
    shown = 0
    for k, series in enumerate(chart.series):
        look = space.series_styles[k % len(space.series_styles)]
        if sets_off and not series.highlighted:
            styles.append(LineStyle(grey, space.style.muted, MUTED_WIDTH, "circle", (), is_muted=True))
            continue
        if is_crowd and not sets_off:
            styles.append(
                LineStyle(space.series_styles[0].color, space.style.muted, MUTED_WIDTH, "circle", (), is_muted=True)
            )
            continue
        look = space.series_styles[shown % len(space.series_styles)] if sets_off and is_crowd else look
        shown += 1
        styles.append(LineStyle(look.color, readable_on(look.color, WHITE), WIDTH, look.mark, look.dash))
    return styles


def list_known(series: ChartSeries, time: TimeAxis) -> list[int]:
    """Return the numbers of the categories with a value, from left to right."""
    known = [n for n, value in enumerate(series.values) if value is not None]
    return sorted(known, key=lambda n: (time.xs[n], n))


def split_runs(known: Sequence[int], time: TimeAxis) -> list[list[int]]:
    """Return the categories with a value in runs without a gap."""
    runs = list[list[int]]()
    for n in known:
        if runs and time.joins(runs[-1][-1], n):
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def draw_way(plot: Plot, series: ChartSeries, look: LineStyle) -> None:
    """Draw the line and the marks of a series; names without an order get marks only.

    Over a gap, the way between the two known values is thin and dashed: an open gap would hide that they belong
    together, a solid line would claim values that nobody has measured.
    """
    known = list_known(series, plot.time)
    runs = split_runs(known, plot.time) if plot.time.unit else [[n] for n in known]
    if plot.time.unit:
        _draw_gaps(plot, series, runs, look)
    solid = [[plot.point(series, n) for n in run] for run in runs if len(run) > 1]
    if solid:
        data = tuple(_datum(series, n) for run in runs if len(run) > 1 for n in run)
        contours = tuple(line(points) for points in solid)
        shape = Shape(
            contours,
            stroke=look.color,
            width=look.width,
            dash=look.dash,
            is_round=True,
            role="data",
            data=data,
            measure="y",
            scale=plot.number,
        )
        plot.scene.add(shape)
        for points in solid:
            plot.obstacles.add_line(points, look.width)
    _draw_marks(plot, series, look, known, {run[0] for run in runs if len(run) == 1})


def _draw_gaps(plot: Plot, series: ChartSeries, runs: Sequence[Sequence[int]], look: LineStyle) -> None:
    ends = [(run[-1], following[0]) for run, following in pairwise(runs)]
    for one, other in ends:
        draw_dashed(plot, [plot.point(series, one), plot.point(series, other)], look.color)


def draw_dashed(plot: Plot, points: list[Point], color: Color) -> None:
    """Draw a thin dashed way, where no values are known."""
    plot.scene.add(Shape((line(points),), stroke=color, width=GAP_WIDTH, dash=GAP_DASH, role="data"))
    plot.obstacles.add_line(points, GAP_WIDTH)


def _draw_marks(plot: Plot, series: ChartSeries, look: LineStyle, known: Sequence[int], alone: set[int]) -> None:
    """Draw a mark at each value; of dense ones only those at the ends, the extremes and between gaps."""
    shown = set(known)
    if (plot.time.pitch < MARK_PITCH or look.is_muted) and plot.time.unit:
        shown = {*known[:1], *known[-1:], *alone} | (set() if look.is_muted else set(find_extremes(series, known)))
    for n in known:
        if n in shown:
            x, y = plot.point(series, n)
            data = (_datum(series, n),)
            mark = make_mark(look.mark, x, y, look.color, data, plot.number, is_open=not plot.chart.places)
            plot.scene.add(mark)
            plot.obstacles.add_box(mark.box)


def _datum(series: ChartSeries, n: int) -> Datum:
    return Datum(series.values[n] or 0.0, series.facts[n] if series.facts else None)


def find_extremes(series: ChartSeries, known: Sequence[int]) -> list[int]:
    """Return the categories of the lowest and highest value."""
    if not known:
        return []
    return [min(known, key=lambda n: series.values[n] or 0.0), max(known, key=lambda n: series.values[n] or 0.0)]


def rank_values(plot: Plot, k: int) -> list[PointLabel]:
    """Return the values of a series that should be printed, with their ranks."""
    series, labelled = plot.chart.series[k], plot.chart.labelled
    known = list_known(series, plot.time)
    extremes = set(find_extremes(series, known))
    ranks = {n: 2 if n in extremes or n in plot.chart.highlighted else 3 for n in known}
    ranks.update(dict.fromkeys(known[:1], 1))
    ranks.update(dict.fromkeys(known[-1:], 0))
    most = {"all": 3, "ends": 1, "none": -1}[labelled]
    return [PointLabel(rank, k, n) for n, rank in ranks.items() if rank <= most]


def write_values(
    plot: Plot, wanted: Sequence[PointLabel], styles: Sequence[LineStyle] | Mapping[int, LineStyle], is_colored: bool
) -> int:
    """Write values at their points where they cover nothing, the most important first; return how many."""
    written = 0
    for each in sorted(wanted, key=lambda each: (each.rank, styles[each.series].is_muted, each.series, -each.category)):
        series = plot.chart.series[each.series]
        text, fact = series.labels[each.category], series.facts[each.category] if series.facts else None
        color = styles[each.series].text if is_colored else None
        x, y = plot.point(series, each.category)
        label = Label(text, x, y, plot.space.look(strong=not is_colored, color=color), "center", "value", fact)
        places = list_places(plot, label, series, each.category)
        written += plot.obstacles.write_first_free(plot.scene, label, places)
    return written


def list_places(plot: Plot, label: Label, series: ChartSeries, n: int) -> list[Point]:
    """Return the places of a value around its point: above or below first, whichever is on the outside of its line."""
    size, half = label.look.size, label.width / 2
    above, below = label.y + RADIUS + 2.4 + 0.21 * size * 0.4, label.y - RADIUS - 1.9 - 0.7 * size
    near = [value for value in (*series.values[max(0, n - 1) : n], *series.values[n + 1 : n + 2]) if value is not None]
    value = series.values[n] or 0.0
    is_low = bool(near) and value < min(near)
    first, second = (below, above) if is_low else (above, below)
    left, _, right, _ = plot.obstacles.frame
    x = min(max(label.x, left + half + 0.1), right - half - 0.1)
    aside = half + RADIUS + 2.2
    middle = label.y - 0.25 * size
    shift = half * 0.75
    return [
        (x, first),
        (x, second),
        (x - shift, first),
        (x + shift, first),
        (x - shift, second),
        (x + shift, second),
        (label.x + aside, middle),
        (label.x - aside, middle),
        (x, first + (2.0 if first > label.y else -2.0)),
    ]
