"""Labels of periods, such as '2015': what can be one, and what lies behind the report's own period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.finding_text import shorten

YEAR = re.compile(r"\D{0,6}([12]\d{3})(?!\d)")
_WORDED = re.compile(r"[^\W\d_]{4,}")
"""A label with a word in it says itself that it is no plain period: 'target 2020', '2016 planned'."""


class PeriodLabels(Struct):
    """Judges the periods of one series, each label once."""

    end: date | None
    """Last day of the report's period."""
    judged: set[str] = field(default_factory=set)

    def check(self, label: str, where: Location) -> Iterator[Finding]:
        """Yield the finding for a period that is no year, or lies behind the report's."""
        if label in self.judged:
            return
        self.judged.add(label)
        match = YEAR.match(label)
        if re.fullmatch(r"[\d.]+", label) and not (match and len(label) == 4):
            message = f"'{shorten(label)}' is no year"
            yield error("wrong-value", message, where, "a period is a label such as 2015")
        elif match and self.end and int(match[1]) > self.end.year and not _WORDED.search(label):
            message = f"the period '{label}' lies behind the end of the report's period, {self.end}"
            hint = f"check the year; if it is a target, say so: target {label}"
            yield error("date-outside-period", message, where, hint)
