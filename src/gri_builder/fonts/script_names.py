"""Names of scripts, for messages: the script of a character as people call it (UAX #24)."""

from __future__ import annotations

from functools import cache

ALPHABETS = frozenset({"Latn", "Grek", "Cyrl", "Zyyy", "Zinh", "Zzzz"})
"""Scripts that the bundled fonts have, and characters of no script: each missing one is named by itself."""
EAST_ASIAN = frozenset({"Hani", "Hira", "Kana", "Bopo"})
"""Scripts that one font has together."""
_WIDE = ((0x3000, 0x303F), (0x30A0, 0x30FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
"""Signs and punctuation of East Asian text, from and to."""
_TITLES = {"Hani": "Chinese and Japanese", "Hang": "Korean", "Beng": "Bengali", "Mymr": "Burmese"}


@cache
def find_script(character: str) -> str | None:
    """Return the script of a character by ISO 15924; None if it belongs to an alphabet that the fonts have."""
    from fontTools.unicodedata import script

    name = str(script(character))
    if name in EAST_ASIAN or any(first <= ord(character) <= last for first, last in _WIDE):
        return "Hani"
    return None if name in ALPHABETS else name


def script_title(script: str) -> str:
    """Return the English name of a script."""
    from fontTools.unicodedata import script_name

    return _TITLES.get(script) or str(script_name(script, script)).replace("_", " ")
