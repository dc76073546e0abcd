"""Queries: what they may hold is a list, what they may take is limited, and what they yield is checked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from gri_builder.limits.limit import limits_set
from gri_builder.tables.sql.database import Database
from gri_builder.tables.sql.query_process import QueryProcess
from gri_builder.tables.sql.query_tree import query_rules
from gri_builder.tables.sql.row_source import QueryError, QueryLimitError
from tests.support.paths import ROOT, TESTS
from tests.unit.facts.test_aggregated import make_folder, read

CASES = yaml.safe_load((TESTS / "cases" / "queries.yaml").read_text("utf-8"))
ENDLESS = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
DIGITS = "WITH d AS (SELECT * FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS v(n)) "
FAT = f"{DIGITS} SELECT count(*) FROM (SELECT a.n || b.n || c.n || d.n || e.n || f.n || g.n || h.n AS t FROM d AS a, d AS b, d AS c, d, d AS e, d AS f, d AS g, d AS h GROUP BY 1)"  # noqa: E501
LONG = f"{DIGITS} SELECT a.n AS i FROM d AS a, d AS b, d AS c, d, d AS e, d AS f"


@pytest.fixture(scope="module")
def process() -> Iterator[QueryProcess]:
    found = QueryProcess()
    yield found
    found.close()


@pytest.fixture
def fresh() -> Iterator[QueryProcess]:
    found = QueryProcess()
    yield found
    found.close()


@pytest.mark.parametrize("sql", CASES["allowed"])
def test_a_query_may_hold(sql: str, process: QueryProcess) -> None:
    assert process.judge(sql, ("t", "u")).refusals == ()


@pytest.mark.parametrize(("sql", "name"), CASES["refused"])
def test_a_query_may_not_hold(sql: str, name: str, process: QueryProcess) -> None:
    refused = process.judge(sql, ("t", "u")).refusals
    assert name in refused[0].message
    assert all(each.hint for each in refused)


@pytest.mark.parametrize(
    ("sql", "is_sorted"),
    [
        ("SELECT a FROM t", True),
        ("SELECT a, sum(b) FROM t GROUP BY a ORDER BY a", True),
        ("SELECT a, sum(b) FROM t GROUP BY a", False),
        ("SELECT a, sum(b) FROM t GROUP BY ALL", False),
        ("SELECT DISTINCT a FROM t", False),
        ("SELECT a FROM t JOIN u USING (a)", False),
        ("SELECT a FROM t UNION SELECT a FROM u", False),
        ("SELECT a FROM (SELECT DISTINCT a FROM t)", False),
    ],
)
def test_rows_whose_order_is_not_stated_are_known(sql: str, is_sorted: bool, process: QueryProcess) -> None:
    assert process.judge(sql, ("t", "u")).is_sorted == is_sorted


def test_the_functions_of_the_list_have_the_same_result_every_time() -> None:
    rows = (
        duckdb.connect()
        .execute("SELECT function_name, function_type, stability, parameter_types::VARCHAR FROM duckdb_functions()")
        .fetchall()
    )
    rules = query_rules()
    known = {name for name, *_ in rows} | set(rules.window_functions) | set(rules.ordered_window_functions)
    listed = rules.functions | rules.ordered_functions
    assert listed - known == set()
    calculated = [row for row in rows if row[0] in listed and row[1] != "table"]
    assert [row for row in calculated if row[2] == "VOLATILE"] == []
    assert {row[1] for row in calculated} <= {"scalar", "aggregate", "macro"}
    # The others know the time zone, which only values of a type that no query may hold depend on.
    varying = [row for row in calculated if row[2] == "CONSISTENT_WITHIN_QUERY"]
    assert [row for row in varying if "TIME ZONE" not in row[3] and "TIMESTAMPTZ" not in row[3]] == []
    refused = {name for group in rules.refused for name in group.names}
    assert refused & (listed | rules.window_functions | rules.ordered_window_functions | rules.types) == set()


def test_the_documentation_lists_what_a_query_may_hold() -> None:
    page = (ROOT / "docs" / "reference" / "report-format.md").read_text("utf-8")
    listed = re.findall(r"`(\w+)`", page.partition("<!-- functions -->")[2].partition("<!-- /functions -->")[0])
    rules = query_rules()
    known = rules.functions | rules.ordered_functions | rules.window_functions | rules.ordered_window_functions
    assert sorted(listed) == sorted(name for name in (*known, *rules.types) if name.isidentifier())


def test_all_queries_of_a_report_share_their_time(fresh: QueryProcess) -> None:
    started = time.monotonic()
    with limits_set({"query-seconds": 1}):
        for _ in range(2):  # the second one finds no time left
            with pytest.raises(QueryLimitError, match="more than 1 seconds of processor time"):
                fresh.open({}).result(ENDLESS)
    assert time.monotonic() - started < 20


def test_the_memory_of_a_query_is_limited(fresh: QueryProcess) -> None:
    with limits_set({"query-megabytes": 40, "query-seconds": 60}):
        with pytest.raises(QueryLimitError, match="more than 40 MB of memory") as problem:
            fresh.open({}).result(FAT)
        assert problem.value.limit.hint == "allow more with --limit query-megabytes=N"
        assert fresh.open({}).result("SELECT 1").rows == [(1,)]  # the next one is not its victim


def test_a_huge_text_is_too_much(process: QueryProcess) -> None:
    with pytest.raises(QueryLimitError, match="memory"):
        process.open({}).result("SELECT repeat('x', 2000000000)")


def test_the_rows_of_a_query_are_limited(process: QueryProcess) -> None:
    with pytest.raises(QueryLimitError, match="more than 100,000 rows"):
        process.open({}).result(LONG)
    with limits_set({"query-rows": 1_000_000}):
        assert len(process.open({}).result(LONG).rows) == 1_000_000


def test_a_query_can_be_nested_too_deeply(process: QueryProcess) -> None:
    with pytest.raises(QueryError):
        process.judge(f"SELECT {'1 + (' * 950}1{')' * 950}", ())
    with pytest.raises(QueryError):
        process.judge(f"SELECT {'(SELECT ' * 5000}1{')' * 5000}", ())
    assert process.judge("SELECT 1", ()).refusals == ()


def test_a_long_query_writes_nothing_to_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    database = Database(())
    query = "SELECT current_setting('enable_progress_bar')"
    assert database.rows(query) == [(False,)]
    database.close()
    assert capfd.readouterr().out == ""


def test_a_process_that_fails_says_why(fresh: QueryProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gri_builder.tables.sql.query_process.WORK", "raise ValueError('a fault')")
    with pytest.raises(ChildProcessError, match="a fault"):
        fresh.judge("SELECT 1", ())


QUERY = """
e:
  title: E
  unit: kWh
  by: site
  query:
    files: {sites: figures/a.csv}
    unused: all
    sql: SELECT year AS period, sum(kWh) AS value, site FROM sites GROUP BY ALL
"""
TABLE = "site,year,kWh\n" + "".join(f"S{number % 50},201{number % 6},{number}\n" for number in range(5000))


def test_rows_without_an_order_are_in_that_of_their_names(tmp_path: Path) -> None:
    report, findings = read(make_folder(tmp_path, QUERY, a_csv=TABLE))
    found = [(fact.period, *fact.members) for fact in report.series["e"].facts]
    assert [each for each in findings if "error" in str(each)] == []
    assert found == sorted(found) and len(found) == 150


def test_queries_of_the_same_files_share_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    ask = QueryProcess._ask

    def note(self: QueryProcess, request: Any) -> Any:
        asked.append(type(request).__name__)
        return ask(self, request)

    monkeypatch.setattr(QueryProcess, "_ask", note)
    report, _ = read(make_folder(tmp_path, QUERY + QUERY.replace("e:\n", "f:\n", 1), a_csv=TABLE))
    assert report.series["e"].facts[0].value == report.series["f"].facts[0].value
    assert asked.count("OpenTables") == 1
