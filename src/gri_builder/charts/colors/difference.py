"""Colours as eyes see them: CIELAB (CIE 15, illuminant D65) and the difference CIEDE2000 (ISO/CIE 11664-6)."""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, exp, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

from gri_builder.model.color import Color

Linear = tuple[float, float, float]
"""Channels in linear light, from 0 to 1."""
WHITE_POINT = (0.95047, 1.0, 1.08883)
FULL = 2 * pi


class Lab(NamedTuple):
    """A colour of CIELAB."""

    light: float
    """L*, from 0 for black to 100 for white."""
    a: float
    """From green to red."""
    b: float
    """From blue to yellow."""

    @property
    def chroma(self) -> float:
        """How far it is from grey."""
        return hypot(self.a, self.b)

    @property
    def hue(self) -> float:
        """Its angle, in radians."""
        return atan2(self.b, self.a)


def linear_light(color: Color) -> Linear:
    """Return the channels of an sRGB colour in linear light (IEC 61966-2-1)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return red, green, blue


@lru_cache(4096)
def to_lab(color: Color) -> Lab:
    """Return an sRGB colour in CIELAB."""
    return lab_of_light(linear_light(color))


def lab_of_light(light: Linear) -> Lab:
    """Return a colour of linear light in CIELAB."""
    r, g, b = light
    x, y, z = (
        _curve(value / white)
        for value, white in zip(
            (
                0.4124564 * r + 0.3575761 * g + 0.1804375 * b,
                0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
                0.0193339 * r + 0.1191920 * g + 0.9503041 * b,
            ),
            WHITE_POINT,
            strict=True,
        )
    )
    return Lab(116 * y - 16, 500 * (x - y), 200 * (y - z))


def _curve(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (841 / 108) * value + 4 / 29


def make_color(light: float, chroma: float, hue: float) -> Color:
    """Return the sRGB colour of that lightness and hue, with the chroma or as much of it as sRGB has there."""
    low, high = 0.0, chroma
    channels = _channels(light, chroma, hue)
    if not _in_gamut(channels):
        for _ in range(9):
            middle = (low + high) / 2
            tried = _channels(light, middle, hue)
            low, high = (middle, high) if _in_gamut(tried) else (low, middle)
        channels = _channels(light, low, hue)
    red, green, blue = (round(_gamma(min(1.0, max(0.0, c))), 3) for c in channels)
    return Color(red, green, blue)


def _channels(light: float, chroma: float, hue: float) -> Linear:
    """Return the channels of linear light; outside 0 to 1 where sRGB has no such colour."""
    fy = (light + 16) / 116
    x, y, z = (
        white * _straighten(value)
        for white, value in zip(
            WHITE_POINT, (fy + chroma * cos(hue) / 500, fy, fy - chroma * sin(hue) / 200), strict=True
        )
    )
    return (
        3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
        -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
        0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
    )


def _straighten(value: float) -> float:
    return value**3 if value > 6 / 29 else (value - 4 / 29) * 108 / 841


def _in_gamut(channels: Linear) -> bool:
    return min(channels) >= -0.0005 and max(channels) <= 1.0005


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def difference(one: Lab, other: Lab) -> float:
    """Return the difference of two colours by CIEDE2000: 1 is just visible, 20 is plain to see."""
    mean = (one.chroma + other.chroma) / 2
    g = 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25.0**7)))
    a1, a2 = one.a * (1 + g), other.a * (1 + g)
    c1, c2 = hypot(a1, one.b), hypot(a2, other.b)
    h1, h2 = atan2(one.b, a1) % FULL, atan2(other.b, a2) % FULL
    turn, middle = h2 - h1, (h1 + h2) / 2
    if not c1 or not c2:
        turn, middle = 0.0, h1 + h2
    elif abs(turn) > pi:
        turn += -FULL if turn > 0 else FULL
        middle += pi if middle < pi else -pi
    light, chroma = (one.light + other.light) / 2, (c1 + c2) / 2
    dl, dc, dh = other.light - one.light, c2 - c1, 2 * sqrt(c1 * c2) * sin(turn / 2)
    t = (
        1
        - 0.17 * cos(middle - pi / 6)
        + 0.24 * cos(2 * middle)
        + 0.32 * cos(3 * middle + pi / 30)
        - 0.20 * cos(4 * middle - 63 * pi / 180)
    )
    sl = 1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    spread = radians(30) * exp(-(((middle - radians(275)) / radians(25)) ** 2))
    rt = -2 * sqrt(chroma**7 / (chroma**7 + 25.0**7)) * sin(2 * spread)
    in_light, in_chroma, in_hue = dl / sl, dc / sc, dh / sh
    return sqrt(max(0.0, in_light**2 + in_chroma**2 + in_hue**2 + rt * in_chroma * in_hue))
