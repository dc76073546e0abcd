"""XLS, XLSB and ODS files: their values are read as those of XLSX files; a file made to do harm is given up."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from gri_builder.model.finding import Finding
from gri_builder.model.report import Report
from gri_builder.spreadsheets import foreign_rows
from gri_builder.spreadsheets.foreign_rows import read_foreign_sheets
from tests.support.foreign_workbooks import MAKERS, Rows, make_ods, make_xls, make_xlsb
from tests.support.workbooks import make_workbook
from tests.unit.facts.test_aggregated import facts_of, make_folder, read

TABLE: Rows = [
    ["Energy use of the group"],
    [],
    [None, "Metric", "Unit", 2014, 2015],
    [None, "Electricity", "MWh", 110.5, 0.1 + 0.2],
    [None, "Gas", "MWh", "n/a", 1e-7],
]
SERIES = """power: {title: Power, unit: MWh, from: {file: figures/a.XX, where: {Metric: Electricity}, unused: all}}
gas: {title: Gas, unit: MWh, from: {file: figures/a.XX, where: {Metric: Gas}, unused: all}}
"""


def read_file(folder: Path, series: str, ending: str, data: bytes) -> tuple[Report, tuple[Finding, ...]]:
    made = make_folder(folder, series.replace("XX", ending))
    (made / f"figures/a.{ending}").write_bytes(data)
    report, findings = read(made)
    return report, tuple(finding for finding in findings if finding.rule != "year-on-year-jump")


@pytest.mark.parametrize("ending", MAKERS)
def test_values_are_read(ending: str, tmp_path: Path) -> None:
    report, findings = read_file(tmp_path, SERIES, ending, MAKERS[ending]({"Energy": TABLE}))
    assert [(each.rule, each.where.file) for each in findings] == [("unchecked-workbook", f"figures/a.{ending}")]
    assert {key: str(fact.value) for key, fact in facts_of(report, "power").items()} == {
        "[2014]": "110.5",
        "[2015]": "0.3",
    }
    assert {key: f"{fact.value:f}" for key, fact in facts_of(report, "gas").items()} == {"[2015]": "0.0000001"}
    origin = facts_of(report, "power")["[2015]"].origin
    assert origin and (origin.sheet, origin.cell) == ("Energy", "E4")


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_dates_are_read(ending: str, tmp_path: Path) -> None:
    rows: Rows = [["Day", "MWh"], [date(2014, 12, 31), 5], [date(2015, 1, 1), 7], [date(2015, 2, 1), 8]]
    series = "power: {title: Power, unit: MWh, aggregate: {file: figures/a.XX, value: MWh, period: Day}}\n"
    report, _ = read_file(tmp_path, series, ending, MAKERS[ending]({"Energy": rows}))
    assert {fact.period: int(fact.value) for fact in report.series["power"].facts} == {"2014": 5, "2015": 15}


@pytest.mark.parametrize(("ending", "make"), [("xls", make_xls), ("xlsb", make_xlsb)])
def test_hidden_sheets_are_named(ending: str, make: object, tmp_path: Path) -> None:
    assert callable(make)
    data = make({"Energy": TABLE, "Old": TABLE}, hidden=["Old"])
    series = SERIES.replace("a.XX,", "a.XX, sheet: all,")
    _, findings = read_file(tmp_path, series, ending, data)
    assert sorted({each.rule for each in findings}) == ["hidden-sheet", "unchecked-workbook"]


def test_a_text_is_found_in_its_cell(tmp_path: Path) -> None:
    rows = [["Metric", 2014, 2015], ["Electricity", "about 5", 6], ["Gas", 1, 2]]
    _, findings = read_file(tmp_path, SERIES, "ods", make_ods({"Energy": rows}))
    assert [(each.rule, each.where.cell) for each in findings if each.where.cell] == [("text-in-numbers", "B2")]


@pytest.mark.parametrize(
    ("ending", "data", "rule"),
    [
        ("xls", b"<html><table><tr><td>1</td></tr></table></html>", "wrong-format"),
        ("xls", make_workbook({"A": {"rows": [[1]]}}), "wrong-format"),
        ("ods", make_xls({"A": TABLE}), "wrong-format"),
        ("xlsb", make_ods({"A": TABLE}), "wrong-format"),
        ("xls", make_xls({"A": TABLE})[:3000], "unreadable-file"),
        ("ods", make_ods({"A": TABLE})[:300], "unreadable-file"),
        ("xlsb", b"PK nothing", "unreadable-file"),
        ("ods", b"", "empty-file"),
    ],
)
def test_files_that_can_not_be_read(ending: str, data: bytes, rule: str, tmp_path: Path) -> None:
    _, findings = read_file(tmp_path, SERIES, ending, data)
    assert {each.rule for each in findings} == {rule}
    assert all(each.hint for each in findings)


def test_a_sheet_with_too_many_cells_is_given_up() -> None:
    started = time.monotonic()
    assert read_foreign_sheets(make_ods({"A": [["a"] * 1000]}, repeated=1_000_000)) in ("too large", "damaged")
    assert time.monotonic() - started < foreign_rows.MAX_SECONDS + 5


def test_two_cells_far_apart_are_given_up() -> None:
    far: list[list[object]] = [["a"], *([] for _ in range(60_000)), [*[None] * 200, "b"]]
    assert read_foreign_sheets(make_xlsb({"A": far})) == "too large"


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_rows, "MAX_SECONDS", 0.001)
    assert read_foreign_sheets(make_ods({"A": TABLE})) == "too large"
