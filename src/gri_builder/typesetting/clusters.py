"""Clusters: characters that must stay together on a line, however narrow it is (UAX #29, 3)."""

from __future__ import annotations

import unicodedata

from gri_builder.fonts.faces import Face
from gri_builder.fonts.scripts import needs_shaping

_MARKS = frozenset({"Mn", "Mc", "Me"})
_AFTER = frozenset("\u0e33\u0eb3\u200c\u200d\u00ad\ufdd0")
"""Other characters that are not parted from the one before: vowels AM of Thai and Lao, joiners, soft hyphens."""
_BEFORE = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4\u200d")
"""Characters that are not parted from the one after: vowels of Thai and Lao that are written before their consonant."""
_VIRAMA = 9
"""Combining class of signs that join two consonants."""


def may_part(before: str, after: str) -> bool:
    """Return whether two neighbouring characters are of two clusters."""
    if before in _BEFORE or after in _AFTER or unicodedata.category(after) in _MARKS:
        return False
    return unicodedata.combining(before) != _VIRAMA


def fitting_count(face: Face, text: str, size: float, room: float) -> int:
    """Return how many characters of a text fit into `room` points: whole clusters, at least one of them.

    At least one cluster is left unless the text has but one.
    """
    if needs_shaping(text):
        return _fitting_shaped(face, text, size, room)
    used, get, kerning = 0.0, face.advances.get, face.kerning
    for count, char in enumerate(text[:-1]):
        used += get(ord(char), face.default) - (kerning[text[count - 1 : count + 1]] / 1000 if count else 0.0)
        if count and used * size > room:
            return count
    return max(1, len(text) - 1)


def _fitting_shaped(face: Face, text: str, size: float, room: float) -> int:
    """Return how many characters of shaped text fit, by halving."""
    ends = [place for place in range(1, len(text)) if may_part(text[place - 1], text[place])]
    if not ends:
        return len(text)
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if face.width(text[: ends[middle]]) * size <= room:
            low = middle
        else:
            high = middle - 1
    return ends[low]
