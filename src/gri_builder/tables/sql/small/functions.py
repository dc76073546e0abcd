"""The functions and operators of queries, as the database calculates them: NULL is None, and decimals are exact.

Each raises UnsupportedError for values with which it may differ from the database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any

from gri_builder.tables.sql.small.syntax import UnsupportedError
from gri_builder.tables.sql.statements import MAX_PRECISION

SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What the database removes from both ends of a text (Unicode category Zs)."""
WORKING_DIGITS = 200
"""Digits with which decimals are calculated: more than any result has."""
_PLAIN_DECIMAL = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_PLAIN_INTEGER = re.compile(r"[-+]?\d{1,18}", re.ASCII)


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern that RE2 and Python understand alike; texts have no line ends."""
    if "(?" in text.replace("(?:", "") or "\\p" in text.lower() or "[[" in text or "\\z" in text.lower():
        raise UnsupportedError(text)
    return re.compile(text, re.ASCII)


def _extract(text: str, pattern: str) -> str:
    match = _pattern(pattern).search(text)
    return match[0] if match else ""


def _replace_pattern(text: str, pattern: str, new: str, flags: str = "") -> str:
    if "\\" in new or flags not in ("", "g"):
        raise UnsupportedError(new)
    return _pattern(pattern).sub(new, text, count=0 if flags else 1)


def _split_part(text: str, separator: str, place: int) -> str:
    parts = text.split(separator) if separator else [text]
    return parts[place - 1] if 0 < place <= len(parts) else ""


def _like(text: str, pattern: str) -> bool:
    start = pattern.removesuffix("%")
    if start == pattern or "%" in start or "_" in start:
        raise UnsupportedError(pattern)
    return text.startswith(start)


def _decimal(text: str, width: int, scale: int) -> Decimal:
    """Return a text as an exact decimal with a number of digits after the sign; the database would round others."""
    if not _PLAIN_DECIMAL.fullmatch(text):
        raise UnsupportedError(text)
    whole, _, rest = text.lstrip("+-").partition(".")
    if len(rest) > scale or len(whole.lstrip("0")) > width - scale:
        raise UnsupportedError(text)
    sign = "-" if text[0] == "-" else ""
    found = Decimal(f"{sign}{whole or 0}.{rest.ljust(scale, '0')}" if scale else sign + whole)
    return found if found else abs(found)


def _bigint(text: str) -> int:
    if not _PLAIN_INTEGER.fullmatch(text):
        raise UnsupportedError(text)
    return int(text)


def checked(number: Any) -> Any:
    """Return a number that fits into a decimal of the database."""
    if isinstance(number, Decimal) and (
        number.adjusted() - min(0, int(number.as_tuple().exponent)) >= MAX_PRECISION - 1
        or -int(number.as_tuple().exponent) > MAX_PRECISION
    ):
        raise UnsupportedError("a decimal with too many digits")
    return number


def _calculated(calculate: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return the function of two numbers, exact for whole and decimal ones."""

    def run(first: Any, second: Any) -> Any:
        if isinstance(first, str | float | bool) or isinstance(second, str | float | bool):
            raise UnsupportedError("numbers expected")
        with localcontext(prec=WORKING_DIGITS):
            found = calculate(first, second)
            return checked(found) if found else abs(found)  # the database knows no negative zero

    return run


def _absolute(number: Any) -> Any:
    with localcontext(prec=WORKING_DIGITS):
        return abs(number)


def _compared(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Return the comparison of two texts or of two numbers; a decimal is compared with a binary number as one."""

    def run(first: Any, second: Any) -> bool:
        if isinstance(first, str) is not isinstance(second, str):
            raise UnsupportedError("texts or numbers expected")
        if isinstance(first, float) or isinstance(second, float):
            return compare(float(first), float(second))
        return compare(first, second)

    return run


def _joined(first: Any, second: Any) -> str:
    if not (isinstance(first, str) and isinstance(second, str)):
        raise UnsupportedError("texts expected")
    return first + second


STRICT: Mapping[str, Callable[..., Any]] = {
    "varchar": lambda text: text if isinstance(text, str) else str(_refuse(text)),
    "lower": str.lower,
    "contains": lambda text, part: part in text,
    "ends_with": str.endswith,
    "replace": str.replace,
    "trim": lambda text, characters=SPACES: text.strip(characters),
    "length": len,
    "split_part": _split_part,
    "like": _like,
    "regexp_matches": lambda text, pattern: _pattern(pattern).search(text) is not None,
    "regexp_full_match": lambda text, pattern: _pattern(pattern).fullmatch(text) is not None,
    "regexp_extract": _extract,
    "regexp_replace": _replace_pattern,
    "decimal": _decimal,
    "bigint": _bigint,
    "abs": _absolute,
    "||": _joined,
    "*": _calculated(lambda first, second: first * second),
    "+": _calculated(lambda first, second: first + second),
    "-": _calculated(lambda first, second: first - second),
    "=": _compared(lambda first, second: first == second),
    "<>": _compared(lambda first, second: first != second),
    "<": _compared(lambda first, second: first < second),
    "<=": _compared(lambda first, second: first <= second),
    ">": _compared(lambda first, second: first > second),
    ">=": _compared(lambda first, second: first >= second),
}
"""Functions that return NULL where an argument is NULL."""


def _refuse(value: object) -> object:
    raise UnsupportedError(str(value))


def negate(value: Any) -> Any:
    """Return NOT of a truth value."""
    return None if value is None else not value


def both(first: Any, second: Any) -> Any:
    """Return AND of two truth values: false where one is."""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def either(first: Any, second: Any) -> Any:
    """Return OR of two truth values: true where one is."""
    if first is True or second is True:
        return True
    return None if first is None or second is None else False


def is_one_of(items: Sequence[Any]) -> Callable[[Any], Any]:
    """Return the function that says whether a value is one of some items; NULL where that is not known."""
    texts = {isinstance(each, str) for each in items if each is not None}
    known, otherwise = frozenset(items), None if None in items else False

    def run(value: Any, *_: Any) -> Any:
        if value is None:
            return None
        if texts != {isinstance(value, str)}:
            raise UnsupportedError("texts or numbers expected")
        return True if value in known else otherwise

    return run


def first_known(*values: Any) -> Any:
    """Return the first value that is not NULL (COALESCE)."""
    return next((value for value in values if value is not None), None)


LENIENT: Mapping[str, Callable[..., Any]] = {
    "not": negate,
    "and": both,
    "or": either,
    "is null": lambda value: value is None,
    "coalesce": first_known,
    "hash": lambda *values: values,
}
"""Functions that take NULL as any other value; a hash is only compared, so that the values themselves do."""


def _sum(values: Sequence[Any]) -> Any:
    if not values:
        return None
    if any(isinstance(each, str | float | bool) for each in values):
        raise UnsupportedError("numbers expected")
    with localcontext(prec=WORKING_DIGITS):
        return checked(sum(values[1:], values[0]))


def sort_key(value: Any) -> tuple[bool, Any]:
    """Return what values are sorted by: NULL last."""
    return value is None, 0 if value is None else value


AGGREGATES: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "count": len,
    "sum": _sum,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "bool_and": lambda values: all(values) if values else None,
    "bool_or": lambda values: any(values) if values else None,
    "list": lambda values: sorted(values) or None,
}
"""Functions of the values of several rows that are not NULL."""


def aggregate(name: str, values: Iterable[Any], is_distinct: bool) -> Any:
    """Return the aggregate of the values of some rows."""
    listed = list(values)
    if name == "list" and None in listed:
        raise UnsupportedError("a list with NULL")
    known = [each for each in listed if each is not None]
    return AGGREGATES[name](list(dict.fromkeys(known)) if is_distinct else known)
