"""Totals among the series of a table, as the values show: a series that is the sum of others in each period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gri_builder.facts.fact_tables.rows import FactRow, is_total_name, list_member_rows
from gri_builder.model.facts import Series, rounding_tolerance

MIN_PERIODS = 2
"""Periods in which a series without a telling title must be the sum of others: one may be a coincidence."""


def mark_totals(rows: Sequence[FactRow], periods: Sequence[str]) -> list[FactRow]:
    """Return the rows of series without dimensions, those marked that are the sum of others.

    A sum is that of the rows it was calculated from, or of all rows of its unit before it, from the last sum on, or
    after it.
    """
    marked: list[FactRow] = []
    for place, row in enumerate(rows):
        start = max((n + 1 for n, before in enumerate(marked) if before.is_total), default=0)
        is_total = any(_adds_up(row, parts, periods) for parts in _list_parts(rows, place, start))
        marked.append(FactRow(row.label, row.series, row.members, is_total) if is_total else row)
    return marked


def _list_parts(rows: Sequence[FactRow], place: int, start: int) -> Iterator[list[FactRow]]:
    """Yield the rows that the one at a place may be the sum of."""
    whole = rows[place]
    same = [row for row in rows if row is not whole and row.series.unit.symbol == whole.series.unit.symbol]
    origins = [fact.origin for fact in whole.series.facts if fact.origin]
    inputs = {key.partition("[")[0] for origin in origins for key in origin.inputs}
    if inputs and inputs <= {row.series.id for row in same}:
        yield [row for row in same if row.series.id in inputs]
    yield [row for row in rows[start:place] if row in same]
    yield [row for row in rows[place + 1 :] if row in same]


def _adds_up(whole: FactRow, parts: Sequence[FactRow], periods: Sequence[str]) -> bool:
    """Return whether a row is the sum of two or more others, as far as rounding shows, in each of its periods."""
    shown = [period for period in periods if whole.facts(period)]
    is_named = is_total_name(whole.label, "")
    if len(parts) < 2 or len(shown) < (1 if is_named else MIN_PERIODS):
        return False
    is_sum = any(sum(bool(part.value(period)) for part in parts) > 1 for period in shown)
    return is_sum and all(_adds_up_in(whole, parts, period) for period in shown)


def _adds_up_in(whole: FactRow, parts: Sequence[FactRow], period: str) -> bool:
    facts = [(part.series, fact) for part in parts for fact in part.facts(period)]
    own = [(whole.series, fact) for fact in whole.facts(period)]
    tolerance = sum((rounding_tolerance(one, fact) for one, fact in (*facts, *own)), Decimal(0))
    difference = sum((fact.value for _, fact in own), Decimal(0)) - sum((fact.value for _, fact in facts), Decimal(0))
    return abs(difference) <= tolerance


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
            if is_same and _adds_up(whole, rows, periods):
                return other
    return None
