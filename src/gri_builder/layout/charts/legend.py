"""The legend of a chart: a line or more of names, each with the look of its shapes."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.layout.charts.scene import Label, Scene, Shape, rectangle
from gri_builder.layout.charts.space import ChartSpace

ROW = 14.0
"""Height of a line of the legend."""
SWATCH = 7.0
GAP = 16.0


def legend_height(space: ChartSpace, names: Sequence[str]) -> float:
    """Return the height of the legend of those names."""
    places = _set(space, names)
    return ROW * (places[-1][1] + 1) if places else 0.0


def draw_legend(scene: Scene, space: ChartSpace, names: Sequence[str], top: float) -> None:
    """Draw the legend below that height, in the order of the names."""
    for name, drawn, (x, row) in zip(names, space.looks, _set(space, names), strict=False):
        y = top - 9 - row * ROW
        scene.add(Shape((rectangle(x, y - 0.5, SWATCH, SWATCH),), fill=drawn.color, pattern=drawn.pattern))
        text = space.shorten(name, space.width - SWATCH - 4)
        scene.write(Label(text, x + SWATCH + 4, y, space.look(strong=True)))


def _set(space: ChartSpace, names: Sequence[str]) -> list[tuple[float, int]]:
    """Return the position of each entry: its offset, and its line from 0."""
    places, x, row = list[tuple[float, int]](), 0.0, 0
    for name in names:
        needed = SWATCH + 4 + space.text_width(name)
        if x and x + needed > space.width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += needed + GAP
    return places
