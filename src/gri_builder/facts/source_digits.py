"""How many digits of a value to print: those that its source shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from gri_builder.model.facts import Fact
from gri_builder.model.units import Unit
from gri_builder.resources.units import convert

MIN_SIGNIFICANT = 3
"""Significant digits that a converted value keeps at least."""
MAX_GIVEN_DIGITS = 4
"""A value with more digits after the decimal sign was calculated."""
CALCULATED_DIGITS = 4
"""Significant digits of a calculated value, if its source has no fewer."""


def choose_source_digits(places: int | None, given: Decimal, value: Decimal, is_converted: bool) -> int | None:
    """Return the digits to print after the decimal sign; None: as the value is written.

    `places` are those that the source shows of `given`, None: all; `value` is the value after conversion, which is
    printed with as many significant digits as its source, but at least three.
    """
    if not is_converted or not value or not given:
        return places
    shown = _count_places(given) if places is None else places
    significant = max(MIN_SIGNIFICANT, given.adjusted() + 1 + shown)
    held = _count_places(value)
    if held > MAX_GIVEN_DIGITS:
        significant = min(significant, CALCULATED_DIGITS)
    return max(0, min(held, significant - 1 - _round(value, significant).adjusted()))


def choose_sum_digits(parts: Sequence[tuple[Fact, Unit]], value: Decimal, wanted: Unit) -> int | None:
    """Return the digits to print of a sum or difference: as many as the finest of its parts; None: as it is written.

    `parts` are the facts with their units.
    """
    if all(fact.digits is None for fact, _ in parts):
        return None
    steps = [Decimal(1).scaleb(-_count_shown(fact)) for fact, _ in parts]
    converted = [convert(step, unit, wanted) for step, (_, unit) in zip(steps, parts, strict=True)]
    places = (-step.adjusted() for step in converted if step)
    return max(0, min(_count_places(value), max(places, default=0)))


def _count_shown(fact: Fact) -> int:
    return _count_places(fact.value) if fact.digits is None else fact.digits


def _round(value: Decimal, significant: int) -> Decimal:
    with localcontext(prec=significant, rounding=ROUND_HALF_UP):
        return +value


def _count_places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
