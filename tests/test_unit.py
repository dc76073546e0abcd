"""Units: which there are, what they measure, how they print, and what is suggested for a wrong one."""

import pytest

from gri_builder.unit import find_unit, suggest_units, units_of

DIMENSIONS = [
    *("energy", "mass", "volume", "area", "emissions", "ozone-depletion", "currency", "share"),
    *("count", "headcount", "time", "ratio", "rate", "score"),
]


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
def test_known_units(symbol, dimension, printed):
    unit = find_unit(symbol)
    assert unit is not None
    assert (unit.symbol, unit.dimension, unit.printed) == (symbol, dimension, printed)


@pytest.mark.parametrize(
    "symbol", ["kWhh", "gj", "", "GJ/", "/t", "GJ/t/year", "EURO", "EUR trillion", "%/t", "GJ/ t", "GJ/" + "x" * 31]
)
def test_unknown_units(symbol):
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
def test_suggestions(symbol, dimension, first):
    suggested = suggest_units(symbol, dimension)
    assert (suggested[0] if suggested else None) == first
    assert all(find_unit(each) for each in suggested)


def test_every_dimension_has_units_that_are_found():
    for dimension in DIMENSIONS:
        symbols = units_of(dimension)
        assert symbols, dimension
        assert {find_unit(symbol).dimension for symbol in symbols} == {dimension}


def test_other_names_lead_to_units():
    from gri_builder.unit import _table

    for name, meant in _table()["also_called"].items():
        assert find_unit(meant), name
        assert find_unit(name) is None, f"{name} is a unit by itself"
