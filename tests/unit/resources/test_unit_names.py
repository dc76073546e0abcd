"""Names of units in files: many spellings of one unit, names of several units, and words that are no unit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gri_builder.compose.text.units import unit_text
from gri_builder.resources.messages import load_messages
from gri_builder.resources.unit_names import read_unit_name
from gri_builder.resources.units import find_unit, suggest_units, unit_table
from gri_builder.tables.units.texts import find_unknown_unit, read_header_unit, read_title_units

TABLE = unit_table()


def symbols(text: str) -> list[str]:
    reading = read_unit_name(text)
    return [unit.symbol for unit in reading.units] if reading else []


@pytest.mark.parametrize(
    ("names", "symbol"),
    [
        ("kWh, kwh, KWH, kWhr, kilowatt hours, kilowatt-hours, Kilowattstunden", "kWh"),
        ("MMBtu, MMBTU, mmBtu, Dth", "MMBtu"),
        ("therm, therms, thm", "therm"),
        ("m3, m³, cbm, cu m, Kubikmeter, cubic metres", "m3"),
        ("ft3, ft³, cu ft, cubic feet, CF", "ft3"),
        ("kgal, kgals, thousand gallons", "kgal"),
        ("t, tonnes, tonne(s), metric tons, Tonnen, tonnes métriques", "t"),
        (
            "tCO2e, t CO2e, t CO2-e, tCO₂e, MetricTonsCO2e, Metric Tons CO2e, tonnes of CO2e, t CO2 eq., t éq CO2",
            "tCO2e",
        ),
        ("t-CO2, t CO2, tonnes CO2", "tCO2"),
        ("kgCO2e, kg CO2eq, KG CO2E", "kgCO2e"),
        ("EUR million, Mio. EUR, M€, €m, MEUR, EUR m, millions d'euros, million euros, in Mio. EUR", "EUR million"),
        ("EUR thousand, T€, k€, TEUR, Tsd. EUR, milliers d'euros, EUR '000, €000", "EUR thousand"),
        ("US$ millions, USD m, MUSD", "USD million"),
        ("million kWh, Mio. kWh, 10^6 kWh, 10⁶ kWh", "million kWh"),
        ("thousand m3, 1000 m3, '000 m3, 10³ m³", "thousand m3"),
        ("kBtu/sf, kBtu per sf", "kBtu/sf"),
        ("GJ/a, GJ/Jahr, GJ per year, GJ pro Jahr", "GJ"),
        ("%, percent, Prozent", "%"),
        ("passenger-km, pkm, passenger kilometres", "passenger-km"),
        ("°C, degrees Celsius", "°C"),
    ],
)
def test_names_of_one_unit(names: str, symbol: str) -> None:
    for name in names.split(", "):
        plain = name.removeprefix("in ")
        assert symbols(plain) == [symbol], plain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tons", ["t", "short ton", "long ton"]),
        ("MTCO2e", ["tCO2e", "million tCO2e"]),
        ("MtCO2e", ["tCO2e", "million tCO2e"]),
        ("MT CO2e", ["tCO2e", "million tCO2e"]),
        ("MBtu", ["kBtu", "MMBtu"]),
        ("gallons", ["gal", "imp gal"]),
    ],
)
def test_names_of_several_units(name: str, expected: list[str]) -> None:
    assert symbols(name) == expected


@pytest.mark.parametrize(
    "text",
    ["", "North", "Total", "all", "All", "top", "m/f", "N/A", "A", "CO2", "Q4", "FY", "in", "2015", "Building(s)"],
)
def test_words_are_not_units(text: str) -> None:
    assert symbols(text) == []


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Energy (MWh)", "MWh"),
        ("Emissions(MetricTonsCO2e)", "tCO2e"),
        ("Emissions (t CO2e, location-based)", "tCO2e"),
        ("Property Floor Area (Building(s)) (ft2)", "ft2"),
        ("電気起算校舎（GJ）", "GJ"),
        ("Waste, t", "t"),
        ("Umsatz in Mio. EUR", "EUR million"),
        ("Energie / MWh", "MWh"),
        ("Electricity kWh (metered)", "kWh"),
        ("2015 (t)", "t"),
        ("Energy per m2", None),
        ("Site A (North)", None),
        ("Year in review", None),
        ("Mt Vernon", None),
        ("Note [1]", None),
    ],
)
def test_units_in_headers(text: str, symbol: str | None) -> None:
    reading = read_header_unit(text, TABLE)
    assert (reading.units[0].symbol if reading else None) == symbol


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Energy (kWhx)", "kWhx"),
        ("Water (kgal2)", "kgal2"),
        ("Energy (foo)", None),
        ("Men (m/f)", None),
        ("Energy (Q3)", None),
        ("Gas (CO2)", None),
    ],
)
def test_what_is_written_like_a_unit(text: str, unknown: str | None) -> None:
    assert find_unknown_unit(text, TABLE) == unknown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All figures in thousand EUR unless stated otherwise", ["EUR thousand"]),
        ("Energy use in MWh", ["MWh"]),
        ("Einheit: MWh", ["MWh"]),
        ("単位：GJ", ["GJ"]),
        ("Report in English", []),
        ("Acme Ltd, in Leeds", []),
    ],
)
def test_units_in_titles(text: str, expected: list[str]) -> None:
    assert [unit.symbol for reading in read_title_units(text, TABLE) for unit in reading.units] == expected


@pytest.mark.parametrize(
    ("symbol", "base", "size"),
    [
        ("kgal", "m3", "3.785411784"),
        ("Mgal", "m3", "3785.411784"),
        ("ft3", "m3", "0.028316846592"),
        ("Ccf", "m3", "2.8316846592"),
        ("Mcf", "m3", "28.316846592"),
        ("bbl", "m3", "0.158987294928"),
        ("kBtu", "GJ", "0.00105505585262"),
        ("therm", "GJ", "0.105505585262"),
        ("toe", "GJ", "41.868"),
        ("short ton", "t", "0.90718474"),
        ("long ton", "t", "1.0160469088"),
        ("mile", "m", "1609.344"),
        ("µg", "t", "0.000000000001"),
        ("million tCO2e", "tCO2e", "1000000"),
        ("persons", "headcount", "1"),
        ("hours", "h", "1"),
        ("kg/t", "t/t", "0.001"),
        ("MW", "kW", "1000"),
        ("°C", "°C", "1"),
    ],
)
def test_definitions_are_exact(symbol: str, base: str, size: str) -> None:
    unit = find_unit(symbol)
    assert unit is not None
    assert (unit.base, unit.size) == (base, Fraction(size))


def test_temperatures_and_volumes_of_gas_have_no_factor() -> None:
    celsius, fahrenheit, therm, volume = map(find_unit, ("°C", "°F", "therm", "Ccf"))
    assert celsius and fahrenheit and therm and volume
    assert not celsius.converts_to(fahrenheit)
    assert not therm.converts_to(volume)


@pytest.mark.parametrize(
    ("text", "expected"), [("kgall", "kgal"), ("alll", "gal"), ("EURO", "EUR"), ("tons", "t"), ("MTCO2e", "tCO2e")]
)
def test_suggestions_are_of_the_same_kind(text: str, expected: str) -> None:
    suggested = suggest_units(text)
    assert suggested[0] == expected
    assert "ALL" not in suggested


READ_BACK = ("EUR million", "million kWh", "million m3", "hours", "days", "weeks", "months", "years", "persons", "FTE")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv"])
def test_units_as_a_report_prints_them_are_read_in_files(language: str) -> None:
    words = load_messages(language)
    for symbol in READ_BACK:
        unit = find_unit(symbol)
        assert unit
        printed = unit_text(unit, words)
        reading = read_unit_name(printed)
        assert reading, printed
        assert reading.units[0].dimension in (unit.dimension, "headcount"), printed
        assert reading.units[0].size == unit.size, printed


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("milioni di euro", "EUR million"),
        ("migliaia di EUR", "EUR thousand"),
        ("miljoen euro", "EUR million"),
        ("duizend EUR", "EUR thousand"),
        ("metri cubi", "m3"),
        ("milioni di metri cubi", "million m3"),
        ("kubieke meter", "m3"),
        ("kilowattuur", "kWh"),
        ("megawattora", "MWh"),
        ("tonnellate CO2e", "tCO2e"),
        ("tonnellate di CO2e", "tCO2e"),
    ],
)
def test_italian_and_dutch_names_of_units(text: str, symbol: str) -> None:
    assert symbols(text) == [symbol]
