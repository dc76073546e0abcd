"""Colours and their contrast (WCAG 2): a colour is its PDF operands, 'r g b' from 0 to 1."""

from __future__ import annotations

import re

Color = str
WHITE, BLACK = "1 1 1", "0 0 0"
READABLE = 4.5
"""Least contrast of text with its ground (WCAG 2, 1.4.3)."""


def is_color(text: str | None) -> bool:
    """Whether a text is a colour as '#rrggbb'."""
    return re.fullmatch("#[0-9a-fA-F]{6}", text or "") is not None


def parse_color(hex_color: str) -> Color:
    """Return the PDF operands of a '#rrggbb' colour."""
    channels = (int(hex_color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return " ".join(f"{channel:.3f}".rstrip("0").rstrip(".") for channel in channels)


def mix(base: Color, other: Color, share: float) -> Color:
    """Return `base` with a `share` (0 to 1) of `other` mixed in."""
    pairs = zip(base.split(), other.split(), strict=True)
    return " ".join(f"{float(a) * (1 - share) + float(b) * share:.3f}".rstrip("0").rstrip(".") for a, b in pairs)


def luminance(value: Color) -> float:
    """Return the relative luminance of a colour (WCAG 2, 0 for black to 1 for white)."""
    channels = (float(channel) for channel in value.split())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours (WCAG 2, 1 to 21)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(wanted: Color, ground: Color, ratio: float = READABLE) -> Color:
    """Return the colour, darkened just enough to have that contrast on the ground."""
    steps = (mix(wanted, BLACK, step / 20) for step in range(21))
    return next((step for step in steps if contrast(step, ground) >= ratio), BLACK)


def to_hex(value: Color) -> str:
    """Return a colour as '#rrggbb'."""
    return "#" + "".join(f"{round(float(channel) * 255):02x}" for channel in value.split())
