"""Tests of reading codes that consist of two numbers, as those of the Standards do."""

from __future__ import annotations

import pytest

from gri_builder.index_reading.codes import CodeReader
from gri_builder.resources.frameworks import load_framework

WRITTEN = {
    "GRI 305-1": ["305-1"],
    "GRI SRS-305-1 Direct emissions": ["305-1"],
    "GRI-SRS 305-1": ["305-1"],
    "305-1 Direct emissions": ["305-1"],
    "305\u20111": ["305-1"],
    "305 - 1": ["305-1"],
    "GRI 305.1": ["305-1"],
    "Disclosure 305-1": ["305-1"],
    "Angabe 305-1 Direkte Emissionen": ["305-1"],
    "Informativa 2-9 Struttura di governance": ["2-9"],
    "Contenido 2-9 Estructura de gobernanza": ["2-9"],
    "2-7 Employees": ["2-7"],
    "2-7": ["2-7"],
    "GRI 2-7": ["2-7"],
    "in line 2-7 employees": [],
    "12, 14 2-7 Employees": ["2-7"],
    "2-5, 7": [],
    "2-3-2020": [],
    "12-17": [],
    "pages 201-204": [],
    "0202 403-9999": [],
    "305.1 tonnes": [],
    "305-1.5": [],
    "GRI 2: General Disclosures 2021": [],
    "305-1, 305-2 and 305-4": ["305-1", "305-2", "305-4"],
    "305-1 to 305-3": ["305-1", "305-2", "305-3"],
    "305-1\u2013305-3": ["305-1", "305-2", "305-3"],
    "305-1/2/3": ["305-1", "305-2", "305-3"],
    "305-1, -2": ["305-1", "305-2"],
    "2-9 to 2-12 Governance": ["2-9", "2-10", "2-11", "2-12"],
}


def find(text: str) -> list[str]:
    framework = load_framework("gri-2021")
    return [
        framework.disclosures[code.code].label if code.known else code.code for code in CodeReader(framework).find(text)
    ]


@pytest.mark.parametrize(("text", "codes"), WRITTEN.items(), ids=WRITTEN)
def test_codes(text: str, codes: list[str]) -> None:
    assert find(text) == codes


@pytest.mark.parametrize(
    ("text", "parts"),
    [("305-1-a", ("a",)), ("305-1a", ("a",)), ("405-1 a, b", ("a", "b")), ("305-1 A title", ()), ("2-1-b", ("b",))],
)
def test_letters(text: str, parts: tuple[str, ...]) -> None:
    (code,) = CodeReader(load_framework("gri-2021")).find(text)
    assert code.parts == parts


@pytest.mark.parametrize("text", ["403-9 (2018)", "Disclosure 403-9 (2018)", "GRI 403-9: 2018", "GRI 403-9 2018"])
def test_edition(text: str) -> None:
    (code,) = CodeReader(load_framework("gri-2021")).find(text)
    assert (code.edition, code.end) == ("2018", len(text))


def test_year_that_opens_a_title() -> None:
    (code,) = CodeReader(load_framework("gri-2021")).find("305-1 2018 emissions")
    assert code.edition == ""


def test_unknown_code() -> None:
    (code,) = CodeReader(load_framework("gri-2021")).find("305-12 Emissions")
    assert (code.code, code.known) == ("305-12", False)
