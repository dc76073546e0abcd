"""Totals among the series of a table, as the values show: a series that is the sum of others in each period."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial, reduce
from itertools import accumulate
from typing import NamedTuple

from gri_builder.facts.fact_tables.rows import FactRow, is_total_name, list_member_rows
from gri_builder.model.facts import Series, rounding_tolerance

MIN_PERIODS = 2
"""Periods in which a series without a telling title must be the sum of others: one may be a coincidence."""


class _Sum(NamedTuple):
    """Values that are added, in one period."""

    value: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    """By how much rounding may have changed the sum."""
    filled: int = 0
    """Rows whose value is neither missing nor zero."""

    def plus(self, row: FactRow, period: str) -> _Sum:
        """Return the sum with a further row."""
        facts = row.facts(period)
        value = sum((fact.value for fact in facts), Decimal(0))
        tolerance = sum((rounding_tolerance(row.series, fact) for fact in facts), Decimal(0))
        return _Sum(self.value + value, self.tolerance + tolerance, self.filled + bool(value))


class _RowsOfUnit:
    """The rows of one unit, with the sums of their values up to each, so that a stretch of rows is added at once."""

    def __init__(self, rows: Sequence[tuple[int, FactRow]]) -> None:
        self.places = [place for place, _ in rows]
        self.by_id: dict[str, list[FactRow]] = {}
        for _, row in rows:
            self.by_id.setdefault(row.series.id, []).append(row)
        self._rows = [row for _, row in rows]
        self._sums: dict[str, list[_Sum]] = {}

    def count(self, first: int, last: int) -> int:
        """Return how many rows are from one place of the table to before another."""
        return bisect_left(self.places, last) - bisect_left(self.places, first)

    def add(self, first: int, last: int, period: str) -> _Sum:
        """Return the sum of the rows from one place of the table to before another."""
        if period not in self._sums:
            sums = accumulate(self._rows, lambda total, row: total.plus(row, period), initial=_Sum())
            self._sums[period] = list(sums)
        below, above = (self._sums[period][bisect_left(self.places, place)] for place in (first, last))
        return _Sum(above.value - below.value, above.tolerance - below.tolerance, above.filled - below.filled)


def mark_totals(rows: Sequence[FactRow], periods: Sequence[str]) -> list[FactRow]:
    """Return the rows of series without dimensions, those marked that are the sum of others.

    A sum is that of the rows it was calculated from, or of all rows of its unit before it, from the last sum on, or
    after it.
    """
    of_units: dict[str, list[tuple[int, FactRow]]] = {}
    for place, row in enumerate(rows):
        of_units.setdefault(row.series.unit.symbol, []).append((place, row))
    units = {symbol: _RowsOfUnit(held) for symbol, held in of_units.items()}
    marked: list[FactRow] = []
    start = 0
    for place, row in enumerate(rows):
        unit = units[row.series.unit.symbol]
        if _adds_up_inputs(row, unit, periods) or any(
            _adds_up(row, unit.count(*parts), periods, partial(unit.add, *parts))
            for parts in ((start, place), (place + 1, len(rows)))
        ):
            start = place + 1
            marked.append(FactRow(row.label, row.series, row.members, True))
        else:
            start = place + 1 if row.is_total else start
            marked.append(row)
    return marked


def _adds_up_inputs(whole: FactRow, unit: _RowsOfUnit, periods: Sequence[str]) -> bool:
    """Return whether a row is the sum of the rows of its unit that it was calculated from, all of them in the table."""
    origins = [fact.origin for fact in whole.series.facts if fact.origin]
    inputs = {key.partition("[")[0] for origin in origins for key in origin.inputs}
    found = {id: [row for row in unit.by_id.get(id, ()) if row is not whole] for id in sorted(inputs)}
    if not inputs or not all(found.values()):
        return False
    parts = [row for rows in found.values() for row in rows]
    return _adds_up(whole, len(parts), periods, partial(_add, parts))


def _add(rows: Sequence[FactRow], period: str) -> _Sum:
    return reduce(lambda total, row: total.plus(row, period), rows, _Sum())


def _adds_up(whole: FactRow, count: int, periods: Sequence[str], add: Callable[[str], _Sum]) -> bool:
    """Return whether a row is the sum of two or more others, as far as rounding shows, in each of its periods.

    `count` is the number of the others, and `add` returns their sum in a period.
    """
    if count < 2:
        return False
    shown = [period for period in periods if whole.facts(period)]
    if len(shown) < MIN_PERIODS and not (shown and is_total_name(whole.label, "")):
        return False
    sums = [(_add((whole,), period), add(period)) for period in shown]
    return any(parts.filled > 1 for _, parts in sums) and all(
        abs(own.value - parts.value) <= own.tolerance + parts.tolerance for own, parts in sums
    )


def find_whole(parts: Series, others: Sequence[Series], periods: Sequence[str]) -> Series | None:
    """Return the series without dimensions that is the sum of a series' members, in the same unit."""
    rows = list_member_rows(parts)
    if any(row.is_total for row in rows):
        return None
    for other in others:
        if not other.dimensions and other.unit.symbol == parts.unit.symbol:
            whole = FactRow(other.title, other)
            shown = [period for period in periods if whole.facts(period)]
            is_same = all(any(row.facts(period) for row in rows) for period in shown)
            if is_same and _adds_up(whole, len(rows), periods, partial(_add, rows)):
                return other
    return None
