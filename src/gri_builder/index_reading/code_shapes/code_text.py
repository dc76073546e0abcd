"""Texts made plain for the search of codes: one kind of dash and space, plain letters, nothing invisible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

DASHES = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\ufffe\x02"
"""Dashes, with the characters in place of a hyphen at the end of a line in extracted text."""
SPACES = "\t\u00a0\u202f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN = {**_FULL_WIDTH, **dict.fromkeys(map(ord, DASHES), "-"), **dict.fromkeys(map(ord, SPACES), " ")}


class PlainText(Struct, frozen=True):
    """A text in plain characters, with the place of each in the text that it was made of."""

    text: str
    places: Sequence[int]
    """Place in the original of each character, and of the end."""


def make_plain(text: str) -> PlainText:
    """Return a text in plain characters (Unicode's full-width forms, dashes and spaces have many)."""
    if text.isascii():
        return PlainText(text, range(len(text) + 1))
    plain = text.translate(_PLAIN)
    if not INVISIBLE.search(plain):
        return PlainText(plain, range(len(plain) + 1))
    kept = [place for place, character in enumerate(plain) if not INVISIBLE.match(character)]
    return PlainText("".join(plain[place] for place in kept), [*kept, len(plain)])
