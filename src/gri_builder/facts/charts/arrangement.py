"""How the values of series are arranged in a chart: categories, and a row of facts for each series or part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.fact_tables.rows import find_totals, is_amount, list_members, list_periods, shown_period
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.periods.period import sort_periods
from gri_builder.resources.total_words import is_remainder

ORDINAL = re.compile(r"\d")
"""In names of parts that have an order of their own, such as ages."""


class ChartRow(Struct, frozen=True):
    """One line, or one colour of bars."""

    name: str
    series: Series
    facts: tuple[Fact | None, ...]
    """One for each category; None for a missing value."""
    owners: tuple[Series, ...] = ()
    """The series of each fact, where they are of different ones."""

    def owner(self, place: int) -> Series:
        """Return the series of the fact of a category."""
        return self.owners[place] if self.owners else self.series

    @property
    def values(self) -> list[Decimal]:
        """The values that are not missing."""
        return [fact.value for fact in self.facts if fact]


class Arrangement(Struct, frozen=True):
    """Categories and rows of a chart."""

    categories: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    period: str | None = None
    """Label of the only period that is shown, empty where the rows are periods; None where the categories are."""

    @property
    def is_over_time(self) -> bool:
        """Whether its categories are periods."""
        return self.period is None

    @property
    def values(self) -> list[Decimal]:
        """All values that are not missing."""
        return [value for row in self.rows for value in row.values]

    @property
    def sums(self) -> list[Decimal]:
        """The sum of each category."""
        columns = zip(*(row.facts for row in self.rows), strict=True)
        return [sum((fact.value for fact in column if fact), Decimal(0)) for column in columns]


def group_series(series: Sequence[Series]) -> list[list[Series]]:
    """Return the series by chart: those of one unit without dimensions together, others alone."""
    groups: dict[tuple[str, ...], list[Series]] = {}
    for one in series:
        alone = (one.id,) if one.dimensions else ()
        groups.setdefault((one.unit.symbol, *alone), []).append(one)
    return list(groups.values())


def choose_chart_periods(series: Sequence[Series], request: ChartRequest) -> tuple[str, ...]:
    """Return the periods that a chart shows: the latest that are asked for, and the base period."""
    known, latest = list_periods(series), list_periods(series, request.latest)
    base = {request.base_period} & {*known} if request.base_period else set[str]()
    return sort_periods({*latest, *base})


def arrange_over_time(series: Sequence[Series], request: ChartRequest) -> Arrangement:
    """Return the periods as categories, and a row for each series or member; totals of parts are left out."""
    periods = choose_chart_periods(series, request)
    rows = tuple(row for one in series for row in _rows_over(one, periods))
    return Arrangement(periods, rows)


def _rows_over(series: Series, periods: Sequence[str]) -> list[ChartRow]:
    if not series.dimensions:
        return [ChartRow(series.title, series, tuple(series.value(period) for period in periods))]
    members = _parts_of(series, 0)
    return [
        ChartRow(member, series, tuple(series.value(period, (member,)) for period in periods)) for member in members
    ]


def _parts_of(series: Series, axis: int) -> list[str]:
    """Return the members of a dimension without those that are the total of the others."""
    totals = find_totals(series, axis)
    members = list_members((series,), axis)
    return [member for member in members if member not in totals] or list(members)


def arrange_crossed(series: Series) -> Arrangement:
    """Return the members of two dimensions in the report's own period: the first as categories, the second as rows."""
    period, down = shown_period(series), _parts_of(series, 0)
    rows = tuple(
        ChartRow(other, series, tuple(series.value(period, (member, other)) for member in down))
        for other in _parts_of(series, 1)
    )
    return Arrangement(tuple(down), rows, period)


def turn(arrangement: Arrangement, title: str) -> Arrangement:
    """Return the rows as categories, and the periods as rows; with one period, it is the only row, under a title."""
    categories = tuple(row.name for row in arrangement.rows)
    columns = list(zip(*(row.facts for row in arrangement.rows), strict=True))
    owners = tuple(row.series for row in arrangement.rows)
    names = arrangement.categories if len(columns) > 1 else (title,)
    rows = tuple(ChartRow(name, owners[0], tuple(column), owners) for name, column in zip(names, columns, strict=True))
    return Arrangement(categories, rows, arrangement.categories[0] if len(arrangement.categories) == 1 else "")


def sort_categories(arrangement: Arrangement, request: ChartRequest) -> Arrangement:
    """Return the categories in the order asked for, by the values of the last row.

    Missing values come last, as does what is left beside the others, such as 'Other countries'.
    """
    numbered = sum(bool(ORDINAL.search(name)) for name in arrangement.categories)
    order = request.sort or ("data" if numbered * 2 > len(arrangement.categories) else "descending")
    if order == "data" or arrangement.is_over_time or not arrangement.rows:
        return arrangement
    numbers = range(len(arrangement.categories))
    if order == "name":
        ranked = sorted(numbers, key=lambda n: arrangement.categories[n].casefold())
    else:
        sign, facts = 1 if order == "ascending" else -1, arrangement.rows[-1].facts
        ranked = sorted(numbers, key=lambda n: (is_remainder(arrangement.categories[n]), *_rank(facts[n], sign)))
    rows = tuple(_reorder(row, ranked) for row in arrangement.rows)
    return replace(arrangement, categories=tuple(arrangement.categories[n] for n in ranked), rows=rows)


def _reorder(row: ChartRow, places: Sequence[int]) -> ChartRow:
    owners = tuple(row.owners[n] for n in places) if row.owners else ()
    return replace(row, facts=tuple(row.facts[n] for n in places), owners=owners)


def _rank(fact: Fact | None, sign: int) -> tuple[bool, Decimal]:
    return (fact is None, sign * fact.value if fact else Decimal(0))


def sort_rows(arrangement: Arrangement, request: ChartRequest) -> Arrangement:
    """Return the rows in the order asked for, by their last values."""
    if request.sort in (None, "data"):
        return arrangement
    if request.sort == "name":
        rows = sorted(arrangement.rows, key=lambda row: row.name.casefold())
    else:
        sign = 1 if request.sort == "ascending" else -1
        rows = sorted(arrangement.rows, key=lambda row: _rank(row.facts[-1] if row.facts else None, sign))
    return replace(arrangement, rows=tuple(rows))


def can_be_added(arrangement: Arrangement) -> bool:
    """Return whether the values of a category are parts of a whole: amounts, or shares that make 100 %."""
    if not arrangement.rows:
        return False
    if is_amount(arrangement.rows[0].series):
        return True
    return is_whole(arrangement)


def is_whole(arrangement: Arrangement) -> bool:
    """Return whether the values of each category are per cents that make 100, as far as rounding shows."""
    first = arrangement.rows[0].series
    tolerance = Decimal(len(arrangement.rows)) / 2
    return first.unit.printed == "%" and all(abs(total - 100) <= tolerance for total in arrangement.sums)
