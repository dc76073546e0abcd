"""TrueType fonts: metrics, and the subsets under whose codes a document embeds their characters."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry


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

    def with_glyphs(self, suffix: str, glyphs: Mapping[int, tuple[int, float]]) -> EmbeddableFont:
        """Return a copy with that suffix to its names, and other glyph ids and widths for some code points."""
        font = copy.copy(self._font)
        font.fontName = f"{font.fontName}{suffix}"
        face = font.face = copy.copy(font.face)
        face.name += suffix.encode()
        face.charToGlyph = dict(face.charToGlyph) | {code: glyph for code, (glyph, _) in glyphs.items()}
        face.charWidths = dict(face.charWidths) | {code: width for code, (_, width) in glyphs.items()}
        font.state = type(font.state)()
        return EmbeddableFont(font)

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
