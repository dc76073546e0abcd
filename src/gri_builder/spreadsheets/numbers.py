"""Numbers in the notation of a locale, with its decimal sign and digit groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from msgspec import Struct

from gri_builder.limits.numbers import is_too_long

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


@cache
def certain_pattern(decimal: str) -> str:
    """Return the regular expression, also for SQL, of numbers whose decimal sign can only be '.' or ',' as given.

    Such are '3.4', '0.400', '1204.500', '1,204.5', '1 204.5' and '1,204,500' for the decimal point.
    """
    point, other = (r"\.", ",") if decimal == "." else (",", r"\.")
    groups = f"[0-9]{{1,3}}([{SPACES}{APOSTROPHES}][0-9]{{3}})+"
    forms = (
        rf"([0-9]*|{groups}){point}([0-9]{{1,2}}|[0-9]{{4,}})",
        rf"(0[0-9]*|[0-9]{{4,}}|{groups})?{point}[0-9]{{3}}",
        rf"[1-9][0-9]{{0,2}}({other}[0-9]{{2,3}})*{other}[0-9]{{3}}{point}[0-9]+",
        rf"[1-9][0-9]{{0,2}}({other}[0-9]{{2,3}})*{other}[0-9]{{3}}{other}[0-9]{{3}}",
    )
    return f"{_SIGN}({'|'.join(forms)})"


AMBIGUOUS_NUMBER = rf"{_SIGN}[1-9][0-9]{{0,2}}[.,][0-9]{{3}}"
"""Regular expression, also for SQL, of numbers such as '1,204', whose sign may separate thousands or decimals."""


def decimal_sign(text: str) -> str | None:
    """Return the decimal sign of a number; '?' if it is ambiguous; None if the number has none."""
    plain = text.strip()
    if "." not in plain and "," not in plain:
        return None
    found = next((sign for sign in ".," if re.fullmatch(certain_pattern(sign), plain)), None)
    return found or ("?" if re.fullmatch(AMBIGUOUS_NUMBER, plain) else None)


def count_decimal_signs(texts: Iterable[str]) -> Counter[str]:
    """Return how many numbers among the texts have each sign, as `decimal_sign` tells them apart."""
    return Counter(sign for text in texts if (sign := decimal_sign(text)))


def decimal_signs(texts: Iterable[str]) -> frozenset[str]:
    """Return the unambiguous decimal signs of the numbers among the texts."""
    return frozenset(count_decimal_signs(texts)) - {"?"}


def parse_number(text: str, notation: NumberFormat) -> Decimal | None:
    """Parse a number; None if the text is not a number in this format, or one that is too long."""
    plain = text.strip()
    match = None if is_too_long(plain) else _NUMBER.fullmatch(plain)
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
        notation.pairs and len(first) < 3 and all(len(group) == 2 for group in inner)
    )
