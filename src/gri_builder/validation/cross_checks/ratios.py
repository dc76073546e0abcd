"""Checks of quotients: an intensity or a share is what one metric comes to by another, within rounding."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import NamedTuple

from gri_builder.model.facts import Fact, Series, rounding_tolerance
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit
from gri_builder.validation.cross_checks.fact_index import FactIndex, Ratio
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult, implausible, inconsistent

HUNDRED = Decimal(100)
PEOPLE = ("employee", "employees", "person")
"""What people write behind the slash of a unit for one of the headcount."""
DIGITS = 28


class _Way(NamedTuple):
    """Two series that a quotient may be reckoned from."""

    top: Series
    below: Series


class _Reckoned(NamedTuple):
    """What a way comes to in a period."""

    way: _Way
    value: Decimal
    half: Decimal
    """By how much it may be off, as its inputs were rounded."""


def check_ratios(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield values of quotients that no way of reckoning them comes to; those reckoned by the program are left out."""
    for rule in book.rules.quotients:
        ways = _find_ways(book, rule)
        for series in book.measuring(rule.quotient):
            for fact in series.facts if not series.dimensions else ():
                if not (fact.origin and fact.origin.inputs):
                    yield from _check(book, rule, series, fact, ways)


def _find_ways(book: FactIndex, rule: Ratio) -> list[_Way]:
    tops, below = ([one for id in ids for one in book.measuring(id)[:1]] for ids in (rule.of, rule.per))
    return [_Way(top, under) for top in tops for under in below]


def _check(book: FactIndex, rule: Ratio, series: Series, fact: Fact, ways: list[_Way]) -> Iterator[CrossCheckResult]:
    own = rounding_tolerance(series, fact)
    reckoned = [found for way in ways if (found := _reckon(book, series.unit, fact.period, way))]
    if not reckoned or any(abs(fact.value - each.value) <= own + each.half for each in reckoned):
        return
    nearest = min(reckoned, key=lambda each: abs(fact.value - each.value))
    symbol = series.unit.symbol
    message = (
        f"{fact.key} is {fact.value:f} {symbol}, but '{nearest.way.top.id}' by '{nearest.way.below.id}' "
        f"comes to {_show(nearest.value)} {symbol}"
    )
    if rule.certain:
        yield inconsistent("ratio-mismatch", fact, message, f"{rule.why}: correct the value that is wrong")
    else:
        hint = f"{rule.why}: correct the value that is wrong"
        yield implausible("ratio-implausible", fact, message, hint)


def _reckon(book: FactIndex, unit: Unit, period: str, way: _Way) -> _Reckoned | None:
    """Return what a way comes to in a unit; None where the unit is none of such a quotient, or a value lacks."""
    over, under, times = _split(unit, way)
    top = book.total(way.top, period, over) if over else None
    below = book.total(way.below, period, under) if under else None
    if top is None or below is None or not below.value or not top.value:
        return None
    with localcontext(prec=DIGITS):
        value = top.value / below.value * times
        return _Reckoned(way, value, abs(value) * (top.half / abs(top.value) + below.half / abs(below.value)))


def _split(unit: Unit, way: _Way) -> tuple[Unit | None, Unit | None, Decimal]:
    """Return the units of both sides of a quotient, and by what it is multiplied."""
    if unit.symbol == "%":
        return way.below.unit, way.below.unit, HUNDRED
    over, _, under = unit.symbol.partition("/")
    return find_unit(over), find_unit("headcount" if under in PEOPLE else under), Decimal(1)


def _show(value: Decimal) -> str:
    return f"{round(value, 4 - value.adjusted()).normalize():f}"
