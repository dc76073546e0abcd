"""Numbers and lengths (CSS Values 4, 6; SVG 2, 7.10), in user units, of which 96 are an inch."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite, sqrt
from typing import Literal

from msgspec import Struct

NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
LIMIT = 1e9
"""Absolute value beyond which a number is refused."""
KNOWN = 1024
"""Texts whose numbers are kept: most elements of a drawing have the same ones."""
_LENGTH = re.compile(rf"({NUMBER})\s*([a-zA-Z]+|%)?")
_SEPARATED = re.compile(rf"\s*(?:,\s*)?({NUMBER})\s*([a-zA-Z]+|%)?")
_ABSOLUTE = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
Direction = Literal["x", "y", "both"]
"""What a percentage refers to: the viewport's width, its height, or its diagonal divided by √2."""


class Units(Struct, frozen=True):
    """What relative lengths of an element refer to."""

    width: float = 100.0
    """Of the nearest viewport."""
    height: float = 100.0
    font_size: float = 16.0
    root_font_size: float = 16.0

    def parse(self, text: str, direction: Direction = "both") -> float | None:
        """Return a length in user units; None if it is invalid or out of range."""
        match = _LENGTH.fullmatch(text.strip())
        return None if match is None else self._convert(match[1], match[2], direction)

    def parse_list(self, text: str, direction: Direction = "both") -> list[float] | None:
        """Return lengths that are separated by spaces or commas; None if one is invalid."""
        lengths, position, text = list[float](), 0, text.strip()
        while position < len(text):
            match = _SEPARATED.match(text, position)
            length = match and self._convert(match[1], match[2], direction)
            if match is None or length is None:
                return None
            lengths.append(length)
            position = match.end()
        return lengths

    def _convert(self, number: str, unit: str | None, direction: Direction) -> float | None:
        value, unit = float(number), (unit or "").lower()
        if (factor := _ABSOLUTE.get(unit)) is not None:
            value *= factor
        elif unit in ("em", "rem", "ex"):
            value *= {"em": self.font_size, "rem": self.root_font_size, "ex": self.font_size / 2}[unit]
        elif unit == "%":
            value *= self._whole(direction) / 100
        else:
            return None
        return value if abs(value) < LIMIT else None

    def _whole(self, direction: Direction) -> float:
        if direction == "both":
            return sqrt((self.width**2 + self.height**2) / 2)
        return self.width if direction == "x" else self.height


PIXELS = Units()
"""For lengths that are numbers, or have an absolute unit."""


@lru_cache(maxsize=KNOWN)
def parse_number(text: str) -> float | None:
    """Return a number without a unit; None if it is invalid or out of range."""
    match = re.fullmatch(rf"\s*({NUMBER})\s*", text)
    value = float(match[1]) if match else None
    return value if value is not None and abs(value) < LIMIT else None


@lru_cache(maxsize=KNOWN)
def parse_share(text: str) -> float | None:
    """Return a number or percentage as a number from 0 to 1, clamped; None if it is invalid."""
    is_percent = text.rstrip().endswith("%")
    value = _unlimited(text.rstrip().removesuffix("%"))
    return None if value is None else min(max(value / (100 if is_percent else 1), 0.0), 1.0)


def _unlimited(text: str) -> float | None:
    match = re.fullmatch(rf"\s*({NUMBER})\s*", text)
    value = float(match[1]) if match else None
    return value if value is not None and isfinite(value) else None
