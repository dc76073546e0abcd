"""Rows of a table of facts: a series, a member of a series, or the sum of other rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from gri_builder.model.facts import Fact, Series, rounding_tolerance
from gri_builder.model.figures.table_request import TableRequest
from gri_builder.model.periods.period import find_latest, sort_periods
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


def find_totals(series: Series, axis: int) -> frozenset[str]:
    """Return the members of a dimension that are the total of all others: by their name, and by their values."""
    named = {each for each in list_members((series,), axis) if is_total_name(each, series.dimensions[axis])}
    return frozenset(member for member in named if _is_sum(series, axis, member, named)) if named else frozenset()


def _is_sum(series: Series, axis: int, member: str, named: set[str]) -> bool:
    """Return whether each value of a member is the sum of those of the others, as far as rounding shows."""
    sums: dict[tuple[str, ...], list[Fact]] = {}
    for fact in series.facts:
        if fact.members[axis] == member or fact.members[axis] not in named:
            key = (fact.period, *fact.members[:axis], *fact.members[axis + 1 :])
            sums.setdefault(key, []).append(fact)
    for facts in sums.values():
        signed = (fact.value if fact.members[axis] == member else -fact.value for fact in facts)
        if len(facts) < 3 or abs(sum(signed, Decimal(0))) > sum(rounding_tolerance(series, fact) for fact in facts):
            return False
    return True


def list_member_rows(series: Series) -> list[FactRow]:
    """Return a row for each member of a series with one dimension; a total between its parts comes last."""
    totals = find_totals(series, 0)
    rows = [FactRow(member, series, (member,), member in totals) for member in list_members((series,), 0)]
    return rows if rows and rows[0].is_total else sorted(rows, key=lambda row: row.is_total)


def sort_rows(rows: Sequence[FactRow], request: TableRequest, period: str) -> list[FactRow]:
    """Return the rows sorted as asked for, by the values of a period; missing values come last, then totals."""
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


def add_total(rows: Sequence[FactRow], request: TableRequest, label: str) -> list[FactRow]:
    """Return the rows with their sum below them, if it is asked for, can be built and is not there yet."""
    kept = list(rows)
    if not request.adds_total or len(rows) < 2 or any(row.is_total for row in rows) or not can_add(rows):
        return kept
    return [*kept, FactRow(label, rows[0].series, (), True, tuple(rows))]


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


def can_show_change(rows: Sequence[FactRow], own: str, base: str | None) -> bool:
    """Return whether a row has a change: values for both periods, the first of them not zero where it is relative."""
    return any(has_change(row, own, base) for row in rows)


def has_change(row: FactRow, own: str, base: str | None) -> bool:
    """Return whether a row has a change to a period; a relative one needs an earlier value that is not zero."""
    old = find_base(row, own, base)
    return old is not None and (row.series.unit.printed == "%" or bool(row.value(old)))


def find_base(row: FactRow, own: str, base: str | None) -> str | None:
    """Return the label of the period that a row's change is from; None where it has no change."""
    if not row.facts(own):
        return None
    if base is not None:
        return base if base != own and row.facts(base) else None
    first = row.parts[0] if row.parts else row
    (fact, *_) = first.facts(own)
    old = first.series.previous(fact)
    return old.period if old and row.facts(old.period) else None


def find_parts(rows: Sequence[FactRow], period: str) -> list[Fact]:
    """Return the facts whose sum is the total that shares are of; nothing if there is no such total.

    These are the rows that are no total; a total that is printed must be their sum.
    """
    parts = [row for row in rows if not row.is_total]
    if len(parts) < 2 or not can_add(rows):
        return []
    facts = [fact for row in parts for fact in row.facts(period)]
    total = sum((fact.value for fact in facts), Decimal(0))
    printed = [row.value(period) for row in rows if row.is_total]
    agrees = all(value is not None and _is_close(value, total) for value in printed)
    return facts if total > 0 and all(fact.value >= 0 for fact in facts) and agrees else []


def _is_close(value: Decimal, total: Decimal) -> bool:
    """Return whether a printed total is the sum of its parts, as far as shares with one digit show."""
    return abs(value - total) * 1000 <= abs(total)
