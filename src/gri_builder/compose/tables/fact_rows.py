"""Rows of a table of facts: a series, a member of a series, or the sum of other rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import choose_fact_digits
from gri_builder.model.facts import Fact, Series
from gri_builder.model.periods.period import find_latest, sort_periods
from gri_builder.model.table_request import TableRequest
from gri_builder.resources.total_words import TotalKind, total_kind


class FactRow(Struct, frozen=True):
    """A row of values over periods."""

    label: str
    series: Series
    members: tuple[str, ...] = ()
    is_total: bool = False
    parts: tuple[FactRow, ...] = ()
    """The rows that it adds; empty for a row of facts."""

    def facts(self, period: str) -> tuple[Fact, ...]:
        """Return the fact of a period, or those that are added; nothing where one is missing."""
        if not self.parts:
            fact = self.series.value(period, self.members)
            return (fact,) if fact else ()
        found = [part.facts(period) for part in self.parts]
        return tuple(fact for facts in found for fact in facts) if all(found) else ()

    def value(self, period: str) -> Decimal | None:
        """Return the value of a period; None where it is missing."""
        facts = self.facts(period)
        return sum((fact.value for fact in facts), Decimal(0)) if facts else None

    def digits(self, period: str) -> int:
        """Return the digits printed after the decimal sign."""
        return max((choose_fact_digits(self.series, fact) for fact in self.facts(period)), default=0)


def list_periods(series: Iterable[Series], latest: int | None = None) -> tuple[str, ...]:
    """Return the periods of all series in ascending order, optionally only the latest ones."""
    periods = sort_periods({period for one in series for period in one.periods})
    return periods[-latest:] if latest else periods


def shown_period(*series: Series) -> str:
    """Return the only period that is shown: the report's own, or the latest where no series has a value for that."""
    own = next((one.own_period for one in series if one.own_period is not None), None)
    return own or find_latest({period for one in series for period in one.periods}) or ""


def list_members(series: Iterable[Series], axis: int) -> tuple[str, ...]:
    """Return the members of a dimension in the order of the data."""
    return tuple(dict.fromkeys(fact.members[axis] for one in series for fact in one.facts))


def choose_periods(series: Sequence[Series], request: TableRequest) -> tuple[str, ...]:
    """Return the periods that a table shows: the latest ones that are asked for, and the base period."""
    latest = list_periods(series, request.latest)
    if request.base_period is None or request.base_period in latest:
        return latest
    known = {*latest, request.base_period} & {period for one in series for period in one.periods}
    return sort_periods(known)


def is_total_name(member: str, dimension: str) -> bool:
    """Return whether a member is the total of others by its name, such as 'Total' or 'All sites'."""
    return total_kind(member, dimension) in (TotalKind.ALL, TotalKind.SOME)


def list_member_rows(series: Series) -> list[FactRow]:
    """Return a row for each member of a series with one dimension."""
    dimension = series.dimensions[0]
    return [
        FactRow(member, series, (member,), is_total_name(member, dimension)) for member in list_members((series,), 0)
    ]


def sort_rows(rows: Sequence[FactRow], request: TableRequest, period: str) -> list[FactRow]:
    """Return the rows sorted as asked for, by the values of a period; totals come last, then missing values."""
    match request.sort:
        case "name":
            return sorted(rows, key=lambda row: (row.is_total, row.label.casefold()))
        case "ascending" | "descending":
            sign = 1 if request.sort == "ascending" else -1
            return sorted(rows, key=lambda row: _order(row, period, sign))
        case _:
            return list(rows)


def _order(row: FactRow, period: str, sign: int) -> tuple[bool, bool, Decimal]:
    value = row.value(period)
    return (row.is_total, value is None, sign * (value or Decimal(0)))


def add_total(context: ComposeContext, rows: Sequence[FactRow], request: TableRequest) -> list[FactRow]:
    """Return the rows with their sum below them, if it is asked for, can be built and is not there yet."""
    kept = list(rows)
    if not request.adds_total or len(rows) < 2 or any(row.is_total for row in rows) or not can_add(rows):
        return kept
    return [*kept, FactRow(context.translate("total"), rows[0].series, (), True, tuple(rows))]


def can_add(rows: Sequence[FactRow]) -> bool:
    """Return whether the sum of the rows means something: amounts in one unit, not shares, rates or scores."""
    units = {row.series.unit.symbol for row in rows}
    return len(units) == 1 and is_amount(rows[0].series)


def is_amount(series: Series) -> bool:
    """Return whether the values of a series are amounts, which can be added, not shares, rates, scores or quotients."""
    unit = series.unit
    return unit.over is None and unit.dimension not in NOT_ADDED


NOT_ADDED = frozenset({"share", "ratio", "rate", "score", "temperature", "concentration", "intensity"})
"""What units measure whose values can't be added."""
