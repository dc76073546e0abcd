"""Styles of series and parts: a colour, and a pattern or mark as a second cue beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from msgspec import Struct

from gri_builder.charts.colors.difference import difference, to_lab
from gri_builder.charts.colors.palette import DIFFERENCE, STEP, make_palette
from gri_builder.charts.colors.shades import make_neutral
from gri_builder.charts.scene import FillPattern
from gri_builder.model.color import BLACK, MIN_CONTRAST, WHITE, Color, contrast
from gri_builder.model.figures.chart import Chart

MarkForm = Literal["circle", "square", "triangle", "diamond", "ring", "cross"]
"""Forms of the marks at the points of a line."""
MARKS: tuple[MarkForm, ...] = ("circle", "square", "triangle", "diamond", "ring", "cross")
PATTERNS: tuple[FillPattern, ...] = ("diagonal", "dots", "counter", "horizontal", "grid", "vertical")
DASHES: tuple[tuple[float, ...], ...] = (
    (6, 1.6),
    (9, 1.6, 2, 1.6),
    (3.6, 1.6),
    (12, 1.6),
    (6, 1.6, 2, 1.6, 2, 1.6),
)
"""Long dashes with short gaps, other than the wide gaps where values are missing."""
NEUTRALS = tuple(range(58, 25, -3))
"""L* of series that are not set off, the palest first."""
MUTED_STEP = 10.0
"""Difference in L* of a grey and its neighbours."""
PARTS = ("donut",)
"""Kinds whose categories have colours of their own."""
ROLES = {"waterfall": 3, "dumbbell": 2, "range": 2, "bullet": 2}
"""Kinds with colours for roles instead of series: the least number of them."""


class SeriesStyle(Struct, frozen=True):
    """How one series, or one part, is drawn."""

    color: Color
    text: Color
    """Colour of text on it."""
    pattern: FillPattern | None = None
    mark: MarkForm = "circle"
    dash: tuple[float, ...] = ()
    """Of its line."""
    muted: Color = WHITE
    """Colour of its shapes that are not set off, where others are."""


def choose_series_styles(chart: Chart, color: Color, accent: Color, ink: Color) -> tuple[SeriesStyle, ...]:
    """Return the look of each series, or of each category of a kind whose categories have colours of their own.

    There are at least as many as series and categories; `color` is that of the chapter.
    """
    count = len(chart.categories) if chart.kind in PARTS else max(len(chart.series), ROLES.get(chart.kind, 1))
    series = {n for n, each in enumerate(chart.series) if each.highlighted}
    highlighted = set(chart.highlighted) if chart.kind in PARTS else series
    if highlighted and len(highlighted) < count:
        colors = _set_off(color, accent, count, highlighted)
    else:
        colors = make_palette(color, accent, count)
    styles = _make_styles(colors, ink)
    total = max(len(chart.series), len(chart.categories), count)
    return tuple(styles[n % len(styles)] for n in range(total))


def text_on(color: Color, ink: Color) -> Color:
    """Return the colour of text on a fill: white, ink or black, with a contrast of 4.5 (WCAG 2, 1.4.3)."""
    return next((each for each in (WHITE, ink) if contrast(each, color) >= MIN_CONTRAST), BLACK)


def _set_off(color: Color, accent: Color, count: int, highlighted: Collection[int]) -> tuple[Color, ...]:
    """Return colours for what is set off, and greys for the others, so that neighbours differ in lightness."""
    strong = list(make_palette(color, accent, max(2, len(highlighted))))
    if len(highlighted) == 1 and difference(to_lab(color), to_lab(make_neutral(NEUTRALS[0], color))) < DIFFERENCE:
        strong.reverse()
    colors: list[Color | None] = [strong.pop(0) if n in highlighted else None for n in range(count)]
    for n, found in enumerate(colors):
        if found is None:
            beside = [colors[n - 1] if n else None, colors[n + 1] if n + 1 < count else None]
            colors[n] = _neutral_beside([each for each in beside if each], color)
    return tuple(each or color for each in colors)


def _neutral_beside(neighbours: Sequence[Color], color: Color) -> Color:
    """Return the palest grey that differs from its neighbours, or the one that differs most."""
    lights = [to_lab(each).light for each in neighbours]
    steps = {light: min((abs(light - other) for other in lights), default=MUTED_STEP) for light in NEUTRALS}
    best = next(
        (light for light in NEUTRALS if steps[light] >= MUTED_STEP), max(NEUTRALS, key=lambda each: steps[each])
    )
    return make_neutral(best, color)


def _make_styles(colors: Sequence[Color], ink: Color) -> list[SeriesStyle]:
    """Return a look for each colour; those that are as dark as one before them have a pattern, and dashed lines."""
    styles: list[SeriesStyle] = []
    lights = [to_lab(color).light for color in colors]
    alike = 0
    for n, color in enumerate(colors):
        pattern: FillPattern | None = None
        dash: tuple[float, ...] = ()
        if any(abs(lights[n] - other) < STEP for other in lights[:n]):
            pattern, dash = PATTERNS[alike % len(PATTERNS)], DASHES[alike % len(DASHES)]
            alike += 1
        muted = make_neutral(NEUTRALS[0] if lights[n] < NEUTRALS[0] - MUTED_STEP else NEUTRALS[-1], color)
        styles.append(SeriesStyle(color, text_on(color, ink), pattern, MARKS[n % len(MARKS)], dash, muted))
    return styles
