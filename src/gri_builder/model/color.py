"""Colours and their contrast (WCAG 2)."""

from __future__ import annotations

import re
from typing import NamedTuple


class Color(NamedTuple):
    """An sRGB colour: channels from 0 to 1, rounded to thousandths, which is how PDFs state them."""

    red: float
    green: float
    blue: float


WHITE, BLACK = Color(1.0, 1.0, 1.0), Color(0.0, 0.0, 0.0)
MIN_CONTRAST = 4.5
"""Minimum contrast of text with its background (WCAG 2, 1.4.3)."""
MIN_SHAPE_CONTRAST = 3.0
"""Minimum contrast of shapes with the page (WCAG 2, 1.4.11)."""


def is_color(text: str | None) -> bool:
    """Return whether a text is a colour such as '#1a2b3c'."""
    return re.fullmatch("#[0-9a-fA-F]{6}", text or "") is not None


def parse_color(text: str) -> Color:
    """Return the colour of a text such as '#1a2b3c'."""
    return Color(*(round(int(text[start : start + 2], 16) / 255, 3) for start in (1, 3, 5)))


def mix(base: Color, other: Color, share: float) -> Color:
    """Return `base` with a `share` (0 to 1) of `other` mixed in."""
    return Color(*(round(a * (1 - share) + b * share, 3) for a, b in zip(base, other, strict=True)))


def luminance(color: Color) -> float:
    """Return the relative luminance of a colour (WCAG 2), from 0 for black to 1 for white."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours (WCAG 2), from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(color: Color, background: Color, ratio: float = MIN_CONTRAST) -> Color:
    """Return the colour, darkened in steps of 5 % until it has that contrast with the background."""
    steps = (mix(color, BLACK, step / 20) for step in range(21))
    return next((step for step in steps if contrast(step, background) >= ratio), BLACK)


def to_hex(color: Color) -> str:
    """Return a colour as '#rrggbb'."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in color)
