"""Rules of a font for scripts whose letters are joined or reordered (OpenType GSUB), and scripts that can't be set."""

from __future__ import annotations

import re
from functools import lru_cache

from fontTools.unicodedata import ot_tags_from_script, script

from gri_builder.fonts.faces import Face
from gri_builder.fonts.itemization import itemize
from gri_builder.fonts.scripts import needs_shaping
from gri_builder.fonts.shaping import read_face, shape_words

UPRIGHT = frozenset({"Mong", "Phag"})
"""Scripts whose lines run from top to bottom."""
JOINED = frozenset({"Arab", "Mand", "Mong", "Nkoo", "Phag", "Syrc", "Adlm", "Rohg"})
"""Scripts whose letters have other shapes beside others; HarfBuzz can join Arabic without the font's rules."""
REORDERED = frozenset(
    {"Bali", "Beng", "Cham", "Deva", "Gujr", "Guru", "Java", "Khmr", "Knda", "Lana", "Lepc", "Limb", "Mlym", "Mymr"}
    | {"Orya", "Sinh", "Sund", "Taml", "Telu", "Tibt"}
)
"""Scripts whose letters are reordered, stacked or drawn as one."""
WITHOUT_SPACES = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Lana", "Tale", "Talu"})
"""Scripts with no spaces between words, whose lines break by a dictionary (UAX #14, class SA)."""
_UNBROKEN = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u17d8-\u17dd\u1950-\u19df\u1a20-\u1aad]+")
_PROBES = {"Arab": "\u0628\u0628"}
"""Two letters of a script that are joined."""


def unsupported_script(text: str, face: Face) -> tuple[str, int] | None:
    """Return the first script of a text that can't be set with a face and the ones behind it, and where it starts.

    Characters that no face has are none of it: they are found by themselves. Lines from top to bottom are never set.
    """
    place = 0
    for stretch in itemize(text, face) if needs_shaping(text) else ():
        drawn = all(map(stretch.face.has, stretch.text))
        if stretch.script in UPRIGHT or (drawn and not _has_rules(stretch.face, stretch.script)):
            return stretch.script, place
        place += len(stretch.text)
    return None


def longest_without_spaces(text: str) -> tuple[str, int, int] | None:
    """Return the script of the longest stretch whose words are not separated, its place and its length."""
    found: tuple[str, int, int] | None = None
    for match in _UNBROKEN.finditer(text):
        name = script(match[0][0])
        if name in WITHOUT_SPACES and (found is None or len(match[0]) > found[2]):
            found = name, match.start(), len(match[0])
    return found


@lru_cache(maxsize=1024)
def _has_rules(face: Face, name: str) -> bool:
    """Return whether a face has the rules of a script, as far as it needs some."""
    if name in JOINED | REORDERED:
        listed = read_face(face.file).scripts
        return bool(listed.intersection(ot_tags_from_script(name))) or _joins(face, name)
    return True


def _joins(face: Face, name: str) -> bool:
    """Return whether two letters of the script are drawn otherwise than each by itself."""
    if name not in _PROBES:
        return False
    letters = _PROBES[name]
    glyphs = [glyph.id for word in shape_words(face, letters, True) for run in word.runs for glyph in run.glyphs]
    return face.glyphs.get(ord(letters[0])) not in glyphs
