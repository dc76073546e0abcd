"""Months of regular readings: how far apart they are, and which ones a year should have."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from itertools import pairwise

from gri_builder.tables.period_column import PeriodColumn

Month = int
"""A month, counted from year 0."""
LENGTHS = {"month": 1, "quarter": 3, "half": 6}
"""Months of the periods that can be missing inside a year."""


def last_month(column: PeriodColumn, text: str) -> Month | None:
    """Return the last month of a month, quarter or half; None for days, unless all are the first or last of a month."""
    kind = column.kinds[text]
    is_monthly = kind in LENGTHS or (kind == "day" and _are_month_days(column))
    day = column.spans[text].last
    return day.year * 12 + day.month - 1 if is_monthly else None


def _are_month_days(column: PeriodColumn) -> bool:
    """Return whether all days of a column are the first, or all the last of a month, and there are several."""
    days = [span.first for text, span in column.spans.items() if column.kinds[text] == "day"]
    firsts = all(day.day == 1 for day in days)
    lasts = all(day.day == monthrange(day.year, day.month)[1] for day in days)
    return len(days) > 1 and (firsts or lasts)


def month_text(month: Month) -> str:
    """Return a month as text, such as '2015-03'."""
    return f"{month // 12}-{month % 12 + 1:02}"


def find_interval(months: Sequence[Month]) -> int:
    """Return the number of months between regular readings, of which 12 is a multiple; 1 where they are irregular."""
    gaps = [second - first for first, second in pairwise(months)]
    if not gaps:
        return 1
    smallest = min(gaps)
    is_regular = all(gap % smallest == 0 for gap in gaps)
    if is_regular and smallest % 12 == 0:
        return 12
    return smallest if is_regular and 12 % smallest == 0 else 1


def regular_months(months: Sequence[Month], present: Sequence[Month]) -> list[Month]:
    """Return those months of a year in which readings are due, by the months that are present in all years."""
    interval = find_interval(present)
    return [month for month in months if present and (month - present[0]) % interval == 0]
