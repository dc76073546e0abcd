"""A database file of DuckDB, or Parquet files as its tables; both are only read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from threading import Timer
from typing import Any

import duckdb

from gri_builder.model.figures.warehouse import Connection
from gri_builder.warehouse.engine import Cells, Problem, WarehouseError, first_line, quote


class DuckDB:
    """A database that can't write, nor read other files than its connection names."""

    def __init__(self, connection: Connection, folder: str) -> None:
        self._timeout = connection.timeout
        try:
            if connection.file:
                path = os.path.join(folder, connection.file)  # noqa: PTH118 - may be an address
                self._database = duckdb.connect(path, read_only=True)
            else:
                self._database = duckdb.connect(":memory:")
            self._database.execute("SET enable_progress_bar = false")
            self._database.execute(f"SET TimeZone = '{connection.timezone.replace(chr(39), '')}'")
            for name, address in connection.tables.items():
                self._load(name, address if "://" in address else os.path.join(folder, address))  # noqa: PTH118
            if not connection.tables:
                self._database.execute("SET enable_external_access = false")
            self._database.execute("SET lock_configuration = true")
        except duckdb.Error as problem:
            raise WarehouseError("connection", _reason(problem)) from problem

    def _load(self, name: str, address: str) -> None:
        """Give a Parquet file the name of a table, of which queries read what they need."""
        source = f"read_parquet('{address.replace(chr(39), chr(39) * 2)}')"
        self._database.execute(f"CREATE TEMP VIEW {quote(name)} AS SELECT * FROM {source}")

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        is_late = False

        def stop() -> None:
            nonlocal is_late
            is_late = True
            self._database.interrupt()

        timer = Timer(self._timeout, stop)
        timer.daemon = True
        timer.start()
        try:
            return self._database.execute(sql).fetchall()
        except (duckdb.Error, ValueError) as problem:
            if is_late:
                raise WarehouseError("timeout", "the query was interrupted") from problem
            is_refused = isinstance(problem, duckdb.PermissionException)
            kind: Problem = "table" if isinstance(problem, duckdb.CatalogException) else "query"
            raise WarehouseError("rights" if is_refused else kind, _reason(problem)) from problem
        finally:
            timer.cancel()

    def run(self, sql: str) -> Cells:
        """Return the rows of a query whose columns are texts."""
        return [tuple(None if cell is None else str(cell) for cell in row) for row in self._ask(sql)]

    def list_tables(self) -> list[str]:
        """Return the names of all tables."""
        return [str(row[0]) for row in self._ask("SELECT table_name FROM information_schema.tables ORDER BY 1")]

    def read_columns(self, schema: str | None, table: str) -> Mapping[str, str]:
        """Return the type of each column of a table; empty where there is no such table."""
        named = ".".join(quote(each) for each in (schema, table) if each)
        try:
            return {str(row[0]): str(row[1]) for row in self._ask(f"DESCRIBE SELECT * FROM {named}")}
        except WarehouseError as problem:
            if problem.kind == "table":
                return {}
            raise

    def describe(self, sql: str) -> Mapping[str, str]:
        """Return the type of each column that a query gives."""
        return {str(row[0]): str(row[1]) for row in self._ask(f"DESCRIBE SELECT * FROM ({sql}\n) AS q")}

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _reason(problem: Exception) -> str:
    return first_line(problem).partition("Error: ")[2] or first_line(problem)
