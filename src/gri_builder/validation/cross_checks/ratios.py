"""Checks of ratios: an intensity or a share equals one metric divided by another, within rounding."""

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
"""What people write after the slash of a unit for one of the headcount."""
PRECISION = 28
"""Significant digits of calculated ratios."""


class _Inputs(NamedTuple):
    """Two series that a ratio may be calculated from."""

    numerator: Series
    denominator: Series


class _Calculated(NamedTuple):
    """A ratio calculated from its inputs in a period."""

    inputs: _Inputs
    value: Decimal
    tolerance: Decimal
    """Largest difference that the rounding of the inputs explains."""


def check_ratios(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield ratios that match none of their possible calculations; those that 'derive' calculates are left out."""
    for rule in index.rules.ratios:
        choices = _find_inputs(index, rule)
        for series in index.measuring(rule.ratio):
            for fact in series.facts if not series.dimensions else ():
                if not (fact.origin and fact.origin.inputs):
                    yield from _check(index, rule, series, fact, choices)


def _find_inputs(index: FactIndex, rule: Ratio) -> list[_Inputs]:
    numerators, denominators = (
        [one for id in ids for one in index.measuring(id)[:1]] for ids in (rule.numerators, rule.denominators)
    )
    return [_Inputs(numerator, denominator) for numerator in numerators for denominator in denominators]


def _check(
    index: FactIndex, rule: Ratio, series: Series, fact: Fact, choices: list[_Inputs]
) -> Iterator[CrossCheckResult]:
    tolerance = rounding_tolerance(series, fact)
    possible = [found for inputs in choices if (found := _calculate(index, series.unit, fact.period, inputs))]
    if not possible or any(abs(fact.value - each.value) <= tolerance + each.tolerance for each in possible):
        return
    nearest = min(possible, key=lambda each: abs(fact.value - each.value))
    symbol = series.unit.symbol
    message = (
        f"{fact.key} is {fact.value:f} {symbol}, but '{nearest.inputs.numerator.id}' divided by "
        f"'{nearest.inputs.denominator.id}' is {_show(nearest.value)} {symbol}"
    )
    hint = f"{rule.why}: correct the value that is wrong"
    if rule.certain:
        yield inconsistent("ratio-mismatch", fact, message, hint)
    else:
        yield implausible("ratio-implausible", fact, message, hint)


def _calculate(index: FactIndex, unit: Unit, period: str, inputs: _Inputs) -> _Calculated | None:
    """Return the ratio in a unit. None if the unit is incompatible or an input is missing."""
    numerator_unit, denominator_unit, factor = _split(unit, inputs)
    top = index.total(inputs.numerator, period, numerator_unit) if numerator_unit else None
    bottom = index.total(inputs.denominator, period, denominator_unit) if denominator_unit else None
    if top is None or bottom is None or not bottom.value or not top.value:
        return None
    with localcontext(prec=PRECISION):
        value = top.value / bottom.value * factor
        relative = top.tolerance / abs(top.value) + bottom.tolerance / abs(bottom.value)
        return _Calculated(inputs, value, abs(value) * relative)


def _split(unit: Unit, inputs: _Inputs) -> tuple[Unit | None, Unit | None, Decimal]:
    """Return the units of numerator and denominator, and the factor by which their ratio is multiplied."""
    if unit.symbol == "%":
        return inputs.denominator.unit, inputs.denominator.unit, HUNDRED
    under = unit.symbol.partition("/")[2]
    return unit.over, find_unit("headcount") if under in PEOPLE else unit.per, Decimal(1)


def _show(value: Decimal) -> str:
    return f"{round(value, 4 - value.adjusted()).normalize():f}"
