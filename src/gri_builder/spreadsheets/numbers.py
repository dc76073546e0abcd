"""Numbers in the notation of a locale, with its decimal sign and digit groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from msgspec import Struct

SPACES = " \u00a0\u2009\u202f"
APOSTROPHES = "'’"
_SIGN = r"[-+−]?"
_NUMBER = re.compile(rf"({_SIGN})((?:\d[\d.,{SPACES}{APOSTROPHES}]*)?\d|[.,]\d+)")
MISSING_VALUES = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "#n/a n/a",
        "-",
        "–",
        "—",
        "..",
        "…",
        "not available",
        "not applicable",
        "k. a.",
        "k.a.",
        "n. v.",
    }
)
"""How people write a missing value, as `casefold_key` returns it."""


class NumberFormat(Struct, frozen=True):
    """The notation of numbers in a locale."""

    locale: str
    decimal: str
    """'.' or ','."""
    pairs: bool = False
    """Whether digits before the last three may be grouped in pairs, as in India."""

    @property
    def other(self) -> str:
        """The sign that groups digits, if it is not a space."""
        return "," if self.decimal == "." else "."


@cache
def find_number_format(locale: str) -> NumberFormat | None:
    """Return the number format of a locale such as 'de-DE'; None if the locale is unknown."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        parsed = Locale.parse(locale.replace("_", "-"), sep="-")
        decimal = str(get_decimal_symbol(parsed))
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    return NumberFormat(locale, "," if decimal in (",", "٫") else ".", parsed.territory in ("IN", "PK", "BD", "NP"))


def decimal_sign(text: str) -> str | None:
    """Return the decimal sign of a number; '?' if it is ambiguous; None if the number has none."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    body = re.sub(rf"[{SPACES}{APOSTROPHES}]", "", match[2])
    marks = [character for character in body if character in ".,"]
    if not marks:
        return None
    if len(set(marks)) == 2:
        return marks[-1] if marks.count(marks[-1]) == 1 else None
    if len(marks) > 1:
        return "," if marks[0] == "." else "."
    before, _, after = body.partition(marks[0])
    return "?" if len(after) == 3 and 0 < len(before) < 4 and not before.startswith("0") else marks[0]


def decimal_signs(texts: Iterable[str]) -> frozenset[str]:
    """Return the unambiguous decimal signs of the numbers among the texts."""
    return frozenset(sign for text in texts if (sign := decimal_sign(text)) in (".", ","))


def parse_number(text: str, notation: NumberFormat) -> Decimal | None:
    """Parse a number; None if the text is not a number in this format."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    sign, body = match[1].replace("−", "-"), match[2]
    whole, mark, fraction = body.partition(notation.decimal)
    if mark and not fraction.isdecimal():
        return None
    if not whole.isdecimal() and whole and not _is_grouped(whole, notation):
        return None
    digits = re.sub(r"\D", "", whole) or "0"
    return Decimal(f"{sign}{digits}.{fraction}" if mark else f"{sign}{digits}")


def _is_grouped(whole: str, notation: NumberFormat) -> bool:
    marks = {character for character in whole if not character.isdecimal()}
    if len(marks) != 1 or (mark := marks.pop()) == notation.decimal:
        return False
    first, *groups = whole.split(mark)
    if not groups or len(groups[-1]) != 3 or not 0 < len(first) < 4:
        return False
    inner = groups[:-1]
    return all(len(group) == 3 for group in inner) or (
        notation.pairs and all(len(g) == 2 for g in (*inner, first[-2:]))
    )
