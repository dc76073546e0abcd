"""Numbers that people type as text, with their unit: '1 234,5 MWh', '€ 1.2 m', "12'345.60", '12 %'."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.numbers import MISSING_VALUES, NumberFormat, decimal_sign, parse_number

_GROUPS = " \u00a0\u2009\u202f'’"
_NUMBER = re.compile(rf"[-+−]?(?:[0-9][0-9.,{_GROUPS}]*[0-9]|[0-9]|[.,][0-9]+)")
_NO_NUMBER = frozenset(
    {"tbd", "tbc", "unknown", "none", "keine", "keine angabe", "unbekannt", "inconnu", "s. o.", "nd", "n.d.", "n. d."}
)
"""Further ways to say that no number is available."""
_POINT = NumberFormat("en-IN", ".", pairs=True)
_COMMA = NumberFormat("de-DE", ",", pairs=True)


class TypedNumber(Struct, frozen=True):
    """A number with what is written beside it."""

    number: str
    """Its digits and signs, as written."""
    unit: str
    """The text beside it; empty for a number alone."""

    @property
    def sign(self) -> str | None:
        """Its decimal sign; '?' where it may be one that groups digits, None where it has none."""
        return decimal_sign(self.number)

    def readings(self) -> tuple[Decimal, ...]:
        """Return the numbers that it may mean: one, or two for '1.234' with the larger first; none if it is none."""
        sign = self.sign
        formats = {".": (_POINT,), ",": (_COMMA,)}.get(sign or "", (_POINT, _COMMA))
        found = dict.fromkeys(number for each in formats if (number := parse_number(self.number, each)) is not None)
        return tuple(sorted(found, key=abs, reverse=True))


def is_missing(text: str) -> bool:
    """Return whether a text says that no number is available."""
    plain = casefold_key(text)
    return plain in MISSING_VALUES or plain in _NO_NUMBER


def split_number(text: str) -> TypedNumber | None:
    """Return the number in a text and what is written beside it; None where it is not one number.

    Digits of all scripts are understood, and the decimal sign of Arabic.
    """
    plain = _plain_digits(text)
    found = list(_NUMBER.finditer(plain))
    if not found:
        return None
    match = found[0]
    before, after = plain[: match.start()].strip(), plain[match.end() :].strip()
    if any(character.isdigit() for character in before) or re.search(r"[0-9]\s+[0-9]|^[0-9]", after):
        return None
    if re.match(r"[eE][-+]?[0-9]", after) or re.search(r"[<>≤≥~≈±()*]", before + after):
        return None
    return TypedNumber(match[0].strip(), f"{before} {after}".strip())


def count_signs(texts: Iterable[str]) -> frozenset[str]:
    """Return the decimal signs of numbers in texts, where they are certain."""
    numbers = (split_number(text) for text in texts)
    return frozenset(sign for each in numbers if each and (sign := each.sign) in (".", ","))


def _plain_digits(text: str) -> str:
    """Return a text with the digits 0 to 9 and a point or comma for those of other scripts."""
    letters = []
    for character in text.strip():
        if character.isdecimal() and not character.isascii():
            letters.append(str(unicodedata.decimal(character)))
        elif character == "٬":
            continue
        else:
            letters.append({"٫": ".", "．": ".", "，": ",", "＋": "+", "－": "-"}.get(character, character))
    return "".join(letters)
