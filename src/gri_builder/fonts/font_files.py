"""Checks of custom font files: TrueType outlines, undamaged, with a licence that permits embedding."""

from __future__ import annotations

import io
import logging

from fontTools.ttLib import TTFont

from gri_builder.fonts.own_fonts import regularize_font
from gri_builder.limits.guard import is_out_of_memory
from gri_builder.model.finding import Finding, Location, error
from gri_builder.pdf.reportlab_adapter.fonts import load_font

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # what it finds is in our finding
TABLES = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "OS/2")
"""Tables required of an embedded TrueType font."""
USAGE, RESTRICTED = 0x000F, 0x0002
"""Bits of OS/2.fsType that say who may embed, of which the most generous counts, and the one by which nobody may."""
NO_SUBSETS, BITMAPS_ONLY = 0x0100, 0x0200
"""Bits of OS/2.fsType: the font must be embedded whole; its outlines must not be embedded."""
SYMBOLS = (3, 0)
"""Platform and encoding of a map of symbols, which have no meaning as characters (OpenType, cmap)."""


def check_font(path: str, data: bytes, where: Location) -> Finding | None:
    """Return an error for a font file that can't be embedded, or None."""
    if data[:4] == b"OTTO":
        return _wrong_format(path, "has PostScript outlines (CFF); only TrueType outlines are supported", where)
    if data[:4] in (b"ttcf", b"wOFF", b"wOF2"):
        return _wrong_format(path, f"is a {'font collection' if data[:4] == b'ttcf' else 'web font'}", where)
    try:
        font = TTFont(io.BytesIO(data), lazy=False)
        missing = [tag for tag in TABLES if tag not in font]
        if missing:
            return _broken(path, where)
        codes, kind = _read(font), font["OS/2"].fsType
    except Exception as problem:  # fontTools and others raise whatever they meet in a broken file
        if is_out_of_memory(problem):
            raise
        return _broken(path, where)
    if not codes:
        kinds = {(table.platformID, table.platEncID) for table in font["cmap"].tables}
        what = "is a font of symbols" if SYMBOLS in kinds else "has no map of Unicode characters"
        return _wrong_format(path, f"{what}; text can't be set in it", where, "choose a font for text")
    if kind & USAGE == RESTRICTED or kind & (NO_SUBSETS | BITMAPS_ONLY):
        what = "in part, as PDF files do" if kind & NO_SUBSETS else "its letters"
        message = f"{path} forbids embedding {what} (OS/2 fsType {kind:#06x})"
        hint = "choose a font whose licence permits it, such as one under the OFL"
        return error("font-licence", message, where, hint)
    return None


def _read(font: TTFont) -> dict[int, str]:
    """Return the characters of a font, and read all that is needed to embed it; raises if it is damaged."""
    glyphs, order = font["glyf"], font.getGlyphOrder()
    for name in order:
        glyphs[name].expand(glyphs)
    if len(font["hmtx"].metrics) < len(order) or not 16 <= font["head"].unitsPerEm <= 16384:
        raise ValueError("no widths")
    _try(regularize_font(font.reader.file.getvalue()))
    codes = dict(font.getBestCmap() or {})
    letters = [code for code in codes if chr(code).isalpha()]
    if letters and not any(font["hmtx"].metrics[codes[code]][0] for code in letters):
        raise ValueError("no widths")
    return codes


def _try(data: bytes) -> None:
    """Load a font as a build does; raises what the libraries that embed and shape it raise."""
    import uharfbuzz

    load_font("Trial", data)
    buffer = uharfbuzz.Buffer()
    buffer.add_str("A1")
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(data)), buffer)


def _wrong_format(path: str, what: str, where: Location, hint: str = "") -> Finding:
    hint = hint or "use the family's TrueType files: their names end in .ttf"
    return error("font-format", f"{path} {what}", where, hint)


def _broken(path: str, where: Location) -> Finding:
    hint = "open it in a font viewer; download it again from its publisher"
    return error("broken-font", f"{path} is damaged or not a TrueType font", where, hint)
