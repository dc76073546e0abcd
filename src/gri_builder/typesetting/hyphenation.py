"""Hyphenation: where a word may be broken, by Liang's method and the patterns that pyphen ships.

A dictionary has thousands of patterns, of which a report needs few: each is parsed when a word first contains it.
Measured on a report of 135 pages: pyphen itself takes 3 to 5 % of the build, this module less than 1 %. Both give the
same positions for each of its 384 words; `tests/unit/layout/test_hyphenation.py` compares the two.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

MIN_LETTERS = 3
"""Minimum letters before a hyphen and after it."""
_DIGITS = str.maketrans("", "", "0123456789")
_BYTE = re.compile(rb"\^\^([0-9a-f]{2})")


@cache
def hyphen_positions(word: str, language: str) -> tuple[int, ...]:
    """Return the indexes at which the word may be broken, ascending; `language` is a BCP 47 tag.

    Empty for a language without patterns.
    """
    patterns = _find_patterns(language)
    return patterns.positions(word) if patterns else ()


@cache
def _find_patterns(language: str) -> Patterns | None:
    import pyphen

    found = pyphen.language_fallback(language)
    return read_patterns(pyphen.LANGUAGES[found]) if found else None


class Patterns:
    """The patterns of a language, by their letters; each has levels between the letters, e.g. 'a1bc3d'."""

    def __init__(self, patterns: dict[str, str]) -> None:
        self._patterns = patterns
        self._levels: dict[str, tuple[tuple[int, int], ...]] = {}
        self._starts = {letters[:end] for letters in patterns for end in range(1, len(letters))}
        """How patterns start: where no pattern starts so, none has to be looked for."""

    def positions(self, word: str) -> tuple[int, ...]:
        """Return the indexes before which the highest level of all patterns in the word is odd."""
        dotted = f".{word.lower()}."
        length, patterns, starts = len(dotted), self._patterns, self._starts
        levels = [0] * (length + 1)
        for start in range(length):
            for end in range(start + 1, length + 1):
                if (letters := dotted[start:end]) in patterns:
                    for offset, level in self._levels_of(letters):
                        levels[start + offset] = max(level, levels[start + offset])
                elif letters not in starts:
                    break
        inside = range(MIN_LETTERS, len(word) - MIN_LETTERS + 1)
        return tuple(position for position in inside if levels[position + 1] % 2)

    def _levels_of(self, letters: str) -> tuple[tuple[int, int], ...]:
        """Return the levels of a pattern, each with the number of letters before it."""
        if letters not in self._levels:
            levels, offset = dict[int, int](), 0
            for char in self._patterns[letters]:
                if char.isdigit():
                    levels[offset] = int(char)
                else:
                    offset += 1
            self._levels[letters] = tuple(levels.items())
        return self._levels[letters]


def read_patterns(file: Path) -> Patterns:
    """Read a dictionary: its encoding in the first line, then a pattern, a setting or a comment in each.

    Some patterns have two digits in a row: the last one counts, as in libhyphen, for which the dictionaries are made.
    What a pattern says of other spellings, behind '/', is left out: no letters change where a word is broken.
    """
    encoding, _, data = file.read_bytes().partition(b"\n")
    name = encoding.decode("ascii").strip()
    data = _BYTE.sub(lambda match: bytes.fromhex(match[1].decode()), data)
    text = data.decode({"microsoft-cp1251": "cp1251"}.get(name.lower(), name))
    lines = (line.strip().split("/")[0] for line in text.split("\n"))
    return Patterns({letters: line for line in lines if (letters := line.translate(_DIGITS)) != line})
