"""Shades of one colour, for the cells of heat tables, and neutrals for what is not set off."""

from __future__ import annotations

from functools import lru_cache

from gri_builder.charts.colors.difference import make_color, to_lab
from gri_builder.model.color import Color

LIGHTEST = 94.0
"""L* of the lightest shade."""
NEUTRAL_CHROMA = 3.0


@lru_cache(256)
def make_shades(color: Color, count: int) -> tuple[Color, ...]:
    """Return as many shades from light to the colour; L* falls in even steps."""
    lab = to_lab(color)
    if count < 2:
        return (color,)
    steps = (n / (count - 1) for n in range(count - 1))
    paler = [make_color(LIGHTEST - (LIGHTEST - lab.light) * t, lab.chroma * (0.12 + 0.88 * t), lab.hue) for t in steps]
    return (*paler, color)


@lru_cache(256)
def make_neutral(light: float, color: Color) -> Color:
    """Return a grey of that L* with a breath of the colour's hue."""
    return make_color(light, NEUTRAL_CHROMA, to_lab(color).hue)
