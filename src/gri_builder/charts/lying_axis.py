"""Scales of values from left to right, with ticks below, and space for the labels beside their shapes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.charts.scene import Label, Scale, Scene, Shape, line, rule
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE
from gri_builder.model.figures.chart import Axis, Chart

AXIS = 15.0
"""Height of the tick labels."""
STEPS = 30
Need = tuple[float, float]
"""A value, and the width that is needed beside its position."""


def fit_scale(
    left: float, right: float, low: float, high: float, before: Sequence[Need], after: Sequence[Need], broken: bool
) -> Scale:
    """Return the largest scale with space for the labels to the left and right of their values."""
    span, width = (high - low) or 1.0, right - left

    def pads(unit: float) -> tuple[float, float]:
        return (
            max((need - (value - low) * unit for value, need in before), default=0.0),
            max((need - (high - value) * unit for value, need in after), default=0.0),
        )

    few, many = 0.0, width / span
    for _ in range(STEPS):
        unit = (few + many) / 2
        needed = sum(max(0.0, pad) for pad in pads(unit)) + span * unit
        few, many = (unit, many) if needed <= width else (few, unit)
    unit = few if few * span > width * 0.12 else width * 0.12 / span
    origin = left + min(max(0.0, pads(unit)[0]), width - span * unit)
    return Scale(origin - low * unit, unit) if not broken else Scale(origin, unit, low, True)


def draw_axis_behind(scene: Scene, space: ChartSpace, axis: Axis, scale: Scale, top: float) -> None:
    """Draw an axis behind the shapes of a scene; its lines leave out what labels cover."""
    drawn = Scene(scene.width, scene.height)
    _draw_lying_axis(drawn, space, axis, scale, top)
    scene.shapes[:0] = [piece for shape in drawn.shapes for piece in cut(shape, scene.labels)]
    scene.labels.extend(drawn.labels)


def _draw_lying_axis(scene: Scene, space: ChartSpace, axis: Axis, scale: Scale, top: float) -> None:
    """Draw the ticks of an axis below its values: thin lines up to that height, a stronger one at zero."""
    last = -1.0
    for tick in axis.ticks:
        x, half = scale.at(tick.value), space.text_width(tick.text) / 2
        middle = min(max(x, half), space.width - half)
        color = space.style.muted if tick.value == 0 else space.style.border
        scene.add(rule([(x, AXIS - 3), (x, top)], color, 0.7 if tick.value == 0 else 0.4))
        if middle - half > last + 3:
            scene.write(Label(tick.text, middle, 3, space.look(), "center", "tick"))
            last = middle + half
    if axis.broken:
        _draw_break(scene, space, scale.at(axis.low))


def _draw_break(scene: Scene, space: ChartSpace, x: float) -> None:
    """Draw two slanted strokes at the start of a broken axis."""
    y = AXIS - 3
    scene.add(rule([(x - 2, y), (x + 12, y)], space.style.muted, 0.7))
    scene.add(rule([(x + 3, y), (x + 6, y)], WHITE, 1.6))
    for start in (x + 1.5, x + 4.5):
        scene.add(rule([(start, y - 3), (start + 3, y + 3)], space.style.muted, 0.7))


def cut(shape: Shape, labels: list[Label]) -> list[Shape]:
    """Return the parts of an upright line that no label covers; other shapes as they are."""
    (x, low), *others = shape.contours[0].points
    if len(others) != 1 or others[0][0] != x:
        return [shape]
    gaps = sorted(
        (box[1] - 1.5, box[3] + 1.5) for box in (label.box for label in labels) if box[0] - 2 < x < box[2] + 2
    )
    pieces = list[tuple[float, float]]()
    for start, end in gaps:
        if start > low:
            pieces.append((low, start))
        low = max(low, end)
    if low < others[0][1]:
        pieces.append((low, others[0][1]))
    return [replace(shape, contours=(line([(x, start), (x, end)]),)) for start, end in pieces]


def fit_heights(heights: list[float], space: float) -> list[float]:
    """Return the heights of rows, made smaller where they need more than the space."""
    share = min(1.0, space / (sum(heights) or 1.0))
    return [height * share for height in heights]


def span_axis(chart: Chart) -> Axis:
    """Return a scale from zero for a chart without one."""
    known = [value for series in chart.series for value in series.values if value is not None]
    return Axis(min([0.0, *known]), max([0.0, *known]) or 1.0, ())
