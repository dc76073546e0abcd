"""Small Parquet files: written from texts, and read as texts."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from gri_builder.tables.sql.database import LOCKS, MAX_MEGABYTES, SETTINGS, query_error
from gri_builder.tables.sql.row_source import QueryError
from gri_builder.tables.sql.statements import identifier, literal

MAX_ROWS = 1_000_000
"""Rows of a file that is read."""
Rows = list[tuple[str | None, ...]]
"""Cells as texts; None for an empty one."""


def write_parquet(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str | None]]) -> bytes:
    """Return a Parquet file of columns, by name and SQL type; the same bytes for the same rows. Raises QueryError."""
    typed = ", ".join(f"CAST({identifier(name)} AS {kind}) AS {identifier(name)}" for name, kind in columns)
    texts = ", ".join(f"{literal(name)}: 'VARCHAR'" for name, _ in columns)
    with tempfile.TemporaryDirectory(prefix="gri-builder-") as folder:
        source, target = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with source.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
                ["" if cell is None else cell for cell in row] for row in rows
            )
        try:
            with duckdb.connect(":memory:", config={**SETTINGS, "memory_limit": f"{MAX_MEGABYTES}MiB"}) as database:
                database.execute(
                    f"COPY (SELECT {typed} FROM read_csv({literal(str(source))}, auto_detect = false, header = false, "
                    f"delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = true, "
                    f"columns = {{{texts}}}, max_line_size = 20000000)) TO {literal(str(target))} "
                    "(FORMAT parquet, COMPRESSION zstd)"
                )
        except duckdb.Error as problem:
            raise query_error(problem) from problem
        return target.read_bytes()


def read_parquet(data: bytes) -> tuple[tuple[str, ...], Rows]:
    """Return the column names and the rows of a Parquet file as texts; raises QueryError."""
    with tempfile.TemporaryDirectory(prefix="gri-builder-") as folder:
        file = Path(folder) / "rows.parquet"
        file.write_bytes(data)
        try:
            with duckdb.connect(":memory:", config={**SETTINGS, "memory_limit": f"{MAX_MEGABYTES}MiB"}) as database:
                source = f"read_parquet({literal(str(file))})"
                database.execute(f"CREATE TABLE rows AS SELECT * FROM {source} LIMIT {MAX_ROWS + 1}")
                for lock in LOCKS:
                    database.execute(lock)
                cursor = database.execute("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM rows")
                names = tuple(str(column[0]) for column in cursor.description or ())
                rows: Rows = cursor.fetchall()
        except duckdb.Error as problem:
            raise query_error(problem) from problem
    if len(rows) > MAX_ROWS:
        raise QueryError(f"it has more than {MAX_ROWS:,} rows")
    return names, rows
