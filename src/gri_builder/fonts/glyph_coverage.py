"""Characters that can be drawn: told from a table for the fonts that come along, from the files for a report's own."""

from __future__ import annotations

import json
from functools import cache

from gri_builder.model.theme import FontFamily
from gri_builder.resources.bundled_fonts import FIRA_GO
from gri_builder.resources.frameworks import schemas_folder

INVISIBLE = frozenset("\u00ad\u200b\n\u2060")
"""Characters that are never drawn: they only steer line breaking."""
SPACES = dict.fromkeys((0x09, 0x1680, *range(0x2000, 0x2007), 0x2009, 0x200A, 0x205F, 0x3000), " ") | {0x202F: "\u00a0"}
"""White space that the fonts lack, and the space that is drawn for it: one that may break, or one that may not."""


def missing_glyphs(text: str, fonts: tuple[FontFamily, ...] = ()) -> frozenset[str]:
    """Return the characters of the text that the fonts of those families lack, and the usual one too."""
    own = tuple(font for font in fonts if font.faces)
    if own:  # only then are fonts read, which takes time
        from gri_builder.fonts.faces import face_missing_glyphs

        return face_missing_glyphs(text, fonts)
    usual = _drawn(FIRA_GO)  # which lends what other families lack
    drawn = frozenset.intersection(*(_drawn(font.name) | usual for font in fonts)) if fonts else usual
    return frozenset(c for c in set(text) if ord(c) not in drawn and ord(c) not in SPACES and c not in INVISIBLE)


@cache
def _drawn(family: str) -> frozenset[int]:
    """Return the code points that a family that comes along has."""
    table: dict[str, str] = json.loads((schemas_folder() / "fonts.json").read_text(encoding="utf-8"))
    ends = (part.partition("-") for part in table[family].split())
    return frozenset(code for low, _, high in ends for code in range(int(low, 16), int(high or low, 16) + 1))
