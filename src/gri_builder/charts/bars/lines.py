"""Lines over bars: the grid, the zero line and reference lines, each left open where a label is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gri_builder.charts.scene import Box, Datum, Label, Scene, Shape, line
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE, Color
from gri_builder.model.figures.chart import ReferenceLine

CLEAR = 1.5
"""Space between a line and a label that interrupts it."""
GRID_WIDTH, ZERO_LINE_WIDTH, LINE_WIDTH = 0.4, 0.9, 0.9
DASH = (3.0, 2.0)


def cut_line(at: float, start: float, end: float, boxes: Iterable[Box], is_flat: bool) -> list[tuple[float, float]]:
    """Return the stretches of a horizontal (flat) or vertical line that no box covers."""
    across, along = (1, 0) if is_flat else (0, 1)
    taken = sorted(
        (box[along] - CLEAR, box[along + 2] + CLEAR)
        for box in boxes
        if box[across] - CLEAR < at < box[across + 2] + CLEAR
    )
    free, place = list[tuple[float, float]](), start
    for low, high in taken:
        if low > place:
            free.append((place, min(low, end)))
        place = max(place, high)
    if place < end:
        free.append((place, end))
    return [(low, high) for low, high in free if high - low > 0.5]


def make_line(
    at: float, stretches: Sequence[tuple[float, float]], is_flat: bool, color: Color, width: float
) -> Shape | None:
    """Return the stretches of an axis' line; None if nothing is left of it."""
    contours = tuple(line([(low, at), (high, at)] if is_flat else [(at, low), (at, high)]) for low, high in stretches)
    return Shape(contours, stroke=color, width=width, role="axis") if contours else None


def draw_grid(
    scene: Scene, space: ChartSpace, places: Iterable[float], start: float, end: float, is_flat: bool, behind: int
) -> None:
    """Draw light lines at the ticks, as the shape of that number from the back."""
    boxes = [label.box for label in scene.labels]
    for at in places:
        if grid := make_line(at, cut_line(at, start, end, boxes, is_flat), is_flat, space.style.border, GRID_WIDTH):
            scene.shapes.insert(behind, grid)


def draw_zero(scene: Scene, space: ChartSpace, at: float, start: float, end: float, is_flat: bool) -> None:
    """Draw the line from which all bars start, over them."""
    boxes = [label.box for label in scene.labels]
    stretches = cut_line(at, start, end, boxes, is_flat)
    if zero := make_line(at, stretches, is_flat, space.style.muted, ZERO_LINE_WIDTH):
        scene.add(zero)


def draw_reference(
    scene: Scene, space: ChartSpace, shown: ReferenceLine, scale: int, span: tuple[float, float], is_flat: bool
) -> None:
    """Draw a dashed line at a value over the bars, on a white one, so that it is seen on dark bars too."""
    at, boxes = scene.scales[scale].at(shown.value), [label.box for label in scene.labels]
    stretches = cut_line(at, span[0], span[1], boxes, is_flat)
    if not stretches:
        return
    contours = tuple(line([(low, at), (high, at)] if is_flat else [(at, low), (at, high)]) for low, high in stretches)
    scene.add(Shape(contours, stroke=WHITE, width=LINE_WIDTH + 1.2))
    scene.add(
        Shape(
            contours,
            stroke=space.style.text,
            width=LINE_WIDTH,
            dash=DASH,
            role="data",
            data=(Datum(shown.value),) * (2 * len(contours)),
            measure="y" if is_flat else "x",
            scale=scale,
        )
    )


def write_tick(scene: Scene, space: ChartSpace, text: str, x: float, y: float, is_flat: bool) -> None:
    """Write the value of a tick left of a horizontal line, or below a vertical one, where it has space."""
    scene.write_if_free(Label(text, x, y, space.look(), "right" if is_flat else "center", "tick"), 2.0)
