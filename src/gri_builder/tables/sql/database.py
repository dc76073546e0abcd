"""In-memory SQL database with the rows of a report's files and no access to anything else. Wraps DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.statements import identifier, literal

MAX_KEPT_ROWS = 1_000
"""Rows of an answer that is kept for the next time."""
QUERY_TIMEOUT = 60.0
"""Seconds after which a query is interrupted."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # so that sums of binary fractions are the same on every machine
    "memory_limit": "2GB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
LOCKS = ("SET enable_external_access = false", "SET lock_configuration = true")


class QueryError(Exception):
    """The database rejected or interrupted a query; the text is its reason."""


class Database:
    """The rows of some files, in tables by name; each cell is text, or NULL where it is empty.

    Raises QueryError where the database can't read them.
    """

    def __init__(self, tables: Mapping[str, Records]) -> None:
        self._connection = duckdb.connect(":memory:", config=SETTINGS)
        try:
            with tempfile.TemporaryDirectory(prefix="gri-builder-") as folder:
                for number, (name, records) in enumerate(tables.items()):
                    self._load(Path(folder) / f"{number}.csv", name, records)
        except duckdb.Error as problem:
            raise QueryError(_first_line(str(problem))) from problem
        except OSError as problem:
            reason = problem.strerror or problem
            raise QueryError(f"the folder for temporary files can't be written: {reason}") from problem
        for lock in LOCKS:
            self._connection.execute(lock)
        self._answers: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {}

    def _load(self, file: Path, name: str, records: Records) -> None:
        file.write_text(records.content, encoding="utf-8", newline="")
        columns = ", ".join(f"{literal(each)}: 'VARCHAR'" for each in records.columns)
        cells = ", ".join(f"nullif(trim({identifier(each)}), '') AS {identifier(each)}" for each in records.columns)
        self._connection.execute(
            f"CREATE TABLE {identifier(name)} AS SELECT {cells} FROM read_csv({literal(str(file))}, "
            f"auto_detect = false, header = false, delim = {literal(records.delimiter)}, quote = '\"', escape = '\"', "
            f"columns = {{{columns}}}, max_line_size = 20000000)"
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query; raises QueryError."""
        return self.table(query)[1]

    def table(self, query: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Return the column names and the rows of a query; raises QueryError.

        The tables never change, so that a query that several series ask is answered once.
        """
        if query not in self._answers:
            found = self._run(query)
            if len(found[1]) > MAX_KEPT_ROWS or not query.startswith(("SELECT", "WITH")):
                return found
            self._answers[query] = found
        names, rows = self._answers[query]
        return names, list(rows)

    def _run(self, query: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        timer = Timer(QUERY_TIMEOUT, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            cursor = self._connection.execute(query)
            names = tuple(str(column[0]) for column in cursor.description or ())
            return names, cursor.fetchall()
        except (duckdb.Error, ValueError, OverflowError) as problem:
            raise QueryError(_first_line(str(problem))) from problem
        finally:
            timer.cancel()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def statement_types(query: str) -> Sequence[str]:
    """Return the type of each statement in a text, e.g. 'SELECT'; raises QueryError where it is not valid SQL."""
    try:
        return [each.type.name for each in duckdb.extract_statements(query)]
    except duckdb.Error as problem:
        raise QueryError(_first_line(str(problem))) from problem


def _first_line(text: str) -> str:
    """Return the first line of a message, without its error type."""
    line = text.strip().splitlines()[0] if text.strip() else "unknown error"
    _, colon, rest = line.partition("Error: ")
    return rest if colon else line
