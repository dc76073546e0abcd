"""Upright stacks of parts, and stacks of 100 %: values inside or beside, names beside the last stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gri_builder.charts.bars.names import is_whole, wrap_name
from gri_builder.charts.bars.parts import NAMES_FROM, Part, draw_seams, scale_chart, stack_parts, write_inside
from gri_builder.charts.bars.spreading import spread
from gri_builder.charts.bars.upright import Upright, close_plot, open_plot, plot_height, write_category
from gri_builder.charts.bars.values import ZERO_WIDTH, is_printed
from gri_builder.charts.kinds.lying_stacks import draw_lying_stacks
from gri_builder.charts.scene import Label, Scene, Shape, line
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

MAX_STACK = 74.0
STACK = 0.62
"""Share of a slot that a stack takes, if labels beside it need less."""
LEADER = 9.0
"""Length of the line from a part to its label beside it."""
NAMES_WIDTH = 0.27
"""Largest share of the width that names of parts take."""


def draw_stacks(chart: Chart, space: ChartSpace) -> Scene:
    """Draw an upright stack for each category; lying stacks if the categories have no space.

    Where not all values are printed, a grid lets readers measure them.
    """
    for has_grid in (False, True) if chart.labelled == "all" else (True,):
        drawn = _draw(chart, space, has_grid)
        if drawn and (drawn[1] or has_grid):
            return drawn[0]
    return draw_lying_stacks(chart, space)


def _draw(chart: Chart, space: ChartSpace, has_grid: bool) -> tuple[Scene, bool] | None:
    """Return the scene, and whether all values are printed; None if the categories have no space."""
    names = _names_beside(chart, space)
    beside = max((space.widest(lines) for lines in names), default=-LEADER - 4) + LEADER + 4
    values = space.widest(series.labels[-1] for series in chart.series) + 5 if names else 0.0
    beside += values
    legend = [] if names or len(chart.series) < 2 else [series.name for series in chart.series]
    shown = scale_chart(chart)
    plot = open_plot(shown, space, legend, has_grid, 1, True, beside)
    if plot is None or plot.slots.width < 7.0:
        return None
    width = _stack_width(shown, space, plot)
    parts = [_place_parts(plot, chart, n, width) for n in range(len(chart.categories))]
    plot.taken.extend(part.box for column in parts for part in column)
    all_written = True
    for n, column in enumerate(parts):
        write_category(plot, n)
        is_last = bool(names) and n == len(parts) - 1
        heights = _spread_names(plot, column, names) if is_last else {}
        all_written = _write_values(plot, n, column, heights) and all_written
        if is_last:
            _write_names(plot, column, names, heights)
    return close_plot(plot), all_written


def _place_parts(plot: Upright, chart: Chart, n: int, width: float) -> list[Part]:
    """Add the parts of a stack to the scene, with white seams between them."""
    left = plot.slots.middles[n] - width / 2
    parts = stack_parts(chart, plot.space, plot.scene, n, (left, width), plot.zero, plot.unit, is_flat=False)
    plot.scene.add(*(part.shape for part in parts))
    draw_seams(plot.scene, parts, is_flat=False)
    return parts


def _stack_width(chart: Chart, space: ChartSpace, plot: Upright) -> float:
    """Return the width of a stack: narrower where thin parts have their labels beside them."""
    widest = space.widest(text for series in chart.series for text in series.labels)
    normal = min(MAX_STACK, plot.slots.width * STACK)
    has_thin = any(
        value is not None and abs(value * plot.unit) < space.style.chart.size + 3
        for series in chart.series
        for value in series.values
    )
    narrow = min(normal, plot.slots.width - widest - LEADER - 6)
    return narrow if has_thin and chart.labelled == "all" and narrow >= widest + 5 else normal


def _write_values(plot: Upright, n: int, parts: Sequence[Part], heights: Mapping[int, float]) -> bool:
    """Write the values inside the parts of a stack or beside them, and its total; return whether all are written.

    Beside the last stack, values are at the heights of the names of their parts.
    """
    chart = plot.chart
    if not is_printed(chart, n):
        _write_total(plot, n, parts)
        return False
    if n < len(chart.totals) and parts and not heights and not any(part.shape.data[0].value for part in parts):
        _write_total(plot, n, parts)  # a total of 0 says that all its parts are 0
        return True
    beside = [part for part in parts if not write_inside(plot.scene, plot.space, part)]
    written = _write_beside(plot, [part for part in beside if part.text], heights)
    _write_total(plot, n, parts)
    return written


def _write_beside(plot: Upright, parts: Sequence[Part], heights: Mapping[int, float]) -> bool:
    """Write the values of thin parts beside them, in the order of the stack, each with a line from its part."""
    if not parts:
        return True
    space, ordered = plot.space, sorted(parts, key=lambda part: (part.box[1] + part.box[3]) / 2)
    height = space.style.chart.size + 0.6
    middles = [(part.box[1] + part.box[3]) / 2 for part in ordered]
    places = spread(middles, [height] * len(ordered), plot.bottom - 2, plot.top + 8)
    if heights:
        places = [heights[part.series] for part in ordered]
    if places is None:
        return False
    x = ordered[0].box[2] + LEADER + 2
    labels = [
        Label(part.text, x, y - 0.25 * space.style.chart.size, space.look(), "left", "value", part.fact)
        for part, y in zip(ordered, places, strict=True)
    ]
    if not all(
        plot.is_free(label.box) and label.box[2] <= (plot.right if plot.chart.lines else plot.scene.width)
        for label in labels
    ):
        return False
    for label, y, middle in zip(labels, places, middles, strict=True):
        _lead(plot, ordered[0].box[2], x - 1.5, middle, y)
        plot.scene.write(label)
    return True


def _lead(plot: Upright, left: float, right: float, start: float, end: float) -> None:
    """Draw a thin line from a part to its label, slanted beside the stack and level where other labels may be."""
    first, second = left + LEADER * 0.3, left + LEADER * 0.8
    points = [(left, start), (first, start), (second, end), (right, end)]
    plot.scene.add(Shape((line(points),), stroke=plot.space.style.muted, width=0.45, role="axis"))
    plot.taken.append((left, min(start, end) - 0.3, second, max(start, end) + 0.3))


def _write_total(plot: Upright, n: int, parts: Sequence[Part]) -> None:
    """Write the total above a stack."""
    if n >= len(plot.chart.totals):
        return
    top = max((part.box[3] for part in parts), default=plot.zero)
    look = plot.space.look(strong=True, bold=True)
    text = plot.chart.totals[n]
    half = look.face.width(text) * look.size / 2
    x = min(max(plot.slots.middles[n], half), plot.scene.width - half)
    top += ZERO_WIDTH / 2 if any(part.box[3] == top and part.shape.stroke for part in parts) else 0.0
    leaders = [box[3] for box in plot.taken if box[0] >= plot.slots.middles[n] and box[2] <= x + half + LEADER]
    for y in (top + 3.2, max([top, *leaders]) + 3.2, plot.top + 4.0):
        label = Label(text, x, y, look, "center", "value")
        if plot.is_free(label.box):
            plot.scene.write(label)
            return


def _names_beside(chart: Chart, space: ChartSpace) -> list[tuple[str, ...]]:
    """Return the lines of the names of parts beside the last stack; nothing if they have no space there."""
    has_gap = any(not series.values[-1] or series.values[-1] < 0 for series in chart.series)
    if len(chart.series) < 2 or has_gap or space.width < NAMES_FROM or chart.lines:
        return []
    names = [wrap_name(space, series.name, space.width * NAMES_WIDTH) for series in chart.series]
    if sum(len(lines) * space.style.chart.leading + 1 for lines in names) > plot_height(space.width):
        return []
    return names if all(is_whole(series.name, lines) for series, lines in zip(chart.series, names, strict=True)) else []


def _spread_names(plot: Upright, parts: Sequence[Part], names: Sequence[tuple[str, ...]]) -> dict[int, float]:
    """Return the height of the middle of each part's name, by the number of its series."""
    leading = plot.space.style.chart.leading
    middles = [(part.box[1] + part.box[3]) / 2 for part in parts]
    sizes = [len(names[part.series]) * leading + 1.0 for part in parts]
    places = spread(middles, sizes, plot.bottom - 2, plot.top + 10) or middles
    return {part.series: place for part, place in zip(parts, places, strict=True)}


def _write_names(
    plot: Upright, parts: Sequence[Part], names: Sequence[tuple[str, ...]], heights: Mapping[int, float]
) -> None:
    """Write the names of parts beside the last stack from its top, behind their values or a line from the part."""
    space, leading = plot.space, plot.space.style.chart.leading
    edge = max(part.box[2] for part in parts)
    beside = [label for label in plot.scene.labels if label.role == "value" and label.left > edge]
    x = max([edge + LEADER + 2, *(label.box[2] + 5 for label in beside)])
    for part in reversed(parts):
        place = heights[part.series]
        if not any(label.fact == part.fact and label.text == part.text for label in beside):
            _lead(plot, edge, x - 1.5, (part.box[1] + part.box[3]) / 2, place)
        y = place + (len(names[part.series]) - 1) * leading / 2 - 0.25 * space.style.chart.size
        for text in names[part.series]:
            plot.scene.write(Label(text, x, y, space.look(strong=True)))
            y -= leading
