"""Aggregation by the reporting years of report.yaml: right sums for each way to write periods, or a finding."""

from __future__ import annotations

import calendar
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding
from gri_builder.model.periods.reporting_years import ReportingYears, Span, month_span
from tests.support.report_folders import MINIMAL, judge

JULY_TO_JUNE = "{start: 2014-07-01, end: 2015-06-30}"
NINE_MONTHS = "{start: 2015-04-01, end: 2015-12-31}"
CALENDAR = "{start: 2015-01-01, end: 2015-12-31}"
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def aggregate(
    room: Path, rows: str, described: str = "period: When", period: str = JULY_TO_JUNE, more: str = ""
) -> tuple[dict[str, Fact], list[Finding]]:
    """Return the facts of a series that aggregates rows of 'When,Site,kWh', by key, and its findings."""
    folder = room / "report"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(MINIMAL, folder)
    report = (folder / "report.yaml").read_text("utf-8")
    (folder / "report.yaml").write_text(
        re.sub("^period:.*", f"period: {period}", report, flags=re.MULTILINE), encoding="utf-8"
    )
    for file in (folder / "figures").iterdir():
        file.unlink()
    (folder / "figures" / "a.csv").write_text(rows if "kWh" in rows else f"When,Site,kWh\n{rows}", "utf-8")
    (folder / "figures" / "a.yaml").write_text(
        f"x:\n  title: X\n  unit: kWh\n{more}  aggregate: {{file: figures/a.csv, value: kWh, {described}}}\n", "utf-8"
    )
    found, findings = judge(folder)
    assert found
    kept = [each for each in findings if each.where.file.startswith("figures/a") and each.rule not in IGNORED]
    return {fact.key[1:]: fact for fact in found.series["x"].facts} if "x" in found.series else {}, kept


IGNORED = {"unused-column", "year-on-year-jump"}


def months(first: str, count: int, form: str = "{y}-{m:02}") -> list[str]:
    """Return the texts of some months, of which the first is given such as 2014-07."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    found = [divmod(start + each, 12) for each in range(count)]
    return [form.format(y=year, m=month + 1, yy=year % 100, name=NAMES[month]) for year, month in found]


def lines(texts: list[str], site: str = "A", value: str = "10") -> str:
    return "".join(f"{text},{site},{value}\n" for text in texts)


def values(facts: dict[str, Fact]) -> dict[str, str]:
    return {key: f"{fact.value:f}" for key, fact in facts.items()}


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


# Reporting years


@pytest.mark.parametrize(
    ("start", "end", "label", "span"),
    [
        ("2014-07-01", "2015-06-30", 2014, ("2013-07-01", "2014-06-30")),
        ("2014-07-01", "2015-06-30", 2015, ("2014-07-01", "2015-06-30")),
        ("2015-01-01", "2015-12-31", 2012, ("2012-01-01", "2012-12-31")),
        ("2014-01-01", "2015-12-31", 2014, ("2014-01-01", "2014-12-31")),
        ("2015-03-01", "2016-02-29", 2015, ("2014-03-01", "2015-02-28")),
        ("2015-04-06", "2016-04-05", 2015, ("2014-04-06", "2015-04-05")),
        ("2015-02-01", "2016-01-30", 2015, ("2014-01-31", "2015-01-31")),
        ("2015-04-01", "2015-12-31", 2015, ("2015-04-01", "2015-12-31")),
    ],
)
def test_a_year_ends_as_the_period_does(start: str, end: str, label: int, span: tuple[str, str]) -> None:
    years = ReportingYears(date.fromisoformat(start), date.fromisoformat(end))
    assert years.year(label) == Span(*map(date.fromisoformat, span))


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 900))
def test_each_day_of_the_period_and_before_is_in_one_year(end: date, back: int) -> None:
    start = date(end.year - 1, end.month, min(end.day, calendar.monthrange(end.year - 1, end.month)[1]))
    years = ReportingYears(start + timedelta(days=1), end)
    day = end - timedelta(days=back)
    label, place = years.find(Span(day, day))
    assert place == "inside"
    assert years.year(int(label)).first <= day <= years.year(int(label)).last


def test_months_may_run_into_the_next_year() -> None:
    assert month_span(2014, 13, 3) == Span(date(2015, 1, 1), date(2015, 3, 31))


# Ways to write periods


@pytest.mark.parametrize(
    "form", ["{y}-{m:02}", "{name}-{yy:02}", "{name} {y}", "{m:02}/{y}", "{y}{m:02}", "{y}-{m:02}-15", "15.{m:02}.{y}"]
)
def test_months_of_a_fiscal_year_are_one_value(form: str, tmp_path: Path) -> None:
    facts, findings = aggregate(tmp_path, lines(months("2013-07", 24, form)))
    assert (values(facts), findings) == ({"[2014]": "120", "[2015]": "120"}, [])


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (["2014 Q3", "2014 Q4", "2015 Q1", "2015 Q2"], JULY_TO_JUNE),
        (["Q1 2015", "Q2 2015", "Q3 2015", "Q4 2015"], JULY_TO_JUNE),
        (["FY15 Q1", "FY15 Q2", "FY15 Q3", "FY15 Q4"], JULY_TO_JUNE),
        (["H2 2014", "H1 2015"], JULY_TO_JUNE),
        (["2015"], JULY_TO_JUNE),
        (["FY2015"], CALENDAR),
        (["2014/15"], JULY_TO_JUNE),
        (["Q1 2015", "Q2 2015", "Q3 2015", "Q4 2015"], CALENDAR),
        (["2014-12-31", "2015-06-30"], JULY_TO_JUNE),
        ([f"2014-W{week}" for week in range(27, 53)] + [f"2015-W{week:02}" for week in range(1, 27)], JULY_TO_JUNE),
        ([f"2015-{month:02}-01 10:30" for month in range(1, 13)], CALENDAR),
        (["31.03.2015", "30.06.2015", "30.09.2015", "31.12.2015"], CALENDAR),
    ],
)
def test_other_periods_of_a_year_are_one_value(texts: list[str], period: str, tmp_path: Path) -> None:
    facts, findings = aggregate(tmp_path, lines(texts, value="2"), period=period)
    assert (values(facts), findings) == ({"[2015]": str(2 * len(texts))}, [])


def test_year_and_month_in_two_columns(tmp_path: Path) -> None:
    rows = "Year,Month,Site,kWh\n" + "".join(f"{y},{m},A,10\n" for y in (2013, 2014, 2015) for m in range(1, 13))
    facts, findings = aggregate(tmp_path, rows, "period: [Year, Month], unused: all")
    assert values(facts) == {"[2013]": "60", "[2014]": "120", "[2015]": "120"}
    assert rules(findings) == ["missing-rows"]
    facts, findings = aggregate(tmp_path, rows, "period: Year")
    assert (facts, rules(findings)) == ({}, ["period-across-years"])
    assert "period: [Year, Month]" in (findings[0].hint or "")
    _, findings = aggregate(tmp_path, rows, "period: Month")
    assert set(rules(findings)) == {"wrong-value"}
    assert "period: [Year, Month]" in (findings[0].hint or "")


# What does not fit


@pytest.mark.parametrize(
    ("rows", "described", "period", "expected", "rule"),
    [
        (
            lines(months("2014-01", 24)),
            "",
            "{start: 2015-04-01, end: 2015-12-31}",
            {"[2015]": "90"},
            "rows-outside-period",
        ),
        (lines(months("2014-07", 14)), "", JULY_TO_JUNE, {"[2015]": "120"}, "rows-outside-period"),
        (lines(months("2014-07", 10)), "", JULY_TO_JUNE, {"[2015]": "100"}, "missing-rows"),
        (lines(months("2013-07", 23)), ", how: last", JULY_TO_JUNE, {"[2014]": "10", "[2015]": "10"}, "missing-rows"),
        (lines(["2015", *months("2014-07", 12)]), "", JULY_TO_JUNE, {}, "overlapping-periods"),
        (lines(["2015 Q2", *months("2014-07", 12)]), "", JULY_TO_JUNE, {}, "overlapping-periods"),
        (lines(["2014/15"]), "", CALENDAR, {}, "period-across-years"),
        (lines(["2014-06-30", "07/06/2014"]), "", JULY_TO_JUNE, {}, "ambiguous-date"),
        (lines(["2014", "2015"]), "", NINE_MONTHS, {}, "rows-outside-period, period-across-years"),
        (lines(["2025-03"]), "", JULY_TO_JUNE, {}, "date-outside-period"),
        (lines(["2015-02-30"]), "", JULY_TO_JUNE, {}, "wrong-value"),
    ],
)
def test_what_does_not_fit_is_named(
    rows: str, described: str, period: str, expected: dict[str, str], rule: str, tmp_path: Path
) -> None:
    facts, findings = aggregate(tmp_path, rows, f"period: When{described}", period)
    assert (values(facts), rules(findings)) == (expected, rule.split(", "))


def test_a_missing_quarter_is_named(tmp_path: Path) -> None:
    _, (finding,) = aggregate(tmp_path, lines(["Q1 2015", "Q2 2015", "Q4 2015"]), period=CALENDAR)
    assert "no rows for 2015-07 to 2015-09" in finding.message


def test_two_years_are_two_values(tmp_path: Path) -> None:
    facts, findings = aggregate(tmp_path, lines(months("2014-01", 24)), period="{start: 2014-01-01, end: 2015-12-31}")
    assert (values(facts), findings) == ({"[2014]": "120", "[2015]": "120"}, [])


def test_a_quarterly_meter_and_a_yearly_reading_are_not_gaps(tmp_path: Path) -> None:
    rows = lines(["2014-09", "2014-12", "2015-03", "2015-06"])
    assert aggregate(tmp_path, rows)[1] == []
    assert aggregate(tmp_path, lines(["2013-12", "2014-12"]))[1] == []
    assert aggregate(tmp_path, lines(["2014-09-03", "2015-02-17"]))[1] == []


@pytest.mark.parametrize(
    ("texts", "gaps"),
    [
        (months("2014-12", 7), ["B has no value for 2014-07 to 2014-11 (5 months)"]),
        (months("2015-05", 2), ["B has no value for 2014-07 to 2015-04 (10 months)"]),
        (months("2013-07", 20), ["B has no value for 2015-03 to 2015-06 (4 months)"]),
        (["2014-07", *months("2014-09", 10)], ["B has no value for 2014-08"]),
        (months("2013-07", 12), []),
        (["2014-09", "2014-12", "2015-03", "2015-06"], []),
        (["2014-08", "2014-09", "2015-02", "2015-05"], []),
    ],
)
def test_a_member_without_some_months_is_named(texts: list[str], gaps: list[str], tmp_path: Path) -> None:
    facts, findings = aggregate(tmp_path, lines(months("2013-07", 24)) + lines(texts, "B"), more="  by: Site\n")
    assert [finding.message for finding in findings] == gaps
    assert facts["[2015, A]"].value == 120


def test_days_in_either_order_matter_only_where_the_year_differs(tmp_path: Path) -> None:
    assert aggregate(tmp_path, lines(["03/04/2015", "05/06/2015"]))[1] == []
    assert rules(aggregate(tmp_path, lines(["03/04/2015"]), "period: When, how: last")[1]) == ["ambiguous-date"]
    facts, findings = aggregate(tmp_path, lines(["07/06/2014", "06/07/2014"]), "period: When, locale: en-GB")
    assert (values(facts), findings) == ({"[2014]": "10", "[2015]": "10"}, [])


def test_hints_when_followed_leave_no_finding(tmp_path: Path) -> None:
    rows = lines(months("2014-07", 14))
    _, (finding,) = aggregate(tmp_path, rows)
    assert finding.hint
    facts, findings = aggregate(tmp_path, rows, f"period: When, {finding.hint[finding.hint.index('unused:') :]}")
    assert (values(facts), findings) == ({"[2015]": "120"}, [])
    rows = lines(months("2014-07", 12)) + "2015,B,7\n"
    facts, findings = aggregate(tmp_path, rows, "period: When, expect: {each: [Site], every: year}")
    assert (values(facts), findings) == ({"[2015]": "127"}, [])


def test_one_year_for_all_rows(tmp_path: Path) -> None:
    rows = "Site,kWh\nA,1\nB,2.5\n"
    facts, findings = aggregate(tmp_path, rows, "period: 2015")
    assert (values(facts), findings) == ({"[2015]": "3.5"}, [])
    origin = facts["[2015]"].origin
    assert origin
    assert origin.rows == 2
    assert rules(aggregate(tmp_path, rows, "period: 2017")[1]) == ["date-outside-period"]
    assert rules(aggregate(tmp_path, rows, "period: 2015, how: last")[1]) == ["wrong-value"]
    assert rules(aggregate(tmp_path, "Site,kWh 2014\nA,1\n", "period: 2015")[1]) == ["missing-header"]
    titled = "Values of sites in 2014\nSite,kWh\nA,1\n"
    assert rules(aggregate(tmp_path, titled, "period: 2015")[1]) == ["conflicting-year"]
    assert aggregate(tmp_path, titled.replace("in 2014", "in 2014-2015"), "period: 2015")[1] == []
    dated = "Site,Data Year,kWh\nA,2014,1\n"
    assert rules(aggregate(tmp_path, dated, "period: 2015, unused: all")[1]) == ["conflicting-year"]


def test_one_year_for_all_rows_of_a_table(tmp_path: Path) -> None:
    rows = "Site,kWh\nA,1\nB,2.5\n"
    aggregate(tmp_path, rows)
    folder = tmp_path / "report"
    series = "x:\n  title: X\n  unit: kWh\n  by: Site\n  from: {file: figures/a.csv, period: 2015, value: kWh}\n"
    (folder / "figures" / "a.yaml").write_text(series, "utf-8")
    report, findings = judge(folder)
    assert report
    assert {fact.key: f"{fact.value}" for fact in report.series["x"].facts} == {"x[2015, A]": "1", "x[2015, B]": "2.5"}
    assert [finding for finding in findings if finding.where.file.startswith("figures/a")] == []


def test_the_sql_of_a_value_gives_the_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for form in ("{y}-{m:02}", "{name}-{yy:02}", "15.{m:02}.{y}"):
        facts, _ = aggregate(tmp_path, lines(months("2013-07", 26, form)))
        origin = facts["[2015]"].origin
        assert origin
        assert origin.query
        monkeypatch.chdir(tmp_path / "report")
        rows = duckdb.connect().execute(origin.query).fetchall()
        assert rows == [("2014", Decimal(120), 12), ("2015", Decimal(120), 12)]


def test_a_query_by_calendar_years_is_named(tmp_path: Path) -> None:
    aggregate(tmp_path, lines(months("2014-07", 12)))
    folder = tmp_path / "report"
    for year, rule, value in (
        ('left("When", 4)', ["period-across-years"], 60),
        ("year(CAST(\"When\" || '-01' AS DATE) + INTERVAL 6 MONTH)", [], 120),
    ):
        series = (
            "x:\n  title: X\n  unit: kWh\n  query:\n    files: {t: figures/a.csv}\n"
            f"    sql: SELECT {year} AS period, sum(kWh) AS value FROM t GROUP BY 1 ORDER BY 1\n    unused: all\n"
        )
        (folder / "figures" / "a.yaml").write_text(series, "utf-8")
        report, findings = judge(folder)
        assert report
        assert rules([each for each in findings if each.where.file.startswith("figures/a")]) == rule
        assert report.series["x"].facts[-1].value == value


# Conservation


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(2012 * 12, 2016 * 12 - 1), st.integers(0, 10**6)), min_size=1, max_size=40),
    st.sampled_from(["{y}-{m:02}", "{name}-{yy:02}", "{name} {y}", "{m:02}/{y}", "{y}-{m:02}-28", "28.{m:02}.{y}"]),
)
def test_sums_are_those_of_an_independent_calculation(end: int, rows: list[tuple[int, int]], form: str) -> None:
    last = date(2015, end, calendar.monthrange(2015, end)[1])
    first = date(2014 + end // 12, end % 12 + 1, 1)
    expected = Counter[str]()
    for month, value in rows:
        year = month // 12 + (month % 12 + 1 > end)
        if year <= 2015:
            expected[f"[{year}]"] += value
    text = "".join(
        f"{form.format(y=m // 12, m=m % 12 + 1, yy=m // 12 % 100, name=NAMES[m % 12])},A,{v}\n" for m, v in rows
    )
    with TemporaryDirectory() as room:
        facts, findings = aggregate(Path(room), text, period=f"{{start: {first}, end: {last}}}")
    assert {key: int(fact.value) for key, fact in facts.items()} == dict(expected)
    about_values = {"zero-value", "year-on-year-jump", "unit-error"}
    assert set(rules(findings)) - about_values <= {"duplicate-row", "missing-rows", "rows-outside-period"}
