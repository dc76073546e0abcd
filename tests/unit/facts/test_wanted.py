from __future__ import annotations

from datetime import date

import pytest

from gri_builder.facts.read_facts import read_facts
from gri_builder.model.facts import WantedFact
from gri_builder.source.nodes import SheetFile, Source, SourceFile
from gri_builder.source.yaml_recovery import read_yaml


def _wanted(
    text: str, files: dict[str, str] | None = None, start: date = date(2016, 1, 1), end: date = date(2016, 12, 31)
) -> tuple[WantedFact, ...]:
    root, _ = read_yaml(SourceFile("figures/a.yaml", text))
    sheets = {
        path: SheetFile(path, "0" * 64, SourceFile(path, content, "0" * 64)) for path, content in (files or {}).items()
    }
    report, _ = read_yaml(SourceFile("report.yaml", "{}"))
    return read_facts(Source(report, figures=(root,), sheets=sheets), end, "en", start)[0].wanted


def _series(values: str, more: str = "") -> str:
    return f"energy:\n  title: Energy\n  unit: GJ\n  owner: Facility manager\n{more}  values: {values}\n"


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ("{2014: 1, 2015: 2}", ["2016"]),
        ("{2015: 2, 2016: 3}", []),
        ("{2015: 2, 2016: null}", ["2016"]),
        ("{2015: 2, 2016: {value: null, status: estimated}}", ["2016"]),
        ("{2015: 2, 2016: 0}", []),
        ("{2015: 2, FY2016: 3}", []),
        ("{2015: 2, 31.12.2016: 3}", []),
        ("{31.12.2015: 2}", ["31.12.2016"]),
        ("{FY2015: 2}", ["FY2016"]),
        ("{FY15: 2}", ["FY16"]),
        ("{Q1 2015: 1, Q2 2015: 1, Q3 2015: 1, Q4 2015: 1}", ["Q1 2016", "Q2 2016", "Q3 2016", "Q4 2016"]),
        ("{Q3 2015: 1, Q4 2015: 1, Q3 2016: 1}", ["Q4 2016"]),
        ("{2015: 2, target 2020: 1}", ["2016"]),
        ("{target 2020: 1}", []),
        ("{February 2017: 1}", []),
        ("{2012: 1}", ["2016"]),
        ("{}", ["2016"]),
        ("{2016: }", ["2016"]),
        ("{2016: twelve}", []),
    ],
)
def test_periods_follow_those_of_the_year_before(values: str, labels: list[str]) -> None:
    assert [each.period for each in _wanted(_series(values))] == labels


def test_fiscal_years_are_written_as_the_series_writes_them() -> None:
    wanted = _wanted(_series("{2014/15: 2}"), start=date(2015, 7, 1), end=date(2016, 6, 30))
    assert [(each.key, each.before and each.before.period) for each in wanted] == [("energy[2015/16]", "2014/15")]


def test_says_what_is_asked_of_whom() -> None:
    (wanted,) = _wanted(_series("{2015: 2}", "  method: Invoices\n  due: 2017-02-15\n"))
    assert wanted.due == date(2017, 2, 15)
    assert (wanted.key, wanted.unit.symbol, wanted.owner, wanted.note) == (
        "energy[2016]",
        "GJ",
        "Facility manager",
        "Invoices",
    )
    assert wanted.before is not None
    assert (wanted.before.period, str(wanted.before.value)) == ("2015", "2")


@pytest.mark.parametrize(
    ("values", "members"),
    [
        ("{Gas: {2015: 1}, Oil: {2015: 2}}", ["Gas", "Oil"]),
        ("{Gas: {2015: 1, 2016: 3}, Oil: {2015: 2}}", ["Oil"]),
        ("{Gas: {2015: 1}, Coal: {2013: 2}}", ["Gas"]),
        ("{Gas: {2015: 1}, Coal: {2013: 2, 2016: null}}", ["Gas", "Coal"]),
        ("{Gas: {2015: 1}, Wood: {}}", ["Gas", "Wood"]),
        ("{Gas: {}, Wood: {2016: null}}", ["Gas", "Wood"]),
        ("{Gas: {2016: 1}, Wood: {}}", ["Wood"]),
    ],
)
def test_members_are_those_of_the_year_before_and_those_named_without_a_value(values: str, members: list[str]) -> None:
    assert [each.members for each in _wanted(_series(values, "  by: fuel\n"))] == [(each,) for each in members]


def test_a_series_that_names_no_member_asks_for_all() -> None:
    (wanted,) = _wanted(_series("{}", "  by: fuel\n"))
    assert wanted.members == ()
    assert not wanted.are_members_known


@pytest.mark.parametrize(
    ("rows", "keys"),
    [("2015,1\n", ["energy[2016]"]), ("2015,1\n2016,2\n", []), ("2015,1\n2016,\n", ["energy[2016]"]), (None, None)],
)
def test_values_from_files(rows: str | None, keys: list[str] | None) -> None:
    text = (
        "energy: {title: Energy, unit: GJ, from: {file: figures/a.csv, period: Year, value: Energy}}\n"
        "share: {title: Share, unit: '%', derive: {share: [energy, energy]}}\n"
    )
    files = {"figures/a.csv": f"Year,Energy\n{rows}"} if rows is not None else {}
    wanted = _wanted(text, files)
    assert [each.key for each in wanted] == (keys if keys is not None else ["energy[2016]"])
    assert {each.wanted_from for each in wanted} <= {"from"}


def test_a_table_with_an_error_is_mended_first() -> None:
    text = "energy: {title: Energy, unit: GJ, from: {file: figures/a.csv, period: Year, value: Energi}}\n"
    assert not _wanted(text, {"figures/a.csv": "Year,Energy\n2015,1\n"})
