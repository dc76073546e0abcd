"""Rows of charts that compare periods, ends or targets: each series or part, with its facts by period."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from gri_builder.facts.charts.arrangement import choose_chart_periods
from gri_builder.facts.fact_tables.rows import find_totals, list_members, list_periods, shown_period
from gri_builder.model.facts import Fact, Series, Target
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.periods.period import sort_periods

ENDS = (2, 3)
"""Number of series that are the lowest, perhaps the actual, and the highest value of a range."""


class SpecialRow(Struct, frozen=True):
    """A series, or a member of a series."""

    name: str
    series: Series
    members: tuple[str, ...] = ()

    def fact(self, period: str) -> Fact | None:
        """Return its fact of a period."""
        return self.series.value(period, self.members)


def list_special_rows(series: Sequence[Series], request: ChartRequest) -> list[SpecialRow]:
    """Return a row for each series, or for each member that is no total of the others, sorted as asked for."""
    rows = list[SpecialRow]()
    for one in series:
        if not one.dimensions:
            rows.append(SpecialRow(one.title, one))
            continue
        totals = find_totals(one, 0)
        rows += [SpecialRow(member, one, (member,)) for member in list_members((one,), 0) if member not in totals]
    return _sort(rows, request, shown_period(*series))


def _sort(rows: list[SpecialRow], request: ChartRequest, own: str) -> list[SpecialRow]:
    """Return the rows by name or by their own value, those without one last."""
    if request.sort == "name":
        return sorted(rows, key=lambda row: row.name.casefold())
    if request.sort not in ("ascending", "descending"):
        return rows
    sign = 1 if request.sort == "ascending" else -1

    def place(row: SpecialRow) -> tuple[bool, Decimal]:
        fact = row.fact(own)
        return fact is None, sign * fact.value if fact else Decimal(0)

    return sorted(rows, key=place)


def compared_periods(series: Sequence[Series], request: ChartRequest) -> tuple[str, str]:
    """Return the base period, which is the first that is shown unless it is named, and the report's own."""
    periods = choose_chart_periods(series, request)
    base = request.base_period if request.base_period in periods else periods[0]
    return str(base), shown_period(*series)


def range_ends(series: Sequence[Series], request: ChartRequest) -> tuple[str, ...]:
    """Return the periods of two or three series that are, in this order, lowest, actual and highest values.

    They are the ends of a range if they are never out of that order; nothing if they are no such series.
    """
    if len(series) not in ENDS or any(one.dimensions for one in series):
        return ()
    periods = [p for p in choose_chart_periods(series, request) if series[0].value(p) and series[-1].value(p)]
    for period in periods:
        values = [fact.value for one in series if (fact := one.value(period))]
        if values != sorted(values):
            return ()
    return tuple(periods)


def next_target(row: SpecialRow, own: str) -> Target | None:
    """Return the target of the own period, or the next one, or else the latest."""
    targets = {target.period: target for target in row.series.targets if target.members == row.members}
    if not targets:
        return None
    order = sort_periods({own, *targets})
    later = [period for period in order[order.index(own) :] if period in targets]
    return targets[later[0] if later else [period for period in order if period in targets][-1]]


def base_of(row: SpecialRow, target: Target | None, own: str, request: ChartRequest) -> Fact | None:
    """Return the fact of the base period: the one asked for, that of the target, or the first; none if it is own."""
    periods = [period for period in list_periods((row.series,)) if row.fact(period)]
    asked = request.base_period or (target.base if target else None)
    base = asked if asked in periods else next(iter(periods), None)
    return row.fact(base) if base is not None and base != own else None
