"""The Parquet files of a survey, and the database made of them. The only module of the survey that knows DuckDB.

`TABLE/part-00001.parquet` holds the rows of a batch of PDFs, in one row group. The files of a batch, one of each table,
are replaced as one: all of them are new or all old, whatever ends the program.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from msgspec import Struct

from gri_builder.storage.file_sets import recover_folder, write_set
from gri_builder.survey.tables import FILES, TABLES, VIEWS, ResultTable
from gri_builder.tables.sql.statements import identifier, literal

DATABASE = "survey.duckdb"
_PART = re.compile(r"part-(\d{5,})\.parquet")
_ROWS = 100_000_000
"""Rows of a row group: more than a batch has."""


class ResultsError(Exception):
    """The results of an earlier run can't be read; the text gives the reason."""


class Known(Struct, frozen=True):
    """What the results say of a PDF."""

    batch: int
    status: str
    sha256: str
    program: str
    settings: str
    labels: Mapping[str, str]


def part_name(batch: int) -> str:
    """Return the name of the files of a batch."""
    return f"part-{batch:05}.parquet"


def read_known(folder: Path) -> dict[str, Known]:
    """Return what the results hold, by file; nothing for a new folder. Raises ResultsError, or OSError."""
    if (folder / FILES.name).is_dir():
        recover_folder(folder)
    known: dict[str, Known] = {}
    names = sorted(path.name for path in (folder / FILES.name).glob("part-*.parquet"))
    with _connect() as connection:
        for name in names:
            batch = _PART.fullmatch(name)
            if batch is None:
                continue
            source = literal(str(folder / FILES.name / name))
            query = f"SELECT file, status, sha256, program, settings, labels FROM read_parquet({source})"  # noqa: S608
            for row in _fetch(connection, query, folder / FILES.name / name):
                file, status, sha256, program, settings = (value or "" for value in row[:5])
                known[file] = Known(int(batch[1]), status, sha256, program, settings, row[5] or {})
    return known


def _fetch(connection: duckdb.DuckDBPyConnection, query: str, place: Path) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(query).fetchall()
    except duckdb.Error as problem:
        reason = next(iter(str(problem).splitlines()), "")
        message = f"'{place}' can't be read: {reason}; remove the files of that name in all folders, and run again"
        raise ResultsError(message) from problem


def write_batch(folder: Path, batch: int, fresh: Sequence[Mapping[str, bytes]], gone: Collection[str] = ()) -> None:
    """Put the rows of some PDFs into the files of a batch; the other rows stay, except those of the PDFs in `gone`.

    `fresh` has the rows of each PDF by table, as lines of JSON. Raises OSError or ResultsError.
    """
    with tempfile.TemporaryDirectory(prefix="gri-builder-") as place, _connect() as connection:
        room = Path(place)
        for table in TABLES:
            _write_lines(room / f"{table.name}.json", (rows[table.name] for rows in fresh))
        _execute(connection, "CREATE TABLE gone (file VARCHAR)", folder)
        if gone:
            connection.executemany("INSERT INTO gone VALUES (?)", [[file] for file in sorted(gone)])
        replaced = f"INSERT INTO gone SELECT file FROM {_read_lines(FILES, room)}"  # noqa: S608
        _execute(connection, replaced, folder)
        for table in TABLES:
            _write_table(connection, table, room, folder / table.name / part_name(batch))
        files = {f"{each.name}/{part_name(batch)}": (room / f"{each.name}.parquet").read_bytes() for each in TABLES}
    write_set(files, folder)


def _write_lines(file: Path, lines: Iterable[bytes]) -> None:
    with file.open("wb") as stream:
        stream.writelines(lines)


def _read_lines(table: ResultTable, room: Path) -> str:
    """Return the table function that reads lines of JSON."""
    columns = ", ".join(f"{literal(each.name)}: {literal(each.type)}" for each in table.columns)
    file = literal(str(room / f"{table.name}.json"))
    return f"read_json({file}, format = 'newline_delimited', columns = {{{columns}}}, maximum_object_size = 1000000000)"


def _write_table(connection: duckdb.DuckDBPyConnection, table: ResultTable, room: Path, old: Path) -> None:
    names = ", ".join(identifier(each.name) for each in table.columns)
    source = f"SELECT * FROM {_read_lines(table, room)}"  # noqa: S608
    if old.exists():
        kept = f"SELECT * FROM read_parquet({literal(str(old))}) WHERE file NOT IN (SELECT file FROM gone)"  # noqa: S608
        source = f"{source} UNION ALL BY NAME {kept}"
    target = literal(str(room / f"{table.name}.parquet"))
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS}"
    _execute(connection, f"COPY (SELECT {names} FROM ({source}) ORDER BY {table.order}) TO {target} ({options})", old)  # noqa: S608


def _execute(connection: duckdb.DuckDBPyConnection, query: str, place: Path) -> None:
    _fetch(connection, query, place)


def _connect(database: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """Return a connection with one thread, so that rows keep their order and files their bytes."""
    return duckdb.connect(database, config={"threads": 1})


def write_database(folder: Path) -> Path:
    """Write the database of all batches, beside its place, and put it there. Raises OSError or ResultsError."""
    from secrets import token_hex

    from gri_builder.storage.leftovers import PREFIX

    place, new = folder / DATABASE, folder / f"{PREFIX}{token_hex(8)}.part"
    try:
        with _connect(str(new)) as connection:
            for table in TABLES:
                columns = ", ".join(f"{identifier(each.name)} {each.type}" for each in table.columns)
                _execute(connection, f"CREATE TABLE {table.name} ({columns})", folder)
                pattern = literal(str(folder / table.name / "part-*.parquet"))
                names = ", ".join(identifier(each.name) for each in table.columns)
                rows = f"SELECT {names} FROM read_parquet({pattern}, union_by_name = true)"  # noqa: S608
                _execute(connection, f"INSERT INTO {table.name} {rows} ORDER BY {table.order}", folder)
                for each in table.columns:
                    note = f"COMMENT ON COLUMN {table.name}.{identifier(each.name)} IS {literal(each.meaning)}"
                    _execute(connection, note, folder)
            for view in VIEWS:
                _execute(connection, f"CREATE VIEW {view.name} AS {view.query}", folder)
                _execute(connection, f"COMMENT ON VIEW {view.name} IS {literal(view.meaning)}", folder)
        new.replace(place)
    finally:
        for left in (new, new.with_name(f"{new.name}.wal")):
            left.unlink(missing_ok=True)
    return place


class Results:
    """The database of a survey, to be asked."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / DATABASE
        self._connection = duckdb.connect(str(self._place), read_only=True, config={"threads": 1})

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return _fetch(self._connection, query, self._place)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
