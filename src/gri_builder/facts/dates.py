"""Parse days, months and years as people write them in tables."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from gri_builder.spreadsheets.cells import casefold_key

_ISO = re.compile(r"(?P<y>[12]\d{3})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?(?:[T ].*)?")
_DAY = re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>[12]\d{3})(?:[T ].*)?")
_MONTH = re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>[12]\d{3})")
_NAMED = re.compile(r"(?P<name>[^\W\d_]+)\.?[- /]*(?P<y>[12]\d{3})")


class DateParts(NamedTuple):
    """A day, a month or a year."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def month_text(self) -> str:
        """Its month, such as '2015-03'."""
        return f"{self.year}-{self.month:02}"


def parse_date(text: str, locale: str) -> DateParts | None:
    """Return the day, month or year that a text states; None where it states none.

    Where day and month could be swapped, the day comes first, except in US locales.
    """
    if match := _ISO.fullmatch(text):
        return _make_date(match["y"], match["m"], match["d"])
    if match := _DAY.fullmatch(text):
        first, second = match["a"], match["b"]
        month_first = (locale.replace("_", "-").upper().endswith("-US") or int(second) > 12) and int(first) <= 12
        return _make_date(match["y"], first, second) if month_first else _make_date(match["y"], second, first)
    if match := _MONTH.fullmatch(text):
        return _make_date(match["y"], match["m"], None)
    if match := _NAMED.fullmatch(text):
        month = _month_names(locale).get(casefold_key(match["name"]))
        return DateParts(int(match["y"]), month) if month else None
    return None


def is_sortable(text: str) -> bool:
    """Return whether texts of this form sort by time: year, month and day in two digits each."""
    return bool(re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text))


def _make_date(year: str, month: str | None, day: str | None) -> DateParts | None:
    if month is not None and not 1 <= int(month) <= 12:
        return None
    if day is not None and not 1 <= int(day) <= 31:
        return None
    return DateParts(int(year), int(month) if month else None, int(day) if day else None)


@cache
def _month_names(locale: str) -> dict[str, int]:
    """Return the number of each month by its names, long and short, in English and in a locale's language."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for tag in ("en", locale.replace("-", "_")):
        for width in ("wide", "abbreviated"):
            names.update(
                {casefold_key(name).rstrip("."): month for month, name in get_month_names(width, locale=tag).items()}
            )
    return names
