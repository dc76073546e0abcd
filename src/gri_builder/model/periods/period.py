"""Periods as values: what a label such as '2015', 'Q3 2014' or 'target 2020' means in time, and their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Literal

from msgspec import Struct

from gri_builder.model.periods.dates import LONGEST, read_dates
from gri_builder.model.periods.reporting_years import ReportingYears, month_span, span_of

PeriodKind = Literal["year", "half", "quarter", "month", "week", "day", "months", "years"]
"""Length of a period: 'months' is a number of months, such as nine; 'years' several years, such as 2013 to 2015."""
CALENDAR = ReportingYears(date(2015, 1, 1), date(2015, 12, 31))
"""Years that are calendar years."""
MAX_GAP = 8
"""Days between two periods of which one follows the other; years of 52 or 53 weeks start on other days."""
_PLANNED = re.compile(
    r"\b(targets?|goals?|aims?|forecasts?|projected|projections?|plan|plans|planned|budget|budgeted|expected|outlook"
    r"|scenario|ambition|ziel|zielwert|soll|prognose|geplant|erwartet|objectif|cible|prévision|prévu|objetivo|meta"
    r"|previsión|previsto|obiettivo|previsione|doel|prognos|mål|måltal|mal|tavoite|cel|plano)\b"
)
_ACTUAL = re.compile(
    r"\b(actuals?|reported|baseline|base ?year|base|reference ?year|reference|as (?:at|of)|at|on|per|zum|st[a]nd"
    r"|ist|basisjahr|basis|au|situation au|al|year|year ended|year to|total|jahr|année|ano|año"
    r"|anno|jaar|år|rok|am|geschäftsjahr|exercice|ejercicio|esercizio|boekjaar)\b"
)
_CALENDAR_YEAR = re.compile(r"\b(?:cy|calendar year|kalenderjahr|année civile) ?(?=\d)|\(?\bcalendar year\b\)?")
_MONTHS = re.compile(
    r"(?:(?P<a>\d{1,2}) ?(?:months?|m|monate|mois|meses|mesi)|(?P<w>three|six|nine|twelve) months?)"
    r"(?: ?(?:of|to|ended|bis|ending))? ?(?P<rest>.*)|(?P<rest2>.*?)[ /-]?(?P<b>\d{1,2})m"
)
_TO_DATE = re.compile(r"(?:ytd|year to date)(?: to| at)? (?P<rest>.+)")
_LAST_YEAR = re.compile(
    r"(?:ltm|ttm|last twelve months|last 12 months|rolling 12 months)(?: to| at| ended)? (?P<rest>.+)"
)
_RANGE = re.compile(r"(?P<a>[^\W\d_]{3,})\.? ?(?:-|–|to|bis|à) ?(?P<b>[^\W\d_]{3,}\.?[ -]?(?P<y>\d{4}))")
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
_YEAR_TO = re.compile(r"(?:(?:financial|fiscal) )?years? ?(?:ended|ending|to|end) (?P<rest>.+)")
_DOUBLE_YEAR = re.compile(r"(?P<a>(?:19|20|21)\d\d)-(?P<b>\d\d)")
_NUMBERS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_SPAN = re.compile(
    r"(?:average |avg |mean |Ø |from )?(?P<a>(?:19|20|21)\d\d) ?(?:-|–|—|to|bis|à|until) ?(?P<b>(?:19|20|21)\d\d)"
)


class Period(Struct, frozen=True):
    """What a label means in time."""

    label: str
    """As written in the data."""
    kind: PeriodKind
    first: date
    last: date
    is_planned: bool = False
    """Whether its values are a target, a forecast or a budget, not what happened."""

    @property
    def is_point(self) -> bool:
        """Whether it is a day, at which something is counted."""
        return self.kind == "day"

    def follows(self, other: Period) -> bool:
        """Return whether it is of the same kind as another period, and starts when that ends."""
        if self.is_point and other.is_point:
            return abs((self.last - _next_year(other.last)).days) <= MAX_GAP
        return self.kind == other.kind and 0 < (self.first - other.last).days <= MAX_GAP


def _next_year(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


@cache
def parse_period(label: str, years: ReportingYears = CALENDAR) -> Period | None:
    """Return what a label means in time; None if that can't be understood.

    A plain year is the year of the report that ends in it: in a report on July 2014 to June 2015, '2015' and 'FY15' are
    that period. Words such as 'target' or 'budget' say that its values are planned.
    """
    if len(label) > LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", label).casefold().replace("(", " ").replace(")", " ").split())
    is_planned = bool(_PLANNED.search(plain))
    text = _PLANNED.sub(" ", " ".join(_ORDINALS.get(word, word) for word in plain.split()))
    for written in (text, _ACTUAL.sub(" ", text)):
        tidy = " ".join(written.split()).strip(" :,-")
        if found := _parse(label, tidy, years):
            kind, first, last = found
            return Period(label, kind, first, last, is_planned)
    return None


def _parse(label: str, text: str, years: ReportingYears) -> tuple[PeriodKind, date, date] | None:
    if _CALENDAR_YEAR.search(text):
        return _parse_calendar_year(" ".join(_CALENDAR_YEAR.sub(" ", text).split()))
    if (match := _SPAN.fullmatch(text)) and int(match["b"]) > int(match["a"]) + 1:
        return "years", years.year(int(match["a"])).first, years.year(int(match["b"])).last
    if (double := _DOUBLE_YEAR.fullmatch(text)) and not years.is_calendar:
        text = text.replace("-", "/") if int(double["b"]) == (int(double["a"]) + 1) % 100 else text
    written = read_dates((text,), "en-GB", True).dates.get(text) if text else None
    if written is not None:
        span = span_of(written, years, in_fiscal_years=False)
        if span is None:
            return None
        kind: PeriodKind = "year" if written.kind == "double-year" else written.kind
        return kind, span.first, span.last
    return _parse_months(text, years)


def _parse_calendar_year(text: str) -> tuple[PeriodKind, date, date] | None:
    """Return the days of a year that the label calls a calendar year, whatever the report's own years are."""
    kind, first, last = _parse("", text, CALENDAR) or ("day", date.min, date.min)
    return (kind, first, last) if kind == "year" else None


def _parse_months(text: str, years: ReportingYears) -> tuple[PeriodKind, date, date] | None:
    """Return the days of a number of months, such as '9M 2015' or 'nine months to 30 September 2015'."""
    if year := _YEAR_TO.fullmatch(text) or _LAST_YEAR.fullmatch(text):
        text = f"12 months {year['rest']}"
    if to_date := _TO_DATE.fullmatch(text):
        end = parse_period(to_date["rest"], years)
        return ("months", date(end.last.year, 1, 1), end.last) if end and end.kind in ("month", "day") else None
    if between := _RANGE.fullmatch(text):
        first, last = parse_period(f"{between['a']} {between['y']}", years), parse_period(between["b"], years)
        is_range = first and last and first.kind == last.kind == "month" and first.first < last.first
        return ("months", first.first, last.last) if first and last and is_range else None
    match = _MONTHS.fullmatch(text)
    if not match:
        return None
    count = int(match["a"] or match["b"] or _NUMBERS.get(match["w"] or "", 0))
    end = parse_period((match["rest"] or match["rest2"] or "").strip(), years)
    if end is None or end.is_planned or not 0 < count <= 12:
        return None
    if end.kind == "year":
        span = month_span(end.first.year, end.first.month, count)
    else:
        span = month_span(end.last.year, end.last.month - count + 1, count)
    return "year" if count == 12 else "months", span.first, span.last


@cache
def period_key(label: str) -> tuple[bool, date, int, str]:
    """Return the key that orders labels by time: by their end, and the shorter first; unknown labels come last."""
    found = parse_period(label)
    if found is None:
        return True, date.max, 0, label
    return False, found.last, (found.last - found.first).days, label


def sort_periods(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels in the order of time."""
    return tuple(sorted(labels, key=period_key))


def is_planned(label: str) -> bool:
    """Return whether the values of a period are targets, forecasts or budgets."""
    found = parse_period(label)
    return found is not None and found.is_planned


def find_own(labels: Iterable[str], years: ReportingYears) -> str | None:
    """Return the label of the report's own period; None if it is not among them.

    The days at its end count as well, for what is counted at a point in time.
    """
    actual = [each for label in labels if (each := parse_period(label, years)) and not each.is_planned]
    own = [each for each in actual if _is_own(each, years)]
    at_end = [each for each in actual if each.is_point and abs((each.last - years.end).days) <= MAX_GAP]
    yearly = {(each.kind, each.last.month) for each in actual} == {("month", years.end.month)}
    at_month = [each for each in actual if yearly and each.first <= years.end <= each.last]
    found = own or at_end or at_month
    return min(found, key=lambda each: (each.kind != "year", each.label)).label if found else None


def _is_own(period: Period, years: ReportingYears) -> bool:
    if period.kind == "year" and not years.is_whole:
        return period.last.year == years.end.year
    return abs((period.first - years.start).days) <= MAX_GAP and abs((period.last - years.end).days) <= MAX_GAP


def find_latest(labels: Iterable[str]) -> str | None:
    """Return the latest label that is no target, forecast or budget; None if no label is understood.

    Labels that are not understood count where no other does.
    """
    actual = [label for label in sort_periods(labels) if not is_planned(label)]
    known = [label for label in actual if parse_period(label)] or actual
    return known[-1] if known else None


def find_previous_label(label: str, labels: Iterable[str]) -> str | None:
    """Return the label of the period that ends directly before another one, of the same kind.

    Of labels that are not understood, it is the one before in their order.
    """
    period, earlier = parse_period(label), [each for each in sort_periods(labels) if not is_planned(each)]
    if period is None:
        place = earlier.index(label) if label in earlier else 0
        return earlier[place - 1] if place else None
    known = [each for text in earlier if (each := parse_period(text))]
    return next((each.label for each in reversed(known) if period.follows(each)), None)
