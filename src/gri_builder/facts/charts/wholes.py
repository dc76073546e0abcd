"""Whether the rows of a chart are parts of a whole, which stacks, shares, areas and rings show."""

from __future__ import annotations

from gri_builder.facts.charts.arrangement import Arrangement, ChartRow, can_be_added
from gri_builder.facts.fact_tables.rows import FactRow, list_periods
from gri_builder.facts.fact_tables.totals import mark_totals


def explain_no_whole(arrangement: Arrangement) -> str | None:
    """Return why the rows can't be stacked; None if they are parts of a whole."""
    if any(value < 0 for value in arrangement.values):
        return "negative values can't be stacked"
    if not can_be_added(arrangement):
        return "its values can't be added up"
    total = find_total_row(arrangement)
    return f"'{total.name}' is the total of others, which would count twice" if total else None


def explain_gap(arrangement: Arrangement) -> str | None:
    """Return which part has no value where others have one, so that their sum is no total."""
    columns = list(zip(*(row.facts for row in arrangement.rows), strict=True))
    for category, column in zip(arrangement.categories, columns, strict=True):
        missing = [row.name for row, fact in zip(arrangement.rows, column, strict=True) if fact is None]
        if 0 < len(missing) < len(column):
            return f"'{missing[0]}' has no value for '{category}', so that the whole is not known"
    return None


def find_total_row(arrangement: Arrangement) -> ChartRow | None:
    """Return the row of a series that is the sum of others; totals among members are left out of charts anyway."""
    series = [row.series for row in arrangement.rows]
    if len(series) < 3 or any(one.dimensions for one in series):
        return None
    marked = mark_totals([FactRow(row.name, row.series) for row in arrangement.rows], list_periods(series))
    return next((row for row, mark in zip(arrangement.rows, marked, strict=True) if mark.is_total), None)
