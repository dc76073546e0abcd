"""Waterfalls: the total of a base period, its changes by cause, and the report's own total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from gri_builder.facts.charts.arrangement import group_series
from gri_builder.facts.charts.special_rows import compared_periods, list_special_rows
from gri_builder.facts.fact_tables.rows import find_totals, is_amount
from gri_builder.model.facts import Fact, Series, rounding_tolerance
from gri_builder.model.figures.chart_request import ChartRequest

MOST_STEPS = 20


class WaterfallChange(Struct, frozen=True):
    """A change by one cause."""

    name: str
    value: Decimal
    fact: Fact | None = None
    """Its fact; None where it is the difference of two."""


class Waterfall(Struct, frozen=True):
    """The way from one total to another."""

    base: str
    own: str
    start: Decimal
    end: Decimal
    changes: tuple[WaterfallChange, ...]
    facts: tuple[Fact, ...]
    """All facts that it shows or is calculated from."""
    totals: tuple[Fact | None, Fact | None] = (None, None)
    """The facts of the totals, where they are no sums."""
    tolerance: Decimal = Decimal(0)
    """What rounding explains."""

    @property
    def unexplained(self) -> Decimal:
        """What the changes do not explain of the difference."""
        return self.end - self.start - sum((change.value for change in self.changes), Decimal(0))

    @property
    def is_rounding(self) -> bool:
        """Whether rounding explains what the changes do not."""
        return abs(self.unexplained) <= self.tolerance


def is_total_with_causes(series: Sequence[Series]) -> bool:
    """Return whether these are a series of totals, and one of changes by cause."""
    return (
        len(series) == 2
        and not series[0].dimensions
        and len(series[1].dimensions) == 1
        and series[0].unit.symbol == series[1].unit.symbol
    )


def group_charts(series: Sequence[Series], request: ChartRequest) -> list[list[Series]]:
    """Return the series by chart; totals and their changes by cause are one waterfall."""
    is_pair = request.kind == "waterfall" and is_total_with_causes(series)
    return [list(series)] if is_pair and against_waterfall(series, request) is None else group_series(series)


def against_waterfall(series: Sequence[Series], request: ChartRequest) -> str | None:
    """Return why series can't be shown as a waterfall; None if they can."""
    if not all(is_amount(one) for one in series):
        return "percentages, ratios and rates can't be added up from one total to another"
    if not is_total_with_causes(series) and any(len(one.dimensions) > 1 for one in series):
        return "a waterfall shows the parts of one total, and the series has two dimensions"
    base, own = compared_periods(series[:1], request)
    if base == own:
        return f"a waterfall leads from one period to another, and there is only '{own}'"
    made = make_waterfall(series, request)
    if isinstance(made, str):
        return made
    if len(made.changes) > MOST_STEPS:
        return f"a waterfall has at most {MOST_STEPS} parts, and there are {len(made.changes)}"
    return None if made.changes else "a waterfall needs changes by at least one cause"


def make_waterfall(series: Sequence[Series], request: ChartRequest) -> Waterfall | str:
    """Return the waterfall of series, or why it is missing."""
    base, own = compared_periods(series[:1], request)
    if is_total_with_causes(series):
        return _from_changes(series[0], series[1], (base, own))
    rows = list_special_rows(series, request)
    pairs = [(row, row.fact(base), row.fact(own)) for row in rows]
    if (missing := next(((row, old) for row, old, new in pairs if old is None or new is None), None)) is not None:
        row, old = missing
        return f"'{row.name}' has no value for '{base if old is None else own}', so the change is not known"
    known = [(row, old, new) for row, old, new in pairs if old and new]
    changes = tuple(WaterfallChange(row.name, new.value - old.value) for row, old, new in known)
    facts = tuple(fact for _, old, new in known for fact in (old, new))
    start, end = (sum((pair[k].value for pair in ((o, n) for _, o, n in known)), Decimal(0)) for k in (0, 1))
    total = _find_total(series, (base, own))
    if total:
        start, end = total[0].value, total[1].value
    spare = sum((rounding_tolerance(series[0], fact) for fact in (*facts, *(total or ()))), Decimal(0))
    return Waterfall(base, own, start, end, changes, (*facts, *(total or ())), total or (None, None), spare)


def _find_total(series: Sequence[Series], periods: tuple[str, str]) -> tuple[Fact, Fact] | None:
    """Return the facts of the only member that is the total of the others."""
    totals = find_totals(series[0], 0) if len(series) == 1 and series[0].dimensions else frozenset[str]()
    found = [series[0].value(period, (member,)) for member in sorted(totals) for period in periods]
    return (found[0], found[1]) if len(found) == 2 and found[0] and found[1] else None


def _from_changes(total: Series, causes: Series, periods: tuple[str, str]) -> Waterfall | str:
    """Return the way between two totals by the changes that are stated for the own period."""
    (base, own), first, last = periods, total.value(periods[0]), total.value(periods[1])
    if first is None or last is None:
        return f"'{total.title}' has no value for '{base if first is None else own}'"
    stated = [fact for fact in causes.facts if fact.period == own and fact.members[0] not in find_totals(causes, 0)]
    changes = tuple(WaterfallChange(fact.members[0], fact.value, fact) for fact in stated)
    spare = rounding_tolerance(total, first) + rounding_tolerance(total, last)
    spare += sum((rounding_tolerance(causes, fact) for fact in stated), Decimal(0))
    return Waterfall(base, own, first.value, last.value, changes, (first, last, *stated), (first, last), spare)
