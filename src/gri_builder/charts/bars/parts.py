"""Parts of stacks: their shapes, seams, and values inside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.charts.bars.values import fact_of, make_bar
from gri_builder.charts.scene import Box, Label, Scale, Scene, Shape, line, rectangle
from gri_builder.charts.series_styles import text_on
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE, Color
from gri_builder.model.figures.chart import Axis, Chart

SEAM_WIDTH = 0.9
NAMES_FROM = 250.0
"""Width from which parts have their names beside the last stack."""
PADDING = 1.2
"""Space between a label inside a part and its edges."""


class Part(Struct, frozen=True):
    """A part of a stack."""

    shape: Shape
    box: Box
    series: int
    text: str
    fact: str | None
    color: Color
    """Of text on it."""


def scale_chart(chart: Chart) -> Chart:
    """Return a chart of shares with values in per cents of each stack, for its scale; others as they are."""
    if chart.kind != "share":
        return chart
    sums = [_sum_of(chart, n) for n in range(len(chart.categories))]
    rows = tuple(
        replace(
            series,
            values=tuple(
                None if value is None else (value / whole * 100 if whole else 0.0)
                for value, whole in zip(series.values, sums, strict=True)
            ),
        )
        for series in chart.series
    )
    axis = chart.axis if chart.axis and chart.axis.high == 100 and chart.axis.low >= 0 else Axis(0.0, 100.0, ())
    return replace(chart, series=rows, axis=axis)


def stack_parts(
    chart: Chart,
    space: ChartSpace,
    scene: Scene,
    n: int,
    across: tuple[float, float],
    zero: float,
    unit: float,
    is_flat: bool,
) -> list[Part]:
    """Return the parts of a stack in their order; `across` is its start and thickness on the other axis.

    Positive values go up, or right, from zero; negative ones down, or left. Values of shares are no per cents yet.
    """
    if chart.kind == "share":
        unit *= 100 / (_sum_of(chart, n) or 1.0)
    number = _find_scale(scene, unit)
    ends = {True: zero, False: zero}
    parts = []
    for k, series in enumerate(chart.series):
        value = series.values[n]
        if value is None:
            continue
        start, length = ends[value >= 0], value * unit
        ends[value >= 0] += length
        start_x, size = across
        contour = rectangle(start, start_x, length, size) if is_flat else rectangle(start_x, start, size, length)
        shape = make_bar(chart, space, (k, n), contour, "width" if is_flat else "height", number)
        parts.append(
            Part(
                shape,
                shape.box,
                k,
                series.labels[n],
                fact_of(series, n),
                text_on(shape.fill or WHITE, space.style.text),
            )
        )
    return parts


def _sum_of(chart: Chart, n: int) -> float:
    """Return the sum of a stack's parts, without their signs."""
    return sum(abs(series.values[n] or 0.0) for series in chart.series)


def _find_scale(scene: Scene, unit: float) -> int:
    """Return the number of the scale of that unit; stacks of 100 % have each their own."""
    found = (number for number, scale in enumerate(scene.scales) if scale == Scale(0.0, unit))
    number = next(found, None)
    return scene.add_scale(Scale(0.0, unit)) if number is None else number


def draw_seams(scene: Scene, parts: Sequence[Part], is_flat: bool) -> None:
    """Draw white lines between neighbouring parts, thinner where a part is thin."""
    for one, other in pairwise(parts):
        thin = min(_thickness(one, is_flat), _thickness(other, is_flat))
        left, bottom, right, top = other.box
        is_below = other.shape.data[0].value < 0
        at = (right if is_below else left) if is_flat else (top if is_below else bottom)
        points = [(at, bottom), (at, top)] if is_flat else [(left, at), (right, at)]
        width = min(SEAM_WIDTH, thin / 3)
        if width > 0.1:
            scene.add(Shape((line(points),), stroke=WHITE, width=width))


def _thickness(part: Part, is_flat: bool) -> float:
    left, bottom, right, top = part.box
    return right - left if is_flat else top - bottom


def write_inside(scene: Scene, space: ChartSpace, part: Part) -> bool:
    """Write the value of a part inside it, on a plain ground if the part has a pattern; return whether it fits."""
    left, bottom, right, top = part.box
    size = space.style.chart.size
    text_width = space.text_width(part.text)
    if right - left < text_width + 4 or top - bottom < 0.91 * size + 2 * PADDING:
        return False
    middle, y = (left + right) / 2, (bottom + top) / 2 - 0.25 * size
    label = Label(part.text, middle, y, space.look(color=part.color), "center", "value", part.fact)
    if part.shape.pattern and part.shape.fill:
        low, high = label.box[1] - 0.8, label.box[3] + 0.8
        ground = rectangle(label.box[0] - 1.6, low, text_width + 3.2, high - low)
        scene.add(Shape((ground,), fill=part.shape.fill))
    scene.write(label)
    return True
