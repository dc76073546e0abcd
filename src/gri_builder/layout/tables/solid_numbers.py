"""Numbers that never break: the words of a cell, with each number, range and date in one piece."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gri_builder.layout.tables.decimals import is_number
from gri_builder.typesetting.line_breaking import Piece, Word

MAX_LENGTH = 28
"""Characters of a word that counts as a number."""
_NUMBER = re.compile(r"\W*[^\W\d_]{0,4}\W?\d[\d\W]*(?:[^\W\d_]{0,8}|[\u00a0/][^\d]{0,16})\W*")
"""A number, range or date, with a unit or after the letters of a period or a currency; no code such as 'A4-B15'."""
MAX_NUMBER = 34
"""Characters of a cell that is a number with its unit."""
_DAY = re.compile(r"\d{1,2}[.,]?")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d[.,;)]?")
_MONTH = re.compile(r"[^\W\d_]{3,12}\.?")


def keep_numbers_whole(words: list[Word]) -> list[Word]:
    """Return the words of a paragraph in a cell, with its numbers as words that are never broken.

    A cell that is nothing but a number with its unit becomes one word; so do the parts of a date.
    """
    texts = ["".join(piece.text for piece in word.pieces) for word in words]
    if not any(map(_has_digit, texts)):
        return words
    whole = " ".join(texts)
    if len(words) > 1 and len(whole) <= MAX_NUMBER and is_number(whole) and _can_join(words):
        return [_join(words)]
    joined: list[Word] = []
    place = 0
    while place < len(words):
        date = words[place : place + 3]
        if len(date) == 3 and _is_date(texts[place : place + 3]) and _can_join(date):
            joined.append(_join(date))
            place += 3
            continue
        word = words[place]
        word.solid = word.solid or _is_solid(texts[place])
        joined.append(word)
        place += 1
    return joined


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _is_solid(text: str) -> bool:
    """Return whether a word is a number, a range or a date, not a name or an address with digits in it."""
    if not _has_digit(text) or len(text) > MAX_LENGTH or "://" in text or "@" in text:
        return False
    return _NUMBER.fullmatch(text) is not None


def _is_date(texts: Sequence[str]) -> bool:
    """Return whether three words are a date: day, month and year, or month, day and year."""
    first, second, year = texts
    if not _YEAR.fullmatch(year):
        return False
    return bool(
        (_DAY.fullmatch(first) and _MONTH.fullmatch(second)) or (_MONTH.fullmatch(first) and _DAY.fullmatch(second))
    )


def _can_join(words: Sequence[Word]) -> bool:
    """Return whether the words are on one line and read in one direction."""
    return all(word.glue >= 0 and not any(p.look.level for p in word.pieces) for word in words)


def _join(words: Sequence[Word]) -> Word:
    """Return the words as one that is never broken, with the spaces between them."""
    pieces: list[Piece] = []
    for word in words:
        if pieces:
            pieces.append(Piece(" ", pieces[-1].look, word.glue))
        pieces += word.pieces
    return Word(pieces, sum(piece.width for piece in pieces), words[0].glue, words[0].space_level, solid=True)
