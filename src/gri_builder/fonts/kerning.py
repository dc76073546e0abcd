"""Kerning: by how much two neighbouring characters are set nearer (OpenType GPOS, feature 'kern').

Both the width of a text and how it is drawn are made of pairs, so that they agree. Each pair is shaped once, when a
text first has it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gri_builder.fonts.glyph_coverage import INVISIBLE, SPACES
from gri_builder.fonts.own_fonts import SOFT_HYPHEN

MAX_APART = 80
"""By how much two characters are set apart at most, in thousandths of the size: a wider gap is read as a space."""
_EAST_ASIAN = "\u2e80"
"""From here on characters are set on a grid, and lines may break between any two of them."""
_UNKERNED = frozenset(" \u00a0\ufdd0").union(map(chr, SPACES), INVISIBLE) - {chr(SOFT_HYPHEN)}
_FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False, "ccmp": False}


class PairKerning(dict[str, int]):
    """By how much the second of two characters is nearer to the first one, in thousandths of the size.

    Spaces are not kerned, so that a line is as wide as its words and spaces.
    """

    def __init__(
        self, data: bytes, has: Callable[[str], bool], is_tabular: bool = False, fallback: PairKerning | None = None
    ) -> None:
        super().__init__()
        self._data, self._has, self._is_tabular, self._fallback = data, has, is_tabular, fallback
        self._font: Any = None

    def __missing__(self, pair: str) -> int:
        kern = self[pair] = self._measure(pair)
        return kern

    def _measure(self, pair: str) -> int:
        first, second = pair[0], pair[1]
        if first in _UNKERNED or second in _UNKERNED or max(pair) >= _EAST_ASIAN or first == chr(SOFT_HYPHEN):
            return 0
        if self._is_tabular and not (first.isalpha() and second.isalpha()):  # figures below each other stay aligned
            return 0
        if self._has(first) and self._has(second):
            return max(-MAX_APART, self._shape(pair)) if self._data else 0
        return 0 if self._fallback is None or self._has(first) or self._has(second) else self._fallback[pair]

    def _shape(self, pair: str) -> int:
        import uharfbuzz

        if self._font is None:
            self._font = uharfbuzz.Font(uharfbuzz.Face(self._data))
        font, buffer = self._font, uharfbuzz.Buffer()
        buffer.add_str(pair.replace(chr(SOFT_HYPHEN), "-"))
        buffer.guess_segment_properties()
        if not any(map(str.isalpha, pair)):
            buffer.script = "Latn"
        uharfbuzz.shape(font, buffer, _FEATURES)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        if len(infos) != len(pair):
            return 0
        nearer: float = (font.get_glyph_h_advance(infos[0].codepoint) - positions[0].x_advance) / font.face.upem
        return round(nearer * 1000)
