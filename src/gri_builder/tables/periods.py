"""Labels of periods, such as '2015': whether a label is valid, and whether it is after the reporting period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.periods.period import CALENDAR, Period, PeriodKind, parse_period
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.texts.finding_text import shorten

YEAR = re.compile(r"\D{0,6}([12]\d{3})(?!\d)")


class PeriodChecker(Struct):
    """Checks the period labels of one series, each label once."""

    last_day: date | None
    """Last day of the reporting period."""
    years: ReportingYears | None = None
    """The report's years; None where its period is not known."""
    _checked: set[str] = field(default_factory=set)
    _kinds: set[PeriodKind] = field(default_factory=set)

    def is_new(self, label: str) -> bool:
        """Return whether a label was not checked yet."""
        return label not in self._checked

    def check(self, label: str, where: Location) -> Iterator[Finding]:
        """Yield a finding for a label that is not a period, or is after the reporting period."""
        if label in self._checked:
            return
        self._checked.add(label)
        period = parse_period(label, self.years or CALENDAR)
        if period is not None:
            self._kinds.add(period.kind)
        may_be_wrong = period is None or (period.is_point and "year" in self._kinds)
        if may_be_wrong and re.fullmatch(r"[\d.]+", label):
            message = f"'{shorten(label)}' is not a valid year"
            yield error("wrong-value", message, where, "write the period as a label such as 2015")
        elif period and self.last_day and self._is_too_late(period):
            message = f"the period '{label}' is after the end of the reporting period, {self.last_day}"
            hint = f"check the year; if it is a target, label it so: target {label}"
            yield error("date-outside-period", message, where, hint)

    def _is_too_late(self, period: Period) -> bool:
        """Return whether a period starts after the report's; a day or month, such as that of a count, may."""
        is_late = self.last_day is not None and period.first > self.last_day
        return is_late and not period.is_planned and period.kind not in ("day", "month")


def check_period_order(series: Series) -> Iterator[Finding]:
    """Yield a finding for labels whose place in time is not known, where there are several."""
    unknown = [label for label in series.periods if parse_period(label) is None]
    if unknown and len(series.periods) > 1:
        message = f"'{shorten(unknown[0])}' of '{series.id}' is not understood as a period, so its order is not known"
        hint = "write periods such as 2015, FY2015, 2014/15, Q1 2015 or 31.12.2015"
        fact = next(fact for fact in series.facts if fact.period == unknown[0])
        yield warning("unknown-period-order", message, fact.where, hint)


_BASE = re.compile(r"\bbas[ei]|reference", re.IGNORECASE)
"""Words of a label that repeats a year as the base of a comparison, whose value may have been recalculated."""


def check_same_periods(series: Series, years: ReportingYears | None) -> Iterator[Finding]:
    """Yield an error for each fact whose label means the same time as that of another, with another value."""
    first: dict[tuple[PeriodKind, date, date, tuple[str, ...]], Fact] = {}
    for fact in series.facts:
        period = parse_period(fact.period, years or CALENDAR)
        is_calculated = fact.origin is not None and bool(fact.origin.inputs)
        if period is None or period.is_planned or is_calculated or _BASE.search(fact.period):
            continue
        before = first.setdefault((period.kind, period.first, period.last, fact.members), fact)
        if before.period != fact.period and before.value != fact.value:
            span = f"{period.first} to {period.last}"
            message = f"'{before.period}' and '{fact.period}' of '{series.id}' are the same period, {span}"
            hint = f"keep one of them; the values are {before.value:f} and {fact.value:f}"
            yield error("same-period", f"{message}, with different values", fact.where, hint)
