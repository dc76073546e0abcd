"""Units of measurement: dimensions, conversions and printed forms, read from `schemas/units.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any

from gri_builder.model.units import Unit
from gri_builder.resources.frameworks import schemas_folder

MIN_SIMILARITY = 55.0
"""Minimum similarity of a suggested unit, in per cent."""
MAX_DIGITS = 34
"""Significant digits to which a conversion that has no finite decimal form is rounded (IEEE 754 decimal128)."""


@cache
def find_unit(symbol: str) -> Unit | None:
    """Return the unit of a symbol, or of a quotient such as 'GJ/t'; None for an unknown one."""
    if known := _simple_units().get(symbol):
        return known
    top, slash, per = symbol.partition("/")
    rule = _table()["quotients"]
    unit = _simple_units().get(top)
    if not slash or unit is None or unit.dimension not in rule["dimensions"] or not _is_denominator(per):
        return None
    below = _simple_units().get(per)
    printed = f"{unit.printed or top}/{(below.printed if below else '') or per}"
    return Unit(symbol, rule["dimensions"][unit.dimension], printed)


def suggest_units(symbol: str, dimension: str | None = None) -> tuple[str, ...]:
    """Return up to three known symbols similar to an unknown one, the most similar first; of one dimension if given."""
    from rapidfuzz import fuzz, process

    top, slash, per = symbol.partition("/")
    if slash and find_unit(symbol) is None:
        return tuple(f"{each}/{per}" for each in suggest_units(top) if find_unit(f"{each}/{per}"))
    also = {name.casefold(): meant for name, meant in _table()["also_called"].items()}.get(symbol.strip().casefold())
    names = [unit.symbol for unit in _simple_units().values() if dimension in (None, unit.dimension)]
    if also in names:
        return (also,)
    found = process.extract(
        symbol, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=MIN_SIMILARITY, limit=3
    )
    return tuple(name for name, _, _ in found)


def units_of(dimension: str) -> tuple[str, ...]:
    """Return the symbols of the units of a dimension, in the order of the data."""
    return tuple(unit.symbol for unit in _simple_units().values() if unit.dimension == dimension)


def convert(value: Decimal, given: Unit, wanted: Unit) -> Decimal | None:
    """Convert a value to another unit of the same dimension; None without a conversion by definition.

    The result is exact if it has a finite decimal form, as kWh to GJ. Currencies convert to their multiples only.
    """
    if given.symbol == wanted.symbol:
        return value
    factor = _factor(given.symbol, wanted.symbol) if given.dimension == wanted.dimension else None
    if factor is None:
        return None
    with localcontext(prec=MAX_DIGITS):
        return _to_decimal(Fraction(value) * factor)


def _to_decimal(value: Fraction) -> Decimal:
    """Return the shortest decimal equal to the fraction, or one rounded to the context's digits."""
    result = Decimal(value.numerator) / Decimal(value.denominator)
    plain = result.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


@cache
def _factor(given: str, wanted: str) -> Fraction | None:
    """Return the conversion factor; the two units of a quotient are converted separately."""
    if "/" in given and "/" in wanted and given not in _definitions() and wanted not in _definitions():
        (top, below), (other_top, other_below) = given.split("/", 1), wanted.split("/", 1)
        factors = _factor(top, other_top), _factor(below, other_below)
        return factors[0] / factors[1] if factors[0] and factors[1] else None
    if given == wanted:
        return Fraction(1)
    one, other = _reduce(given), _reduce(wanted)
    return one[0] / other[0] if one and other and one[1] == other[1] else None


@cache
def _reduce(symbol: str) -> tuple[Fraction, str] | None:
    """Return a unit as a multiple of its base unit; None for a unit without a definition."""
    if symbol not in _definitions():
        return None
    definition = _definitions()[symbol]
    if definition is None:
        return Fraction(1), symbol
    number, _, base = definition.partition(" ")
    below = _reduce(base)
    return (Fraction(number) * below[0], below[1]) if below else None


@cache
def _definitions() -> Mapping[str, str | None]:
    """Return each unit's definition by another unit, such as '1000 kg'; None for base units."""
    listed = {symbol: text for symbol, text in _table()["conversions"].items() if symbol != "description"}
    rule = _table()["currencies"]
    for code in rule["codes"]:
        listed |= {f"{code} {multiple}": f"{factor} {code}" for multiple, factor in rule["multiples"].items()}
    bases = dict.fromkeys(text.partition(" ")[2] for text in listed.values())
    return {**dict.fromkeys(base for base in bases if base not in listed), **listed}


@cache
def list_names() -> Mapping[str, str]:
    """Return the symbol of every unit by its names: the symbol, the printed form and other words for it."""
    units = _simple_units()
    printed = {unit.printed: symbol for symbol, unit in units.items() if unit.printed}
    return {**_table()["also_called"], **printed, **{symbol: symbol for symbol in units}}


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = json.loads((schemas_folder() / "units.json").read_text(encoding="utf-8"))
    return table


@cache
def _simple_units() -> Mapping[str, Unit]:
    """Return the units that are not quotients, by symbol."""
    return {unit.symbol: unit for unit in (*_listed_units(), *_currencies())}


def _listed_units() -> Iterator[Unit]:
    for dimension, units in _table()["units"].items():
        for symbol, printed in units.items():
            yield Unit(symbol, dimension, printed)


def _currencies() -> Iterator[Unit]:
    """Yield each currency alone, then with each multiple."""
    rule = _table()["currencies"]
    for multiple in ("", *rule["multiples"]):
        for code in rule["codes"]:
            symbol = f"{code} {multiple}".strip()
            yield Unit(symbol, "currency", symbol)


def _is_denominator(text: str) -> bool:
    longest: int = _table()["quotients"]["longest"]
    return text.strip() == text and 0 < len(text) <= longest and "/" not in text and text.isprintable()
