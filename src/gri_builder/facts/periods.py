"""Labels of periods, such as '2015': whether a label is valid, and whether it is after the reporting period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.finding_text import shorten

YEAR = re.compile(r"\D{0,6}([12]\d{3})(?!\d)")
_WORDED = re.compile(r"[^\W\d_]{4,}")
"""A label with a word in it, such as 'target 2020' or '2016 planned', may be after the reporting period."""


class PeriodChecker(Struct):
    """Checks the period labels of one series, each label once."""

    last_day: date | None
    """Last day of the reporting period."""
    _checked: set[str] = field(default_factory=set)

    def check(self, label: str, where: Location) -> Iterator[Finding]:
        """Yield a finding for a label that is not a year, or is after the reporting period."""
        if label in self._checked:
            return
        self._checked.add(label)
        match = YEAR.match(label)
        if re.fullmatch(r"[\d.]+", label) and not (match and len(label) == 4):
            message = f"'{shorten(label)}' is not a valid year"
            yield error("wrong-value", message, where, "write the period as a label such as 2015")
        elif match and self.last_day and int(match[1]) > self.last_day.year and not _WORDED.search(label):
            message = f"the period '{label}' is after the end of the reporting period, {self.last_day}"
            hint = f"check the year; if it is a target, label it so: target {label}"
            yield error("date-outside-period", message, where, hint)
