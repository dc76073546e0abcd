"""Join the values that data owners have returned to the series that asked for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from gri_builder.model.facts import CollectedValue, Fact, Origin
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.resources.units import convert
from gri_builder.tables.periods import PeriodChecker
from gri_builder.tables.series_context import SeriesContext
from gri_builder.tables.source_digits import Given, add_source_digits


def join_collected(
    series: SeriesContext, facts: Sequence[Fact], values: Iterable[CollectedValue]
) -> tuple[list[Fact], list[Finding]]:
    """Return the facts of a series with those that were returned, and a finding for each that does not fit it.

    A value that the series has from elsewhere too is an error: nobody would know which of the two is printed. Where
    both are equal, it is a warning.
    """
    known = {(fact.period, fact.members): fact for fact in facts}
    checker = PeriodChecker(series.last_day, series.years)
    joined, findings = list(facts), list[Finding]()
    for value in values:
        findings += checker.check(value.period, value.listed or value.where)
        fact = _make_fact(series, value)
        if isinstance(fact, Finding):
            findings.append(fact)
        elif (other := known.get((fact.period, fact.members))) is not None:
            findings.append(_find_conflict(fact, other, value))
        else:
            joined += add_source_digits([fact], [Given(value.value)], fact.value != value.value)
    return joined, findings


def _make_fact(series: SeriesContext, value: CollectedValue) -> Fact | Finding:
    """Return the fact of a returned value, in the unit of its series."""
    if len(value.members) != len(series.dimensions):
        by = f"is broken down by {listed(series.dimensions, 'and')}" if series.dimensions else "is not broken down"
        message = f"the value of '{shorten(value.key)}' does not fit its series, which {by}"
        hint = "correct 'by' of the series, or request the values again: gri-builder request REPORT"
        return error("unknown-member", message, value.listed or value.where, hint)
    unit = series.units.find(value.unit)
    number = convert(value.value, unit, series.unit) if unit else None
    if unit is None or number is None:
        wanted = series.unit.symbol
        message = f"'{shorten(value.key)}' was returned in '{value.unit}', which does not convert into '{wanted}'"
        hint = "give the series its earlier unit back, or request the values again: gri-builder request REPORT"
        return error("wrong-unit", message, value.listed or value.where, hint)
    return Fact(
        metric=series.id,
        period=value.period,
        members=value.members,
        value=number,
        where=value.where,
        status=value.status,
        origin=Origin(
            value.file,
            value.sha256,
            sheet=value.sheet,
            cell=value.cell,
            formula=value.formula,
            source_value=_describe_source(value, number),
        ),
    )


def _describe_source(value: CollectedValue, number: Decimal) -> str | None:
    """Return the value and the unit as they were returned, where the series has another unit."""
    return None if number == value.value else f"{value.value:f} {value.unit}"


def _find_conflict(fact: Fact, other: Fact, value: CollectedValue) -> Finding:
    """Return the finding for a value that a series has twice."""
    place = describe_place(other.where)
    came = f"'{shorten(fact.key)}' was collected from {describe_place(value.where)}"
    hint = f"keep one of the two: delete the value in {place}"
    if value.listed:
        hint += f", or the entry in {describe_place(value.listed)}"
    if fact.value == other.value:
        return warning("typed-and-collected", f"{came}, and has the same value in {place}", other.where, hint)
    message = f"{came} as {fact.value:f}, but is {other.value:f} in {place}"
    return error("typed-and-collected", message, other.where, hint)


def describe_place(where: Location) -> str:
    """Return a place in words: 'figures/a.yaml:12', 'Facts!E12 of figures/collected/a.xlsx'."""
    if where.cell:
        return f"{where.sheet}!{where.cell} of {where.file}" if where.sheet else f"{where.cell} of {where.file}"
    return f"{where.file}:{where.line}" if where.line else where.file
