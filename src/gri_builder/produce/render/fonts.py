"""Fonts: the faces of FiraGO, their widths, and the codes under which a document embeds their characters."""

from __future__ import annotations

import copy
import io
from functools import cache
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

FACES = {(False, False): "figo", (True, False): "figbo", (False, True): "figit", (True, True): "figbi"}
INVISIBLE = frozenset("\u00ad\u200b\n\u2060")
"""Characters that are never drawn: they only steer line breaking."""
SPACES = dict.fromkeys((0x09, 0x1680, *range(0x2000, 0x2007), 0x2009, 0x200A, 0x205F, 0x3000), " ") | {0x202F: "\u00a0"}
"""White space that the fonts lack, and the space that is drawn for it: one that may break, or one that may not."""


class Face:
    """One face of the font family: widths at 1 pt, cached for whole words."""

    def __init__(self, font: Any) -> None:
        self.font = font
        face = font.face
        self.glyphs: dict[int, int] = face.charToGlyph
        self.advances: dict[int, float] = {code: width / 1000 for code, width in face.charWidths.items()}
        self.advances[0x200B] = self.advances[0x2060] = 0.0
        self.advances.update({code: self.advances[ord(space)] for code, space in SPACES.items()})
        self.default = face.defaultWidth / 1000
        self.widths: dict[str, float] = {}
        self.ascent = face.ascent / 1000
        self.space = self.width(" ")

    def width(self, text: str) -> float:
        """Return the width of the text at 1 pt."""
        width = self.widths.get(text)
        if width is None:
            get, default = self.advances.get, self.default
            width = self.widths[text] = sum([get(ord(char), default) for char in text])
        return width


def load_face(bold: bool = False, italic: bool = False, tabular: bool = False) -> Face:
    """Return a face; `tabular` ones have digits of one width, as the font's own 'tnum' feature gives them."""
    return _load_face(bold, italic, tabular)


@cache
def _load_face(bold: bool, italic: bool, tabular: bool) -> Face:
    data = _font_data(bold, italic)
    if not tabular:
        name = f"FiraGO-{'Bold' if bold else ''}{'Italic' if italic else ''}{'' if bold or italic else 'Regular'}"
        return Face(TTFont(name, io.BytesIO(data), asciiReadable=True, shapable=False))
    return Face(_with_tabular_digits(load_face(bold, italic).font, data))


@cache
def _font_data(bold: bool, italic: bool) -> bytes:
    import pymupdf_fonts

    data: bytes = pymupdf_fonts.myfont(FACES[bold, italic])
    return data


def _with_tabular_digits(font: Any, data: bytes) -> Any:
    """Return a copy of the font whose digits are the glyphs of its 'tnum' feature (OpenType GSUB)."""
    from fontTools.ttLib import TTFont as OpenType

    source = OpenType(io.BytesIO(data), lazy=True)
    substitutes: dict[str, str] = {}
    gsub = source["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    substitutes.update(getattr(table, "ExtSubTable", table).mapping)
    tabular = copy.copy(font)
    tabular.fontName = f"{font.fontName}-Tabular"
    tabular.face = copy.copy(font.face)
    tabular.face.name = font.face.name + b"-Tabular"
    tabular.face.charToGlyph = dict(font.face.charToGlyph)
    tabular.face.charWidths = dict(font.face.charWidths)
    tabular.state = type(font.state)()
    cmap, units, metrics = source.getBestCmap(), source["head"].unitsPerEm, source["hmtx"]
    for code in map(ord, "0123456789"):
        glyph = substitutes[cmap[code]]
        tabular.face.charToGlyph[code] = source.getGlyphID(glyph)
        tabular.face.charWidths[code] = metrics[glyph][0] * 1000 // units
    return tabular


def undrawable(text: str) -> frozenset[str]:
    """Return the characters of the text that the fonts can't draw."""
    glyphs = load_face().glyphs
    return frozenset(c for c in text if ord(c) not in glyphs and ord(c) not in SPACES and c not in INVISIBLE)


def even_spaces(text: str) -> str:
    """Return the text with the spaces that are drawn for those that the fonts lack."""
    return text if text.isascii() and "\t" not in text else text.translate(SPACES)


class Encoder(dict[int, str]):
    """Character code -> the PDF string literal of its code in the font's first subset, for `str.translate`.

    ReportLab embeds a TrueType font in subsets of up to 256 characters, each a simple font of its own. Nearly every
    text needs the first subset only; `segments` handles the others.
    """

    def __init__(self, face: Face, document: Any) -> None:
        super().__init__({0x200B: "", 0x2060: "", 0x28: "\\(", 0x29: "\\)", 0x5C: "\\\\"})
        self.update(dict.fromkeys((*SPACES, 0xA0), " "))  # one code for all, which means U+0020
        self.font, self.document = face.font, document
        self.font.splitString(" ", document)
        self.name: str = self.font.getSubsetInternalName(0, document)

    def __missing__(self, code: int) -> str:
        if not 32 <= code < 127:
            subset, codes = self.font.splitString(chr(code), self.document)[0]
            if subset:
                raise OverflowError("not in the first subset")
            self[code] = f"\\{codes[0]:03o}"
        else:
            self[code] = chr(code)
        return self[code]

    def segments(self, text: str) -> list[tuple[str, str]]:
        """Return the text as pairs of font resource name and PDF string literal."""
        try:
            return [(self.name, text.translate(self))]
        except OverflowError:
            parts = self.font.splitString(even_spaces(text), self.document)
            return [
                (self.font.getSubsetInternalName(subset, self.document), "".join(f"\\{code:03o}" for code in codes))
                for subset, codes in parts
            ]
