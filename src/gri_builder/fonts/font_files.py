"""Checks of custom font files: TrueType outlines, undamaged, with a licence that permits embedding."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from gri_builder.model.finding import Finding, Location, error

TABLES = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "OS/2")
"""Tables required of an embedded TrueType font."""
RESTRICTED = 0x0002
"""Bit of OS/2.fsType: embedding is forbidden."""
BITMAPS_ONLY = 0x0200
"""Bit of OS/2.fsType: outlines must not be embedded."""


def check_font(path: str, data: bytes, where: Location) -> Finding | None:
    """Return an error for a font file that can't be embedded, or None."""
    if data[:4] == b"OTTO":
        message = f"{path} has PostScript outlines (CFF); only TrueType outlines are supported"
        return error("font-format", message, where, "use the family's TrueType files: their names end in .ttf")
    if data[:4] in (b"ttcf", b"wOFF", b"wOF2"):
        message = f"{path} is a {'font collection' if data[:4] == b'ttcf' else 'web font'}"
        return error("font-format", message, where, "use the family's TrueType files: their names end in .ttf")
    try:
        font = TTFont(io.BytesIO(data), lazy=False)
        missing = [tag for tag in TABLES if tag not in font]
        if not missing:
            glyphs = font["glyf"]
            for name in font.getGlyphOrder():
                glyphs[name].expand(glyphs)
            codes, widths, kind = font.getBestCmap(), font["hmtx"].metrics, font["OS/2"].fsType
    except Exception:  # fontTools raises whatever it meets in a broken file
        return _broken(path, where)
    if missing or not codes or ord(" ") not in codes or len(widths) < len(font.getGlyphOrder()):
        return _broken(path, where)
    if kind & RESTRICTED or kind & BITMAPS_ONLY:
        message = f"{path} forbids embedding (OS/2 fsType)"
        return error(
            "font-licence", message, where, "choose a font whose licence permits it, such as one under the OFL"
        )
    return None


def _broken(path: str, where: Location) -> Finding:
    hint = "open it in a font viewer; download it again from its publisher"
    return error("broken-font", f"{path} is damaged or not a TrueType font", where, hint)
