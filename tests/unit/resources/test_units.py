"""Units: which there are, what they measure, how they print, and what is suggested for a wrong one."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.model.units import Unit
from gri_builder.resources.units import convert, find_unit, suggest_units, units_of

DIMENSIONS = [
    *("energy", "mass", "volume", "area", "emissions", "ozone-depletion", "currency", "share"),
    *("count", "headcount", "time", "ratio", "rate", "score"),
]


def known(symbol: str) -> Unit:
    """Return the unit of a symbol that must be known."""
    unit = find_unit(symbol)
    assert unit is not None
    return unit


@pytest.mark.parametrize(
    ("symbol", "dimension", "printed"),
    [
        ("GJ", "energy", "GJ"),
        ("tCO2e", "emissions", "t CO₂e"),
        ("m3", "volume", "m³"),
        ("EUR", "currency", "EUR"),
        ("NOK million", "currency", "NOK million"),
        ("%", "share", "%"),
        ("headcount", "headcount", ""),
        ("FTE", "headcount", "FTE"),
        ("count", "count", ""),
        ("per million h", "rate", "per million h"),
        ("h/employee", "time-per-person", "h/employee"),
        ("GJ/t", "intensity", "GJ/t"),
        ("kgCO2e/m2", "intensity", "kg CO₂e/m²"),
        ("EUR/headcount", "intensity", "EUR/headcount"),
        ("count/site", "rate", "count/site"),
    ],
)
def test_known_units(symbol: str, dimension: str, printed: str) -> None:
    unit = find_unit(symbol)
    assert unit is not None
    assert (unit.symbol, unit.dimension, unit.printed) == (symbol, dimension, printed)


@pytest.mark.parametrize(
    "symbol", ["kWhh", "gj", "", "GJ/", "/t", "GJ/t/year", "EURO", "EUR trillion", "%/t", "GJ/ t", "GJ/" + "x" * 31]
)
def test_unknown_units(symbol: str) -> None:
    assert find_unit(symbol) is None


@pytest.mark.parametrize(
    ("symbol", "dimension", "first"),
    [
        ("kWhh", None, "kWh"),
        ("gj", None, "GJ"),
        ("tonnes", None, "t"),
        ("€", None, "EUR"),
        ("Percent", None, "%"),
        ("t CO2e", None, "tCO2e"),
        ("kWhh/t", None, "kWh/t"),
        ("MEUR", None, "EUR million"),
        ("qqqqqq", None, None),
    ],
)
def test_suggestions(symbol: str, dimension: str | None, first: str) -> None:
    suggested = suggest_units(symbol, dimension)
    assert (suggested[0] if suggested else None) == first
    assert all(find_unit(each) for each in suggested)


def test_every_dimension_has_units_that_are_found() -> None:
    for dimension in DIMENSIONS:
        symbols = units_of(dimension)
        assert symbols, dimension
        assert {known(symbol).dimension for symbol in symbols} == {dimension}


def test_other_names_lead_to_units() -> None:
    from gri_builder.resources.units import _table

    for name, meant in _table()["also_called"].items():
        assert find_unit(meant), name
        assert find_unit(name) is None, f"{name} is a unit by itself"


@pytest.mark.parametrize(
    ("value", "given", "wanted", "expected"),
    [
        ("1", "kWh", "GJ", "0.0036"),
        ("77350", "GJ", "MWh", "21486.11111111111111111111111111111"),
        ("1204", "MWh", "GWh", "1.204"),
        ("12000", "kg", "t", "12"),
        ("3", "Ml", "m3", "3000"),
        ("2", "ha", "m2", "20000"),
        ("1.5", "EUR million", "EUR thousand", "1500"),
        ("2", "EUR million", "EUR", "2000000"),
        ("5", "per million h", "per 200,000 h", "1"),
        ("3", "years", "months", "36"),
        ("120", "kWh/m2", "GJ/m2", "0.432"),
        ("1", "tCO2e/t", "kgCO2e/kg", "1"),
        ("12.5", "GJ", "GJ", "12.5"),
        ("2", "GJ/car", "MJ/car", "2000"),
        ("1", "toe", "GJ", "41.868"),
    ],
)
def test_conversion_is_exact(value: str, given: str, wanted: str, expected: str) -> None:
    assert str(convert(Decimal(value), known(given), known(wanted))) == expected


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("kWh", "t"),
        ("EUR", "USD"),
        ("EUR million", "NOK million"),
        ("m3", "Nm3"),
        ("headcount", "FTE"),
        ("tCO2", "tCO2e"),
        ("days", "months"),
        ("GJ/t", "GJ/m2"),
        ("GJ/car", "GJ/van"),
        ("%", "ratio"),
        ("points", "score"),
    ],
)
def test_there_is_no_conversion(given: str, wanted: str) -> None:
    assert convert(Decimal(1), known(given), known(wanted)) is None


def test_every_definition_is_of_one_dimension() -> None:
    from gri_builder.resources.units import _definitions

    for symbol, definition in _definitions().items():
        unit, base = find_unit(symbol), find_unit((definition or symbol).partition(" ")[2] or symbol)
        if definition is None:
            base = unit
        assert unit is not None, symbol
        assert base is not None, definition
        assert unit.dimension == base.dimension


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_there_and_back(value: Decimal) -> None:
    kwh, gj = known("kWh"), known("GJ")
    there = convert(value, kwh, gj)
    assert there is not None
    assert convert(there, gj, kwh) == value


PINT = {
    "J": "joule",
    "kWh": "kilowatt_hour",
    "MWh": "megawatt_hour",
    "GJ": "gigajoule",
    "TJ": "terajoule",
    "toe": "tonne_of_oil_equivalent",
    "g": "gram",
    "kg": "kilogram",
    "t": "metric_ton",
    "lb": "pound",
    "l": "liter",
    "m3": "meter ** 3",
    "ml": "milliliter",
    "gal": "gallon",
    "bbl": "oil_barrel",
    "m2": "meter ** 2",
    "km2": "kilometer ** 2",
    "ha": "hectare",
    "sq ft": "foot ** 2",
    "h": "hour",
    "days": "day",
    "weeks": "week",
}
"""Units that pint knows too, by their names there."""


@pytest.mark.parametrize(("given", "name"), PINT.items())
def test_factors_are_those_of_another_library(given: str, name: str) -> None:
    import pint

    registry: Any = pint.UnitRegistry()
    for wanted, other in PINT.items():
        one, two = find_unit(given), find_unit(wanted)
        assert one is not None
        assert two is not None
        if one.dimension == two.dimension:
            expected = registry.Quantity(1.0, name).to(other).magnitude
            assert float(convert(Decimal(1), one, two) or 0) == pytest.approx(expected, rel=1e-9)
