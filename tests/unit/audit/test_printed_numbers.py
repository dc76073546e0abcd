"""A printed number is the value of its fact: in every language, to the digit, with its sign, decimals and unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from gri_builder.audit.rules.printed_numbers import PrintedFacts, shows_fact
from gri_builder.compose.text.numbers import find_locale, format_quantity, format_relative_change
from gri_builder.model.provenance import FactRecord, PageLocation
from gri_builder.provenance.page_locations import print_unit
from gri_builder.resources.messages import load_messages
from gri_builder.resources.units import find_unit, unit_table

WORDS = {
    "GJ": "GJ",
    "MWh": "MWh",
    "EUR million": "EUR\u00a0million",
    "%": "%",
    "pack": "1000\u00a0t of 5",
    "headcount": "",
}
VALUES = ("0", "0.5", "-0.004", "1204", "-1204.25", "12345", "123456", "1234567.5", "-98765432.1", "1234567890123")
UNITS = ("GJ", "EUR million", "%", "headcount")


def is_shown(text: str, value: str, decimals: int | None, unit: str = "GJ", **place: Any) -> bool:
    entry = FactRecord("a[2015]", "a", "A", "2015", {}, Decimal(value), unit, decimals=decimals)
    known = PrintedFacts({"a[2015]": entry}, unit_table(), WORDS)
    return shows_fact(PageLocation(1, 1, "TD", text, **place), entry, known)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("3,600\u00a0GJ", "3600", 0, "GJ"),
        ("3.600 GJ", "3600", 0, "GJ"),
        ("3\u202f600 GJ", "3600", 0, "GJ"),
        ("3’600 GJ", "3600", 0, "GJ"),
        ("3600", "3600", 0, "GJ"),
        ("3,600 GJ", "3.6", 3, "GJ"),
        ("36,00,500.25 GJ", "3600500.25", 2, "GJ"),
        ("3,600,500.25 GJ", "3600500.2483", 2, "GJ"),
        ("−3,600 GJ", "-3600", 0, "GJ"),
        ("\u200e-3,600 GJ", "-3600", 0, "GJ"),
        ("0.00 GJ", "-0.001", 2, "GJ"),
        ("EUR −3 million", "-3", 0, "EUR million"),
        ("−EUR 3 million", "-3", 0, "EUR million"),
        ("−%20,0", "-20", 1, "%"),
        ("20,0 ٪", "20", 1, "%"),
        ("۳٬۶۰۰ GJ", "3600", 0, "GJ"),
        ("३,६०० GJ", "3600", 0, "GJ"),
        ("3,600 GJ (2015)", "3600", 0, "GJ"),
        ("1,200,000 GJ", "1234567", -5, "GJ"),
        ("7 1000 t of 5", "7", 0, "pack"),
        ("2.5 GJ", "2.45", 1, "GJ"),
    ],
)
def test_a_value_is_shown(text: str, value: str, decimals: int, unit: str) -> None:
    assert is_shown(text, value, decimals, unit)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("3,600 GJ", "3.6", 0, "GJ"),
        ("3,600 GJ", "3600", 3, "GJ"),
        ("3,600 GJ", "-3600", 0, "GJ"),
        ("−3,600 GJ", "3600", 0, "GJ"),
        ("+3,600 GJ", "3600", 0, "GJ"),
        ("−0.00 GJ", "-0.001", 2, "GJ"),
        ("3,6000 GJ", "36000", 0, "GJ"),
        ("3,6,00 GJ", "3600", 0, "GJ"),
        ("3,600.500.25 GJ", "3600500.25", 2, "GJ"),
        ("3,600,500,25 GJ", "3600500.25", 2, "GJ"),
        ("13,600 GJ", "3600", 0, "GJ"),
        ("3,6001 GJ", "3600", 0, "GJ"),
        ("3,600 MWh", "3600", 0, "GJ"),
        ("3,600 GJ (2014)", "3600", 0, "GJ"),
        ("360,000", "3600", 0, "GJ"),
        ("7 100 t of 5", "7", 0, "pack"),
        ("1,200,000 GJ", "1234567", 0, "GJ"),
        ("2.4 GJ", "2.45", 1, "GJ"),
        ("–", "3600", 0, "GJ"),
        ("", "3600", 0, "GJ"),
    ],
)
def test_another_number_is_not_the_value(text: str, value: str, decimals: int, unit: str) -> None:
    assert not is_shown(text, value, decimals, unit)


def test_a_place_converts_rounds_and_leaves_out_the_sign() -> None:
    assert is_shown("1,000.0 MWh", "3600", 0, unit="GJ", kind="value") is False
    for text, shown in (("1,000.0\u00a0MWh", True), ("1,000.0", True), ("3,600.0 GJ", False), ("1,000 MWh", False)):
        entry = FactRecord("a", "a", "A", "2015", {}, Decimal(3600), "GJ", decimals=0)
        place = PageLocation(1, 1, "Span", text, unit="MWh", decimals=1)
        assert shows_fact(place, entry, PrintedFacts({}, unit_table(), WORDS)) is shown
    assert is_shown("3,600 GJ", "-3600", 0, unsigned=True)
    assert not is_shown("−3,600 GJ", "-3600", 0, unsigned=True)


@pytest.mark.parametrize(
    ("kind", "text", "unit", "decimals", "shown"),
    [
        ("change", "−4.3\u00a0%", "GJ", 1, True),
        ("change", "−4.3 % against 2014", "GJ", 1, True),
        ("change", "−4.2\u00a0%", "GJ", 1, False),
        ("change", "4.3\u00a0%", "GJ", 1, False),
        ("change", "−17 percentage points", "%", 0, True),
        ("difference", "−17\u00a0GJ", "GJ", 0, True),
        ("difference", "+17\u00a0GJ", "GJ", 0, False),
        ("difference", "−17\u00a0MWh", "GJ", 0, False),
        ("share", "48.9 %", "headcount", 1, True),
        ("share", "48.8 %", "headcount", 1, False),
    ],
)
def test_what_is_calculated_is_calculated_again(kind: Any, text: str, unit: str, decimals: int, shown: bool) -> None:
    new, old = (
        FactRecord(key, "a", "A", key, {}, Decimal(value), unit) for key, value in (("2015", "377"), ("2014", "394"))
    )
    known = PrintedFacts({"2015": new, "2014": old}, unit_table(), WORDS)
    place = PageLocation(1, 1, "Span", text, kind, decimals=decimals, operands=("2015", "2014"))
    assert shows_fact(place, new, known) is shown
    assert not shows_fact(place, new, PrintedFacts({"2015": new}, unit_table(), WORDS))


def test_a_change_from_zero_is_a_dash() -> None:
    entries = {key: FactRecord(key, "a", "A", key, {}, Decimal(key), "GJ") for key in ("0", "5")}
    place = PageLocation(1, 1, "Span", "–", "change", decimals=1, operands=("5", "0"))
    assert shows_fact(place, entries["5"], PrintedFacts(entries, unit_table(), WORDS))


@pytest.mark.parametrize("decimals", [0, 1, 3])
def test_every_language_is_read(decimals: int) -> None:
    """Whatever separators, digits, signs and patterns CLDR has for a language, the audit reads its numbers."""
    wrong, words = [], load_messages("en")
    formats: dict[str, Locale] = {}
    for identifier in sorted(locale_identifiers()):
        locale = find_locale(identifier.replace("_", "-"))
        formats.setdefault(
            f"{locale.number_symbols} {locale.decimal_formats[None]} {locale.percent_formats[None]}", locale
        )
    for locale in formats.values():
        for symbol in UNITS:
            unit = find_unit(symbol)
            assert unit
            known = PrintedFacts({}, unit_table(), {symbol: print_unit(unit, words, locale)})
            for value in map(Decimal, VALUES):
                entry = FactRecord("a", "a", "A", "2015", {}, value, symbol, decimals=decimals)
                text = format_quantity(value, unit, decimals, locale, words)
                if not shows_fact(PageLocation(1, 1, "TD", text), entry, known):
                    wrong.append((str(locale), text, value))
                if shows_fact(PageLocation(1, 1, "TD", text.replace("2", "3")), entry, known) and "2" in text:
                    wrong.append((str(locale), text.replace("2", "3"), value))
        change = FactRecord("a", "a", "A", "2015", {}, Decimal(3000), "GJ")
        before = FactRecord("b", "a", "A", "2014", {}, Decimal(2000), "GJ")
        text = format_relative_change(change.value, before.value, locale, decimals)
        place = PageLocation(1, 1, "Span", text, "change", decimals=decimals, operands=("a", "b"))
        if not shows_fact(place, change, PrintedFacts({"a": change, "b": before}, unit_table(), {})):
            wrong.append((str(locale), text, Decimal(50)))
    assert wrong == []


def shows_calculated(text: str, kind: str, *values: str) -> bool:
    """Return whether a text is what is calculated from so many values in GJ."""
    keys = tuple(f"a[{number}]" for number in range(len(values)))
    entries = {
        key: FactRecord(key, "a", "A", "2015", {}, Decimal(value), "GJ", decimals=1)
        for key, value in zip(keys, values, strict=True)
    }
    place = PageLocation(1, 1, "TD", text, kind=kind, operands=keys, decimals=1)  # type: ignore[arg-type]
    return shows_fact(place, entries[keys[0]], PrintedFacts(entries, unit_table(), WORDS))


@pytest.mark.parametrize(
    ("text", "kind", "values", "shown"),
    [
        ("320.5", "sum", ("300", "20", "0.5"), True),
        ("321.5", "sum", ("300", "20", "0.5"), False),
        ("320.5 GJ", "sum", ("300", "20", "0.5"), True),
        ("320.5 t", "sum", ("300", "20", "0.5"), False),
        ("−10.0", "change", ("60", "30", "50", "50"), True),
        ("−11.0", "change", ("60", "30", "50", "50"), False),
        ("unchanged", "change", ("60", "40", "50", "50"), True),
        ("unchanged", "change", ("60", "41", "50", "50"), False),
        ("25.0", "share", ("25", "50", "25"), True),
        ("26.0", "share", ("25", "50", "25"), False),
        ("100.0", "share", ("25",), True),
    ],
)
def test_sums_their_changes_and_shares_are_calculated_from_their_facts(
    text: str, kind: str, values: tuple[str, ...], shown: bool
) -> None:
    assert shows_calculated(text, kind, *values) == shown
