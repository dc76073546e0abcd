"""Small files are read without the database, with the same answers: its queries are asked of both."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import product
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from gri_builder.pipeline.build import check_report
from gri_builder.source.nodes import SheetFile, SourceFile
from gri_builder.spreadsheets.numbers import NumberFormat
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.sql.database import Database, open_database
from gri_builder.tables.sql.records import Records, peek_table, read_all_records
from gri_builder.tables.sql.small import database as small_database
from gri_builder.tables.sql.small.database import SmallDatabase, open_small_database
from gri_builder.tables.sql.small.parse import parse_query
from gri_builder.tables.sql.small.syntax import UnsupportedError
from gri_builder.tables.sql.statements import (
    AggregateFunction,
    AggregateQuery,
    AllBut,
    NumberColumn,
    PeriodExpression,
    is_one_of,
    literal,
    number_pattern,
    year_of,
)
from tests.support.paths import REPORTS

COLUMNS = ("Site", "Month", "Meter", "kWh", "Hours")
SITES = ("Leeds", "leeds", " Leeds ", "", "Århus", "Total", 'a "b" c', "O'Hara, Inc.", "x;y", "\u00a0York\u2009")
MONTHS = ("2014-12", "2015-01", "2015-06-30", "2016", "FY 2015", "June 2015", "")
NUMBERS = ("1", "-2.50", "0.000", "1000000000000", "n/a", "", "1,234", "12 345.6", "−3", "+.5", "7%", "003", "1e3")
PLAIN = ("1", "-2.50", "0.000", "12.345", "999999999", "", "n/a")
FORMAT = NumberFormat("en-GB", ".")
Rows = Sequence[Sequence[str]]
FEW = settings().max_examples // 5
"""Examples, each of which asks many queries: the database is started for each."""


def records(name: str, rows: Rows, columns: Sequence[str] = COLUMNS) -> Records:
    """Return the records of a CSV file with those rows."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([columns, *rows])
    text = SourceFile(name, stream.getvalue())
    table = peek_table(SheetFile(name, ""), text, columns)
    assert isinstance(table, Table)
    found, _ = read_all_records(text, table)
    assert found is not None
    return found


def open_both(*files: Records) -> tuple[SmallDatabase, Database]:
    tables = {each.name: each for each in files}
    small = open_small_database(tables)
    assert small is not None
    return small, open_database(tables)


def answer(small: SmallDatabase, query: str) -> list[tuple[Any, ...]] | None:
    """Return what is answered without the database; None if nothing is."""
    try:
        return list(small._evaluator.answer(parse_query(query)).rows)
    except UnsupportedError:
        return None


def rows_of(numbers: Sequence[str]) -> st.SearchStrategy[list[list[str]]]:
    row = st.tuples(*(st.sampled_from(each) for each in (SITES, MONTHS, ("Gas", "Coke", "gas"), numbers, PLAIN)))
    return st.lists(row.map(list), min_size=1, max_size=12).filter(lambda rows: any(any(row) for row in rows))


PERIODS = (
    PeriodExpression("'2015'"),
    PeriodExpression(year_of('"Month"'), ("regexp_extract(\"Month\", '[12][0-9]{3}') <= '2015'",)),
    PeriodExpression("regexp_replace(\"Month\", '([T ]+[0-9]{1,2}:[0-9]{2}.*)$', '')"),
    PeriodExpression("CASE WHEN \"Month\" < '2015-06' THEN 'a' ELSE 'b' END"),
)
VALUES = (
    NumberColumn("kWh", 3, words=("n/a",)),
    NumberColumn("kWh", 3, 19, FORMAT, ("n/a",)),
    NumberColumn("Hours", 3, words=("n/a",)),
)
CHOSEN: tuple[dict[str, Sequence[str]], ...] = ({}, {"Meter": ("Gas", "Coke")}, {"Site": AllBut(("Total", ""))})


@settings(max_examples=FEW)
@given(
    rows_of(PLAIN),
    rows_of(NUMBERS),
    st.sampled_from(PERIODS),
    st.sampled_from(VALUES),
    st.sampled_from(CHOSEN),
    st.sampled_from(((), ("Site",), ("Site", "Meter"))),
)
def test_aggregates_are_those_of_the_database(
    first: Rows,
    second: Rows,
    period: PeriodExpression,
    value: NumberColumn,
    chosen: dict[str, Sequence[str]],
    groups: Sequence[str],
) -> None:
    small, database = open_both(records("a.csv", first), records("b.csv", second))
    weight, answered = NumberColumn("Hours", 3, words=("n/a",)), 0
    for function, tables in product(AggregateFunction, (("a.csv",), ("a.csv", "b.csv"))):
        number = None if function is AggregateFunction.COUNT else value
        asked = AggregateQuery(tables, function, period, number, weight, {each: each for each in groups}, chosen)
        found = answer(small, asked.query)
        if found is not None:
            answered += 1
            assert repr(found) == repr(database.rows(asked.query))
    assert answered or period.label.startswith("CASE")


CONDITIONS = (
    "true",
    '"Site" IS NULL',
    "NOT (\"kWh\" IS NULL OR lower(\"kWh\") IN ('n/a', '-'))",
    is_one_of("Site", AllBut(("Leeds", ""))),
    is_one_of("Meter", ("Gas",)),
    f'regexp_full_match("kWh", {literal(number_pattern(FORMAT, True))})',
    "ends_with(\"kWh\", '%')",
    "contains(\"Month\", '-') OR \"Site\" LIKE 'L%'",
    "NOT coalesce(\"Site\" IN ('York'), false)",
    "lower(coalesce(\"Site\", '')) IN ('', 'leeds')",
    "trim(\"kWh\", ' %') = '7'",
    'length("kWh") > 4',
)
QUERIES = """
SELECT DISTINCT "Site" FROM {} WHERE {where} ORDER BY 1

SELECT "Month"::VARCHAR, min(rowid), count(*) FROM "a.csv" WHERE {where} GROUP BY 1 ORDER BY 2

SELECT rowid, * FROM "a.csv" WHERE {where} AND rowid IN (0, 2, 3) ORDER BY rowid LIMIT 3

SELECT count(*), count("Site"), count(DISTINCT "Site"), count(DISTINCT hash("Site", "Month")) FROM {} WHERE {where}

SELECT count(*) FILTER (contains("kWh", '.')), count(*) FILTER (NOT "Site" = 'Leeds') FROM {} WHERE {where}

SELECT max(length(split_part("kWh", '.', 2))), min("Site"), max("Month") FROM {} WHERE {where}

SELECT list(text ORDER BY text) FILTER (regexp_matches(lower(text), 'total|leeds')), count(*)
FROM (SELECT DISTINCT "Site" AS text FROM {} WHERE {where})

SELECT "Site" || '-' || "Month" AS key, replace("kWh", ',', '.') FROM {} WHERE {where} ORDER BY ALL LIMIT 9

SELECT coalesce("Site", '') FROM "a.csv" WHERE {where} GROUP BY 1 ORDER BY min(rowid)

WITH present AS (SELECT DISTINCT "Month" AS text, "Site" FROM {} WHERE {where}),
few AS (SELECT "Site" FROM present GROUP BY "Site" HAVING count(*) < 2)
SELECT text, "Site" FROM present SEMI JOIN few USING ("Site") ORDER BY ALL

WITH known(text, step) AS (VALUES ('2015-01', 0), ('2016', 3)),
present AS (SELECT DISTINCT "Site", step FROM {} JOIN known ON "Month" = known.text WHERE {where}),
wanted(step) AS (VALUES (0), (3)), each_one AS (SELECT DISTINCT "Site" FROM present)
SELECT "Site", step FROM each_one CROSS JOIN wanted ANTI JOIN present USING ("Site", step) ORDER BY "Site", step LIMIT 5

SELECT text FROM (SELECT text, value, sum(value) OVER (PARTITION BY period) AS whole,
count(*) FILTER (value <> 0) OVER (PARTITION BY period) AS filled FROM (SELECT "Month" AS period,
coalesce("Site", '') AS text, sum(CAST("Hours" AS DECIMAL(38, 3))) AS value FROM {}
WHERE {where} AND NOT lower("Hours") = 'n/a' GROUP BY 1, 2)) GROUP BY 1
HAVING bool_and(abs(2 * value - whole) <= 30e-3) AND bool_or(value <> 0 AND filled > 0) ORDER BY 1
""".strip().split("\n\n")


@settings(max_examples=FEW)
@given(rows_of(NUMBERS), rows_of(PLAIN), st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3))
def test_checks_are_answered_as_by_the_database(first: Rows, second: Rows, conditions: list[str]) -> None:
    small, database = open_both(records("a.csv", first), records("b.csv", second))
    condition = " AND ".join(f"({each})" for each in conditions)
    for query in QUERIES:
        asked = query.replace("{where}", condition)
        asked = asked.replace("{}", '(SELECT * FROM "a.csv" UNION ALL BY NAME SELECT * FROM "b.csv")')
        found = answer(small, asked)
        assert found is not None
        assert repr(found) == repr(database.rows(asked))


def test_every_character_is_treated_as_by_the_database() -> None:
    known = [chr(code) for code in range(33, 0x2300) if not small_database._OTHER_CHARACTER.search(chr(code))]
    assert len(known) > 400
    small, database = open_both(
        records("a.csv", [[str(number), f"{each}A{each}"] for number, each in enumerate(known)], ("N", "T"))
    )
    for query in (
        'SELECT "T", lower("T"), length("T") FROM "a.csv" ORDER BY "T"',
        'SELECT "T", regexp_extract("T", \'.A\'), trim("T", \' A\') FROM "a.csv" ORDER BY 1',
        'SELECT "T", regexp_full_match("T", \'\\w+\') FROM "a.csv" ORDER BY 1',
    ):
        assert answer(small, query) == database.rows(query)


def test_queries_of_a_report_are_answered_as_by_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def rows(self: SmallDatabase, query: str) -> list[tuple[Any, ...]]:
        asked.append(query)
        found = answer(self, query)
        assert found is not None
        assert repr(found) == repr(self._ask_database(query))
        return found

    monkeypatch.setattr(SmallDatabase, "rows", rows)
    assert check_report(REPORTS / "halden-2015").value is not None
    assert len(asked) > 20


@pytest.mark.parametrize(
    "cells",
    [["İstanbul", "1"], ["two\nlines", "1"], ["東京", "1"], ["x" * 400_000, "1"]],
    ids=["case", "lines", "script", "large"],
)
def test_other_texts_are_left_to_the_database(cells: list[str]) -> None:
    assert open_small_database({"a.csv": records("a.csv", [cells], ("T", "N"))}) is None


def test_other_queries_are_left_to_the_database() -> None:
    small, database = open_both(records("a.csv", [["Leeds", "2015", "Gas", "1e3", "1"]]))
    for query in (
        'SELECT TRY_CAST("kWh" AS DOUBLE) FROM "a.csv"',
        'SELECT unnest([1, 2]) FROM "a.csv"',
        'SELECT sum(CAST("kWh" AS DECIMAL(9, 1))) FROM "a.csv"',
    ):
        assert answer(small, query) is None
        assert small.rows(query) == database.rows(query)
    small.close()
