"""The queries for warehouses, as Ibis expressions: the same for each engine, with exact decimal numbers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
from ibis import config
from ibis.backends.sql.compilers import DuckDBCompiler, PostgresCompiler, PySparkCompiler
from msgspec import Struct

from gri_builder.model.figures.warehouse import ROWS, WEIGHT, Engine, PullRequest

FLOAT_DIGITS = 6
"""Digits after the decimal sign to which binary numbers are rounded."""
EMPTY = "empty rows"
"""Column of a result with the number of rows without a value."""
QUERY = "pulled_query"
"""Name of the user's query in the query around it."""
_COMPILERS = {"duckdb": DuckDBCompiler, "postgres": PostgresCompiler, "spark": PySparkCompiler}


class _SparkOptions(config.Config):  # type: ignore[misc]
    """Options that Ibis has only where it is connected to Spark itself."""

    treat_nan_as_null: bool = False


class Source(Struct, frozen=True):
    """A table or a query of a warehouse, with the types of its columns for Ibis."""

    schema: str | None
    table: str
    types: Mapping[str, str]

    @property
    def expression(self) -> Any:
        """The table, for Ibis."""
        return ibis.table(dict(self.types), name=self.table, database=self.schema)


def to_sql(expression: Any, engine: Engine) -> str:
    """Return an expression in the SQL of an engine."""
    if engine == "spark" and ibis.options.pyspark is None:
        ibis.options.pyspark = _SparkOptions()
    compiler: Any = _COMPILERS[engine]()
    text: str = compiler.to_sqlglot(expression).sql(dialect=compiler.dialect)
    return text


def text_of_key(column: Any) -> Any:
    """Return a column by which rows are grouped as text: days as 2015-01-31, also of times."""
    kind = column.type()
    if kind.is_timestamp():
        column = column.date()
    return column if kind.is_string() else column.cast("string")


def exact(column: Any) -> Any:
    """Return a column of numbers as decimals that are added up exactly."""
    kind = column.type()
    if kind.is_floating():
        return column.cast(f"decimal(38,{FLOAT_DIGITS})")
    return column.cast("decimal(38,0)") if kind.is_integer() else column


def distinct_texts(source: Source, column: str, limit: int) -> Any:
    """Return the expression for the texts of a column."""
    table = source.expression
    found = table.select(text_of_key(table[column]).name("text")).distinct()
    return found.limit(limit)


def unreadable_numbers(source: Source, columns: Sequence[str]) -> Any:
    """Return the expression for how many binary numbers are none: infinite, or 'not a number'."""
    table = source.expression
    odd = [(table[name].isnan() | table[name].isinf()).fill_null(False) for name in columns]
    anywhere = odd[0]
    for each in odd[1:]:
        anywhere = anywhere | each
    return table.agg(rows=anywhere.ifelse(1, 0).sum().cast("string"))


def choose(source: Source, texts: Mapping[str, Sequence[str | None]], left_out: Mapping[str, Sequence[str]]) -> Any:
    """Return the rows that have one of some texts in each column, and none of those left out."""
    table = source.expression
    for name, accepted in texts.items():
        table = table.filter(text_of_key(table[name]).isin([each for each in accepted if each is not None]))
    for name, refused in left_out.items():
        cell = text_of_key(table[name])
        table = table.filter(cell.isnull() | cell.notin(list(refused)))
    return table


def aggregate(table: Any, request: PullRequest, names: Mapping[str, str]) -> Any:
    """Return the sums that a request asks for, of the chosen rows: one row for each combination of its columns.

    `names` has the name in the warehouse of each header.
    """
    keys = [text_of_key(table[names[header]]).name(header) for header in request.columns]
    measures: dict[str, Any] = {}
    filled = None
    if request.value is not None:
        value = exact(table[names[request.value]])
        filled = value.notnull()
        if request.function == "weighted-mean" and request.weight:
            weight = exact(table[names[request.weight]])
            filled = filled & weight.notnull()
            measures[request.value] = (value * weight).sum(where=filled)
            measures[WEIGHT] = weight.sum(where=filled)
        elif request.function in ("min", "max"):
            measures[request.value] = value.min() if request.function == "min" else value.max()
        else:
            measures[request.value] = value.sum()
        if request.function == "mean":
            measures[WEIGHT] = value.count()
    measures[ROWS] = table.count() if filled is None else filled.ifelse(1, 0).sum()
    measures[EMPTY] = ibis.literal(0) if filled is None else filled.ifelse(0, 1).sum()
    named = {name: each.cast("string") for name, each in measures.items()}
    return table.group_by(keys).agg(**named) if keys else table.agg(**named)


def count_rows(table: Any) -> Any:
    """Return the expression for the number of rows, as text."""
    return table.agg(rows=table.count().cast("string"))


def result(source: Source, names: Sequence[str], value: str) -> Any:
    """Return the rows of a query as texts, its numbers as exact decimals."""
    table = source.expression
    return table.select(
        (exact(table[name]).cast("string") if name == value else text_of_key(table[name])).name(name) for name in names
    )
