"""Parse days, weeks, months, quarters, halves and years as people write them in tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Literal, NamedTuple

from gri_builder.model.periods.month_names import MONTH_NAMES

DateKind = Literal["year", "double-year", "half", "quarter", "month", "week", "day"]
"""Length of what a text states; a double year, such as 2014/15, starts in one calendar year and ends in the next."""
DayOrder = Literal["day-first", "month-first"]
"""Which number of 03/04/2015 is the day."""
TIME_OF_DAY = r"([T ]+[0-9]{1,2}:[0-9]{2}.*)$"
"""Pattern of the time behind a day, for SQL and Python."""
_LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl")
"""Languages whose names of months are known beside English and the file's language."""
_YYYY = r"(?:19|20|21)\d\d"
_YEAR = rf"(?:(?P<fy>fy|fiscal(?: year)?|f\.y\.|gj) ?)?'?(?P<y>{_YYYY}|\d\d)(?: ?[-/–] ?(?P<y2>{_YYYY}|\d\d))?"
_PARTS: tuple[tuple[DateKind, str, int], ...] = (
    ("quarter", r"q|t|kv|kw?artal|qtr|quarter|quartal|kwartaal|trim|trimestre|trimester", 4),
    ("half", r"h|s|hj|hy|half|half[- ]year|halbjahr|sem|semestre|semester|halvår|halfjaar", 2),
)
LONGEST = 100
"""Characters of the longest text that is read as a date or a period."""
_ISO = re.compile(rf"(?P<y>{_YYYY})(?P<s>[-/.])(?P<m>\d{{1,2}})(?:(?P=s)(?P<d>\d{{1,2}}))?")
_COMPACT = re.compile(rf"(?P<y>{_YYYY})(?:-?m)?(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])?")
_EURO_MONTH = re.compile(
    rf"(?P<y>{_YYYY})-?m(?P<m>\d{{1,2}})|(?P<y2>{_YYYY})年 ?(?P<m2>\d{{1,2}})月(?: ?(?P<d2>\d{{1,2}})日)?"
)
_DAY = re.compile(rf"(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s)(?P<y>{_YYYY}|\d\d)")
_MONTH = re.compile(rf"(?P<m>\d{{1,2}}) ?[-/.] ?(?P<y>{_YYYY})")
_NAME = r"(?P<name>[^\W\d_]+)\.?"
_SPACE = r"(?:[-/ ,.']| de | del )*"
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}{_SPACE}(?P<y>{_YYYY}|\d\d)",
        rf"(?P<y>{_YYYY}){_SPACE}{_NAME}",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?{_SPACE}{_NAME}{_SPACE}(?P<y>{_YYYY}|\d\d)",
        rf"{_NAME} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>{_YYYY})",
    )
)
_WEEK = re.compile(
    rf"(?P<y>{_YYYY})[- ]?(?:w|kw|wk|week) ?(?P<w>\d{{1,2}})|(?:w|kw|wk|week) ?(?P<w2>\d{{1,2}})[-/ ]+(?P<y2>{_YYYY})"
)
_WHOLE_YEAR = re.compile(_YEAR)
_PART_PATTERNS = tuple(
    (kind, count, re.compile(pattern))
    for kind, words, count in _PARTS
    for pattern in (
        rf"{_YEAR}[-/ ,]*(?:{words})[. ]?(?P<n>\d)",
        rf"{_YEAR}[-/ ,]*(?P<n>\d)(?:st|nd|rd|th|\.|er|º|°)? ?(?:{words})\.?",
        rf"(?:{words})[. ]?(?P<n>\d)[-/ ,']*{_YEAR}",
        rf"(?P<n>\d)(?:st|nd|rd|th|\.|er|e|º|°)? ?(?:{words})\.?[-/ ,']*(?:de |of )?{_YEAR}",
    )
)


class WrittenDate(NamedTuple):
    """What a text of a period column states."""

    kind: DateKind
    year: int
    """Its calendar year, or the year in which a reporting year ends."""
    number: int = 0
    """Number of the half, quarter, month or week, from 1."""
    day: int = 0
    is_fiscal: bool = False
    """Whether the text itself says that it counts in fiscal years."""


class DateColumn(NamedTuple):
    """The texts of one column, read together, as one text may show how the others are meant."""

    dates: Mapping[str, WrittenDate]
    """What each text states; texts that state nothing are left out."""
    swapped: Mapping[str, WrittenDate]
    """The other reading of days that could be read in two ways; empty where the column shows which is meant."""


def read_dates(texts: Iterable[str], locale: str, is_declared: bool) -> DateColumn:
    """Return what the texts of a column state.

    Day and month are distinguished by the column's own texts, or by its locale where that is declared.
    """
    plain = {text: _normalize(text) for text in texts}
    days = [match for text in plain.values() if (match := _DAY.fullmatch(text))]
    order, is_certain = _find_day_order(
        [(int(m["a"]), int(m["b"])) for m in days if m["s"] != "."], locale, is_declared
    )
    are_double = _are_double_years(plain.values())
    dates: dict[str, WrittenDate] = {}
    swapped: dict[str, WrittenDate] = {}
    for text, written in plain.items():
        if found := _parse(written, locale, order, are_double):
            dates[text] = found
            other = None if is_certain else _parse(written, locale, _other(order), are_double)
            if other and other != found:
                swapped[text] = other
    return DateColumn(dates, swapped)


def parse_year(text: str) -> WrittenDate | None:
    """Return the year that a text states, such as '2015', 'FY2015' or '2014/15'; None where it states none."""
    written = _normalize(text)
    return _parse_year(written) if len(written) >= 4 else None


def _normalize(text: str) -> str:
    """Return a text in one spelling; empty for one that is too long to be a date."""
    if len(text) > LONGEST:
        return ""
    plain = re.sub("[‐‑–−]", "-", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))
    return re.sub(TIME_OF_DAY.replace("T", "Tt"), "", plain)


def _other(order: DayOrder) -> DayOrder:
    return "month-first" if order == "day-first" else "day-first"


def _find_day_order(days: list[tuple[int, int]], locale: str, is_declared: bool) -> tuple[DayOrder, bool]:
    """Return the order of day and month in a column, and whether its texts or its declared locale show it."""
    default: DayOrder = "month-first" if _is_month_first(locale) else "day-first"
    shown: set[DayOrder] = {
        "day-first" if first > 12 else "month-first" for first, second in days if max(first, second) > 12
    }
    if len(shown) == 1:
        return shown.pop(), True
    if is_declared or not days or shown:
        return default, not shown
    firsts, seconds = ({pair[place] for pair in days} for place in (0, 1))
    if len(firsts) == 1 < 2 < len(seconds):  # the first of each month, such as 01/02/2015, 01/03/2015
        return "day-first", True
    if len(seconds) == 1 < 2 < len(firsts):
        return "month-first", True
    return default, False


def _is_month_first(locale: str) -> bool:
    return locale.replace("_", "-").upper().endswith("-US")


def _are_double_years(texts: Iterable[str]) -> bool:
    """Return whether texts such as 2011-12 are double years: all of the column are, and there are several."""
    pairs = [
        (match["y"], match["m"]) for text in texts if (match := re.fullmatch(rf"(?P<y>{_YYYY})[-/](?P<m>\d\d)", text))
    ]
    return len(set(pairs)) > 1 and all(int(second) == (int(first) + 1) % 100 for first, second in pairs)


def _parse(text: str, locale: str, order: DayOrder, are_double: bool) -> WrittenDate | None:
    readers: Iterator[WrittenDate | None] = chain(
        (_parse_year(text),) if are_double else (),
        (_parse_numbers(text, order),),
        (_parse_week(text), _parse_named(text, locale), _parse_part(text), _parse_year(text)),
    )
    return next((found for found in readers if found), None)


def _parse_numbers(text: str, order: DayOrder) -> WrittenDate | None:
    """Return the day or month that a text in digits states."""
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _make(match["y"], match["m"], match["d"])
    if match := _EURO_MONTH.fullmatch(text):
        return _make(match["y"] or match["y2"], match["m"] or match["m2"], match["d2"])
    if match := _DAY.fullmatch(text):
        is_month_first = order == "month-first" and match["s"] != "."
        first, second = (match["b"], match["a"]) if is_month_first else (match["a"], match["b"])
        return _make(match["y"], second, first)
    if match := _MONTH.fullmatch(text):
        return _make(match["y"], match["m"], None)
    return None


def _parse_named(text: str, locale: str) -> WrittenDate | None:
    """Return the day or month that a text with a month's name states."""
    for pattern in _NAMED:
        if (match := pattern.fullmatch(text)) and (month := _month_names(locale).get(match["name"])):
            return _make(match["y"], str(month), match.groupdict().get("d"))
    return None


def _parse_week(text: str) -> WrittenDate | None:
    match = _WEEK.fullmatch(text)
    number = int(match["w"] or match["w2"]) if match else 0
    return WrittenDate("week", int(match["y"] or match["y2"]), number) if match and 1 <= number <= 53 else None


def _parse_part(text: str) -> WrittenDate | None:
    """Return the quarter or half that a text states."""
    for kind, count, pattern in _PART_PATTERNS:
        if (match := pattern.fullmatch(text)) and 1 <= int(match["n"]) <= count:
            year = _read_year(match)
            return WrittenDate(kind, year[0], int(match["n"]), 0, year[1]) if year else None
    return None


def _parse_year(text: str) -> WrittenDate | None:
    match = _WHOLE_YEAR.fullmatch(re.sub(r"(\d{4}) ?年度?", r"\1", text))
    if not match or (len(match["y"]) == 2 and not (match["fy"] or match["y2"])):
        return None
    year = _read_year(match)
    return WrittenDate("double-year" if match["y2"] else "year", year[0], 0, 0, year[1]) if year else None


def _read_year(match: re.Match[str]) -> tuple[int, bool] | None:
    """Return the year of a text, the second of a double year, and whether the text says that it is a fiscal year."""
    year, second = _full_year(match["y"]), match["y2"]
    if second is None:
        return year, bool(match["fy"])
    is_next = int(second) % 100 == (year + 1) % 100 and (len(second) == 2 or int(second) == year + 1)
    return (year + 1, True) if is_next else None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _make(year: str, month: str, day: str | None) -> WrittenDate | None:
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    return WrittenDate("day" if day else "month", _full_year(year), int(month), int(day or 0))


@cache
def _month_names(locale: str) -> Mapping[str, int]:
    """Return the number of each month by its names, long and short.

    English and the locale's language come first; of the other languages, names count that mean one month in all.
    """
    first = {**month_names_in("en"), **month_names_in(locale.replace("-", "_"))}
    others: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for name, month in month_names_in(language).items():
            others.setdefault(name, set()).add(month)
    return {name: min(months) for name, months in others.items() if len(months) == 1} | first


@cache
def month_names_in(language: str) -> Mapping[str, int]:
    """Return the number of each month by its names in a language, long and short, in each of their forms."""
    if (names := MONTH_NAMES.get(language)) is None:
        return read_month_names(language)
    months = enumerate(names.split(", "), start=1)
    return {name: number for number, names in months for name in names.split()}


def read_month_names(language: str) -> Mapping[str, int]:
    """Return the names of months as Babel has them; none for an unknown language."""
    from babel import Locale, UnknownLocaleError

    names = {"sept": 9} if language == "en" else {}
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return names
    for widths in locale.months.values():
        for width in ("wide", "abbreviated"):
            names |= {_normalize(name).rstrip("."): month for month, name in widths.get(width, {}).items()}
    return {name: month for name, month in names.items() if name.isalpha()}
