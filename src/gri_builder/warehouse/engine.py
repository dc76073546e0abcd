"""What each engine can do: list columns, run a query; and the errors that all of them have."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from gri_builder.model.figures.warehouse import Connection

Problem = Literal["connection", "timeout", "rights", "table", "query", "missing"]
"""Why a warehouse does not answer: not reached, too slow, not allowed, no such table, a wrong query, no library."""
Cells = list[tuple[str | None, ...]]
_DECIMAL = re.compile(r"(?:decimal|numeric)\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)")
_TYPES: Sequence[tuple[str, str]] = (
    (r"decimal|numeric", "decimal"),
    (r"u?tinyint|u?smallint|u?int(eger)?\d*|u?bigint|u?hugeint|long|short|byte|serial|bigserial", "int64"),
    (r"real|float\d?|double( precision)?", "float64"),
    (r"date", "date"),
    (r"timestamp.*|datetime", "timestamp"),
    (r"bool(ean)?", "boolean"),
    (
        r"(character varying|varchar|character|char|bpchar|nvarchar)(\(\d+\))?|text|string|name|\"char\"|uuid|enum\(.*",
        "string",
    ),
)


class WarehouseError(Exception):
    """A warehouse that does not answer as asked."""

    def __init__(self, kind: Problem, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Engine(Protocol):
    """An open connection to a warehouse, which only reads. All methods raise WarehouseError."""

    def list_tables(self) -> list[str]:
        """Return the names of its tables, as far as they are known."""

    def read_columns(self, schema: str | None, table: str) -> Mapping[str, str]:
        """Return the type of each column of a table; empty where there is no such table."""

    def describe(self, sql: str) -> Mapping[str, str]:
        """Return the type of each column that a query gives."""

    def run(self, sql: str) -> Cells:
        """Return the rows of a query whose columns are texts."""

    def close(self) -> None:
        """End the connection."""


def find_type(text: str) -> str | None:
    """Return the type of a column for Ibis, of the engine's own name; None for one that facts can't be made of.

    Values of enumerations and identifiers are texts.
    """
    plain = " ".join(text.casefold().split())
    if found := _DECIMAL.fullmatch(plain):
        return f"decimal({found[1]},{found[2]})"
    return next((kind for pattern, kind in _TYPES if re.fullmatch(pattern, plain)), None)


def find_password(connection: Connection) -> str | None:
    """Return the password in the environment variable that a connection names; raises WarehouseError."""
    if connection.password is None:
        return None
    value = os.environ.get(connection.password)
    if not value:
        raise WarehouseError("connection", f"the environment variable {connection.password} is not set")
    return value


def open_engine(connection: Connection, folder: str) -> Engine:
    """Return a connection to a warehouse; paths in it start in `folder`. Raises WarehouseError."""
    try:
        match connection.engine:
            case "postgres":
                from gri_builder.warehouse.postgres import Postgres

                return Postgres(connection, folder)
            case "duckdb":
                from gri_builder.warehouse.duckdb_file import DuckDB

                return DuckDB(connection, folder)
            case "spark":
                from gri_builder.warehouse.spark import Spark

                return Spark(connection, folder)
    except ImportError as problem:
        package = "pyspark" if connection.engine == "spark" else "'gri-builder[warehouse]'"
        message = f"the library for {connection.engine} is not installed: pip install {package}"
        raise WarehouseError("missing", message) from problem


def quote(name: str, mark: str = '"') -> str:
    """Return a name, quoted for SQL."""
    return f"{mark}{name.replace(mark, mark * 2)}{mark}"


def first_line(problem: object) -> str:
    """Return the first line of a message, of a limited length."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    return "".join(char if char.isprintable() else " " for char in (lines or ["no reason is given"])[0])[:300]
