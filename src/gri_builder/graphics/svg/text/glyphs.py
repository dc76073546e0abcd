"""Glyphs of a font: shaped text, and outlines (OpenType)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from gri_builder.model.graphics import Segment

Metric = Literal["x-height", "underline", "underline-size", "strike", "strike-size", "sub", "super"]
_METRICS: Mapping[Metric, str] = {
    "x-height": "X_HEIGHT",
    "underline": "UNDERLINE_OFFSET",
    "underline-size": "UNDERLINE_SIZE",
    "strike": "STRIKEOUT_OFFSET",
    "strike-size": "STRIKEOUT_SIZE",
    "sub": "SUBSCRIPT_EM_Y_OFFSET",
    "super": "SUPERSCRIPT_EM_Y_OFFSET",
}
_COLORED = {"COLR", "CBDT", "sbix", "SVG "}
"""Tables of glyphs with colours (OpenType)."""


class Glyph(Struct, frozen=True):
    """A glyph of a shaped text; lengths in ems."""

    number: int
    """In the font; 0 for characters that the font does not have."""
    advance: float
    x: float
    """Shift to the right."""
    y: float
    """Shift upwards."""
    cluster: int
    """Index of the first character that it is for."""


class GlyphFont:
    """A font for outlines; lengths are in ems."""

    def __init__(self, data: bytes) -> None:
        import uharfbuzz

        self._harfbuzz = uharfbuzz
        self._font: Any = uharfbuzz.Font(uharfbuzz.Face(data))
        self._units: float = self._font.face.upem or 1000
        extents = self._font.get_font_extents("ltr")
        self.ascent, self.descent = extents.ascender / self._units, extents.descender / self._units
        self.is_colored = bool(_COLORED & set(self._font.face.table_tags))
        """Whether glyphs may be pictures instead of outlines."""
        self._outlines: dict[int, tuple[Segment, ...]] = {}

    def metric(self, name: Metric) -> float:
        """Return a height of the font above its baseline, or a thickness; a missing one is estimated."""
        tag = getattr(self._harfbuzz.OTMetricsTag, _METRICS[name])
        return float(self._font.get_metric_position_with_fallback(tag)) / self._units

    def has(self, char: str) -> bool:
        """Return whether the font has a glyph for a character."""
        return bool(self._font.get_nominal_glyph(ord(char)))

    def shape(self, text: str, features: Mapping[str, bool]) -> list[Glyph]:
        """Return the glyphs of a text from left to right."""
        buffer = self._harfbuzz.Buffer()
        buffer.add_codepoints([ord(char) for char in text])
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        self._harfbuzz.shape(self._font, buffer, dict(features))
        return [
            Glyph(
                info.codepoint,
                position.x_advance / self._units,
                position.x_offset / self._units,
                position.y_offset / self._units,
                info.cluster,
            )
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def outline(self, number: int) -> tuple[Segment, ...]:
        """Return the outline of a glyph in ems, y upwards."""
        known = self._outlines.get(number)
        if known is None:
            pen = _SegmentPen(1 / self._units)
            self._font.draw_glyph_with_pen(number, pen)
            known = self._outlines[number] = tuple(pen.segments)
        return known


class _SegmentPen:
    """Takes an outline as segments (fontTools' protocol of pens)."""

    def __init__(self, scale: float) -> None:
        self.segments: list[Segment] = []
        self._scale = scale
        self._here = (0.0, 0.0)

    def _points(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * self._scale, y * self._scale) for x, y in points]

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # names of the protocol
        (self._here,) = self._points([point])
        self.segments.append(("move", self._here))

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        (self._here,) = self._points([point])
        self.segments.append(("line", self._here))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        one, two, end = self._points(points)
        self.segments.append(("curve", (*one, *two, *end)))
        self._here = end

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        """Take a quadratic curve as a cubic one."""
        (cx, cy), (x, y) = self._points(points)
        sx, sy = self._here
        first = (sx + 2 / 3 * (cx - sx), sy + 2 / 3 * (cy - sy))
        second = (x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y))
        self.segments.append(("curve", (*first, *second, x, y)))
        self._here = (x, y)

    def closePath(self) -> None:  # noqa: N802
        self.segments.append(("close", ()))


def load_glyph_font(data: bytes) -> GlyphFont:
    """Return the font of a file; the last ones are kept."""
    return _load(_Data(data))


class _Data:
    """A font file, compared by its digest."""

    def __init__(self, data: bytes) -> None:
        self.data, self.digest = data, hashlib.sha256(data).hexdigest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Data) and other.digest == self.digest


@lru_cache(maxsize=16)
def _load(data: _Data) -> GlyphFont:
    return GlyphFont(data.data)
