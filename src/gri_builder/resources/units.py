"""Units of measurement: dimensions, conversions and printed forms, read from `schemas/units.json`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.units import Unit, UnitDefinition
from gri_builder.resources.frameworks import schemas_folder

MIN_SIMILARITY = 55.0
"""Minimum similarity of a suggested unit, in per cent."""
MAX_DIGITS = 34
"""Significant digits to which a conversion that has no finite decimal form is rounded (IEEE 754 decimal128)."""
MULTIPLES: Mapping[str, int] = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_LIKE_CURRENCY = re.compile(r"[A-Z]{3,4}\b|thousand|million|billion")
"""Texts for which a currency may be suggested."""


class UnitTable(Struct, frozen=True, eq=False):
    """The units that a report knows: those of `schemas/units.json`, and its own."""

    simple: Mapping[str, Unit]
    """Units that are neither quotients nor multiples of others, by symbol."""
    own: frozenset[str] = frozenset()
    """Symbols that the report defines; in files they come before all other names."""

    def find(self, symbol: str) -> Unit | None:
        """Return the unit of a symbol, of a multiple such as 'million kWh' or a quotient such as 'GJ/t'."""
        return self._find(symbol) or self._find(unicodedata.normalize("NFKC", symbol).replace("\u03bc", "\u00b5"))

    def _find(self, symbol: str) -> Unit | None:
        if known := self.simple.get(symbol):
            return known
        top, slash, per = symbol.partition("/")
        if not slash:
            return self._multiple(symbol)
        over = self.simple.get(top) or self._multiple(top)
        dimensions: Mapping[str, str] = _table()["quotients"]["dimensions"]
        if over is None or over.dimension not in dimensions or not _is_denominator(per):
            return None
        return _quotient(symbol, over, per, self.simple.get(per), dimensions[over.dimension])

    def _multiple(self, symbol: str) -> Unit | None:
        """Return a multiple of a unit, such as 'million kWh'; None for other texts."""
        word, _, name = symbol.partition(" ")
        unit = self.simple.get(name)
        if unit is None or word not in MULTIPLES or unit.dimension not in _table()["multiples"]["dimensions"]:
            return None
        base = unit.base or unit.symbol
        return Unit(symbol, unit.dimension, f"{word} {unit.printed}", base, unit.size * MULTIPLES[word])

    def suggest(self, symbol: str, dimension: str | None = None) -> tuple[str, ...]:
        """Return up to three known symbols similar to an unknown one, the most similar first.

        Only units of one dimension are suggested if it is given. Currencies are suggested only for a text that is
        written like one: 'kgal' is not the Albanian 'ALL'.
        """
        from rapidfuzz import fuzz, process

        top, slash, per = symbol.partition("/")
        if slash and self.find(symbol) is None:
            return tuple(f"{each}/{per}" for each in self.suggest(top) if self.find(f"{each}/{per}"))
        if meant := ambiguous_units(symbol):
            return meant
        also = {name.casefold(): meant for name, meant in _table()["also_called"].items()}.get(
            symbol.strip().casefold()
        )
        money = dimension == "currency" or bool(_LIKE_CURRENCY.search(symbol))
        names = [
            unit.symbol
            for unit in self.simple.values()
            if dimension in (None, unit.dimension) and (money or unit.dimension != "currency")
        ]
        if also in names or (also and dimension is None):
            return (also,)
        found = process.extract(
            symbol, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=MIN_SIMILARITY, limit=3
        )
        return tuple(name for name, _, _ in found)


@cache
def unit_table(own: tuple[UnitDefinition, ...] = ()) -> UnitTable:
    """Return the units of a report with some units of its own; a definition by an unknown unit is left out."""
    simple = dict(_simple_units())
    for definition in own:
        if unit := define_unit(definition, simple):
            simple[definition.symbol] = unit
    return UnitTable(simple, frozenset(definition.symbol for definition in own))


def define_unit(definition: UnitDefinition, known: Mapping[str, Unit]) -> Unit | None:
    """Return the unit of a definition; None where the unit that defines it is not known."""
    symbol, printed = definition.symbol, definition.printed or definition.symbol
    if not definition.unit:
        return Unit(symbol, definition.dimension, printed, symbol)
    unit = UnitTable(known).find(definition.unit)
    if unit is None or unit.symbol == symbol:
        return None
    base = unit.base or unit.symbol
    return Unit(symbol, unit.dimension, printed, base, unit.size * Fraction(definition.factor))


@cache
def find_unit(symbol: str) -> Unit | None:
    """Return the unit of a symbol among those of `schemas/units.json`; None for an unknown one."""
    return unit_table().find(symbol)


def suggest_units(symbol: str, dimension: str | None = None) -> tuple[str, ...]:
    """Return up to three known symbols similar to an unknown one, the most similar first."""
    return unit_table().suggest(symbol, dimension)


def ambiguous_units(name: str) -> tuple[str, ...]:
    """Return the units that a name is used for, if there are several: 'tons', 'MTCO2e'; empty for other names."""
    return tuple(_table()["ambiguous"]["names"].get(name, ()))


def units_of(dimension: str) -> tuple[str, ...]:
    """Return the symbols of the units of a dimension, in the order of the data."""
    return tuple(unit.symbol for unit in _simple_units().values() if unit.dimension == dimension)


def dimensions() -> tuple[str, ...]:
    """Return what units can measure, apart from quotients."""
    return tuple(dict.fromkeys(unit.dimension for unit in _simple_units().values()))


def convert(value: Decimal, given: Unit, wanted: Unit) -> Decimal | None:
    """Convert a value to another unit of the same dimension; None without a conversion by definition.

    The result is exact if it has a finite decimal form, as kWh to GJ. Currencies convert to their multiples only.
    """
    if given.symbol == wanted.symbol:
        return value
    if not given.converts_to(wanted):
        return None
    if given.size == wanted.size:
        return value
    with localcontext(prec=MAX_DIGITS):
        return _to_decimal(Fraction(value) * given.size / wanted.size)


def _to_decimal(value: Fraction) -> Decimal:
    """Return the shortest decimal equal to the fraction, or one rounded to the context's digits."""
    result = Decimal(value.numerator) / Decimal(value.denominator)
    plain = result.normalize()
    is_whole = plain == plain.to_integral_value() and plain.adjusted() < MAX_DIGITS
    return plain.quantize(Decimal(1)) if is_whole else plain


def _quotient(symbol: str, over: Unit, per: str, below: Unit | None, dimension: str) -> Unit:
    """Return the quotient of a unit and what is below the stroke: a unit, or a word."""
    printed = f"{over.printed or over.symbol}/{(below.printed if below else '') or per}"
    bottom = (below.base or below.symbol) if below else per
    size = over.size / (below.size if below else 1)
    return Unit(symbol, dimension, printed, f"{over.base or over.symbol}/{bottom}", size, over, below)


@cache
def _reduce(symbol: str) -> tuple[Fraction, str]:
    """Return a unit as a multiple of its base unit; '' is the base of a unit without a definition."""
    definition = _definitions().get(symbol, "")
    if not definition:
        return Fraction(1), symbol if definition is None else ""
    number, _, base = definition.partition(" ")
    size, lowest = _reduce(base)
    return Fraction(number) * size, lowest


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


def name_table(key: str) -> Mapping[str, Any]:
    """Return a part of `schemas/units.json` that lists names in files, without its description."""
    return {name: value for name, value in _table()[key].items() if name != "description"}


@cache
def _simple_units() -> Mapping[str, Unit]:
    """Return the units that are neither quotients nor multiples of others, by symbol."""
    return {unit.symbol: _with_size(unit) for unit in (*_listed_units(), *_currencies())}


def _with_size(unit: Unit) -> Unit:
    size, base = _reduce(unit.symbol)
    return replace(unit, base=base or unit.symbol, size=size)


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
