"""Scripts of text: the direction in which a language is written, and which characters need shaping."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Direction = Literal["ltr", "rtl"]
"""Left to right, or right to left."""
RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "glk", "he", "iw", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"}
)
"""Languages that are written from right to left unless their tag names another script (CLDR, likely subtags)."""
RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts that are written from right to left (ISO 15924)."""
ORDERING = frozenset(
    "\u034f\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
) | frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Characters without a glyph that join letters, keep them apart, choose their variant, or set their order."""
_SHAPED = re.compile(
    "[\u0300-\u036f"  # combining marks
    "\u0590-\u109f"  # Hebrew, Arabic, Syriac, Thaana, N'Ko; scripts of India; Thai, Lao, Tibetan, Myanmar
    "\u1100-\u11ff\u135d-\u135f\u1700-\u1cff\u1dc0-\u1dff\u200c-\u200f\u202a-\u202e\u2066-\u2069\u20d0-\u20ff"
    "\u302a-\u302f\u3099\u309a\ua66f-\ua67d\ua800-\uabff\ud7b0-\ud7ff\ufb1d-\ufdff\ufe00-\ufe0f\ufe20-\ufe2f\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e800-\U0001efff\U000e0100-\U000e01ef]"
)
_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@cache
def text_direction(language: str) -> Direction:
    """Return the direction in which the language of a BCP 47 tag is written; a script in the tag decides."""
    first, *rest = language.split("-")
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), None)
    if script is not None:
        return "rtl" if script in RTL_SCRIPTS else "ltr"
    return "rtl" if first.lower() in RTL_LANGUAGES else "ltr"


def needs_shaping(text: str) -> bool:
    """Return whether glyphs of the text are chosen or placed by their neighbours."""
    return not text.isascii() and _SHAPED.search(text) is not None


def has_rtl(text: str) -> bool:
    """Return whether the text has characters of a script written from right to left, or controls that ask for it."""
    return not text.isascii() and _RTL.search(text) is not None
