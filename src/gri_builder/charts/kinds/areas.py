"""Area charts: one series filled from zero, or several stacked, named inside their bands or beside them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.charts.axes import draw_base, draw_grid, fit_axis, make_scale, tick_space, write_ticks
from gri_builder.charts.end_labels import EndColumn, EndLabel, measure_column, row_height, write_end_labels
from gri_builder.charts.kinds.lines import BELOW, HEADROOM, draw_lines, plot_height
from gri_builder.charts.legend import draw_legend, legend_height
from gri_builder.charts.obstacles import Obstacles, Point
from gri_builder.charts.plot import split_runs
from gri_builder.charts.scene import Datum, Label, Scale, Scene, Shape, polygon, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.charts.time_axis import (
    LABELS,
    TimeAxis,
    draw_ticks,
    end_space,
    make_time_axis,
    write_categories,
)
from gri_builder.model.color import WHITE, readable_on
from gri_builder.model.figures.chart import Chart

DIRECT_WIDTH = 200.0
"""Least width with names beside the bands; a narrower chart has a legend."""
STICK = 3.0
"""Width of a value that has no neighbour in time."""
SEAM = 0.8


class Stack(Struct, frozen=True):
    """Bands on top of each other: the lower and upper end of each series in each category."""

    ends: tuple[tuple[tuple[float, float], ...], ...]
    """For each series, for each category."""
    known: tuple[int, ...]
    """Categories in which every series has a value; in the others there is no stack."""


def make_stack(chart: Chart) -> Stack:
    """Return the stack of a chart."""
    count = len(chart.categories)
    known = tuple(n for n in range(count) if all(series.values[n] is not None for series in chart.series))
    below, ends = [0.0] * count, list[tuple[tuple[float, float], ...]]()
    for series in chart.series:
        above = [low + (value or 0.0) for low, value in zip(below, series.values, strict=True)]
        ends.append(tuple(zip(below, above, strict=True)))
        below = above
    return Stack(tuple(ends), known)


def draw_areas(chart: Chart, space: ChartSpace) -> Scene:
    """Draw areas from zero over time; what has no order in time, or can't be stacked, is drawn as lines."""
    values = [value for series in chart.series for value in series.values if value is not None]
    is_stack = len(chart.series) > 1
    stack = make_stack(chart)
    if not chart.places or not stack.known or (is_stack and min(values, default=0.0) < 0):
        return draw_lines(chart, space)
    reach = [end for row in stack.ends for n in stack.known for end in row[n]]
    axis = fit_axis(chart, reach, from_zero=True)
    is_direct = is_stack and space.width >= DIRECT_WIDTH
    column = measure_column(space, [series.name for series in chart.series], []) if is_direct else EndColumn(0.0, 0.0)
    names = [series.name for series in chart.series] if is_stack and not is_direct else []
    rows = sum(row_height(space, series.name, column) for series in chart.series) if is_direct else 0.0
    bottom = LABELS + (BELOW if axis.low < 0 else 0.0)
    top = bottom + max(plot_height(chart, space.stretch), min(rows, space.max_height - 80))
    scene = Scene(space.width, top + HEADROOM + legend_height(space, names))
    draw_legend(scene, space, names, scene.height)
    left, right = tick_space(space, axis), space.width - (column.width if is_direct else 0.0)
    first, last = end_space(space, chart)
    time = make_time_axis(chart, left + max(2.0, first - left), right - (2.0 if is_direct else max(2.0, last)))
    scale = make_scale(axis, bottom, top)
    obstacles = Obstacles((left, 0.0, scene.width, top + HEADROOM))
    _draw_bands(scene, chart, space, stack, time, scale, obstacles)
    base = draw_base(scene, space, axis, scale, left, right)
    obstacles.add_line([(left, base[0]), (right, base[0])])
    if is_direct:
        _name_bands(scene, chart, space, stack, time, scale, obstacles, column, right, (bottom, top + HEADROOM * 0.6))
    draw_ticks(scene, space, time, min(LABELS, base[0]))
    write_categories(scene, space, chart, time, obstacles)
    _write_values(scene, chart, space, stack, time, scale, obstacles)
    heights = write_ticks(scene, space, axis, scale, left)
    draw_grid(scene, space, [y for y in heights if y not in base], left, right)
    return scene


def _draw_bands(
    scene: Scene,
    chart: Chart,
    space: ChartSpace,
    stack: Stack,
    time: TimeAxis,
    scale: Scale,
    obstacles: Obstacles,
) -> None:
    """Draw the bands, open at gaps; a period between two gaps is a stick."""
    length = scene.add_scale(Scale(0.0, scale.unit))
    for k, series in enumerate(chart.series):
        look, ends = space.series_styles[k % len(space.series_styles)], stack.ends[k]
        for run in split_runs(stack.known, time):
            data = tuple(Datum(series.values[n] or 0.0, series.facts[n] if series.facts else None) for n in run)
            upper = [(time.xs[n], scale.at(ends[n][1])) for n in run]
            lower = [(time.xs[n], scale.at(ends[n][0])) for n in run]
            if len(run) == 1:
                (x, y), height = lower[0], upper[0][1] - lower[0][1]
                contour = rectangle(x - STICK / 2, y, STICK, height)
                shape = Shape((contour,), look.color, role="data", data=data, measure="height", scale=length)
                obstacles.add_box(shape.box)
            else:
                contour = polygon([*upper, *reversed(lower)])
                shape = Shape(
                    (contour,),
                    look.color,
                    WHITE,
                    SEAM,
                    pattern=look.pattern,
                    role="data",
                    data=data,
                    measure="band",
                    scale=length,
                )
                obstacles.add_line([*upper, *reversed(lower), upper[0]], SEAM)
            scene.add(shape)


def _name_bands(
    scene: Scene,
    chart: Chart,
    space: ChartSpace,
    stack: Stack,
    time: TimeAxis,
    scale: Scale,
    obstacles: Obstacles,
    column: EndColumn,
    edge: float,
    span: tuple[float, float],
) -> None:
    """Write the names beside the last period, at the height of their bands."""
    last = stack.known[-1]
    labels = []
    for k, series in enumerate(chart.series):
        low, high = stack.ends[k][last]
        color = space.series_styles[k % len(space.series_styles)].color
        y = scale.at((low + high) / 2)
        labels.append(EndLabel(time.xs[last], y, series.name, "", None, color, readable_on(color, WHITE)))
    write_end_labels(scene, space, obstacles, labels, column, edge, span)


def _write_values(
    scene: Scene,
    chart: Chart,
    space: ChartSpace,
    stack: Stack,
    time: TimeAxis,
    scale: Scale,
    obstacles: Obstacles,
) -> None:
    """Write totals above the stacks, or the values of a single series, then values inside bands of plain colour."""
    known, count = stack.known, len(chart.categories)
    order = [known[-1], known[0], *reversed(known[1:-1])] if len(known) > 1 else list(known)
    order = {"all": order, "ends": order[:2], "none": []}[chart.labelled]
    tops = chart.totals if len(chart.totals) == count else chart.series[0].labels if len(chart.series) == 1 else ()
    facts = chart.series[0].facts if len(chart.series) == 1 else ()
    size = space.style.chart.size
    for n in order if tops else []:
        x, y = time.xs[n], scale.at(stack.ends[-1][n][1])
        text = space.look(strong=True, bold=len(chart.series) > 1)
        label = Label(tops[n], x, y, text, "center", "value", facts[n] if facts else None)
        height = y + 3.2 if y >= scale.at(0.0) else y - size * 0.7 - 3
        obstacles.write_first_free(scene, label, _beside(label, height, obstacles))
    for n in order if len(chart.series) > 1 else []:
        for k, series in enumerate(chart.series):
            look = space.series_styles[k % len(space.series_styles)]
            low, high = stack.ends[k][n]
            y = scale.at((low + high) / 2) - size * 0.25
            label = Label(
                series.labels[n],
                time.xs[n],
                y,
                space.look(color=look.text),
                "center",
                "value",
                series.facts[n] if series.facts else None,
            )
            if not look.pattern and _is_within(time, known, n):
                places = [
                    place for place in _inside(label, n, known) if _holds(stack.ends[k], time, scale, label, place)
                ]
                obstacles.write_first_free(scene, label, places)


def _is_within(time: TimeAxis, known: Sequence[int], n: int) -> bool:
    """Return whether a period has a band beside it, not only a stick."""
    return any(len(run) > 1 and n in run for run in split_runs(known, time))


def _inside(label: Label, n: int, known: Sequence[int]) -> list[Point]:
    half = label.width / 2 + 3
    if n == known[-1]:
        return [(label.x - half, label.y)]
    return [(label.x + half, label.y)] if n == known[0] else [(label.x, label.y)]


def _holds(ends: Sequence[tuple[float, float]], time: TimeAxis, scale: Scale, label: Label, place: Point) -> bool:
    """Return whether a band holds a label at both of its ends."""
    half, size = label.width / 2, label.look.size
    for x in (place[0] - half, place[0] + half):
        n = max((n for n, at in enumerate(time.xs[:-1]) if at <= x), default=0)
        share = (x - time.xs[n]) / (time.xs[n + 1] - time.xs[n])
        low, high = (scale.at(a + (b - a) * share) for a, b in zip(ends[n], ends[n + 1], strict=True))
        if low > place[1] - 0.2 * size or high < place[1] + 0.7 * size:
            return False
    return True


def _beside(label: Label, y: float, obstacles: Obstacles) -> list[Point]:
    """Return places at that height: centred, or moved so that the label is inside the frame and off a steep edge."""
    left, _, right, _ = obstacles.frame
    half, away = label.width / 2, 4.0 if y > label.y else -4.0
    places = list[Point]()
    for dx in (0.0, -half, half):
        x = min(max(label.x + dx, left + half + 0.1), right - half - 0.1)
        places += [(x, y), (x, y + away)]
    return places
