"""Rows to facts: exact whatever the order, with a query that gives the same number to whoever runs it again."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding
from gri_builder.model.report import Report
from gri_builder.source.loader import load_report
from gri_builder.source.nodes import SheetFile, SourceFile
from gri_builder.spreadsheets.numbers import find_number_format, parse_number
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.sql.database import open_database
from gri_builder.tables.sql.records import peek_table, read_all_records
from gri_builder.tables.sql.row_source import QueryError
from gri_builder.tables.sql.statements import AggregateFunction, AggregateQuery, NumberColumn, PeriodExpression, year_of
from tests.support.packages import change_parts
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL, judge
from tests.support.workbooks import Sheet, make_workbook

ROWS = """site,meter,month,kWh
Leeds,gas,2014-01,100.25
Leeds,gas,2014-02,200.5
York,gas,2015-01,0.1
York,gas,2015-01,0.2
"""
SERIES = """energy:
  title: Energy
  unit: kWh
  by: source
  aggregate: {file: figures/rows.csv, value: kWh, period: month, group: {source: meter}}
"""


def make_folder(room: Path, figures: str, **files: str) -> Path:
    """Return a report folder with those fact series, and files whose names have '_' for '.'."""
    folder = room / "report"
    shutil.copytree(MINIMAL, folder)
    (folder / "figures" / "more.yaml").write_text(figures, "utf-8")
    for name, text in files.items():
        (folder / "figures" / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def read(folder: Path) -> tuple[Report, tuple[Finding, ...]]:
    report, findings = judge(folder)
    assert report is not None, findings
    return report, findings


def facts_of(report: Report, id: str) -> dict[str, Fact]:
    return {fact.key.removeprefix(id): fact for fact in report.series[id].facts}


# The way back


def test_the_query_gives_the_same_when_it_is_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_folder(tmp_path, SERIES, rows_csv=ROWS)
    report, _ = read(folder)
    facts = facts_of(report, "energy")
    origin = facts["[2014, gas]"].origin
    assert origin and origin.query
    assert (origin.file, origin.rows, origin.line) == ("figures/rows.csv", 2, None)
    monkeypatch.chdir(folder)
    rows = duckdb.connect().execute(origin.query).fetchall()
    assert [(period, source, value, count) for period, source, value, count in rows] == [
        ("2014", "gas", Decimal("300.75"), 2),
        ("2015", "gas", Decimal("0.30"), 2),
    ]
    assert {key: fact.value for key, fact in facts.items()} == {
        "[2014, gas]": Decimal("300.75"),
        "[2015, gas]": Decimal("0.3"),
    }


def test_every_fact_knows_its_origin(tmp_path: Path) -> None:
    figures = SERIES + (
        "one:\n  title: One\n  unit: kWh\n  values: {2015: 5}\n"
        "table:\n  title: Table\n  unit: kWh\n  from: {file: figures/t.xlsx, unit: MWh, where: {Metric: Gas}}\n"
        "line:\n  title: Line\n  unit: kWh\n  from: {file: figures/l.csv, where: {Metric: Gas}}\n"
        "both:\n  title: Both\n  unit: kWh\n  derive: {sum: [one, line]}\n"
        "asked:\n  title: Asked\n  unit: kWh\n  query:\n    files: {r: figures/rows.csv}\n"
        "    sql: SELECT 2015 AS period, sum(kWh) AS value FROM r\n"
    )
    folder = make_folder(tmp_path, figures, rows_csv=ROWS, l_csv="Metric,2015\nGas,7\n")
    sheet = {"rows": [["Use"], ["Metric", 2014, 2015], ["Gas", 1, {"formula": "=B3+0.5", "value": 1.5}]]}
    (folder / "figures" / "t.xlsx").write_bytes(make_workbook({"Energy": sheet}))
    report, _ = read(folder)
    for series in report.series.values():
        assert all(fact.origin and len(fact.origin.sha256) == 64 for fact in series.facts), series.id
    inline, cell, line, both, asked = (
        facts_of(report, id)["[2015]"].origin for id in ("one", "table", "line", "both", "asked")
    )
    assert inline and cell and line and both and asked
    assert (inline.file, inline.line) == ("figures/more.yaml", 9)
    assert (cell.file, cell.sheet, cell.cell, cell.formula) == ("figures/t.xlsx", "Energy", "C3", "=B3+0.5")
    assert cell.source_value == "1.5 MWh"
    assert (line.file, line.line, line.sheet) == ("figures/l.csv", 2, None)
    assert both.inputs == ("one[2015]", "line[2015]")
    assert asked.query and asked.rows == 4


def test_shared_formulas_are_told_as_people_see_them(tmp_path: Path) -> None:
    data = make_workbook(
        {"S": {"rows": [["Metric", 2014, 2015], ["Gas", {"formula": "=1+1", "value": 2}, 3], ["North", 2, 3]]}}
    )

    def share(name: str, text: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return text
        text = text.replace(b"<f>1+1</f>", b'<f t="shared" ref="B2:C2" si="0">SUM(B3:B9)</f>')
        return text.replace(b'<c r="C2"><v>', b'<c r="C2"><f t="shared" si="0"/><v>')

    folder = make_folder(
        tmp_path, "gas:\n  title: Gas\n  unit: kWh\n  from: {file: figures/t.xlsx, where: {Metric: Gas}}\n"
    )
    (folder / "figures" / "t.xlsx").write_bytes(change_parts(data, share))
    report, _ = read(folder)
    assert [fact.origin.formula for fact in report.series["gas"].facts if fact.origin] == ["=SUM(B3:B9)", "=SUM(C3:C9)"]


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
    )
    data = make_workbook({"S": {"rows": [["Metric", 2015], ["Gas", 3]]}})
    texts = f"{bomb}]><sst><si><t>&a9;</t></si></sst>".encode()
    grown = change_parts(data, lambda name, content: texts if "shared" in name else content)
    folder = make_folder(
        tmp_path, "gas:\n  title: Gas\n  unit: kWh\n  from: {file: figures/t.xlsx, where: {Metric: Gas}}\n"
    )
    (folder / "figures" / "t.xlsx").write_bytes(grown)
    _, findings = judge(folder)
    assert "unreadable-file" in [finding.rule for finding in findings]


def test_files_that_series_name_are_hashed_and_others_are_not_read(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, SERIES, rows_csv=ROWS, other_csv="a,b\n")
    source = load_report(folder).value
    assert source
    assert {path: bool(sheet.sha256) for path, sheet in source.sheets.items()} == {
        "figures/other.csv": False,
        "figures/rows.csv": True,
    }


# Exactness


@given(st.lists(st.decimals(-10_000, 10_000, places=3), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_sums_are_exact_in_any_order(values: list[Decimal], chance: random.Random) -> None:
    lines = [f"x,2015-01,{value:f}" for value in values]
    chance.shuffle(lines)
    text = SourceFile("rows.csv", "\n".join(("key,month,v", *lines)) + "\n")
    table = peek_table(SheetFile("rows.csv", "0", text), text, ["key", "v"])
    assert isinstance(table, Table)
    records, findings = read_all_records(text, table)
    assert records and not findings
    database = open_database({"rows.csv": records})
    query = AggregateQuery(
        ("rows.csv",), AggregateFunction.SUM, PeriodExpression(year_of("month")), NumberColumn("v", 3), None, {}, {}
    ).query
    ((period, total, rows),) = database.rows(query)
    database.close()
    assert (period, total, rows) == ("2015", sum(values, Decimal(0)), len(values))


def test_quoted_and_plain_files_give_the_same(tmp_path: Path) -> None:
    quoted = "".join(",".join(f'"{cell}"' for cell in line.split(",")) + "\r\n" for line in ROWS.splitlines())
    found = []
    for number, rows in enumerate((ROWS, quoted, ROWS.rstrip("\n"), f"Title\n\n{ROWS}\n\n", ROWS.replace(",", ";"))):
        report, findings = read(make_folder(tmp_path / str(number), SERIES, rows_csv=rows))
        assert all(finding.severity != "error" for finding in findings)
        found.append({key: fact.value for key, fact in facts_of(report, "energy").items()})
    assert all(each == found[0] for each in found)


@given(st.integers(-(10**12), 10**12), st.integers(0, 999), st.sampled_from(["en-GB", "de-DE", "fr-FR", "de-CH"]))
def test_numbers_are_read_as_they_are_written(whole: int, thousandths: int, locale: str) -> None:
    from babel.numbers import format_decimal

    number = Decimal(f"{whole}.{thousandths:03}")
    writing = find_number_format(locale)
    assert writing
    text = format_decimal(number, "#,##0.000", locale=locale.replace("-", "_"))
    assert parse_number(text, writing) == number


# Out of reach


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "COPY t TO 'stolen.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM 'https://example.org/x.csv'",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "PRAGMA threads = 4",
        "SET temp_directory = '/tmp'",
    ],
)
def test_the_database_itself_reaches_nothing(query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = SourceFile("rows.csv", ROWS)
    table = peek_table(SheetFile("rows.csv", "0", text), text, ["kWh"])
    assert isinstance(table, Table)
    records, _ = read_all_records(text, table)
    assert records
    database = open_database({"t": records})
    with pytest.raises(QueryError):
        database.rows(query)
    database.close()
    assert list(tmp_path.iterdir()) == []


# What is not needed is not imported


def test_a_report_without_data_files_needs_no_spreadsheets_and_no_database() -> None:
    script = (
        "import sys; from pathlib import Path; from gri_builder.pipeline.build import check_report; "
        f"check_report(Path({str(MINIMAL)!r})); print([m for m in ('duckdb', 'openpyxl', 'pint') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert run.stdout.strip() == "[]"


# What the documentation says


def test_the_examples_of_the_page_are_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "reference" / "report-format.md").read_text("utf-8")
    section = page[page.index("### Values from files") : page.index("## disclosures/*.yaml")]
    examples = "\n".join(re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)).replace("energy-total", "energy-all")
    shipped = "shipped: {title: Products shipped, unit: t, values: {2014: 10, 2015: 11}}\n"
    months = [f"{year}-{month:02}" for year in (2014, 2015) for month in range(1, 13)]
    meters = [f"{site},{meter}" for site in "AB" for meter in ("electricity", "district heat")]
    sites = "".join(f"{meter},{month},9000\n" for meter in meters for month in months)
    staff = "Region;Sex;Year;Heads;Quality\nEurope;Women;2015;1.204,5;estimated\n"
    water = "site,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec\nLeeds,1,2,3,4,5,6,7,8,9,10,11,12\n"
    files = {"staff_csv": staff, "sites_csv": f"site,meter,month,kWh\n{sites}", "water_csv": water}
    files["gender_csv"] = "Year,Men,Women\n2014,1,2\n2015,3,4\n"
    folder = make_folder(tmp_path, examples + shipped, **files)
    rows = [["Use"], ["Metric", 2014, 2015], ["Electricity", 1, 1.1], ["Gas", 3, 4]]
    (folder / "figures" / "energy.xlsx").write_bytes(make_workbook({"Energy": {"rows": rows}}))
    steam: Sheet = {"rows": [["Month", "MWh"], ["2015-01", 5]]}
    (folder / "figures" / "steam.xlsx").write_bytes(make_workbook({"Leeds": steam, "York": steam}))
    plan = [["Metric", 2014, None, 2015], [None, "Target", "Actual", "Target", "Actual"], ["Energy", 9, 8, 7, 6]]
    (folder / "figures" / "plan.xlsx").write_bytes(make_workbook({"Plan": {"rows": plan}}))
    by_site = [["Site", 2015], ["Leeds", 40], ["York", 2], ["Total", 42]]
    (folder / "figures" / "sites.xlsx").write_bytes(make_workbook({"Staff": {"rows": by_site}}))
    report, findings = read(folder)
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert {
        id: len(series.facts) for id, series in report.series.items() if id not in ("energy-total", "employees")
    } == {
        "electricity": 2,
        "gas": 2,
        "staff": 1,
        "energy-actual": 2,
        "staff-by-site": 2,
        "energy-sites": 4,
        "energy-large-sites": 2,
        "energy-all": 2,
        "energy-intensity": 2,
        "shipped": 2,
        "power": 2,
        "fuel": 2,
        "water": 1,
        "staff-by-gender": 4,
        "steam-by-site": 2,
    }


# Rows that a series without 'where' reads


def test_rows_that_are_read_with_all_others_are_not_called_unused(tmp_path: Path) -> None:
    figures = """all:
  title: All
  unit: kWh
  aggregate: {file: figures/rows.csv, value: kWh, period: month, unused: [site]}
gas:
  title: Gas
  unit: kWh
  aggregate: {file: figures/rows.csv, value: kWh, period: month, where: {meter: gas}}
"""
    rows = ROWS + "York,heat,2015-02,0.3\nLeeds,heat,2014-02,2\n"
    _, findings = read(make_folder(tmp_path, figures, rows_csv=rows))
    (found,) = [each for each in findings if each.rule == "unused-row"]
    assert found.message == (
        "2 rows are chosen by no 'where', only read with all others; under 'meter' they have 'heat'"
    )
    assert found.hint == ("if they need no series of their own, say so beside 'file': unused: {rows: {meter: [heat]}}")
