"""Inspections: what a file holds, and series that can be pasted into a report as they are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from gri_builder.cli import main as cli
from gri_builder.inspection.columns import find_header_unit
from gri_builder.inspection.inspect_file import inspect_file
from gri_builder.inspection.result import Inspection
from gri_builder.model.finding import Severity
from gri_builder.reporters.inspection.json import write_inspection_json
from gri_builder.resources.frameworks import schemas_folder
from tests.support.foreign_workbooks import make_ods
from tests.support.report_folders import MINIMAL, judge
from tests.support.workbooks import Sheet, make_workbook

MONTHS = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
ONES = ",".join(["1"] * 12)
TABLES = {
    "years across": "Energy use\n\nMetric,Unit,2014,2015\nElectricity,MWh,10,11\nGas,GJ,5,6\n\nSource: meters\n",
    "an estimate": "Metric,2014,2015 (est.)\nGas (MWh),5,6\n",
    "labels that repeat": "Site,Gender,2014,2015\nLeeds,Women,1,2\nLeeds,Men,3,4\nYork,Women,5,6\nYork,Men,7,8\n",
    "a row for each year": "Year,Energy (MWh),Water (m3)\n2014,10,20\n2015,11,21\n",
    "rows of sites and years": "Site,Year,kWh\nLeeds,2014,1\nLeeds,2015,2\nYork,2014,3\nYork,2015,4\n",
    "months in rows": "Month;kWh\n" + "".join(f"2015-{month:02};1,5\n" for month in range(1, 13)),
    "months across": f"Water in m3 2015\n\nSite,{MONTHS}\nLeeds,{ONES}\nYork,{ONES}\n",
    "months across, years below": f"Site,Year,{MONTHS}\nLeeds,2014,{ONES}\nLeeds,2015,{ONES}\n",
    "several units": "Year,Fuel,Unit,Value\n2015,Gas,GJ,5\n2015,Coke,t,6\n2014,Gas,GJ,7\n2014,Coke,t,8\n",
    "no year": "Site,Employees\nLeeds,5\nYork,6\n",
    "no unit": "Year,Things\n2014,5\n2015,6\n",
    "one row": "2014,2015\n5,6\n",
    "a strange header": '"Jahr:","Verbrauch, gesamt [MWh]"\n2014,5\n2015,6\n',
}
VALUES = {
    "years across": {"electricity[2015]": 11, "gas[2015]": 6},
    "an estimate": {"gas[2014]": 5, "gas[2015]": 6},
    "labels that repeat": {"leeds[2015, Women]": 2, "york[2014, Men]": 7},
    "a row for each year": {"energy[2015]": 11, "water[2014]": 20},
    "rows of sites and years": {"kwh[2015, York]": 4},
    "months in rows": {"kwh[2015]": 18},
    "months across": {"water-in-m3-2015[2015, Leeds]": 12},
    "months across, years below": {},
    "several units": {"value-in-gj[2014, Gas]": 7, "value-in-t[2015, Coke]": 6},
    "no year": {"employees-2[2015, Leeds]": 5},
    "no unit": {"things[2015]": 6},
    "one row": {"values[2015]": 6},
    "a strange header": {"verbrauch-gesamt[2015]": 6},
}


def check_document(document: Any) -> None:
    """Check a document against the schema of inspections."""
    folder = schemas_folder() / "outputs"
    schemas = [json.loads((folder / f"{name}.schema.json").read_text("utf-8")) for name in ("inspection", "findings")]
    registry: Any = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in schemas)
    jsonschema.Draft202012Validator(schemas[0], registry=registry).validate(document)


def make_report(tmp_path: Path, name: str, data: bytes) -> Path:
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    (folder / "figures" / name).write_bytes(data)
    return folder


def paste(folder: Path, found: Inspection) -> dict[str, float]:
    """Return the values of a report with the stub in it, after a check that it has no error."""
    (folder / "figures" / "pasted.yaml").write_text(found.stub, "utf-8")
    report, findings = judge(folder)
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert report
    ids = {series.id for series in found.series}
    return {fact.key: float(fact.value) for id in ids for fact in report.series[id].facts}


@pytest.mark.parametrize("shape", TABLES)
def test_the_stub_can_be_pasted(shape: str, tmp_path: Path) -> None:
    folder = make_report(tmp_path, "table.csv", TABLES[shape].encode())
    found = inspect_file(folder / "figures" / "table.csv")
    assert found.stub, found.findings
    values = paste(folder, found)
    assert {key: values.get(key) for key in VALUES[shape]} == VALUES[shape]
    check_document(json.loads(write_inspection_json(found)))


def test_what_a_sheet_holds(tmp_path: Path) -> None:
    folder = make_report(tmp_path, "table.csv", TABLES["years across"].encode())
    (sheet,) = inspect_file(folder / "figures" / "table.csv").sheets
    assert (sheet.shape, sheet.header_row, sheet.rows) == ("years across", 3, 2)
    assert (sheet.titles, sheet.notes) == (("Energy use",), ("Source: meters",))
    assert (sheet.units, sheet.periods) == (("MWh", "GJ"), ("2014", "2015"))
    assert [(each.header, each.kind, each.is_period) for each in sheet.columns] == [
        ("Metric", "text", False),
        ("Unit", "unit", False),
        ("2014", "number", True),
        ("2015", "number", True),
    ]


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    book: dict[str, Sheet] = {
        "Energy": {"rows": [["Year", "MWh"], [2014, 5], [2015, 6]]},
        "Water use": {"rows": [["Year", "m3"], [2014, 7], [2015, 8]]},
        "Notes": {"rows": [["Read me"]]},
        "Old": {"rows": [["Year", "MWh"], [2014, 5]], "state": "hidden"},
    }
    folder = make_report(tmp_path, "book.xlsx", make_workbook(book))
    found = inspect_file(folder / "figures" / "book.xlsx")
    assert [(sheet.name, sheet.shape, sheet.is_hidden) for sheet in found.sheets] == [
        ("Energy", "rows", False),
        ("Water use", "rows", False),
        ("Notes", "no table", False),
        ("Old", "rows", True),
    ]
    assert paste(folder, found) == {"mwh[2014]": 5, "mwh[2015]": 6, "m3[2014]": 7, "m3[2015]": 8}
    assert inspect_file(folder / "figures" / "book.xlsx", "Energy").sheets[0].name == "Energy"


def test_a_spreadsheet_of_another_format(tmp_path: Path) -> None:
    folder = make_report(tmp_path, "book.ods", make_ods({"A": [["Year", "MWh"], [2014, 5], [2015, 6]]}))
    found = inspect_file(folder / "figures" / "book.ods")
    assert paste(folder, found) == {"mwh[2014]": 5, "mwh[2015]": 6}
    assert [finding.rule for finding in found.findings] == ["unchecked-workbook"]


def test_series_with_errors_are_left_out_and_explained(tmp_path: Path) -> None:
    text = "Metric,2014,2015\nElectricity (MWh),5,6\nGas (MWh),about 5,6\n"
    folder = make_report(tmp_path, "table.csv", text.encode())
    found = inspect_file(folder / "figures" / "table.csv")
    assert paste(folder, found) == {"electricity[2014]": 5, "electricity[2015]": 6}
    assert [(each.rule, each.where.line) for each in found.findings] == [("text-in-numbers", 3)]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Energy (MWh)", "MWh"),
        ("Energy [GJ]", "GJ"),
        ("kWh", "kWh"),
        ("Water in m3", "m3"),
        ("Site", None),
    ],
)
def test_units_of_headers(header: str, unit: str | None) -> None:
    assert find_header_unit(header) == unit


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(["inspect", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "table.csv"
    file.write_text(TABLES["years across"], "utf-8")
    code, out, _ = run(str(file), capsys=capsys)
    assert code == 0
    assert "  - file: figures/table.csv\n" in out
    code, out, _ = run(str(file), "--format", "json", capsys=capsys)
    document: dict[str, Any] = json.loads(out)
    assert (code, document["format"], document["file"]) == (0, "gri-builder/inspection/1", "figures/table.csv")


@pytest.mark.parametrize(("name", "data"), [("a.csv", b""), ("a.xlsx", b"-"), ("a.pdf", b"%PDF"), ("b.csv", None)])
def test_a_file_that_can_not_be_read(
    name: str, data: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    code, out, err = run(str(tmp_path / name), capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith("gri-builder: ")


def test_headers_that_no_font_of_a_report_can_draw(tmp_path: Path) -> None:
    text = "事業所,電気(GJ)\nA,5\nB,6\n"
    folder = make_report(tmp_path, "energy_2015.csv", text.encode())
    found = inspect_file(folder / "figures" / "energy_2015.csv")
    assert sum(paste(folder, found).values()) == 11
