"""Own fonts: a report's font files made regular, so that each character they map has a glyph that shows it.

What a file maps without showing it is taken out of its map, and so is borrowed from the bundled family: characters
without an outline (OpenType, cmap and glyf), letters without a width (hmtx), characters drawn like a missing one, white
space with an outline, and the digits of a font that does not have all ten, as numbers of two fonts are hard to read.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

DIGITS = "0123456789"
SPACE, NO_BREAK_SPACE, SOFT_HYPHEN = 0x20, 0xA0, 0xAD
SAME_GLYPH = {
    SPACE: (NO_BREAK_SPACE,),
    0x2010: (0x2D,),
    0x2D: (0x2010,),
    0x2011: (0x2010, 0x2D),
    SOFT_HYPHEN: (0x2010, 0x2D),
}
"""Characters that are drawn alike: each may have the glyph of one of the others."""
BLANK = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810)})
"""Characters of letters, marks and signs that have no outline (Unicode, Default_Ignorable_Code_Point; Braille)."""
VARIATION_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
WEIGHTS = {False: 400.0, True: 700.0}
"""Position on the axis of weight, by whether the face is bold (OpenType, fvar)."""


@lru_cache(maxsize=32)
def regularize_font(data: bytes, bold: bool = False, italic: bool = False) -> bytes:
    """Return a TrueType file whose map holds only characters that it shows; of a variable font, the face asked for."""
    font = _read_font(data)
    if "fvar" in font:
        font = _choose_instance(font, bold, italic)
    codes = choose_characters(font)
    _write_map(font, codes)
    _name(font)
    font["post"].formatType = 3.0
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def add_variable_faces(faces: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files of a family by face, with the faces that its variable files have and that are not given."""
    axes = {face: _axes(data) for face, data in faces.items()}
    added = dict(faces)
    for face, source, tags in _DERIVED:
        if face not in added and source in added and axes[source] & tags:
            added[face], axes[face] = added[source], axes[source]
    return added


_DERIVED = (
    ("bold", "regular", frozenset({"wght"})),
    ("italic", "regular", frozenset({"ital", "slnt"})),
    ("bold_italic", "italic", frozenset({"wght"})),
)
"""Faces, each with the one whose variable file may have it, and the axes of which it needs one."""


def _axes(data: bytes) -> frozenset[str]:
    """Return the axes of a variable font; none for any other font (OpenType, fvar)."""
    if b"fvar" not in data[: 12 + 16 * int.from_bytes(data[4:6], "big")]:
        return frozenset()
    return frozenset(axis.axisTag for axis in _read_font(data)["fvar"].axes)


def _read_font(data: bytes) -> TTFont:
    from fontTools.ttLib import TTFont  # takes time to load, and most reports have no font of their own

    return TTFont(io.BytesIO(data), recalcBBoxes=False, recalcTimestamp=False, lazy=True)


def choose_characters(font: TTFont) -> dict[int, str]:
    """Return the names of the glyphs by the characters that they show."""
    names, order = font.getBestCmap() or {}, font.getGlyphOrder()
    shapes = _GlyphShapes(font)
    known = frozenset(order)
    codes = {code: name for code, name in names.items() if name in known and shapes.shows(name, code)}
    for code, others in SAME_GLYPH.items():
        if code not in codes and (other := next((other for other in others if other in codes), None)):
            codes[code] = codes[other]
    if SPACE in codes:  # one code of a PDF font serves both
        codes[NO_BREAK_SPACE] = codes[SPACE]
    if not all(ord(digit) in codes for digit in DIGITS):
        for digit in DIGITS:
            codes.pop(ord(digit), None)
    return codes


def is_blank(code: int) -> bool:
    """Return whether a character has no outline in any font: white space, controls, selectors."""
    if code in BLANK or code in VARIATION_SELECTORS:
        return True
    return unicodedata.category(chr(code)) in ("Zs", "Zl", "Zp", "Cc", "Cf") and code != SOFT_HYPHEN


class _GlyphShapes:
    """Which glyphs of a font have an outline of their own."""

    def __init__(self, font: TTFont) -> None:
        self.font = font
        self.places: Mapping[int, int] = font["loca"].locations
        self.outlines: bytes = font.reader["glyf"]
        self.missing = self._stored(0)

    def shows(self, name: str, code: int) -> bool:
        """Return whether a glyph shows a character; white space is shown by having no outline."""
        id = self.font.getGlyphID(name)
        if id == 0:
            return False
        if is_blank(code):
            return unicodedata.category(chr(code)) == "Cf" or not self.is_outlined(id)
        if unicodedata.category(chr(code))[0] in "LN" and not self.font["hmtx"].metrics[name][0]:
            return False  # letters on top of each other can't be read
        return self.is_outlined(id) and not (self.missing and self._stored(id) == self.missing)

    def is_outlined(self, id: int, depth: int = 8) -> bool:
        """Return whether a glyph has contours, by itself or by its parts (OpenType, glyf)."""
        contours = int.from_bytes(self._stored(id)[:2], "big", signed=True)
        if contours >= 0:
            return contours > 0
        parts = self.font["glyf"][self.font.getGlyphName(id)].components
        return depth > 0 and any(self.is_outlined(self.font.getGlyphID(part.glyphName), depth - 1) for part in parts)

    def _stored(self, id: int) -> bytes:
        """Return the outline of a glyph as it is stored; empty for a blank one."""
        return self.outlines[self.places[id] : self.places[id + 1]]


def _choose_instance(font: TTFont, bold: bool, italic: bool) -> TTFont:
    """Return the face of a variable font that is asked for, as a static font."""
    from fontTools.varLib.instancer import instantiateVariableFont

    axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    wanted = {tag: axis.defaultValue for tag, axis in axes.items()}
    if "wght" in axes:
        wanted["wght"] = WEIGHTS[bold]
    if italic and "ital" in axes:
        wanted["ital"] = 1.0
    elif italic and "slnt" in axes:
        wanted["slnt"] = axes["slnt"].minValue
    limits = {tag: min(max(value, axes[tag].minValue), axes[tag].maxValue) for tag, value in wanted.items()}
    out = io.BytesIO()
    instantiateVariableFont(font, limits, inplace=False).save(out)
    return _read_font(out.getvalue())


def _write_map(font: TTFont, codes: Mapping[int, str]) -> None:
    """Write the map of characters as the only one of the font."""
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    wide = any(code > 0xFFFF for code in codes)
    table = CmapSubtable.newSubtable(12 if wide else 4)
    table.platformID, table.platEncID, table.language = 3, 10 if wide else 1, 0
    table.cmap = dict(codes)
    font["cmap"].tableVersion, font["cmap"].tables = 0, [table]


def _name(font: TTFont) -> None:
    """Give the font a PostScript name of plain characters, as PDF needs it (ISO 32000-1, 9.6.3)."""
    names = font["name"]
    written = names.getDebugName(6) or names.getDebugName(4) or names.getDebugName(1) or ""
    plain = re.sub(r"[^A-Za-z0-9-]", "", written)[:63] or "Font"
    names.names = [record for record in names.names if record.nameID != 6]
    names.setName(plain, 6, 3, 1, 0x409)
