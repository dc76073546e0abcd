"""Colours on a dark page: each lightness is turned round, each hue kept, in the OKLab space.

What was dark on white becomes light on near-black in the same order, so that shapes that differ still differ, and
the text on a shape is read as before.
"""

from __future__ import annotations

from functools import cache

from gri_builder.model.color import Color, contrast

NIGHT = 0.2
"""Lightness of what is white by day."""
DAWN = 0.96
"""Lightness of what is black by day."""
CHROMA = 0.92
"""Share of the colourfulness that is kept: bright colours on a dark page seem brighter."""


@cache
def darken(color: Color) -> Color:
    """Return the colour that a colour of a light page has on a dark one."""
    lightness, a, b = _to_oklab(color)
    return _from_oklab(DAWN + (NIGHT - DAWN) * lightness, a * CHROMA, b * CHROMA)


@cache
def lighten_until(color: Color, background: Color, ratio: float) -> Color:
    """Return a colour, made lighter until it has that contrast with a dark background."""
    lightness, a, b = _to_oklab(color)
    steps = (_from_oklab(lightness + (1 - lightness) * step / 20, a, b) for step in range(21))
    return next((step for step in steps if contrast(step, background) >= ratio), Color(1.0, 1.0, 1.0))


def _to_oklab(color: Color) -> tuple[float, float, float]:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> Color:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return Color(*(round(_encode(min(1.0, max(0.0, channel))), 3) for channel in linear))


def _encode(channel: float) -> float:
    return float(channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055)
