"""Units of measurement: what a unit measures, and how it is printed. The units stand in `schemas/units.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from gri_builder.framework import schemas_folder

LIKE_ENOUGH = 55.0
"""Least likeness, in per cent, at which a unit is worth suggesting."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands in the data."""

    symbol: str
    """As written in the data, e.g. 'tCO2e', 'EUR million', 'GJ/t'."""
    dimension: str
    """What it measures, e.g. 'energy', 'emissions', 'currency', 'share', 'count', 'intensity'."""
    printed: str
    """As printed, e.g. 't CO₂e'; empty for plain counts."""


@cache
def find_unit(symbol: str) -> Unit | None:
    """Return the unit of that symbol, or of a quotient such as 'GJ/t'; None when there is none."""
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
    """Return up to three symbols that were probably meant, the likeliest first; of one dimension if it is given."""
    top, slash, per = symbol.partition("/")
    if slash and find_unit(symbol) is None:
        return tuple(f"{each}/{per}" for each in suggest_units(top) if find_unit(f"{each}/{per}"))
    also = {name.casefold(): meant for name, meant in _table()["also_called"].items()}.get(symbol.strip().casefold())
    names = [unit.symbol for unit in _simple_units().values() if dimension in (None, unit.dimension)]
    if also in names:
        return (also,)
    found = process.extract(symbol, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKE_ENOUGH, limit=3)
    return tuple(name for name, _, _ in found)


def units_of(dimension: str) -> tuple[str, ...]:
    """Return the symbols of the units of a dimension, in the order of the data."""
    return tuple(unit.symbol for unit in _simple_units().values() if unit.dimension == dimension)


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = json.loads((schemas_folder() / "units.json").read_text(encoding="utf-8"))
    return table


@cache
def _simple_units() -> Mapping[str, Unit]:
    """Return the units that are no quotients, by symbol."""
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


_STUB = {
    "J": "0.000000001",
    "kJ": "0.000001",
    "MJ": "0.001",
    "GJ": "1",
    "TJ": "1000",
    "kWh": "0.0036",
    "MWh": "3.6",
    "GWh": "3600",
    "kg": "0.001",
    "t": "1",
    "g": "0.000001",
    "count": "1",
    "thousand": "1000",
    "million": "1000000",
    "tCO2e": "1",
    "kgCO2e": "0.001",
    "ktCO2e": "1000",
}


def convert(value: Decimal, given: Unit, wanted: Unit) -> Decimal | None:
    """Stub until the real one lands."""
    if given.symbol == wanted.symbol:
        return value
    if given.dimension != wanted.dimension or given.symbol not in _STUB or wanted.symbol not in _STUB:
        return None
    return value * Decimal(_STUB[given.symbol]) / Decimal(_STUB[wanted.symbol])
