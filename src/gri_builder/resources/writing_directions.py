"""Writing directions: which languages are written from right to left, by their BCP 47 tags."""

from __future__ import annotations

from functools import cache

_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts whose letters have the bidirectional class R or AL (UAX #9, table 4), as ISO 15924 codes."""
_LANGUAGES = frozenset(
    {
        *("ar", "arc", "arz", "ary", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc"),
        *("mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi"),
    }
)
"""Languages that are mostly written in one of these scripts, where the tag names no script (CLDR's likely subtags)."""


@cache
def is_right_to_left(tag: str) -> bool:
    """Return whether the language of a BCP 47 tag is written from right to left: by its script, or by its language."""
    language, *others = tag.split("-")
    script = next((part.title() for part in others if len(part) == 4 and part.isalpha()), None)
    return script in _SCRIPTS if script else language.lower() in _LANGUAGES
