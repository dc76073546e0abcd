"""The values of bars: their extent, their ticks, how they are coloured, and what is printed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gri_builder.charts.scene import Contour, Datum, Measure, Shape
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import Color
from gri_builder.model.figures.chart import Chart, ChartSeries, Tick

HAIRLINE, ZERO_WIDTH = 0.6, 1.5
"""Bars shorter than the first are drawn as a line of the second width."""


class Extent(Struct, frozen=True):
    """The lowest and highest value that a plot shows; zero is among them."""

    low: float
    high: float

    @property
    def span(self) -> float:
        """Their distance; 1 where all values are zero."""
        return (self.high - self.low) or 1.0


def known_values(chart: Chart) -> Iterator[float]:
    """Yield the values of all series, and those of the lines beside them."""
    for series in chart.series:
        yield from (value for value in series.values if value is not None)
    yield from (line.value for line in chart.lines)


def stack_sums(chart: Chart) -> Iterator[float]:
    """Yield the sums of positive and of negative values of each stack."""
    for n in range(len(chart.categories)):
        column = [series.values[n] or 0.0 for series in chart.series]
        yield sum(value for value in column if value > 0)
        yield sum(value for value in column if value < 0)
    yield from (line.value for line in chart.lines)


def find_extent(chart: Chart, has_grid: bool, is_stack: bool = False) -> Extent:
    """Return the extent of a chart's values, up to the ticks of its axis where it has a grid."""
    values = [0.0, *(stack_sums(chart) if is_stack else known_values(chart))]
    if has_grid and chart.axis and not chart.axis.broken:
        values += [chart.axis.low, chart.axis.high]
    return Extent(min(values), max(values))


def find_ticks(chart: Chart, has_grid: bool) -> tuple[Tick, ...]:
    """Return the ticks of the grid; none without one."""
    return chart.axis.ticks if has_grid and chart.axis and not chart.axis.broken else ()


def fact_of(series: ChartSeries, n: int) -> str | None:
    """Return the key of a value's fact."""
    return series.facts[n] if n < len(series.facts) else None


def is_printed(chart: Chart, n: int) -> bool:
    """Return whether the values of a category are to be printed."""
    return chart.labelled == "all" or (chart.labelled == "ends" and n in (0, len(chart.categories) - 1))


def color_of(chart: Chart, space: ChartSpace, k: int, n: int) -> Color:
    """Return the colour of a value's bar: muted if other categories are highlighted."""
    look = space.series_styles[k]
    return look.muted if chart.highlighted and n not in chart.highlighted else look.color


def make_bar(
    chart: Chart, space: ChartSpace, place: tuple[int, int], contour: Contour, measure: Measure, scale: int
) -> Shape:
    """Return the bar of a value, by the numbers of its series and category; a line where it is too short to see."""
    k, n = place
    series = chart.series[k]
    value = series.values[n] or 0.0
    color = color_of(chart, space, k, n)
    data = (Datum(value, fact_of(series, n)),)
    (left, bottom), (right, top) = contour.points[0], contour.points[2]
    is_thin = abs(top - bottom if measure == "height" else right - left) < HAIRLINE
    stroke = color if is_thin else None
    pattern = None if is_thin else space.series_styles[k].pattern
    width = ZERO_WIDTH if is_thin else 0.7
    return Shape((contour,), color, stroke, width, (), False, pattern, "data", data, measure, scale)
