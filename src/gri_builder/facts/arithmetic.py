"""Operations that derive one value from others, with checked units: GJ by t give GJ/t, % of GJ give GJ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
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
COUNT_DIMENSIONS = ("count", "headcount")
"""Dimensions of counts."""
HUNDRED = Decimal(100)


class OperationKind(StrEnum):
    """How a value is derived from others, as written under 'derive' and 'check'."""

    SUM = "sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    SHARE = "share"
    PRODUCT = "product"
    CHANGE_SINCE = "change-since"
    TOTAL_OF = "total-of"


class Operation(Struct, frozen=True):
    """A calculation for operands in known units."""

    calculate: Calculate
    """Returns the result for the operands' values, in order; raises DivisionByZero or InvalidOperation."""
    divides: bool = False
    """Whether the result may have an unlimited number of digits."""


def find_operation(kind: OperationKind, wanted: Unit, given: Sequence[Unit]) -> Operation | str:
    """Return the operation with its result in the wanted unit, or the message that the units don't fit."""
    match kind:
        case OperationKind.SUM | OperationKind.TOTAL_OF:
            return _addition(wanted, given, lambda values: sum(values, Decimal(0)))
        case OperationKind.DIFFERENCE:
            return _addition(wanted, given, lambda values: values[0] - sum(values[1:], Decimal(0)))
        case OperationKind.PRODUCT:
            return _product(wanted, given)
        case OperationKind.CHANGE_SINCE:
            return _change(wanted)
        case OperationKind.SHARE:
            return _share(wanted, given)
        case OperationKind.RATIO:
            return _ratio(wanted, given)


def _addition(wanted: Unit, given: Sequence[Unit], calculate: Calculate) -> Operation | str:
    for unit in given:
        if convert(Decimal(1), unit, wanted) is None:
            return f"'{unit.symbol}' can't be converted into '{wanted.symbol}'"
    units = tuple(given)
    return Operation(
        lambda values: calculate([_in(v, unit, wanted) for v, unit in zip(values, cycle(units), strict=False)])
    )


def _in(value: Decimal, given: Unit, wanted: Unit) -> Decimal:
    """Return a value converted into a unit of the same dimension."""
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
        return f"'{part.symbol}' can't be a share of '{whole.symbol}': they measure different things"
    return Operation(lambda values: values[0] / _in(values[1], whole, part) * HUNDRED, divides=True)


def _ratio(wanted: Unit, given: Sequence[Unit]) -> Operation | str:
    top, below = given
    if wanted.dimension in ("ratio", "share"):
        if convert(Decimal(1), below, top) is None:
            return f"'{top.symbol}' by '{below.symbol}' can't be in '{wanted.symbol}', as they measure different things"
        times = HUNDRED if wanted.symbol == "%" else Decimal(1)
        return Operation(lambda values: values[0] / _in(values[1], below, top) * times, divides=True)
    if match := _RATE.fullmatch(wanted.symbol):
        return _rate(wanted, top, below, match)
    under = wanted.symbol.partition("/")[2]
    unit, per = wanted.over, wanted.per
    if not under or unit is None or convert(Decimal(1), top, unit) is None or not _is_per(below, under, per):
        return f"'{top.symbol}' by '{below.symbol}' gives '{top.symbol}/{below.symbol}', not '{wanted.symbol}'"
    lower: Callable[[Decimal], Decimal] = partial(_in, given=below, wanted=per) if per else _same
    return Operation(lambda values: _in(values[0], top, unit) / lower(values[1]), divides=True)


def _rate(wanted: Unit, top: Unit, below: Unit, match: re.Match[str]) -> Operation | str:
    """Return the operation for counts per a number of hours or people, e.g. 'per 200,000 h'."""
    number, what = match[1] or "1", match[2]
    times = _WORDS.get(number) or Decimal(re.sub("[, ]", "", number))
    per = find_unit(what)
    people = what in PEOPLE and below.dimension == "headcount"
    if top.dimension not in COUNT_DIMENSIONS or not (people or (per and convert(Decimal(1), below, per) is not None)):
        return f"'{top.symbol or 'count'}' by '{below.symbol}' can't be in '{wanted.symbol}'"
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
        under = left.symbol.partition("/")[2]
        unit, per = left.over, left.per
        if under and unit and _is_per(right, under, per) and convert(Decimal(1), unit, wanted) is not None:
            scale = _in(Decimal(1), right, per) if per else Decimal(1)
            return Operation(partial(_multiply, place=first, given=unit, wanted=wanted, times=scale))
    return f"'{given[0].symbol}' times '{given[1].symbol}' is not in '{wanted.symbol}'"


def _multiply(values: Sequence[Decimal], place: int, given: Unit, wanted: Unit, times: Decimal) -> Decimal:
    """Return the product of two values; `place` is the index of the one whose unit is converted."""
    return _in(values[place] * values[1 - place] * times, given, wanted)


def _is_per(unit: Unit, written: str, per: Unit | None) -> bool:
    """Return whether a unit is the denominator of a quotient, or can be converted into it."""
    if per is None:
        return unit.symbol == written or (
            written.rstrip("s") in ("employee", "person") and unit.dimension == "headcount"
        )
    return convert(Decimal(1), unit, per) is not None


def _same(value: Decimal) -> Decimal:
    return value
