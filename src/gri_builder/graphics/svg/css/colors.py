"""Colours of CSS (CSS Color 4, as far as SVG 2 asks for it)."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from math import isfinite

from PIL.ImageColor import colormap

Rgba = tuple[str, float]
"""A colour as '#rrggbb' (or 'current'), and its opacity from 0 to 1."""
_CALL = re.compile(r"(rgba?|hsla?)\(\s*([^()]*?)\s*\)")
_HEX = re.compile(r"#[0-9a-f]{3,8}")
_NUMBER = re.compile(r"([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)(%|deg|rad|grad|turn)?")
MAX_LENGTH = 200
"""Number of characters of a colour; longer texts are none."""
_TURNS = {"deg": 1.0, None: 1.0, "rad": 57.29577951308232, "grad": 0.9, "turn": 360.0}


def parse_color(text: str) -> Rgba | None:
    """Return a colour: a name, hexadecimal with 3, 4, 6 or 8 digits, rgb(), rgba(), hsl() or hsla().

    Values out of range are clamped (CSS Color 4, 5.1). None if the text is no such colour.
    """
    text = text.strip().lower()
    if len(text) > MAX_LENGTH:
        return None
    if text == "transparent":
        return "#000000", 0.0
    if text == "currentcolor":
        return "current", 1.0
    if _HEX.fullmatch(text):
        return _parse_hex(text[1:])
    if match := _CALL.fullmatch(text):
        return _parse_call(match[1][:3], match[2])
    named = colormap.get(text)
    if named is None:
        return None
    # Pillow puts channels in place of the hexadecimal digits of colours that it was asked for
    return (named if isinstance(named, str) else "#{:02x}{:02x}{:02x}".format(*named[:3])), 1.0


def _parse_hex(digits: str) -> Rgba | None:
    if len(digits) in (3, 4):
        digits = "".join(2 * digit for digit in digits)
    if len(digits) not in (6, 8):
        return None
    return f"#{digits[:6]}", int(digits[6:] or "ff", 16) / 255


def _parse_call(name: str, text: str) -> Rgba | None:
    """Return the colour of rgb() or hsl(), in the notation with commas or that with spaces and a slash."""
    if "," in text:
        parts = [part.strip() for part in text.split(",")]
    else:
        front, slash, alpha = text.partition("/")
        parts = [*front.split(), *([alpha.strip()] if slash else [])]
    if len(parts) not in (3, 4):
        return None
    values = [_parse_number(part) for part in parts]
    if any(value is None for value in values):
        return None
    numbers = [value for value in values if value is not None]
    alpha_part = numbers[3] if len(numbers) == 4 else (1.0, None)
    if alpha_part[1] not in (None, "%"):
        return None
    opacity = _clamp(alpha_part[0] / (100 if alpha_part[1] else 1))
    channels = _rgb(numbers[:3]) if name == "rgb" else _hsl(numbers[:3])
    return None if channels is None else (_hex(channels), opacity)


def _parse_number(text: str) -> tuple[float, str | None] | None:
    match = _NUMBER.fullmatch(text)
    if match is None or not isfinite(float(match[1])):
        return None
    return float(match[1]), match[2]


def _rgb(parts: list[tuple[float, str | None]]) -> tuple[float, ...] | None:
    if len({unit for _, unit in parts}) > 1 or parts[0][1] not in (None, "%"):
        return None
    return tuple(_clamp(value / (100 if unit else 255)) for value, unit in parts)


def _hsl(parts: list[tuple[float, str | None]]) -> tuple[float, ...] | None:
    (hue, turn), (saturation, one), (lightness, two) = parts
    if turn not in _TURNS or (one, two) != ("%", "%"):
        return None
    return hls_to_rgb(hue * _TURNS[turn] / 360 % 1, _clamp(lightness / 100), _clamp(saturation / 100))


def _clamp(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{int(_clamp(channel) * 255 + 0.5):02x}" for channel in channels)
