"""Notes below a table are not data, however the table is read; a row that may be data is never taken for a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.workbooks import make_workbook
from tests.unit.facts.test_aggregated import make_folder, read

SERIES = {
    "wide": "power: {title: P, unit: MWh, from: {file: figures/a.csv}}\n",
    "long": "power: {title: P, unit: MWh, from: {file: figures/a.csv, period: Year, value: MWh}}\n",
    "sum": "power: {title: P, unit: MWh, aggregate: {file: figures/a.csv, period: Year, value: MWh}}\n",
}
ROWS = "Year,MWh\n2014,7\n2015,9\n"
TABLES = {"wide": "P in MWh\n\n2014,2015\n7,9\n", "long": ROWS, "sum": ROWS}
NOTES = {
    "after an empty line": "\nGroup Environment\nlast change in May\n",
    "after empty cells": ",\nGroup Environment,\n",
    "a source": "Source: meters\n",
    "a source with commas": "Source: meters, invoices, 2015\n",
    "a source in German": "Quelle: Zähler\n",
    "a mark": "* estimated\n",
    "a mark in the cells of a spreadsheet": "* estimated,\n",
    "a dagger": "† without Leeds\n",
    "a number": "1) without Leeds\n",
    "a sentence": "All values are from the meters\n",
    "several": "* estimated\n© Acme\nLeeds\n",
    "quotes": '"Note: some readings,\nestimated"\n',
}


def read_table(tmp_path: Path, shape: str, below: str) -> tuple[dict[str, float], list[str]]:
    report, findings = read(make_folder(tmp_path, SERIES[shape], a_csv=TABLES[shape] + below))
    facts = {fact.period: float(fact.value) for fact in report.series["power"].facts}
    return facts, [f"{each.where.line}:{each.rule}" for each in findings]


@pytest.mark.parametrize("shape", SERIES)
@pytest.mark.parametrize("note", NOTES)
def test_notes_are_left_out(note: str, shape: str, tmp_path: Path) -> None:
    facts, findings = read_table(tmp_path, shape, NOTES[note])
    assert facts == {"2014": 7, "2015": 9}
    first = TABLES[shape].count("\n") + 1 + NOTES[note].startswith(("\n", ",\n"))
    assert findings == ([] if note in ("a source", "a source in German") else [f"{first}:unused-note"])


@pytest.mark.parametrize("shape", SERIES)
@pytest.mark.parametrize("declared", ["all", "{notes: all}"])
def test_notes_may_be_declared_unused(declared: str, shape: str, tmp_path: Path) -> None:
    text = SERIES[shape].replace("file:", f"unused: {declared}, file:")
    assert read(make_folder(tmp_path, text, a_csv=TABLES[shape] + "Note: meters\n"))[1] == ()


@pytest.mark.parametrize(
    ("below", "rule"),
    [
        ("2013,\n", "4:empty-value"),
        ("York\n", "4:wrong-value"),
        ("Total,16\n", "4:total-row"),
        ("*,16\n", "4:wrong-value"),
        ("* estimated\n2013,5\n", "4:wrong-value"),
        ("\n* estimated,16\n", "5:wrong-value"),
    ],
)
def test_other_rows_are_not_left_out(below: str, rule: str, tmp_path: Path) -> None:
    assert rule in read_table(tmp_path, "sum", below)[1]


@pytest.mark.parametrize("shape", ["long", "sum"])
def test_notes_in_a_workbook(shape: str, tmp_path: Path) -> None:
    rows = [
        ["Table"],
        ["Year", "MWh"],
        [2014, 7],
        [2015, 9],
        [],
        ["Group Environment"],
        ["* estimated"],
        [None, "Source: meters"],
    ]
    folder = make_folder(tmp_path, SERIES[shape].replace("a.csv", "a.xlsx"))
    (folder / "figures/a.xlsx").write_bytes(make_workbook({"A": {"rows": rows}}))
    report, findings = read(folder)
    assert [fact.value for fact in report.series["power"].facts] == [7, 9]
    assert [f"{each.where.cell} {each.message}" for each in findings] == [
        "A6 the notes below the rows are not printed: 'Group Environment', '* estimated'"
    ]
