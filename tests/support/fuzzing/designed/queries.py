"""Hostile queries: each expression, source and statement that is known to do harm somewhere, by itself."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.fuzzing.designed.input import Input, report
from tests.support.fuzzing.queries import CALLS, OTHERS, SOURCES

TABLE = "year,kWh\n2014,10\n2015,12\n"


def inputs() -> Iterator[Input]:
    """Yield hostile queries."""
    for call in CALLS:
        filled = call.replace("{}", "kWh").replace("{{", "{").replace("}}", "}")
        yield _query(f"SELECT year AS period, {filled} AS value FROM a")
    for source in SOURCES:
        yield _query(f"SELECT 2015 AS period, count(*) AS value FROM {source}")
    for other in OTHERS:
        yield _query(other)
    for value in (
        "NULL",
        "'nan'::DOUBLE",
        "'inf'::DOUBLE",
        "1e300",
        "9" * 38,
        "'x'",
        "''",
        "date '2015-01-01'",
        "[1]",
        "true",
        "0.1 + 0.2",
        "1e-30",
    ):
        yield _query(f"SELECT year AS period, {value} AS value FROM a")
        yield _query(f"SELECT {value} AS period, 1 AS value FROM a")


def _query(sql: str) -> Input:
    asked = f"files: {{a: figures/a.csv}}\n    unit: kWh\n    sql: |\n      {sql}\n"
    series = f"x:\n  title: X\n  unit: MWh\n  query:\n    {asked}"
    return report(f"{sql[:60]!a}", {"figures/x.yaml": series, "figures/a.csv": TABLE}, ("build",))
