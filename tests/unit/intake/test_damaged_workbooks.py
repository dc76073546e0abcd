"""Returned workbooks as people and programs damage them: no value is misread in silence."""

from __future__ import annotations

import os
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from gri_builder.intake.collect import collect_files
from gri_builder.intake.collection import Collection
from gri_builder.intake.report_folder import AskingReport, open_report
from gri_builder.intake.requests.request import make_requests
from gri_builder.intake.requests.request_workbook import write_request
from tests.support.packages import write_parts
from tests.support.paths import TESTS
from tests.support.returned_workbooks import CASES, FILLED, fill

FOLDER = TESTS / "cases" / "intake"
EXPECTED = FOLDER / "expected.yaml"


@cache
def report() -> AskingReport:
    opened = open_report(FOLDER / "report")
    assert opened.value is not None
    assert opened.findings == ()
    return opened.value


@cache
def filled() -> bytes:
    requests, _ = make_requests(report())
    return fill(write_request(report(), requests[0], "en"))


def collect(name: str, folder: Path) -> Collection:
    file, make = CASES[name]
    (folder / file).write_bytes(make(filled()))
    return collect_files(report(), [folder / file])[0]


def describe(collection: Collection) -> dict[str, object]:
    """Return what differs from the values that were filled in, what has no number, and the findings."""
    taken = {value.key: value for value in collection.changed}
    others = {
        key: f"{taken[key].number:f} {taken[key].unit}" if key in taken else "not taken"
        for key, number in FILLED.items()
        if key not in taken or float(taken[key].number) != number
    }
    all_open = set(others.values()) == {"not taken"} and len(others) == len(FILLED)
    shown: dict[str, object] = {"values": "none is taken" if all_open else others or "as filled in"}
    if estimated := [value.key for value in collection.changed if value.is_estimated]:
        shown["estimated"] = estimated
    if collection.missing:
        shown["missing"] = [value.key for value in collection.missing]
    if collection.findings:
        shown["findings"] = [
            f"{each.severity}[{each.rule}] {each.where.cell or each.where.line or 'file'}: {each.message}"
            for each in collection.findings
        ]
    return shown


@cache
def expected() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.safe_load(EXPECTED.read_text("utf-8")) if EXPECTED.exists() else {}
    return found


def test_there_are_fifty_cases() -> None:
    assert len(CASES) >= 50
    assert CASES.keys() == expected().keys()


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_misread_in_silence(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = describe(collect(name, Path()))
    if os.environ.get("UPDATE_GOLDEN"):
        expected()[name] = found
        ordered = {each: expected()[each] for each in CASES if each in expected()}
        EXPECTED.write_text(yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=200), "utf-8")
    assert found == expected().get(name)


def test_an_empty_end_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    """LibreOffice ends each sheet with a row that is repeated a million times."""
    from gri_builder.intake.returned.ods_details import with_details
    from gri_builder.spreadsheets.cells import Cell, Row, Sheet

    cell = '<table:table-cell office:value-type="{}" table:number-columns-repeated="{}"/>'
    rows = (
        f"<table:table-row>{cell.format('percentage', 1)}{cell.format('float', 16_000)}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse"/>'
        f'<table:table-row table:number-rows-repeated="1048573">{cell.format("float", 16_384)}</table:table-row>'
    )
    content = (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
        f'<table:table table:name="A">{rows}</table:table></office:document>'
    )
    sheet = Sheet("a.ods", "", (Row(1, (Cell("number", "0.25", Decimal("0.25")),) * 2),), "A")
    (found,) = with_details((sheet,), write_parts({"content.xml": content.encode()})) or ()
    assert [each.format for each in found.rows[0].cells] == ["0%", "General"]
    assert found.hidden_rows == {2, 3}
    endless = content.replace('"1048573">', '"1048573">' + cell.format("percentage", 16_384))
    assert with_details((sheet,), write_parts({"content.xml": endless.encode()})) is None
