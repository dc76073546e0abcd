"""How many digits of a value to print: those that its source shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

from msgspec.structs import replace

from gri_builder.model.facts import Fact
from gri_builder.model.units import Unit
from gri_builder.resources.units import convert

MIN_SIGNIFICANT = 3
"""Significant digits that a converted value keeps at least."""
MAX_GIVEN_DIGITS = 4
"""A value with more digits after the decimal sign was calculated."""
CALCULATED_DIGITS = 4
"""Most significant digits of such a value."""
PRECISION = 40
"""Precision of the conversion factor."""


class Given(NamedTuple):
    """The number in a source that a fact was read from."""

    number: Decimal
    places: int | None = None
    """Digits after the decimal sign that the source shows; None: all."""


def add_source_digits(facts: Sequence[Fact], given: Sequence[Given], is_converted: bool) -> list[Fact]:
    """Return the facts with the digits to print; `given` are their numbers in the source, before conversion."""
    if not is_converted:
        pairs = zip(facts, given, strict=True)
        return [fact if each.places is None else replace(fact, digits=each.places) for fact, each in pairs]
    finest = max((_count_places(each.number) for each in given if each.places is None), default=0)
    is_long = any(_count_places(fact.value) > MAX_GIVEN_DIGITS for fact in facts)
    places = [finest if each.places is None else each.places for each in given]
    return [
        replace(fact, digits=_converted_digits(each.number, shown, fact.value, is_long))
        for fact, each, shown in zip(facts, given, places, strict=True)
    ]


def _converted_digits(given: Decimal, places: int, value: Decimal, is_long: bool) -> int:
    """Return the digits of a converted value: so many that its last one weighs as much as that of its source.

    It keeps at least three significant digits, and at most four if the series has values with long decimals.
    """
    if not given or not value:
        return 0
    with localcontext(prec=PRECISION):
        step = abs(value / given).scaleb(-places)
    digits = max(-step.adjusted(), _places_of(value, MIN_SIGNIFICANT))
    if is_long:
        digits = min(digits, _places_of(value, CALCULATED_DIGITS))
    return max(0, min(_count_places(value), digits))


def _places_of(value: Decimal, significant: int) -> int:
    """Return the digits after the decimal sign with which a value has so many significant ones."""
    with localcontext(prec=significant, rounding=ROUND_HALF_UP):
        return significant - 1 - (+value).adjusted()


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
    if fact.digits is not None:
        return fact.digits
    places = _count_places(fact.value)
    return places if places <= MAX_GIVEN_DIGITS else max(0, _places_of(fact.value, CALCULATED_DIGITS))


def _count_places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
