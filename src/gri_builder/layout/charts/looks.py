"""Looks of series and parts: a colour, and a pattern or mark as a second cue beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from gri_builder.layout.charts.scene import FillPattern
from gri_builder.model.chart import Chart
from gri_builder.model.color import WHITE, Color, contrast

MarkForm = Literal["circle", "square", "triangle", "diamond", "ring", "cross"]
"""Forms of the marks at the points of a line."""


class SeriesLook(Struct, frozen=True):
    """How one series, or one part, is drawn."""

    color: Color
    text: Color
    """Colour of text on it."""
    pattern: FillPattern | None = None
    mark: MarkForm = "circle"
    dash: tuple[float, ...] = ()
    """Of its line."""


def choose_looks(chart: Chart, colors: Sequence[Color], ink: Color) -> tuple[SeriesLook, ...]:
    """Return the look of each series, or of each category of a kind whose categories have colours of their own."""
    count = max(len(chart.series), len(chart.categories), 1)
    shown = (colors[n % len(colors)] for n in range(count))
    return tuple(SeriesLook(color, WHITE if contrast(WHITE, color) >= contrast(ink, color) else ink) for color in shown)
