"""The reporting years that values belong to: twelve months each, ending as the report's own period does."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct

from gri_builder.model.periods.dates import WrittenDate

Place = Literal["inside", "edge", "across", "before", "after"]
"""Where a span lies: inside one year, almost, across two years, before the first year that counts, after the period."""
MAX_DIFFERENCE = 8
"""Days by which a year may differ from a calendar year, as years of 52 or 53 weeks do."""
MIN_SHARE = 0.75
"""Share of a month's days that lie in the year that it counts in."""
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of its days."""
        return (self.last - self.first).days + 1

    def shared(self, other: Span) -> int:
        """Return the number of days in both."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)

    def holds(self, other: Span) -> bool:
        """Return whether another span lies in it."""
        return self.first <= other.first and other.last <= self.last


class ReportingYears(Struct, frozen=True):
    """The years of a report, by the label of each: the calendar year in which it ends."""

    start: date
    """First day of the reporting period."""
    end: date
    """Last day of the reporting period."""

    @property
    def is_calendar(self) -> bool:
        """Whether reporting years are calendar years."""
        return self.is_whole and self.year(self.end.year) == Span(
            date(self.end.year, 1, 1), date(self.end.year, 12, 31)
        )

    @property
    def is_whole(self) -> bool:
        """Whether the reporting period is a year, or several; if not, only values of that period itself compare."""
        days = (self.end - self.start).days + 1
        years = round(days / 365.25)
        return years > 0 and abs(days - years * 365.25) <= MAX_DIFFERENCE

    @property
    def own_label(self) -> str:
        """Label of the reporting period, or of its last year."""
        return str(self.end.year)

    def year(self, label: int) -> Span:
        """Return the days of a year; where the report covers no whole years, of the calendar year or its own period."""
        return _days_of(self, label)

    def end_of(self, label: int) -> date:
        """Return the last day of a year; the one before the period ends where that starts, even if a few days off."""
        if label == self.end.year - 1 and (self.end - self.start).days < 366 + MAX_DIFFERENCE:
            return self.start - _DAY
        last = monthrange(label, self.end.month)[1]
        ends_month = self.end.day == monthrange(self.end.year, self.end.month)[1]
        return date(label, self.end.month, last if ends_month else min(self.end.day, last))

    def find(self, span: Span, is_week: bool = False) -> tuple[str, Place]:
        """Return the label of the year that a span belongs to, and where it lies.

        A week belongs to the year that has most of its days, as in ISO 8601.
        """
        if span.first > self.end:
            return "", "after"
        if not self.is_whole and span.last < self.start:
            return "", "before"
        known = [span.last.year, span.last.year + 1, span.last.year - 1] if self.is_whole else [self.end.year]
        label = max(known, key=lambda each: self.year(each).shared(span))
        if label > self.end.year:
            return "", "after"
        share = self.year(label).shared(span) / span.days
        if share == 1 or (is_week and share > 0.5):
            return str(label), "inside"
        return str(label), "edge" if share >= MIN_SHARE else "across"

    def months(self, label: str) -> Iterator[date]:
        """Yield the first day of each month of a year; a month belongs to the year that has most of its days."""
        days = self.year(int(label))
        day = days.first.replace(day=1)
        while day <= days.last:
            month = month_span(day.year, day.month)
            if days.shared(month) * 2 > month.days:
                yield day
            day = month.last + _DAY


@lru_cache(maxsize=10_000)
def _days_of(years: ReportingYears, label: int) -> Span:
    """Return the days of a year, as `ReportingYears.year` does; many texts ask for the same few years."""
    if not years.is_whole:
        is_own = label == years.end.year
        return Span(years.start, years.end) if is_own else Span(date(label, 1, 1), date(label, 12, 31))
    return Span(years.end_of(label - 1) + _DAY, years.end_of(label))


def month_span(year: int, month: int, count: int = 1) -> Span:
    """Return the days of some months, of which the first is given; its number may be beyond 12."""
    first = year * 12 + month - 1
    last = first + count - 1
    return Span(
        date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    )


def span_of(written: WrittenDate, years: ReportingYears, in_fiscal_years: bool) -> Span | None:
    """Return the days that a date states; None for a day or week that does not exist.

    Years are reporting years, or calendar years where the report covers no whole years. Quarters and halves are those
    of reporting years where the text says so, or `in_fiscal_years` is true.
    """
    year, number = written.year, written.number
    match written.kind:
        case "year":
            counts_months = years.is_whole or written.is_fiscal
            return years.year(year) if counts_months else month_span(year, 1, 12)
        case "double-year":
            crosses = years.is_whole and not years.is_calendar
            return years.year(year) if crosses else month_span(year - 1, 7, 12)
        case "half" | "quarter":
            length = 6 if written.kind == "half" else 3
            offset = (number - 1) * length
            if written.is_fiscal or in_fiscal_years:
                first = next(years.months(str(year)), date(year, 1, 1))
                return month_span(first.year, first.month + offset, length)
            return month_span(year, 1 + offset, length)
        case "month":
            return month_span(year, number)
        case "week":
            return _week(year, number)
        case "day":
            return _day(year, number, written.day)


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found)


def _week(year: int, number: int) -> Span | None:
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Span(first, first + 6 * _DAY)
