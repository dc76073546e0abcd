"""Units as printed: in the words of the language, and beside every caption."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale

from gri_builder.compose.text.numbers import format_quantity
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.model.units import Unit
from gri_builder.resources.messages import list_languages, load_messages
from gri_builder.resources.units import find_unit, unit_table


def known(symbol: str) -> Unit:
    unit = find_unit(symbol)
    assert unit is not None
    return unit


@pytest.mark.parametrize(
    ("symbol", "english", "german", "french"),
    [
        ("EUR million", "EUR~12.5~million", "12,5~Mio.~EUR", "12,5~M€"),
        ("USD thousand", "USD~12.5~thousand", "12,5~Tsd.~USD", "12,5~k~USD"),
        ("per million h", "12.5~per~million~h", "12,5~pro~Mio.~Std.", "12,5~par~million~d’heures"),
        ("million tCO2e", "12.5~million~t~CO₂e", "12,5~Mio.~t~CO₂e", "12,5~millions~de~t~CO₂e"),
        ("thousand people", "12.5~thousand~people", "12,5~Tsd.~Personen", "12,5~milliers~de~personnes"),
        ("FTE", "12.5~FTE", "12,5~VZÄ", "12,5~ETP"),
        ("EUR million/t", "12.5~EUR~million/t", "12,5~Mio.~EUR/t", "12,5~M€/t"),
        ("GJ", "12.5~GJ", "12,5~GJ", "12,5~GJ"),
        ("count/million h", "12.5~count/million~h", "12,5~Anzahl/Mio.~Std.", "12,5~nombre/millions~d’heures"),
        ("GJ/headcount", "12.5~GJ/headcount", "12,5~GJ/Personen", "12,5~GJ/personnes"),
        ("headcount", "12.5", "12,5", "12,5"),
    ],
)
def test_quantities_in_the_words_of_a_language(symbol: str, english: str, german: str, french: str) -> None:
    for tag, expected in (("en_GB", english), ("de_DE", german), ("fr_FR", french)):
        printed = format_quantity(
            Decimal("12.5"), known(symbol), 1, Locale.parse(tag), load_messages(tag.replace("_", "-"))
        )
        assert printed == expected.replace("~", "\u00a0")


def test_every_unit_is_printed_in_every_language() -> None:
    for unit in unit_table().simple.values():
        for tag in list_languages():
            assert bool(unit_text(unit, load_messages(tag))) == bool(unit.printed)


@pytest.mark.parametrize(
    ("caption", "symbol", "expected"),
    [
        ("Waste to landfill", "t", "Waste to landfill (t)"),
        ("Hours on shift with overtime", "h", "Hours on shift with overtime (h)"),
        ("Whole milk", "l", "Whole milk (l)"),
        ("Garbage", "g", "Garbage (g)"),
        ("Lost days", "days", "Lost days (days)"),
        ("Energy per GJ/t of steel", "GJ", "Energy per GJ/t of steel (GJ)"),
        ("Energy bought", "GJ", "Energy bought (GJ)"),
        ("Energy bought in GJ", "GJ", "Energy bought in GJ"),
        ("Waste (t)", "t", "Waste (t)"),
        ("Waste in t", "t", "Waste in t"),
        ("Waste, t", "t", "Waste, t"),
        ("Share of women, %", "%", "Share of women, %"),
        ("Emissions, t CO₂e", "tCO2e", "Emissions, t CO₂e"),
        ("Employees", "headcount", "Employees"),
    ],
)
def test_captions_name_the_unit(caption: str, symbol: str, expected: str) -> None:
    assert with_unit(caption, known(symbol), load_messages("en")).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("language", "caption", "symbol", "expected"),
    [
        ("de", "Abfall in t", "t", "Abfall in t"),
        ("fr", "Déchets en t", "t", "Déchets en t"),
        ("es", "Residuos en t", "t", "Residuos en t"),
        ("pt", "Resíduos em t", "t", "Resíduos em t"),
        ("it", "Rifiuti in t", "t", "Rifiuti in t"),
        ("nl", "Afval in t", "t", "Afval in t"),
        ("pl", "Odpady w t", "t", "Odpady w t"),
        ("pl", "Odpady, jedn.: t", "t", "Odpady, jedn.: t"),
        ("sv", "Avfall i t", "t", "Avfall i t"),
        ("sv", "Avfall (i t)", "t", "Avfall (i t)"),
        ("ja", "廃棄物（t）", "t", "廃棄物（t）"),
        ("ja", "廃棄物、t", "t", "廃棄物、t"),
        ("ja", "廃棄物 単位：t", "t", "廃棄物 単位：t"),
        ("ja", "廃棄物", "t", "廃棄物（t）"),
        ("zh", "废弃物，t", "t", "废弃物，t"),
        ("zh", "废弃物", "GJ", "废弃物（GJ）"),
        ("es", "Días perdidos", "days", "Días perdidos (días)"),
        ("es", "Ausencias en días", "days", "Ausencias en días"),
        ("pt", "Ausências em dias", "days", "Ausências em dias"),
        ("nl", "Elektra en l", "l", "Elektra en l (l)"),  # 'en' is 'and'
        ("it", "Parti i t", "t", "Parti i t (t)"),  # 'i' is 'the'
    ],
)
def test_captions_name_the_unit_in_every_language(language: str, caption: str, symbol: str, expected: str) -> None:
    assert with_unit(caption, known(symbol), load_messages(language)).replace("\u00a0", " ") == expected
