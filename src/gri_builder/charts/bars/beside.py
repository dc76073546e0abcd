"""Names and bars beside each other: the columns of lying bars."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.charts.bars.names import wrap_name
from gri_builder.charts.bars.values import Extent, find_extent
from gri_builder.charts.scene import Label, Scene
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

NAMES = 0.36
"""Largest share of the width that names take."""
LEAST_BARS = 90.0
"""Width that bars and their labels need; with less, names are above their bars."""


class Columns(Struct, frozen=True):
    """The columns of a chart of lying bars; the same for all its parts on several pages."""

    names: float
    """Width of the names; 0 if they are above the bars."""
    zero: float
    """Position of the zero line."""
    unit: float
    """Points per unit of value."""
    extent: Extent
    left: float
    right: float
    """Ends of the plot, without labels of values."""


def make_columns(chart: Chart, space: ChartSpace, has_grid: bool, is_stack: bool = False) -> Columns:
    """Return the columns of a chart: names at the left, values at the ends of bars."""
    extent = find_extent(chart, has_grid, is_stack)
    names = min(space.widest(chart.categories, bold=bool(chart.highlighted)), max(40.0, space.width * NAMES))
    if space.width - names < LEAST_BARS + 20:
        names = 0.0
    texts = chart.totals if is_stack else [text for series in chart.series for text in series.labels]
    labels = space.widest(texts, bold=True) + 6 if texts else 6.0
    if has_grid and chart.axis and chart.axis.ticks:
        labels = max(labels, space.text_width(chart.axis.ticks[-1].text) / 2)
    left = names + (7.0 if names else 1.0)
    before = labels if extent.low < 0 else 0.0
    values = [value for series in chart.series for value in series.values]
    after = labels if is_stack or any(value is None or value >= 0 for value in values) else 2.0
    room = max(10.0, space.width - left - before - after)
    unit = room / extent.span
    zero = left + before - extent.low * unit
    return Columns(names, zero, unit, extent, zero + extent.low * unit, zero + extent.high * unit)


def name_rows(chart: Chart, space: ChartSpace, columns: Columns) -> list[tuple[str, ...]]:
    """Return the lines of each category's name."""
    width = columns.names or space.width
    return [wrap_name(space, name, width + 0.1, 2, n in chart.highlighted) for n, name in enumerate(chart.categories)]


def write_name(
    scene: Scene, space: ChartSpace, columns: Columns, lines: tuple[str, ...], middle: float, is_bold: bool
) -> None:
    """Write a name, on one line or two, right-aligned beside its bars at that height, or above them from the left."""
    leading = space.style.chart.leading
    y = middle + (len(lines) - 1) * leading / 2 - 0.25 * space.style.chart.size
    for line in lines:
        look = space.look(strong=True, bold=is_bold)
        x = columns.names if columns.names else 0.0
        scene.write(Label(line, x, y, look, "right" if columns.names else "left"))
        y -= leading
