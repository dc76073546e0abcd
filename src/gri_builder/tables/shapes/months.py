"""Headers that are months, such as 'Jan', 'März', 'Jan-15', '2015-01' or 1 to 12, of tables with months as columns."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from gri_builder.model.periods.dates import month_names_in
from gri_builder.model.periods.month_names import MONTH_NAMES
from gri_builder.resources.units import unit_table
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.units.texts import without_unit

MIN_MONTHS = 2
"""Month headers from which on a table has its months as columns."""
_SEPARATORS = r"[-/.' ’]*"
_NAME_FIRST = re.compile(rf"(?P<name>[^\W\d_]+|\d{{1,2}}[月월])\.?{_SEPARATORS}(?P<y>(?:[12]\d)?\d\d)?")
_YEAR_FIRST = re.compile(rf"(?P<y>[12]\d{{3}}){_SEPARATORS}(?P<name>[^\W\d_]{{3,}})\.?")
_NUMERIC = re.compile(r"(?P<y>[12]\d{3})(?:[-/. ]|[-/. ]?M)?(?P<m>0[1-9]|1[0-2])|(?P<m2>\d{1,2})[-/.](?P<y2>[12]\d{3})")
_DATE = re.compile(r"(?P<y>[12]\d{3})-(?P<m>\d\d)-(?:01|28|29|30|31)")
_NUMBER = re.compile(r"(?:M|month )?(?P<m>0?[1-9]|1[0-2])", re.IGNORECASE)
_ABBREVIATIONS = {"sept": 9, "mrz": 3, "mär": 3, "jän": 1, "jänner": 1, "feber": 2, "juil": 7, "sett": 9}
"""Spellings that people use, but that are not in the list of their language."""


class Month(NamedTuple):
    """A month, of a certain year or of any."""

    year: int | None
    month: int


class MonthColumn(NamedTuple):
    """A column of values of one month."""

    column: int
    month: Month


def find_month_columns(table: Table, locale: str) -> tuple[MonthColumn, ...]:
    """Return the columns whose headers are months; none where the table has fewer than two."""
    months = read_months(table.names, locale)
    return tuple(MonthColumn(column, month) for column, month in enumerate(months) if month)


def read_months(headers: Sequence[str], locale: str, *, are_months: bool = False) -> tuple[Month | None, ...]:
    """Return the month that each header is, all in the language that reads most of them.

    `are_months` says that all headers are meant to be months, so that a few numbers are months, too.
    """
    headers = [without_unit(header, unit_table()) for header in headers]
    by_language = (tuple(_read_month(header, language) for header in headers) for language in _languages(locale))
    best = max(by_language, key=lambda months: sum(map(bool, months)))
    if sum(map(bool, best)) >= MIN_MONTHS:
        return best
    numbers = tuple(_read_number(header) for header in headers)
    numbered = Counter(month.month for month in numbers if month)
    is_full = len(numbered) == 12 and set(numbered.values()) == {1}
    return numbers if is_full or (are_months and all(numbers)) else (None,) * len(headers)


def _languages(locale: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((locale.replace("-", "_"), *MONTH_NAMES)))


@cache
def _read_month(header: str, language: str) -> Month | None:
    text = casefold_key(header)
    if match := _DATE.fullmatch(text) or _NUMERIC.fullmatch(text.upper()):
        groups = match.groupdict()
        month = int(groups["m"] or groups.get("m2") or 0)
        return Month(int(groups["y"] or groups.get("y2") or 0), month) if 1 <= month <= 12 else None
    match = _NAME_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    number = _month_names(language).get(match["name"]) if match else None
    if match is None or number is None:
        return None
    return Month(_full_year(match["y"]) if match["y"] else None, number)


@cache
def _month_names(language: str) -> dict[str, int]:
    """Return the number of each month by its names in a language, long and short."""
    return {**_ABBREVIATIONS, **month_names_in(language)}


def _full_year(text: str) -> int:
    """Return a year of four or two digits; two digits are of 1970 to 2069."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _read_number(header: str) -> Month | None:
    match = _NUMBER.fullmatch(header.strip())
    return Month(None, int(match["m"])) if match else None


def is_month(header: str, locale: str) -> bool:
    """Return whether a header alone is a month; a mere number is not."""
    return any(_read_month(header, language) for language in _languages(locale))


def starts_with_month(header: str, locale: str) -> int | None:
    """Return the month whose name a header starts with, beside other words or marks; None if it does not."""
    match = re.match(r"[^\W\d_]{3,}", header.strip())
    found = (_month_names(language).get(casefold_key(match[0])) for language in _languages(locale)[:2]) if match else ()
    return next(filter(None, found), None)


def month_name(number: int) -> str:
    """Return the English name of a month."""
    return calendar.month_name[number]
