"""Upright bars, side by side in each category."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.charts.bars.upright import Upright, close_plot, open_plot, write_category
from gri_builder.charts.bars.values import fact_of, is_printed, make_bar
from gri_builder.charts.kinds.lying import arrange_series, draw_lying
from gri_builder.charts.scene import Label, Scale, Scene, Shape, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

PLOT_HEIGHT, AXIS = 132.0, 16.0
"""Normal height of a plot, and of the labels of categories below it."""
SEAM = 0.5
"""Space on each side of a bar."""
ABOVE, BELOW = 3.2, 3.0
"""Space between the end of a bar and its label."""
VALUE_GAP = 2.0
"""Least space between the values of neighbouring bars of many periods."""
FEW = 6
"""Periods that lie down, rather than show a part of their values only."""
LONG = 24
"""Bars that do not lie down."""


def draw_bars(chart: Chart, space: ChartSpace) -> Scene:
    """Draw an upright bar for each value from the zero line; lying bars if the labels have no space.

    Many periods show the first and last value and a grid instead.
    """
    is_long = len(chart.categories) > FEW or len(chart.categories) * len(chart.series) > LONG
    if arrange_series(chart) is not chart or _is_alone(chart):
        return draw_lying(chart, space)
    is_crowded = is_long and bool(chart.places) and _is_crowded(chart, space)
    if chart.labelled == "all" and not is_crowded and (drawn := _draw(chart, space, False)) and drawn[1]:
        return drawn[0]
    if (chart.labelled != "all" or (chart.places and is_long)) and (drawn := _draw(chart, space, True)):
        return drawn[0]
    return draw_lying(chart, space)


def _is_alone(chart: Chart) -> bool:
    """Return whether a chart has one bar only, which compares nothing: lying, it takes a line instead of a plot."""
    return len(chart.series) == len(chart.categories) == 1 and not chart.lines


def _is_crowded(chart: Chart, space: ChartSpace) -> bool:
    """Return whether values are wider than their bars' places: a row of them is read as one number."""
    count = len(chart.categories) * len(chart.series)
    widest = space.widest(text for series in chart.series for text in series.labels)
    return widest + VALUE_GAP > space.width / max(1, count)


def _draw(chart: Chart, space: ChartSpace, has_grid: bool) -> tuple[Scene, bool] | None:
    """Return the scene, and whether all values are printed; None if bars or categories have no space."""
    count = len(chart.series)
    plot = open_plot(chart, space, [one.name for one in chart.series] if count > 1 else [], has_grid, count)
    if plot is None or plot.slots.bars(count) < 3.0:
        return None
    scale = plot.scene.add_scale(Scale(0.0, plot.unit))
    bars = {(k, n): _make(plot, k, n, scale) for n in range(len(chart.categories)) for k in range(count)}
    plot.scene.add(*(bar for bar in bars.values() if bar))
    plot.taken.extend(bar.box for bar in bars.values() if bar)
    chosen = [place for place in bars if bars[place] and is_printed(chart, place[1])]
    if has_grid and chart.labelled == "all":
        chosen = [place for place in chosen if place[1] in (0, len(chart.categories) - 1)]
    if has_grid:
        plot.taken.extend((0.0, y - 0.2, plot.right, y + 0.2) for y in [plot.zero])
    free = {
        place: label for place in _by_weight(plot, chosen) if (label := _label(plot, *place)) and _take(plot, label)
    }
    written = len(free)
    plot.scene.labels[:] = plot.scene.labels[: len(plot.scene.labels) - written]
    for n in range(len(chart.categories)):
        write_category(plot, n)
        for k in range(count):
            if (k, n) in free:
                plot.scene.write(free[k, n])
            elif bars[k, n] is None:
                _write_missing(plot, k, n)
    return close_plot(plot), len(free) == len(chosen)


def _by_weight(plot: Upright, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places of values, those that matter most first: of the last category, the first one, the others."""
    last = len(plot.chart.categories) - 1
    return iter(sorted(places, key=lambda place: (place[1] != last, place[1] != 0, place[1], place[0])))


def _take(plot: Upright, label: Label) -> bool:
    """Write a label if it covers nothing."""
    if not plot.is_free(label.box):
        return False
    plot.scene.write(label)
    return True


def _middle(plot: Upright, k: int, n: int) -> float:
    count = len(plot.chart.series)
    return plot.slots.middles[n] + (k + 0.5 - count / 2) * plot.slots.bars(count)


def _make(plot: Upright, k: int, n: int, scale: int) -> Shape | None:
    """Return the bar of a value; None if it is missing."""
    value = plot.chart.series[k].values[n]
    if value is None:
        return None
    width = plot.slots.bars(len(plot.chart.series))
    left = _middle(plot, k, n) - width / 2 + SEAM
    contour = rectangle(left, plot.zero, width - 2 * SEAM, value * plot.unit)
    return make_bar(plot.chart, plot.space, (k, n), contour, "height", scale)


def _label(plot: Upright, k: int, n: int) -> Label:
    """Return the label of a value at the end of its bar."""
    chart, space, series = plot.chart, plot.space, plot.chart.series[k]
    value = series.values[n] or 0.0
    size = space.style.chart.size
    y = plot.zero + value * plot.unit + (ABOVE if value >= 0 else -BELOW - 0.7 * size)
    is_strong = series.highlighted or n in chart.highlighted
    look = space.look(strong=is_strong, bold=is_strong)
    text = series.labels[n]
    half = look.face.width(text) * look.size / 2
    x = min(max(_middle(plot, k, n), half), plot.scene.width - half)
    return Label(text, x, y, look, "center", "value", fact_of(series, n))


def _write_missing(plot: Upright, k: int, n: int) -> None:
    """Write the mark of a missing value above the zero line, where it has space."""
    text = plot.chart.series[k].labels[n] or "–"
    label = Label(text, _middle(plot, k, n), plot.zero + ABOVE, plot.space.look(), "center", "value")
    if plot.is_free(label.box):
        plot.scene.write(label)
