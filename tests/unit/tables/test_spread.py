"""Columns that become rows: months and members, with queries that give the same number to whoever runs them again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml

from gri_builder.tables.shapes.months import is_month, read_months
from tests.support.workbooks import Sheet, make_workbook
from tests.unit.facts.test_aggregated import facts_of, make_folder, read

NAMES = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
YEARS = f"Site,Year,{NAMES}\nLeeds,2014,1,1,1,1,1,1,1,1,1,1,1,2\nLeeds,2015,1,2,3,4,5,6,7,8,9,10,11,12\n"


def figures(aggregate: str, by: str = "") -> str:
    return f"water: {{title: Water, unit: m3, {by}aggregate: {{file: figures/a.csv, {aggregate}}}}}\n"


@pytest.mark.parametrize(
    ("header", "aggregate", "members"),
    [
        (YEARS, "period: Year, group: {site: Site}", "by: site, "),
        (f"Year,{NAMES}\n2014{',1' * 11},2\n2015,1,2,3,4,5,6,7,8,9,10,11,12\n", "period: Year", ""),
    ],
)
def test_the_query_gives_the_same_when_it_is_run_again(
    header: str, aggregate: str, members: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(tmp_path, figures(aggregate, members), a_csv=header)
    report, _ = read(folder)
    facts = report.series["water"].facts
    assert [(fact.period, fact.value) for fact in facts] == [("2014", Decimal(13)), ("2015", Decimal(78))]
    assert facts[0].origin and facts[0].origin.query
    monkeypatch.chdir(folder)
    rows = duckdb.connect().execute(facts[0].origin.query).fetchall()
    assert [(row[0], row[-2]) for row in rows] == [("2014", Decimal(13)), ("2015", Decimal(78))]


def test_members_across(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Year,Site,Male,Women\n2015,Leeds,10,12\n2015,York,1,2\n"
    by = "by: [site, gender], "
    series = figures("period: Year, value: {Male: Men, Women: Women}, group: {site: Site}", by)
    folder = make_folder(tmp_path, series.replace("m3", "headcount"), a_csv=text)
    report, findings = read(folder)
    assert findings == ()
    facts = facts_of(report, "water")
    truth = {"[2015, Leeds, Men]": 10, "[2015, Leeds, Women]": 12, "[2015, York, Men]": 1, "[2015, York, Women]": 2}
    assert {key: fact.value for key, fact in facts.items()} == truth
    monkeypatch.chdir(folder)
    origin = facts["[2015, York, Men]"].origin
    assert origin and origin.query
    assert ("2015", "York", "Men", Decimal(1), 1) in duckdb.connect().execute(origin.query).fetchall()


def test_members_across_in_a_table_of_years(tmp_path: Path) -> None:
    series = """staff: {title: Staff, unit: headcount, by: [region, gender], from: {file: figures/a.csv, period: Year,
      members: Area, value: {Male staff: Men, Female staff: Women}}}
"""
    text = "Year,Area,Male staff,Female staff\n2014,EU,10,12\n2015,EU,11,13\n"
    report, findings = read(make_folder(tmp_path, series, a_csv=text))
    assert findings == ()
    assert {key: fact.value for key, fact in facts_of(report, "staff").items()} == {
        "[2014, EU, Men]": 10,
        "[2015, EU, Men]": 11,
        "[2014, EU, Women]": 12,
        "[2015, EU, Women]": 13,
    }


def test_several_columns_need_a_name_for_what_they_are(tmp_path: Path) -> None:
    series = figures("period: Year, value: [Men, Women]")
    _, findings = read(make_folder(tmp_path, series, a_csv="Year,Men,Women\n2015,1,2\n"))
    assert [(each.rule, each.hint) for each in findings] == [
        ("missing-key", "add 'by: …' below 'unit', the name of what Men and Women are")
    ]


def test_the_hint_for_months_is_followed_literally(tmp_path: Path) -> None:
    before = "water: {title: Water, unit: m3, from: {file: figures/a.csv, where: {Site: 'Leeds, north'}}}\n"
    text = f'Site,Year,{NAMES}\n"Leeds, north",2015,1,2,3,4,5,6,7,8,9,10,11,12\n'
    _, findings = read(make_folder(tmp_path / "before", before, a_csv=text))
    (finding,) = findings
    assert (finding.rule, finding.where.line, finding.hint is not None) == ("months-as-columns", 1, True)
    aggregate = (finding.hint or "").partition("aggregate: ")[2]
    assert yaml.safe_load(aggregate) == {"file": "figures/a.csv", "where": {"Site": "Leeds, north"}, "period": "Year"}
    after = f"water: {{title: Water, unit: m3, aggregate: {aggregate}}}\n"
    report, findings = read(make_folder(tmp_path / "after", after, a_csv=text))
    assert findings == ()
    assert [fact.value for fact in report.series["water"].facts] == [78]


def test_months_that_from_lists(tmp_path: Path) -> None:
    before = "water: {title: Water, unit: m3, from: {file: figures/a.csv, period: Year, value: [Jan, Feb]}}\n"
    text = "Year,Jan,Feb\n2015,1,2\n"
    _, findings = read(make_folder(tmp_path / "before", before, a_csv=text))
    assert [each.rule for each in findings] == ["months-as-columns"]
    aggregate = (findings[0].hint or "").partition("aggregate: ")[2]
    report, _ = read(make_folder(tmp_path, f"water: {{title: W, unit: m3, aggregate: {aggregate}}}\n", a_csv=text))
    assert [fact.value for fact in report.series["water"].facts] == [3]


@pytest.mark.parametrize(
    "headers",
    [
        "Jan Feb Mar",
        "January February March",
        "Januar Februar März",
        "janv. févr. mars",
        "ene feb mar",
        "gennaio febbraio marzo",
        "sty lut mar",
        "Jan-15 Feb-15 Mar-15",
        "Jan15 Feb15 Mar15",
        "2015-01 2015-02 2015-03",
        "01/2015 02/2015 03/2015",
        "201501 201502 201503",
        "2015M01 2015M02 2015M03",
        "2015-01-01 2015-02-01 2015-03-01",
        "2015-01-31 2015-02-28 2015-03-31",
    ],
)
def test_months_are_recognized(headers: str) -> None:
    assert [each and each.month for each in read_months(headers.split(), "en-GB")] == [1, 2, 3]


@pytest.mark.parametrize("headers", ["Site May Total", "2014 2015 2016", "1 2 3", "A B C", "2014-15 2015-16 2016-17"])
def test_other_headers_are_no_months(headers: str) -> None:
    assert set(read_months(headers.split(), "en-GB")) == {None}


def test_numbers_are_months_if_there_are_twelve() -> None:
    months = read_months(["Site", *map(str, range(1, 13)), "Total"], "en-GB")
    assert [each.month for each in months if each] == list(range(1, 13))
    assert not is_month("1", "en-GB")


def sheets(**rows: list[list[object]]) -> bytes:
    book: dict[str, Sheet] = {name: {"rows": cells} for name, cells in rows.items()}
    return make_workbook(book)


def test_all_sheets(tmp_path: Path) -> None:
    header: list[object] = ["Site", "Year", "kWh"]
    book: dict[str, Sheet] = {
        "North": {"rows": [header, ["Leeds", 2015, 5]]},
        "South": {"rows": [header, ["Bath", 2015, 7]]},
        "Old": {"rows": [header, ["Bath", 2015, 1000]], "state": "hidden"},
        "Empty": {"rows": []},
    }
    series = "power: {title: P, unit: kWh, aggregate: {file: figures/a.xlsx, sheet: all, value: kWh, period: Year}}\n"
    folder = make_folder(tmp_path, series.replace("Year}", "Year, unused: all}"))
    (folder / "figures/a.xlsx").write_bytes(make_workbook(book))
    report, findings = read(folder)
    assert [fact.value for fact in report.series["power"].facts] == [12]
    assert [(each.rule, (each.hint or "")[-21:]) for each in findings] == [("hidden-sheet", "sheet: [North, South]")]


def test_a_sheet_that_has_no_table_is_named(tmp_path: Path) -> None:
    series = "power: {title: P, unit: kWh, aggregate: {file: figures/a.xlsx, sheet: all, value: kWh, period: Year}}\n"
    folder = make_folder(tmp_path, series)
    table: list[list[object]] = [["Year", "kWh"], [2015, 5]]
    (folder / "figures/a.xlsx").write_bytes(sheets(Leeds=table, York=table, About=[["Read me"]]))
    _, findings = read(folder)
    (finding,) = findings
    assert (finding.rule, finding.hint) == ("missing-header", "name the sheets to read: sheet: [Leeds, York]")
    assert "'About'" in finding.message


def test_a_sheet_of_totals_is_not_counted_twice(tmp_path: Path) -> None:
    series = "power: {title: P, unit: kWh, aggregate: {file: figures/a.xlsx, sheet: all, value: kWh, period: Year}}\n"
    table: list[list[object]] = [["Year", "kWh"], [2015, 5]]
    folder = make_folder(tmp_path, series)
    (folder / "figures/a.xlsx").write_bytes(sheets(Leeds=table, York=table, Summary=[["Year", "kWh"], [2015, 10]]))
    _, findings = read(folder)
    (finding,) = findings
    assert (finding.rule, finding.hint) == ("ambiguous-sheet", "name the sheets to read: sheet: [Leeds, York]")


def test_a_sheet_of_the_name_all(tmp_path: Path) -> None:
    series = "power: {title: P, unit: kWh, aggregate: {file: figures/a.xlsx, sheet: all, value: kWh, period: Year}}\n"
    folder = make_folder(tmp_path, series)
    table: list[list[object]] = [["Year", "kWh"], [2015, 5]]
    (folder / "figures/a.xlsx").write_bytes(sheets(All=table, York=table))
    _, findings = read(folder)
    assert [(each.rule, each.where.line) for each in findings] == [("ambiguous-sheet", 1)]


FISCAL = "Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Jan,Feb,Mar"


def read_fiscal(tmp_path: Path, aggregate: str, text: str) -> dict[str, int] | list[str]:
    folder = make_folder(tmp_path, figures(f"{aggregate}, unused: all"), a_csv=text)
    file = folder / "report.yaml"
    lines = file.read_text("utf-8").splitlines()
    lines = ["period: {start: 2015-04-01, end: 2016-03-31}" if each.startswith("period:") else each for each in lines]
    file.write_text("\n".join(lines).replace("2016-05-12", "2016-06-12") + "\n", "utf-8")
    report, findings = read(folder)
    wrong = sorted({each.rule for each in findings if each.where.file.startswith("figures/")} - {"year-on-year-jump"})
    return wrong or {fact.period: int(fact.value) for fact in report.series["water"].facts}


def test_months_of_a_fiscal_year(tmp_path: Path) -> None:
    text = f"Site,{FISCAL}\nLeeds,1,2,3,4,5,6,7,8,9,10,11,12\n"
    assert read_fiscal(tmp_path, "period: 2016", text) == {"2016": 78}


def test_a_column_of_fiscal_years(tmp_path: Path) -> None:
    text = f"Site,FY,{FISCAL}\nLeeds,2015{',1' * 12}\nLeeds,2016,1,2,3,4,5,6,7,8,9,10,11,12\n"
    assert read_fiscal(tmp_path, "period: FY", text) == {"2015": 12, "2016": 78}


def test_months_of_a_calendar_year_are_not_those_of_a_fiscal_year(tmp_path: Path) -> None:
    text = f"Site,{NAMES}\nLeeds,1,2,3,4,5,6,7,8,9,10,11,12\n"
    assert read_fiscal(tmp_path, "period: 2015", text) == ["missing-rows"]


def test_a_few_months_of_a_fiscal_year_need_their_year(tmp_path: Path) -> None:
    text = "Site,May,Jun,Jul\nLeeds,1,2,3\n"
    assert read_fiscal(tmp_path, "period: 2016", text) == ["wrong-value"]
