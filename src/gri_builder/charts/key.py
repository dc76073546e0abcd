"""The key of a chart: what its marks and strokes mean, in lines of samples and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gri_builder.charts.scene import Label, Scene, Shape, circle, line, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE, Color

ROW, SAMPLE, GAP = 14.0, 14.0, 14.0
Entry = tuple[str, Callable[[float, float], Shape]]
"""A text, and the shape of its sample whose middle is at a point."""


def key_height(space: ChartSpace, entries: Sequence[Entry]) -> float:
    """Return the height of a key."""
    return ROW * (_place(space, entries)[-1][1] + 1) if entries else 0.0


def draw_key(scene: Scene, space: ChartSpace, entries: Sequence[Entry], top: float) -> None:
    """Draw a key below that height."""
    for (text, sample), (x, row) in zip(entries, _place(space, entries), strict=True):
        y = top - 9 - row * ROW
        scene.add(sample(x + SAMPLE / 2 - 2, y + 2.8))
        scene.write(Label(space.shorten(text, space.width - SAMPLE), x + SAMPLE, y, space.look(strong=True)))


def _place(space: ChartSpace, entries: Sequence[Entry]) -> list[tuple[float, int]]:
    """Return the offset and the line, from 0, of each entry."""
    places, x, row = list[tuple[float, int]](), 0.0, 0
    for text, _ in entries:
        needed = SAMPLE + space.text_width(text)
        if x and x + needed > space.width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += needed + GAP
    return places


def dot(color: Color, radius: float = 3.6) -> Callable[[float, float], Shape]:
    """Return a maker of filled circles."""
    return lambda x, y: Shape((circle(x, y, radius),), fill=color, stroke=WHITE, width=0.8)


def ring(color: Color, radius: float = 3.2) -> Callable[[float, float], Shape]:
    """Return a maker of open circles."""
    return lambda x, y: Shape((circle(x, y, radius),), fill=WHITE, stroke=color, width=1.3)


def block(color: Color, width: float = 10.0, height: float = 7.0) -> Callable[[float, float], Shape]:
    """Return a maker of filled rectangles."""
    return lambda x, y: Shape((rectangle(x - width / 2, y - height / 2, width, height),), fill=color)


def stroke(color: Color, height: float, width: float, dash: tuple[float, ...] = ()) -> Callable[[float, float], Shape]:
    """Return a maker of upright strokes."""
    return lambda x, y: Shape((line([(x, y - height / 2), (x, y + height / 2)]),), stroke=color, width=width, dash=dash)
