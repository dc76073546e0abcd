"""The places of periods in time, for charts that are true to scale."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.model.periods.period import parse_period
from gri_builder.model.periods.reporting_years import ReportingYears


def place_periods(labels: Sequence[str], years: ReportingYears) -> tuple[float, ...]:
    """Return the middle of each period in years, e.g. 2015.5; nothing if a label is not understood."""
    found = [parse_period(label, years) for label in labels]
    places = [(each.first.toordinal() + each.last.toordinal() + 1) / 2 / 365.2425 for each in found if each]
    return tuple(places) if len(places) == len(labels) else ()
