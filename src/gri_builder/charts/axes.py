"""The axis of values: a zero line, labelled ticks with a light grid, and a drawn break where it starts above zero."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from gri_builder.charts.scene import Box, Contour, Label, Scale, Scene, Shape, line, rule
from gri_builder.charts.space import ChartSpace, choose_step
from gri_builder.model.color import WHITE, mix
from gri_builder.model.figures.chart import Axis, Chart

ZERO_WIDTH = 0.9
GRID_WIDTH = 0.4
FOOT = 13.0
"""Height of the break at the foot of an axis."""
ZIGZAG = 2.6
TICK_GAP = 5.0
"""Space between a tick's label and the plot."""
CLEARANCE = 1.5
"""Space between a label and the ends of a grid line that is interrupted for it."""


def fit_axis(chart: Chart, values: Sequence[float], from_zero: bool = False) -> Axis:
    """Return the axis of a chart, extended to hold all values and reference lines; from zero if it must not be broken.

    A broken axis that has to hold a value below its start is drawn from zero.
    """
    axis = chart.axis or Axis(0.0, 0.0, ())
    shown = [*values, *(line.value for line in chart.lines)]
    low, high = min([axis.low, *shown]), max([axis.high, *shown])
    is_broken = axis.broken and not from_zero and low > 0
    if not is_broken:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1.0
    return replace(axis, low=low, high=high, broken=is_broken)


def is_all_zero(chart: Chart) -> bool:
    """Return whether a chart shows nothing but zeros: its plot needs no height."""
    values = [*(value for series in chart.series for value in series.values), *(line.value for line in chart.lines)]
    return not any(values)


def make_scale(axis: Axis, bottom: float, top: float) -> Scale:
    """Return the scale of an axis between two heights; that of a broken one starts above its foot."""
    foot = FOOT if axis.broken else 0.0
    unit = (top - bottom - foot) / (axis.high - axis.low)
    base = axis.low if axis.broken else 0.0
    return Scale(bottom + foot + (base - axis.low) * unit, unit, base, axis.broken)


def tick_space(space: ChartSpace, axis: Axis) -> float:
    """Return the width of the ticks' labels, with the space beside them."""
    return space.widest(tick.text for tick in axis.ticks) + TICK_GAP if axis.ticks else 0.0


def write_ticks(scene: Scene, space: ChartSpace, axis: Axis, scale: Scale, right: float) -> list[float]:
    """Write the labels of ticks to the left of the plot, as many as have space; return their heights."""
    size = space.style.chart.size
    shown = [tick for tick in axis.ticks if axis.low - 1e-9 <= tick.value <= axis.high + 1e-9]
    pitch = min((abs(b.value - a.value) * scale.unit for a, b in pairwise(shown)), default=1e6)
    step = choose_step(pitch, size * 1.25)
    zero = next((n for n, tick in enumerate(shown) if tick.value == 0), 0)
    heights = list[float]()
    for tick in shown[zero % step :: step]:
        y = scale.at(tick.value)
        scene.write(Label(tick.text, right - TICK_GAP, y - size * 0.25, space.look(), "right", "tick"))
        heights.append(y)
    return heights


def draw_grid(
    scene: Scene,
    space: ChartSpace,
    heights: Sequence[float],
    left: float,
    right: float,
    boxes: Sequence[Box] | None = None,
) -> None:
    """Draw light lines at heights below everything else, interrupted where a label is.

    `boxes` are those of the labels, if they are known.
    """
    boxes = [label.box for label in scene.labels] if boxes is None else boxes
    contours = [contour for y in heights for contour in _interrupt(y, left, right, boxes)]
    if contours:
        color = mix(space.style.border, WHITE, 0.35)
        scene.shapes.insert(0, Shape(tuple(contours), stroke=color, width=GRID_WIDTH, role="axis"))


def _interrupt(y: float, left: float, right: float, boxes: Sequence[Box]) -> list[Contour]:
    """Return the pieces of a horizontal line between the boxes that it would run through."""
    holes = sorted(
        (box[0] - CLEARANCE, box[2] + CLEARANCE)
        for box in boxes
        if box[1] - GRID_WIDTH < y < box[3] + GRID_WIDTH and box[2] > left and box[0] < right
    )
    pieces, x = list[Contour](), left
    for start, end in [*holes, (right, right)]:
        if start - x > 1:
            pieces.append(line([(x, y), (min(start, right), y)]))
        x = max(x, end)
    return pieces


def draw_base(scene: Scene, space: ChartSpace, axis: Axis, scale: Scale, left: float, right: float) -> list[float]:
    """Draw the zero line, or the foot of a broken axis with its break; return the heights of its lines."""
    if not axis.broken:
        zero = scale.at(0.0)
        scene.add(rule([(left, zero), (right, zero)], mix(space.style.border, space.style.muted, 0.55), ZERO_WIDTH))
        return [zero]
    foot = scale.origin - FOOT
    scene.add(rule([(left, foot), (right, foot)], space.style.border))
    top = scale.at(axis.high)
    scene.add(rule(trace_break(left, foot, top), space.style.muted, 0.8))
    return [foot]


def trace_break(x: float, foot: float, top: float) -> list[tuple[float, float]]:
    """Return the points of a vertical axis with a zigzag above its foot."""
    y, step = foot + 2.5, (FOOT - 5) / 4
    return [(x, foot), (x, y), (x - ZIGZAG, y + step), (x + ZIGZAG, y + 3 * step), (x, y + 4 * step), (x, top)]
