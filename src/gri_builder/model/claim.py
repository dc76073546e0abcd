"""Claims: what a PDF says it covers, and where. One claim is one row of the content index."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from gri_builder.model.report import ExternalReference, Omission

LAST_ROMAN = 99
"""Roman numerals above number no pages."""
_ROMAN = re.compile(r"(?i)(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NUMERALS = ((90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Claim(Struct, frozen=True):
    """One row of the content index."""

    id: str
    """Disclosure id: the code; for a management approach followed by ':' and the Aspect's id."""
    code: str
    title: str
    group: str
    """Heading in the index: a section of the General Standard Disclosures, or the name of the material Aspect."""
    aspect: str | None = None
    """Id of its Aspect; None for a General Standard Disclosure."""
    physical_pages: tuple[int, ...] = ()
    """Pages with the answer, counted from 1, in ascending order."""
    references: tuple[ExternalReference, ...] = ()
    """Other public documents with the answer."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False
    assurance_page: int | None = None
    """Physical page of the assurance statement, if the disclosure is assured."""
    linkage: tuple[tuple[str, str], ...] = ()
    """Additional columns of the index, as (column id, text)."""


def page_ranges(pages: Iterable[int]) -> str:
    """Return page numbers as printed in an index: '12–14, 33'."""
    ranges: list[list[int]] = []
    for page in sorted(set(pages)):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)


def roman_value(word: str) -> int:
    """Return the value of a numeral in small letters or in capitals; 0 for another word."""
    if not (word.islower() or word.isupper()) or not _ROMAN.fullmatch(word):
        return 0
    digits = [_VALUES[letter] for letter in word.lower()]
    following = (*digits[1:], 0)
    return sum(-one if one < other else one for one, other in zip(digits, following, strict=True))


def roman_numeral(value: int) -> str:
    """Return the numeral of a value in small letters."""
    text = ""
    for each, letters in _NUMERALS:
        while value >= each:
            text, value = text + letters, value - each
    return text
