"""TrueType fonts: metrics, and the subsets under whose codes a document embeds their characters."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from reportlab.pdfbase.ttfonts import TTFont

from gri_builder.pdf.reportlab_adapter.composite_glyphs import Component, add_composite, forget_composites
from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry

Marks: TypeAlias = tuple[tuple[int, float, float], ...]
"""Glyphs on another one: id and place of each."""
FIRST_GLYPH_CODE = 0x100000
"""First of the private code points (plane 16) that encode glyphs which no character of the font's map leads to."""


class EmbeddableFont:
    """A TrueType font that documents can embed. Widths and heights are in thousandths of the font size."""

    def __init__(self, font: Any) -> None:
        self._font = font
        face = font.face
        self.glyphs: dict[int, int] = face.charToGlyph
        """Glyph ids by code point."""
        self.widths: dict[int, float] = face.charWidths
        """Advance widths by code point."""
        self.default_width: float = face.defaultWidth
        """Width of code points without a glyph."""
        self.ascent: float = face.ascent
        self._glyph_codes: dict[tuple[int, str, Marks], int] = {}
        self._texts: dict[int, str] = {}
        font.glyph_texts = self._texts

    def with_glyphs(self, suffix: str, glyphs: Mapping[int, tuple[int, float]]) -> EmbeddableFont:
        """Return a copy with that suffix to its names, and other glyph ids and widths for some code points."""
        font = copy.copy(self._font)
        font.fontName = f"{font.fontName}{suffix}"
        face = font.face = copy.copy(font.face)
        face.name += suffix.encode()
        forget_composites(face)
        face.charToGlyph = dict(face.charToGlyph) | {code: glyph for code, (glyph, _) in glyphs.items()}
        face.charWidths = dict(face.charWidths) | {code: width for code, (_, width) in glyphs.items()}
        font.state = type(font.state)()
        return EmbeddableFont(font)

    def glyph_code(self, glyph: int, text: str, marks: Marks = ()) -> int:
        """Return the code point under which a glyph is encoded that prints the text: its own, or a private one.

        `marks` are glyphs drawn on it, each with the place of its origin in thousandths of the font size.
        """
        if len(text) == 1 and not marks and self.glyphs.get(ord(text)) == glyph:
            return ord(text)
        key = (glyph, text, marks)
        code = self._glyph_codes.get(key)
        if code is None:
            face = self._font.face
            if not self._glyph_codes:  # what the font covers stays as it is
                face.charToGlyph, face.charWidths = dict(face.charToGlyph), dict(face.charWidths)
            code = self._glyph_codes[key] = FIRST_GLYPH_CODE + len(self._glyph_codes)
            face.charToGlyph[code] = self._add_composite(glyph, marks) if marks else glyph
            face.charWidths[code] = self.glyph_width(glyph)
            self._texts[code] = text
        return code

    def _add_composite(self, glyph: int, marks: Marks) -> int:
        face = self._font.face
        scale = face.unitsPerEm / 1000
        placed = [Component(mark, round(x * scale), round(y * scale)) for mark, x, y in marks]
        return add_composite(face, [Component(glyph, 0, 0), *placed], glyph)

    def glyph_width(self, glyph: int) -> float:
        """Return the advance width of a glyph."""
        face = self._font.face
        advance: int = face.hmetrics[glyph][0]
        units: int = face.unitsPerEm
        return round(advance * 1000 / units)

    def encode(self, text: str, registry: ObjectRegistry) -> list[tuple[int, Sequence[int]]]:
        """Return the text as pairs of subset number and the codes of one byte in that subset."""
        parts: list[tuple[int, Sequence[int]]] = self._font.splitString(text, registry.document)
        return parts

    def resource_name(self, subset: int, registry: ObjectRegistry) -> str:
        """Return the name of a subset in a page's resources, with its slash."""
        name: str = self._font.getSubsetInternalName(subset, registry.document)
        return name


def load_font(name: str, data: bytes, suffix: str = "") -> EmbeddableFont:
    """Return the font of a TrueType file; `suffix` makes its PostScript name unique."""
    font = TTFont(name, io.BytesIO(data), asciiReadable=True, shapable=False)
    font.face.name += suffix.encode()
    return EmbeddableFont(font)
