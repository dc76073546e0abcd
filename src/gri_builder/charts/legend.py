"""The legend of a chart: a line or more of names, each with the look of its shapes."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.charts.bars.names import wrap_name
from gri_builder.charts.scene import Label, Scene, Shape, line, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import ReferenceLine

ROW = 14.0
"""Height of a line of the legend."""
SWATCH = 7.0
GAP = 16.0
SAMPLE = 16.0
"""Length of the dashed line beside the label of a reference line."""


def legend_height(space: ChartSpace, names: Sequence[str], is_down: bool = False) -> float:
    """Return the height of the legend of those names."""
    entries = _set(space, names, is_down)
    return max((row + len(text) for _, text, _, row in entries), default=0) * ROW


def draw_legend(scene: Scene, space: ChartSpace, names: Sequence[str], top: float, is_down: bool = False) -> None:
    """Draw the legend below that height, in the order of the names; from the last to the first if it is `down`.

    Upright stacks read from top to bottom, so their last part comes first.
    """
    for number, text, x, row in _set(space, names, is_down):
        y, drawn = top - 9 - row * ROW, space.series_styles[number]
        scene.add(Shape((rectangle(x, y - 0.5, SWATCH, SWATCH),), fill=drawn.color, pattern=drawn.pattern))
        for n, part in enumerate(text):
            scene.write(Label(part, x + SWATCH + 4, y - n * ROW, space.look(strong=True)))


def _set(space: ChartSpace, names: Sequence[str], is_down: bool) -> list[tuple[int, tuple[str, ...], float, int]]:
    """Return the number, lines of text, offset and row of each entry; a name wider than the chart has two rows."""
    entries, x, row = list[tuple[int, tuple[str, ...], float, int]](), 0.0, 0
    numbers = range(len(names))
    for number in reversed(numbers) if is_down else numbers:
        text = wrap_name(space, names[number], space.width - SWATCH - 4)
        needed = SWATCH + 4 + space.widest(text)
        if x and x + needed > space.width:
            x, row = 0.0, row + 1
        entries.append((number, text, x, row))
        x += needed + GAP
        if len(text) > 1:
            x, row = 0.0, row + len(text)
    return entries


def line_keys_height(space: ChartSpace, lines: Sequence[ReferenceLine]) -> float:
    """Return the height of the labels of reference lines above a chart."""
    return ROW * sum(len(wrap_name(space, one.label, space.width - SAMPLE - 4)) for one in lines)


def draw_line_keys(scene: Scene, space: ChartSpace, lines: Sequence[ReferenceLine], top: float) -> None:
    """Draw the labels of reference lines below that height, each beside a piece of its line."""
    y = top - 9
    for one in lines:
        middle = y + 0.25 * space.style.chart.size
        sample = line([(0.0, middle), (SAMPLE, middle)])
        scene.add(Shape((sample,), stroke=space.style.text, width=0.9, dash=(3.0, 2.0)))
        for text in wrap_name(space, one.label, space.width - SAMPLE - 4):
            scene.write(Label(text, SAMPLE + 4, y, space.look(strong=True), role="note"))
            y -= ROW
