"""An SQL database in memory: it holds rows of a report's files and reaches nothing else. The importer of DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from gri_builder.facts.sql.records import Records
from gri_builder.facts.sql.statements import identifier, literal

LONGEST = 60.0
"""Seconds after which a query is given up."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # sums of binary fractions come out the same on every machine
    "memory_limit": "2GB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
LOCKS = ("SET enable_external_access = false", "SET lock_configuration = true")


class QueryError(Exception):
    """The database refused a query, or gave it up; the text says why, in its words."""


class Database:
    """The rows of some files, by name of the table; every cell is a text, or NULL where it is empty."""

    def __init__(self, tables: Mapping[str, Records]) -> None:
        self._connection = duckdb.connect(":memory:", config=SETTINGS)
        with tempfile.TemporaryDirectory(prefix="gri-builder-") as room:
            for number, (name, records) in enumerate(tables.items()):
                self._load(Path(room) / f"{number}.csv", name, records)
        for lock in LOCKS:
            self._connection.execute(lock)

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
        """Return names of columns and rows of a query; raises QueryError."""
        timer = Timer(LONGEST, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            cursor = self._connection.execute(query)
            names = tuple(str(column[0]) for column in cursor.description or ())
            return names, cursor.fetchall()
        except (duckdb.Error, ValueError, OverflowError) as fault:
            raise QueryError(_first_line(str(fault))) from fault
        finally:
            timer.cancel()

    def close(self) -> None:
        """Let go of the rows."""
        self._connection.close()


def statements(query: str) -> Sequence[str]:
    """Return the kinds of the statements of a text, e.g. 'SELECT'; raises QueryError where it is no SQL."""
    try:
        return [each.type.name for each in duckdb.extract_statements(query)]
    except duckdb.Error as fault:
        raise QueryError(_first_line(str(fault))) from fault


def _first_line(text: str) -> str:
    """Return the first line of a message, without the words that say what kind it is."""
    line = text.strip().splitlines()[0] if text.strip() else "it can't be run"
    _, colon, rest = line.partition("Error: ")
    return rest if colon else line
