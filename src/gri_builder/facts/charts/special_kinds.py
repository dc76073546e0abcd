"""Kinds of chart that need values of a certain form, each with the function that says why values do not have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gri_builder.facts.charts.arrangement import choose_chart_periods
from gri_builder.facts.charts.special_rows import compared_periods, list_special_rows, next_target, range_ends
from gri_builder.facts.charts.waterfall_steps import against_waterfall
from gri_builder.facts.fact_tables.rows import list_members, shown_period
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import SeriesChartKind
from gri_builder.model.figures.chart_request import ChartRequest

MOST_ROWS = 18
"""Rows that have space below each other in one chart, with names of several lines."""
MOST_CELLS = 240
"""Cells of a heat table."""


def _against_rows(series: Sequence[Series], request: ChartRequest, most: int = MOST_ROWS) -> str | None:
    """Return why series can't be rows: two dimensions, or too many."""
    if any(len(one.dimensions) > 1 for one in series):
        return "it has a row for each series or member, and the series has two dimensions"
    count = len(list_special_rows(series, request))
    return f"it has space for {most} rows, and there are {count}" if count > most else None


def _against_dumbbell(series: Sequence[Series], request: ChartRequest) -> str | None:
    if reason := _against_rows(series, request):
        return reason
    base, own = compared_periods(series, request)
    if base == own:
        return f"a dumbbell compares two periods, and there is only '{own}'"
    rows = list_special_rows(series, request)
    if not any(row.fact(base) and row.fact(own) for row in rows):
        return f"nothing has a value for both '{base}' and '{own}'"
    return None


def _against_range(series: Sequence[Series], request: ChartRequest) -> str | None:
    if ends := range_ends(series, request):
        return f"it has space for {MOST_ROWS} rows, and there are {len(ends)}" if len(ends) > MOST_ROWS else None
    if reason := _against_rows(series, request):
        return reason
    periods = choose_chart_periods(series, request)
    rows = list_special_rows(series, request)
    if not any(sum(row.fact(period) is not None for period in periods) > 1 for row in rows):
        return "a range needs at least two values of a series or member"
    return None


def _against_bullet(series: Sequence[Series], request: ChartRequest) -> str | None:
    if reason := _against_rows(series, request):
        return reason
    own = shown_period(*series)
    rows = list_special_rows(series, request)
    if not any(next_target(row, own) for row in rows):
        return "a bullet shows values against their targets, and there is no target"
    return None if any(row.fact(own) for row in rows) else f"there is no value for '{own}'"


def _against_heat(series: Sequence[Series], request: ChartRequest) -> str | None:
    if len(series[0].dimensions) > 1:
        rows, columns = (len(list_members(series, axis)) for axis in (1, 0))
    else:
        rows, columns = len(list_special_rows(series, request)), len(choose_chart_periods(series, request))
    if rows * columns < 2:
        return "a heat table compares several values, and there is only one"
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        return f"it has space for {MOST_ROWS} rows and {MOST_CELLS} cells, and there are {rows} and {rows * columns}"
    return None


SPECIAL_KINDS: Mapping[SeriesChartKind, Callable[[Sequence[Series], ChartRequest], str | None]] = {
    "waterfall": against_waterfall,
    "dumbbell": _against_dumbbell,
    "range": _against_range,
    "bullet": _against_bullet,
    "heat": _against_heat,
}
"""By kind: why the series can't be shown in it; None if they can."""
