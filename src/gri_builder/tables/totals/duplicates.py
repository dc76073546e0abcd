"""Find rows that are equal in every column, which may have been exported twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, error
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of
from gri_builder.tables.row_checks import Chosen, LoadedRows, has_value
from gri_builder.tables.sql.statements import identifier

MAX_REPEATED = 5_000
"""Groups of equal rows that are searched for."""
_FILE, _RECORD = "gri-builder file", "gri-builder record"
"""Names of columns for the place of a row, which no file has."""


class DuplicatesMode(StrEnum):
    """What a description says about rows that are equal in every column."""

    KEEP = "keep"
    """Count each."""
    DROP = "drop"
    """Count them once."""


def read_duplicates_mode(node: Node) -> DuplicatesMode | None:
    """Return what 'duplicates' says; None where nothing is said."""
    text = text_of(node.get("duplicates"))
    return DuplicatesMode(text) if text in list(DuplicatesMode) else None


def find_duplicates(loaded: LoadedRows, chosen: Chosen) -> list[Finding]:
    """Return an error for rows with a value that are equal in every column, at the first that repeats another."""
    for each in _comparable(loaded):
        if found := _find_repeated(each, _list_columns(each), has_value(each, chosen), "count(*)"):
            return [_equal_rows(each, found)]
    return []


def _comparable(loaded: LoadedRows) -> Iterator[LoadedRows]:
    """Yield the files whose rows may repeat each other: all, or each alone where rows have nothing but a value.

    Files for one site each, without a column for the site, may have the same value in a month.
    """
    known = {loaded.name(key) for key in ("period", "value") if loaded.has(key)}
    if any(name not in known for records in loaded.tables.values() for name in records.columns):
        yield loaded
        return
    for (path, records), columns in zip(loaded.tables.items(), loaded.columns, strict=True):
        yield replace(loaded, tables={path: records}, columns=(columns,))


def find_repeated_keys(loaded: LoadedRows, chosen: Chosen, period: str | None) -> Iterator[Finding]:
    """Yield an error for each period of an expected combination that has several rows.

    `period` is the expression for a row's period in SQL; None where all rows are of one.
    """
    keys = [loaded.name(key) for key in loaded.columns[0] if key.startswith("each ")]
    columns = ", ".join((*map(identifier, keys), *([period] if period else ())))
    # Rows that are equal in every column count as one where the description says what to do with them.
    is_declared = read_duplicates_mode(loaded.node) is not None
    count = f"count(DISTINCT hash({_list_columns(loaded)}))" if is_declared else "count(*)"
    column = loaded.name("period") if period else keys[0] if keys else None
    for each in _find_repeated(loaded, columns, has_value(loaded, chosen), count):
        times = "for the second time" if each.rows == 2 else f"{each.rows} times"
        message = f"the row occurs {times}; the first is in {_name_place(loaded, each, 'row')}"
        hint = "remove one; or name under 'each' the column in which they differ"
        yield error("duplicate-row", message, _where(loaded, each, column), hint)


class _Repeated(NamedTuple):
    """Rows that are equal in some columns."""

    first: tuple[int, int]
    """Number of its file and record, from 0."""
    second: tuple[int, int]
    rows: int
    """How many rows are equal."""


def _list_columns(loaded: LoadedRows) -> str:
    """Return the columns of all files, for SQL."""
    names = dict.fromkeys(name for records in loaded.tables.values() for name in records.columns)
    return ", ".join(map(identifier, names))


def _find_repeated(loaded: LoadedRows, columns: str, filled: str, count: str) -> list[_Repeated]:
    """Return the rows that are equal in some columns, in one file or in several; `count` is how they are counted."""
    # Comparing hashes is many times as fast, and most files have no equal rows.
    rows, different = loaded.query_all(f"SELECT {count}, count(DISTINCT hash({columns})) FROM {{}} WHERE {filled}")[0]
    if different == rows:
        return []
    file, record = identifier(_FILE), identifier(_RECORD)
    union = " UNION ALL BY NAME ".join(
        f"SELECT *, {place} AS {file}, rowid AS {record} FROM {identifier(path)}"
        for place, path in enumerate(loaded.tables)
    )
    found = loaded.database.rows(
        f"SELECT list([{file}, {record}] ORDER BY {file}, {record}) AS places, {count} FROM ({union}) "
        f"WHERE {filled} GROUP BY {columns} HAVING {count} > 1 ORDER BY places[1] LIMIT {MAX_REPEATED}"
    )
    return [_Repeated((places[0][0], places[0][1]), (places[1][0], places[1][1]), number) for places, number in found]


def _where(loaded: LoadedRows, each: _Repeated, column: str | None = None) -> Location:
    """Return the place of the row that repeats another, at a column or at its first cell."""
    file, record = each.second
    records = list(loaded.tables.values())[file]
    return records.where(record, records.columns.index(column) if column in records.columns else 0)


def _name_place(loaded: LoadedRows, each: _Repeated, kind: str) -> str:
    """Return where the first of some equal rows is, in words."""
    file, record = each.first
    path, records = list(loaded.tables.items())[file]
    return f"{kind} {records.numbers[record]}" + ("" if file == each.second[0] else f" of {path}")


def _equal_rows(loaded: LoadedRows, found: Sequence[_Repeated]) -> Finding:
    """Return the finding for rows that are equal in every column."""
    first = min(found, key=lambda each: each.second)
    is_sheet = list(loaded.tables.values())[first.first[0]].sheet.name is not None
    times = f", and occurs {first.rows} times" if first.rows > 2 else ""
    others = sum(each.rows - 1 for each in found) - (first.rows - 1)
    more = f"; {others:,} more {'row repeats' if others == 1 else 'rows repeat'} another" if others else ""
    place = _name_place(loaded, first, "row" if is_sheet else "line")
    message = f"the row is equal to {place} in every column{times}{more}"
    hint = (
        "remove it if it was exported twice; or write under 'aggregate': duplicates: drop, to count such rows once, "
        "or duplicates: keep, to count each"
    )
    return error("duplicate-row", message, _where(loaded, first), hint)
