"""In-memory SQL database with the rows of a report's files and no access to anything else. Wraps DuckDB."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from threading import Timer
from typing import Any

import duckdb

from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import QueryError, QueryMemoryError
from gri_builder.tables.sql.statements import identifier, literal
from gri_builder.tables.sql.table_files import TableFile, write_table_files

MAX_MEGABYTES = 2_000
"""Memory that a database may use, in megabytes of 1,048,576 bytes."""
MAX_KEPT_ROWS = 1_000
"""Rows of an answer that is kept for the next time."""
QUERY_TIMEOUT = 60.0
"""Seconds after which a query is interrupted."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # so that sums of binary fractions are the same on every machine
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "disabled_optimizers": "common_subexpressions",  # takes the square of the number of columns
}
NO_PROGRESS_BAR = "SET enable_progress_bar = false"
"""The bar would be written to standard output."""
LOCKS = ("SET enable_external_access = false", "SET lock_configuration = true")


_NO_MEMORY = re.compile("allocat(e|ion)", re.IGNORECASE)
"""A word of each message on memory that the system does not give."""


class Database:
    """The rows of some files, in tables by name; each cell is text, or NULL where it is empty.

    Raises QueryError where the database can't read them.
    """

    def __init__(self, files: Sequence[TableFile], megabytes: int = MAX_MEGABYTES) -> None:
        self._connection = duckdb.connect(":memory:", config={**SETTINGS, "memory_limit": f"{megabytes}MiB"})
        self._connection.execute(NO_PROGRESS_BAR)
        for file in files:
            try:
                self._load(file)
            except duckdb.Error as problem:
                raise query_error(problem) from problem
        for lock in LOCKS:
            self._connection.execute(lock)
        self._answers: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {}

    def _load(self, file: TableFile) -> None:
        columns = ", ".join(f"{literal(each)}: 'VARCHAR'" for each in file.columns)
        cells = ", ".join(f"nullif(trim({identifier(each)}), '') AS {identifier(each)}" for each in file.columns)
        self._connection.execute(
            f"CREATE TABLE {identifier(file.name)} AS SELECT {cells} FROM read_csv({literal(file.path)}, "
            f"auto_detect = false, header = false, delim = {literal(file.delimiter)}, quote = '\"', escape = '\"', "
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
            found = self.read(query)
            if len(found[1]) > MAX_KEPT_ROWS or not query.startswith(("SELECT", "WITH")):
                return found
            self._answers[query] = found
        names, rows = self._answers[query]
        return names, list(rows)

    def read(self, query: str, most: int | None = None) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Return the column names of a query with its first `most` rows, or all of them; raises QueryError."""
        timer = Timer(QUERY_TIMEOUT, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            cursor = self._connection.execute(query)
            names = tuple(str(column[0]) for column in cursor.description or ())
            return names, cursor.fetchall() if most is None else cursor.fetchmany(most)
        except (duckdb.Error, ValueError, OverflowError) as problem:
            raise query_error(problem) from problem
        finally:
            timer.cancel()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def open_database(tables: Mapping[str, Records]) -> Database:
    """Return a database with some tables by their names; raises QueryError."""
    with write_table_files(tables) as files:
        return Database(files)


def query_error(problem: Exception) -> QueryError:
    """Return what an error of the database means."""
    reason = _first_line(str(problem))
    is_memory = isinstance(problem, duckdb.OutOfMemoryException | MemoryError) or bool(_NO_MEMORY.search(reason))
    return QueryMemoryError(reason) if is_memory else QueryError(reason)


def _first_line(text: str) -> str:
    """Return the first line of a message, without its error type."""
    line = text.strip().splitlines()[0] if text.strip() else "unknown error"
    _, colon, rest = line.partition("Error: ")
    return rest if colon else line
