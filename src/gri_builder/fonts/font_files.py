"""Font files: whether one can be embedded: TrueType outlines, whole, with a licence that permits it."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from gri_builder.model.finding import Finding, Location, error

TABLES = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "OS/2")
"""Tables that an embedded TrueType font is made from."""
RESTRICTED = 0x0002
"""Bit of OS/2.fsType by which a font forbids to embed it."""
BITMAPS_ONLY = 0x0200


def check_font(path: str, data: bytes, where: Location) -> Finding | None:
    """Return what keeps a font file from being used, if anything does."""
    if data[:4] == b"OTTO":
        message = f"{path} has PostScript outlines (CFF), which can't be embedded here"
        return error("font-format", message, where, "take the family's TrueType files: their names end in .ttf")
    if data[:4] in (b"ttcf", b"wOFF", b"wOF2"):
        message = f"{path} is a {'collection of fonts' if data[:4] == b'ttcf' else 'font for web pages'}"
        return error("font-format", message, where, "take the family's TrueType files: their names end in .ttf")
    try:
        font = TTFont(io.BytesIO(data), lazy=False)
        lacking = [tag for tag in TABLES if tag not in font]
        if not lacking:
            glyphs = font["glyf"]
            for name in font.getGlyphOrder():
                glyphs[name].expand(glyphs)
            codes, widths, kind = font.getBestCmap(), font["hmtx"].metrics, font["OS/2"].fsType
    except Exception:  # fontTools raises whatever it meets in a broken file
        return _broken(path, where)
    if lacking or not codes or ord(" ") not in codes or len(widths) < len(font.getGlyphOrder()):
        return _broken(path, where)
    if kind & RESTRICTED or kind & BITMAPS_ONLY:
        message = f"{path} says of itself that it may not be embedded"
        return error(
            "font-licence", message, where, "choose a font whose licence permits it, such as one under the OFL"
        )
    return None


def _broken(path: str, where: Location) -> Finding:
    hint = "open it in a font viewer; take it anew from where it comes from"
    return error("broken-font", f"{path} is damaged, or no TrueType font", where, hint)
