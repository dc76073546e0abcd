"""Glyph coverage: from a precomputed table for bundled fonts, from the font files for custom ones."""

from __future__ import annotations

import json
from functools import cache

from gri_builder.fonts.scripts import ORDERING
from gri_builder.model.theme import FontFamily
from gri_builder.resources.bundled_fonts import FIRA_GO
from gri_builder.resources.frameworks import schemas_folder

_FORMATS = (*range(0x2061, 0x2065), *range(0x206A, 0x2070), *range(0x180B, 0x1810))
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
INVISIBLE = frozenset("\u00ad\u200b\n\u2060") | ORDERING | frozenset(map(chr, (*_FORMATS, *_SELECTORS)))
"""Characters without a glyph: they only control line breaking, order, joining and variants of another character.

Most of Unicode's Default_Ignorable_Code_Point; the others are no text (UAX #44).
"""
SPACES = dict.fromkeys((0x09, 0x1680, *range(0x2000, 0x2007), 0x2009, 0x200A, 0x205F, 0x3000), " ") | {0x202F: "\u00a0"}
"""White space missing from the fonts, and its replacement: a space, or a no-break space."""


def missing_glyphs(text: str, fonts: tuple[FontFamily, ...] = ()) -> frozenset[str]:
    """Return the characters of the text missing from one of those families and from the default one, its fallback."""
    if any(font.faces for font in fonts):  # only then fonts are read, which takes time
        from gri_builder.fonts.faces import face_missing_glyphs

        return face_missing_glyphs(text, fonts)
    fallback = _covered(FIRA_GO)  # it supplies what other families are missing
    covered = frozenset.intersection(*(_covered(font.name) | fallback for font in fonts)) if fonts else fallback
    return frozenset(c for c in set(text) if ord(c) not in covered and ord(c) not in SPACES and c not in INVISIBLE)


@cache
def _covered(family: str) -> frozenset[int]:
    """Return the code points of a bundled family."""
    table: dict[str, str] = json.loads((schemas_folder() / "fonts.json").read_text(encoding="utf-8"))
    ends = (part.partition("-") for part in table[family].split())
    return frozenset(code for low, _, high in ends for code in range(int(low, 16), int(high or low, 16) + 1))
