"""Whether the file of a typeface may be published on the web, by the rights that its maker wrote into it."""

from __future__ import annotations

import io
from functools import lru_cache

from gri_builder.fonts.font_files import USAGE
from gri_builder.model.theme import FontFamily

_RIGHTS = ((0x0008, "editable documents"), (0x0004, "preview and print"))
"""Bits of OS/2.fsType by which editors, or readers, of a document may use a font (OpenType, OS/2)."""


def find_limit(font: FontFamily) -> str | None:
    """Return what the files of a typeface limit their embedding to; None if any reader may have them.

    Whoever opens a page gets the file, so that the rights of a document do not suffice.
    """
    limits = (_read_limit(data) for _, data in sorted(font.faces.items()))
    return next((limit for limit in limits if limit), None)


@lru_cache(maxsize=32)
def _read_limit(data: bytes) -> str | None:
    from fontTools.ttLib import TTFont

    kind: int = TTFont(io.BytesIO(data), lazy=True)["OS/2"].fsType
    if not kind & USAGE:
        return None
    named = next((name for bit, name in _RIGHTS if kind & bit), "documents")
    return f"{named} only (OS/2 fsType {kind:#06x})"
