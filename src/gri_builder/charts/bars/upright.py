"""The plot of upright bars and stacks: its frame, scale, categories, grid and reference lines."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.charts.bars.lines import draw_grid, draw_reference, draw_zero, write_tick
from gri_builder.charts.bars.names import is_whole, wrap_name
from gri_builder.charts.bars.slots import Slots, place_slots
from gri_builder.charts.bars.spreading import spread
from gri_builder.charts.bars.values import find_extent, find_ticks
from gri_builder.charts.legend import draw_legend, draw_line_keys, legend_height, line_keys_height
from gri_builder.charts.scene import Box, Label, Scale, Scene, Shape, line, overlap
from gri_builder.charts.space import ChartSpace, choose_step
from gri_builder.model.color import WHITE
from gri_builder.model.figures.chart import Chart

NAME_GAP = 4.0
BASE = 4.0
"""Space between the frame's lower edge and the last baseline of the categories."""
SIDE_LABELS = 250.0
"""Width from which names and reference lines are labelled at the right end."""


class Upright(Struct):
    """A plot with its scene."""

    chart: Chart
    space: ChartSpace
    scene: Scene
    slots: Slots
    left: float
    right: float
    """Right end of the plot; labels of lines and parts are beyond it."""
    bottom: float
    """Lower end of the plot, above the categories."""
    top: float
    zero: float
    """Height of the zero line."""
    unit: float
    """Points per unit of value."""
    names: tuple[tuple[str, ...], ...]
    """Lines of the label of each category; none where it is left out."""
    legend: Sequence[str]
    taken: list[Box]
    """Bars that labels must not cover."""
    has_grid: bool

    def is_free(self, box: Box) -> bool:
        """Return whether a label there is inside the frame and covers no bar or label."""
        if box[0] < -0.3 or box[2] > self.scene.width + 0.3 or box[1] < self.bottom - 10.5 or box[3] > self.top + 10:
            return False
        others = (*self.taken, *(label.box for label in self.scene.labels))
        return not any(overlap(box, other, 0.4) for other in others)


def plot_height(width: float) -> float:
    """Return the height of a plot of that width."""
    return min(180.0, max(100.0, width * 0.33))


def name_categories(chart: Chart, space: ChartSpace, slots: Slots) -> tuple[tuple[str, ...], ...] | None:
    """Return the lines of each category's label: periods leave some out; None if names have no space."""
    if chart.places:
        pitch = slots.width
        step = choose_step(pitch, space.widest(chart.categories) + NAME_GAP)
        last = len(chart.categories) - 1
        if space.widest(chart.categories) > space.width / 2:
            return None
        return tuple((name,) if (last - n) % step == 0 else () for n, name in enumerate(chart.categories))
    lines = [wrap_name(space, name, slots.width - NAME_GAP, 2, bold=True) for name in chart.categories]
    return tuple(lines) if all(map(is_whole, chart.categories, lines)) else None


def open_plot(
    chart: Chart,
    space: ChartSpace,
    legend: Sequence[str],
    has_grid: bool,
    bars: int = 1,
    is_stack: bool = False,
    beside: float = 0.0,
) -> Upright | None:
    """Return an empty plot; None if its categories have no space. `beside` is reserved for names at the right."""
    if chart.axis and find_extent(chart, False, is_stack).high > chart.axis.high * 1.001:
        has_grid = False
    extent, ticks = find_extent(chart, has_grid, is_stack), find_ticks(chart, has_grid)
    left = space.widest(tick.text for tick in ticks) + 5 if ticks else 0.0
    lines = 0.0
    if chart.lines and space.width >= SIDE_LABELS:
        lines = min(space.widest(one.label for one in chart.lines), 0.24 * space.width) + 6
    right = space.width - max(lines, beside)
    slots = place_slots(chart, space, left, right, bars)
    names = name_categories(chart, space, slots)
    if names is None:
        return None
    rows = max(map(len, names), default=1)
    above = legend_height(space, legend, is_down=is_stack) + (0.0 if lines else line_keys_height(space, chart.lines))
    low_labels = 11.0 if extent.low < 0 else 0.0
    bottom = BASE + space.style.chart.size + 2 + (rows - 1) * space.style.chart.leading + low_labels
    height = plot_height(space.width) * space.stretch if any((extent.low, extent.high)) else 24.0
    scene = Scene(space.width, above + bottom + height + 12)
    unit, top = height / extent.span, bottom + height
    draw_legend(scene, space, legend, scene.height, is_down=is_stack)
    if not lines:
        draw_line_keys(scene, space, chart.lines, scene.height - legend_height(space, legend, is_down=is_stack))
    end = min(right, slots.right)
    zero = bottom - extent.low * unit
    taken = [(x - 4.5, zero - 4.0, x + 4.5, zero + 4.0) for x in slots.gaps]
    return Upright(chart, space, scene, slots, left, end, bottom, top, zero, unit, names, legend, taken, has_grid)


def write_category(plot: Upright, n: int) -> None:
    """Write the label of a category below the frame."""
    chart, space = plot.chart, plot.space
    is_bold = n in chart.highlighted
    low = 11.0 if plot.zero > plot.bottom + 0.01 else 0.0
    y = plot.bottom - low - space.style.chart.size - 1
    middle = plot.slots.middles[n]
    for text in plot.names[n]:
        half = space.text_width(text, is_bold) / 2
        x = min(max(middle, half), plot.scene.width - half)
        plot.scene.write(Label(text, x, y, space.look(strong=True, bold=is_bold), "center"))
        y -= space.style.chart.leading


def close_plot(plot: Upright) -> Scene:
    """Draw ticks, grid, zero line, gaps of time and reference lines around the labels that are written."""
    scene, space, chart = plot.scene, plot.space, plot.chart
    ticks = find_ticks(chart, plot.has_grid)
    heights = [plot.zero + tick.value * plot.unit for tick in ticks]
    for tick, y in zip(ticks, heights, strict=True):
        write_tick(scene, space, tick.text, plot.left - 5, y - 0.25 * space.style.chart.size, True)
    _label_lines(plot)
    scale = scene.add_scale(Scale(plot.zero, plot.unit)) if chart.lines else 0
    for shown in chart.lines:
        draw_reference(scene, space, shown, scale, (plot.left, plot.right), True)
    others = [y for y in heights if abs(y - plot.zero) > 0.5]
    draw_grid(scene, space, others, plot.left, plot.right, True, 0)
    draw_zero(scene, space, plot.zero, plot.left, plot.right, True)
    for x in plot.slots.gaps:
        _draw_gap(plot, x)
    return scene


def _draw_gap(plot: Upright, x: float) -> None:
    """Draw two slanted lines through the base line: periods are left out there."""
    color, y = plot.space.style.muted, plot.zero
    plot.scene.add(Shape((line([(x - 1.3, y - 2.4), (x + 1.3, y + 2.4)]),), stroke=WHITE, width=5.0))
    for shift in (-2.2, 2.2):
        stroke = line([(x + shift - 1.3, y - 2.6), (x + shift + 1.3, y + 2.6)])
        plot.scene.add(Shape((stroke,), stroke=color, width=0.8, role="axis"))


def _label_lines(plot: Upright) -> None:
    """Write the labels of reference lines at their right ends, apart from each other."""
    space, lines = plot.space, sorted(plot.chart.lines, key=lambda one: one.value)
    if not lines or space.width < SIDE_LABELS:
        return
    x, leading = plot.right + 4, space.style.chart.leading
    texts = [wrap_name(space, one.label, space.width - x, 3) for one in lines]
    sizes = [len(text) * leading + 2 for text in texts]
    wanted = [plot.zero + one.value * plot.unit for one in lines]
    middles = spread(wanted, sizes, 0.0, plot.top + 12) or []
    for text, middle in zip(texts, middles, strict=False):
        y = middle + (len(text) - 1) * leading / 2 - 0.25 * space.style.chart.size
        for row in text:
            plot.scene.write(Label(row, x, y, space.look(strong=True), role="note"))
            y -= leading
