"""Totals: a row that adds up others is found by its name or its numbers, and never counted a second time."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gri_builder.tables.totals.sums_of_others import find_sums
from tests.unit.facts.test_aggregated import make_folder, read

AGGREGATE = "e:\n  title: E\n  unit: kWh\n  aggregate: {{file: figures/a.csv, value: kWh, period: Year{more}}}\n"


def groups(*columns: dict[str, str]) -> list[dict[str, Decimal]]:
    return [{member: Decimal(value) for member, value in column.items()} for column in columns]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ([{"A": "100", "B": "50", "T": "150"}, {"A": "110", "B": "60", "T": "170"}], ["T"]),
        ([{"T": "150", "A": "100", "B": "50"}, {"T": "170", "A": "110", "B": "60"}], ["T"]),
        ([{"A": "503", "B": "497", "T": "1000"}], ["T"]),
        ([{"A": "33.3", "B": "33.3", "C": "33.3", "T": "100.0"}] * 2, ["T"]),
        ([{"A": "100", "B": "50", "T": "150"}], []),  # round numbers of one period
        ([{"A": "2", "B": "1", "T": "3"}, {"A": "3", "B": "1", "T": "4"}], []),  # small counts
        ([{"A": "120", "B": "120"}, {"A": "130", "B": "130"}], []),  # one of two equal rows
        ([{"A": "120", "B": "0", "T": "120"}, {"A": "130", "B": "0", "T": "130"}], []),
        ([{"A": "100", "B": "50", "T": "150"}, {"A": "110", "B": "60", "T": "171"}], []),
        ([{"A": "100", "T": "151", "B": "51"}, {"A": "47", "T": "60", "B": "13"}], []),  # in the middle, by chance
        ([], []),
    ],
)
def test_sums_of_others(columns: list[dict[str, str]], found: list[str]) -> None:
    assert find_sums(groups(*columns)) == found


PEOPLE = (("White", "male", (3, 40)), ("White", "female", (5, 60)), ("Asian", "male", (7, 80)))
VALUES = st.lists(st.integers(0, 99_999), min_size=2, max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(VALUES, min_size=1, max_size=3),
    st.sampled_from(["Total", "Zwischensumme", "All sites", "Grand total", "合計"]),
    st.integers(0, 6),
    st.sampled_from(["", ", totals: exclude", ", totals: check"]),
)
def test_a_total_is_never_counted(
    tmp_path_factory: pytest.TempPathFactory, years: list[list[int]], word: str, place: int, more: str
) -> None:
    """Conservation: the value equals an independent sum, or there is an error."""
    lines: list[str] = []
    for year, values in enumerate(years, 2013):
        rows = [f"{year},Site {number},{value}" for number, value in enumerate(values)]
        rows.insert(place, f"{year},{word},{sum(values)}")
        lines += rows
    text = "\n".join(["Year,Site,kWh", *lines]) + "\n"
    report, findings = read(make_folder(tmp_path_factory.mktemp("t"), AGGREGATE.format(more=more), a_csv=text))
    rules = {finding.rule for finding in findings if finding.severity == "error"}
    assert rules == (set() if more else {"total-row"})
    if more:
        facts = {fact.period: fact.value for fact in report.series["e"].facts}
        assert facts == {str(year): Decimal(sum(values)) for year, values in enumerate(years, 2013)}


def test_the_query_shows_what_is_left_out(tmp_path: Path) -> None:
    text = "Year,Site,kWh\n2015,A,1\n2015,A,1\n2015,B,2\n2015,Total,3\n"
    more = ", totals: exclude, duplicates: drop"
    report, _ = read(make_folder(tmp_path, AGGREGATE.format(more=more), a_csv=text))
    (fact,) = report.series["e"].facts
    assert fact.value == 3
    assert fact.origin and fact.origin.rows == 2
    assert "\"Site\" NOT IN ('Total')" in str(fact.origin.query)
    assert "SELECT DISTINCT" in str(fact.origin.query)


def test_one_finding_names_all_totals_of_a_file(tmp_path: Path) -> None:
    """Rows as in a survey of companies: totals of jobs and of races, and those of last year, without a value."""
    rows = [
        f"X,2015,{race},{gender},{job},{count}"
        for race, gender, counts in (
            ("White", "male", (3, 40)),
            ("White", "female", (5, 60)),
            ("Asian", "male", (7, 80)),
        )
        for job, count in (
            ("Executives", str(counts[0])),
            ("Managers", str(counts[1])),
            ("Totals", str(sum(counts))),
            ("Previous_totals", "na"),
        )
    ]
    whole = {"Executives": "15", "Managers": "180", "Totals": "195", "Previous_totals": "170"}
    rows += [f"X,2015,Overall_totals,,{job},{count}" for job, count in whole.items()]
    text = "\n".join(["company,Year,race,gender,job_category,kWh", *rows]) + "\n"
    _, findings = read(make_folder(tmp_path / "silent", AGGREGATE.format(more=""), a_csv=text))
    (finding,) = [finding for finding in findings if finding.severity == "error"]
    assert finding.rule == "total-row"
    for name in ("Overall_totals", "Previous_totals", "Totals", "race", "job_category"):
        assert f"'{name}'" in finding.message
    for mode in ("exclude", "check"):
        folder = make_folder(tmp_path / mode, AGGREGATE.format(more=f", totals: {mode}"), a_csv=text)
        report, findings = read(folder)
        assert not [finding for finding in findings if finding.severity == "error"]
        assert [fact.value for fact in report.series["e"].facts] == [195]


def test_what_the_help_says_is_true(tmp_path: Path) -> None:
    """The condition in the help of a query leaves the totals out."""
    query = "e:\n  title: E\n  unit: kWh\n  query:\n    files: {{s: figures/a.csv}}\n    sql: {sql}\n"
    sql = "SELECT Year AS period, sum(kWh) AS value FROM s GROUP BY 1"
    text = "Year,Site,kWh\n2015,A,1\n2015,B,2\n2015,Total,3\n"
    _, findings = read(make_folder(tmp_path / "a", query.format(sql=sql), a_csv=text))
    (hint,) = [finding.hint for finding in findings if finding.rule == "total-row"]
    condition = str(hint).partition("WHERE ")[2].partition(";")[0]
    better = json.dumps(sql.replace(" GROUP", f" WHERE {condition} GROUP"))
    report, findings = read(make_folder(tmp_path / "b", query.format(sql=better), a_csv=text))
    assert [fact.value for fact in report.series["e"].facts] == [3]
    assert not [finding for finding in findings if finding.severity == "error"]
