"""Ways of reckoning one value from others, with their units worked out: GJ by t are GJ/t, % of GJ are GJ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from itertools import cycle

from msgspec import Struct

from gri_builder.model.units import Unit
from gri_builder.resources.units import convert, find_unit

Calculate = Callable[[Sequence[Decimal]], Decimal]
_RATE = re.compile(r"per (?:([\d, ]+|thousand|million) )?(\D.*)")
_WORDS = {"thousand": Decimal(1_000), "million": Decimal(1_000_000)}
PEOPLE = ("employees", "people", "workers")
"""Words for people in the symbols of rates."""
COUNTED = ("count", "headcount")
"""Dimensions of what is counted."""
HUNDRED = Decimal(100)


class Operation(Struct, frozen=True):
    """A way of reckoning that fits its units."""

    derive: Calculate
    """Returns the value for those of the operands, in their order; raises DivisionByZero or InvalidOperation."""
    divides: bool = False
    """Whether the result may have endless digits."""


def find_operation(kind: str, wanted: Unit, given: Sequence[Unit]) -> Operation | str:
    """Return the operation in the wanted unit; where the units don't fit, a message that says so."""
    if kind in ("sum", "total-of"):
        return _adding(wanted, given, lambda values: sum(values, Decimal(0)))
    if kind == "difference":
        return _adding(wanted, given, lambda values: values[0] - sum(values[1:], Decimal(0)))
    if kind == "product":
        return _product(wanted, given)
    if kind == "change-since":
        return _change(wanted)
    return _share(wanted, given) if kind == "share" else _ratio(wanted, given)


def _adding(wanted: Unit, given: Sequence[Unit], derive: Calculate) -> Operation | str:
    for unit in given:
        if convert(Decimal(1), unit, wanted) is None:
            return f"'{unit.symbol}' can't be converted into '{wanted.symbol}'"
    units = tuple(given)
    return Operation(
        lambda values: derive([_in(v, unit, wanted) for v, unit in zip(values, cycle(units), strict=False)])
    )


def _in(value: Decimal, given: Unit, wanted: Unit) -> Decimal:
    """Return a value in a unit that is known to measure the same."""
    converted = convert(value, given, wanted)
    assert converted is not None
    return converted


def _change(wanted: Unit) -> Operation | str:
    if wanted.symbol != "%":
        return f"a change is in '%', not in '{wanted.symbol}'"
    return Operation(lambda values: (values[0] - values[1]) / abs(values[1]) * HUNDRED, divides=True)


def _share(wanted: Unit, given: Sequence[Unit]) -> Operation | str:
    if wanted.symbol != "%":
        return f"a share is in '%', not in '{wanted.symbol}'"
    part, whole = given
    if convert(Decimal(1), whole, part) is None:
        return f"'{part.symbol}' is no share of '{whole.symbol}': they measure different things"
    return Operation(lambda values: values[0] / _in(values[1], whole, part) * HUNDRED, divides=True)


def _ratio(wanted: Unit, given: Sequence[Unit]) -> Operation | str:
    top, below = given
    if wanted.dimension in ("ratio", "share"):
        if convert(Decimal(1), below, top) is None:
            return f"'{top.symbol}' by '{below.symbol}' is no plain number, as '{wanted.symbol}' says"
        times = HUNDRED if wanted.symbol == "%" else Decimal(1)
        return Operation(lambda values: values[0] / _in(values[1], below, top) * times, divides=True)
    if match := _RATE.fullmatch(wanted.symbol):
        return _rate(wanted, top, below, match)
    over, _, under = wanted.symbol.partition("/")
    unit, per = find_unit(over), find_unit(under)
    if not under or unit is None or convert(Decimal(1), top, unit) is None or not _is_per(below, under):
        return f"'{top.symbol}' by '{below.symbol}' gives '{top.symbol}/{below.symbol}', not '{wanted.symbol}'"
    lower: Callable[[Decimal], Decimal] = partial(_in, given=below, wanted=per) if per else _same
    return Operation(lambda values: _in(values[0], top, unit) / lower(values[1]), divides=True)


def _rate(wanted: Unit, top: Unit, below: Unit, match: re.Match[str]) -> Operation | str:
    """Return how to reckon what is counted per so many hours or people, e.g. 'per 200,000 h'."""
    number, what = match[1] or "1", match[2]
    times = _WORDS.get(number) or Decimal(re.sub("[, ]", "", number))
    per = find_unit(what)
    people = what in PEOPLE and below.dimension == "headcount"
    if top.dimension not in COUNTED or not (people or (per and convert(Decimal(1), below, per) is not None)):
        return f"'{top.symbol or 'count'}' by '{below.symbol}' is no rate '{wanted.symbol}'"
    lower: Callable[[Decimal], Decimal] = partial(_in, given=below, wanted=per) if per else _same
    return Operation(lambda values: values[0] * times / lower(values[1]), divides=True)


def _product(wanted: Unit, given: Sequence[Unit]) -> Operation | str:
    for first, second in ((0, 1), (1, 0)):
        left, right = given[first], given[second]
        if left.dimension in ("share", "ratio", "count") and convert(Decimal(1), right, wanted) is not None:
            divisor = HUNDRED if left.symbol == "%" else Decimal(1)
            plain = find_unit("count") if left.dimension == "count" else None
            scale = _in(Decimal(1), left, plain) if plain else Decimal(1)
            return Operation(partial(_multiply, place=second, given=right, wanted=wanted, times=scale / divisor))
        over, _, under = left.symbol.partition("/")
        unit, per = find_unit(over), find_unit(under)
        if under and unit and _is_per(right, under) and convert(Decimal(1), unit, wanted) is not None:
            scale = _in(Decimal(1), right, per) if per else Decimal(1)
            return Operation(partial(_multiply, place=first, given=unit, wanted=wanted, times=scale))
    return f"'{given[0].symbol}' times '{given[1].symbol}' is not in '{wanted.symbol}'"


def _multiply(values: Sequence[Decimal], place: int, given: Unit, wanted: Unit, times: Decimal) -> Decimal:
    """Return the product of two values; `place` tells which has the unit that is converted."""
    return _in(values[place] * values[1 - place] * times, given, wanted)


def _is_per(unit: Unit, written: str) -> bool:
    """Whether a unit is what stands behind the slash of a quotient, or can be converted into it."""
    per = find_unit(written)
    if per is None:
        return unit.symbol == written or (
            written.rstrip("s") in ("employee", "person") and unit.dimension == "headcount"
        )
    return convert(Decimal(1), unit, per) is not None


def _same(value: Decimal) -> Decimal:
    return value
