"""Check rows in the database before they are aggregated: numbers, periods and keys, with findings at their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.series_context import MAX_DIGITS
from gri_builder.facts.sql.database import Database
from gri_builder.facts.sql.records import Records
from gri_builder.facts.sql.statements import (
    MAX_PRECISION,
    PLAIN_NUMBER,
    NumberColumn,
    identifier,
    is_one_of,
    literal,
    number_pattern,
)
from gri_builder.facts.tables.cell_values import NumberReader, split_number
from gri_builder.facts.tables.table import conflicting_spelling
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit
from gri_builder.source.nodes import Node
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.numbers import MISSING_VALUES, NumberFormat, decimal_sign, decimal_signs
from gri_builder.spreadsheets.table import Table, holds_numbers

MAX_SHOWN = 6
"""Invalid rows that are checked one by one."""
SAMPLE_SIZE = 10_000
"""Numbers with a point or comma from which the decimal sign is inferred."""
Chosen = Mapping[str, Sequence[str]]
"""Accepted texts of a column, by column."""


class LoadedRows(Struct, frozen=True):
    """Files whose rows are in the database."""

    database: Database
    tables: Mapping[str, Records]
    columns: Sequence[Mapping[str, int]]
    """For each table the column of each header, by the header's purpose, such as 'value' or 'by region'."""
    number_format: NumberFormat
    node: Node
    """The description."""

    def name(self, key: str) -> str:
        """Return the name of the column with a purpose."""
        return next(iter(self.tables.values())).columns[self.columns[0][key]]

    def has(self, key: str) -> bool:
        """Return whether a column has that purpose."""
        return key in self.columns[0]

    def query_all(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query over all tables together; '{}' in it is replaced by them."""
        union = " UNION ALL BY NAME ".join(f"SELECT * FROM {identifier(name)}" for name in self.tables)
        return self.database.rows(query.replace("{}", f"({union})"))

    def query_each(self, query: str, key: str) -> Iterator[tuple[Records, int, tuple[Any, ...]]]:
        """Yield the rows of a query over each table in turn, with its records and the column with a purpose."""
        for (path, records), columns in zip(self.tables.items(), self.columns, strict=True):
            for row in self.database.rows(query.replace("{}", identifier(path))):
                yield records, columns[key], row


def conditions(chosen: Chosen, *more: str) -> str:
    """Return the condition of chosen rows that meet some more conditions, for SQL."""
    return " AND ".join((*(is_one_of(column, wanted) for column, wanted in chosen.items()), *more)) or "true"


def _is_empty(column: str) -> str:
    """Return the condition that a column has no value."""
    cell = identifier(column)
    return f"({cell} IS NULL OR lower({cell}) IN ({', '.join(literal(each) for each in sorted(MISSING_VALUES))}))"


def has_value(loaded: LoadedRows, chosen: Chosen) -> str:
    """Return the condition for chosen rows that have a value, where the description names a column of values."""
    values = [f"NOT {_is_empty(loaded.name('value'))}"] if loaded.has("value") else []
    return conditions(chosen, *values)


def check_numbers(
    loaded: LoadedRows, key: str, chosen: Chosen, unit: Unit | None
) -> tuple[NumberColumn, list[Finding]]:
    """Return a column of numbers for SQL, and findings for rows whose number is missing, invalid or ambiguous."""
    column = loaded.name(key)
    cell, empty = identifier(column), _is_empty(column)
    filled = conditions(chosen, f"NOT {empty}")
    plain = f"regexp_full_match({cell}, {literal(PLAIN_NUMBER)})"
    is_formatted = bool(loaded.query_all(f"SELECT count(*) FROM {{}} WHERE {filled} AND NOT {plain}")[0][0])
    findings = [
        *_find_empty(loaded, key, conditions(chosen, empty)),
        *_find_invalid(loaded, key, filled, is_formatted, unit),
        *_find_split(loaded, key, filled),
    ]
    rows = loaded.query_all(f"SELECT DISTINCT lower({cell}) FROM {{}} WHERE {conditions(chosen, empty)} ORDER BY 1")
    words = tuple(word for (word,) in rows if word)
    number = NumberColumn(column, number_format=loaded.number_format if is_formatted else None, words=words)
    scale, whole = _count_digits(loaded, number, filled)
    if scale > MAX_DIGITS or whole > MAX_DIGITS or scale + whole > MAX_PRECISION - 6:
        message = f"a number under '{shorten(column)}' has too many digits"
        findings.append(error("wrong-value", message, loaded.node.where, f"round the numbers to {MAX_DIGITS} digits"))
    return replace(number, scale=scale), findings


def _count_digits(loaded: LoadedRows, number: NumberColumn, filled: str) -> tuple[int, int]:
    """Return the maximum number of digits after and before the decimal sign."""
    valid = f"regexp_full_match({identifier(number.column)}, {literal(number_pattern(loaded.number_format))})"
    decimals, whole = (f"max(length(split_part({number.plain}, '.', {part})))" for part in (2, 1))
    row = loaded.query_all(f"SELECT {decimals}, {whole} FROM {{}} WHERE {filled} AND {valid}")[0]
    return int(row[0] or 0), int(row[1] or 0)


def _find_empty(loaded: LoadedRows, key: str, condition: str) -> Iterator[Finding]:
    """Yield a warning for each file that has rows without a value."""
    query = f"SELECT count(*), min(rowid) FROM {{}} WHERE {condition}"
    for records, column, (count, first) in loaded.query_each(query, key):
        if count:
            rows, left = ("one row has", "is") if count == 1 else (f"{count:,} rows have", "are")
            message = f"{rows} no value under '{shorten(records.columns[column])}', and {left} left out"
            hint = "write the values; a missing value is not zero"
            yield warning("empty-value", message, records.where(first, column), hint)


def _find_invalid(
    loaded: LoadedRows, key: str, filled: str, is_formatted: bool, unit: Unit | None
) -> Iterator[Finding]:
    """Yield the findings for numbers that are invalid or ambiguous; the first such rows are read like table cells."""
    cell = identifier(loaded.name(key))
    signed = f"(contains({cell}, '.') OR contains({cell}, ','))"
    rows = loaded.query_all(f"SELECT {cell} FROM {{}} WHERE {filled} AND {signed} LIMIT {SAMPLE_SIZE}")
    sample = [text for (text,) in rows]
    signs = decimal_signs(sample)
    invalid = f"NOT regexp_full_match({cell}, {literal(number_pattern(loaded.number_format))})"
    invalid = invalid if is_formatted else "false"
    ambiguous = next((text for text in sample if decimal_sign(text) == "?"), None)
    if ambiguous is not None and loaded.number_format.decimal not in signs:
        invalid = f"({invalid} OR {cell} = {literal(ambiguous)})"
    query = f"SELECT rowid, * FROM {{}} WHERE {filled} AND {invalid} ORDER BY rowid LIMIT {MAX_SHOWN}"
    declared = loaded.node.get("locale") is not None
    for records, column, (record, *cells) in loaded.query_each(query, key):
        row = records.row(record, cells)
        table = Table(replace(records.sheet, rows=(records.table.header, row), merged={}), 0)
        reader = NumberReader(table, loaded.number_format, declared, unit or _plain_unit(), True, signs)
        yield from reader.read(row, column)[1]


def _find_split(loaded: LoadedRows, key: str, filled: str) -> Iterator[Finding]:
    """Yield findings for numbers that an unquoted comma may have split, as the next column holds no other numbers."""
    for (path, records), columns in zip(loaded.tables.items(), loaded.columns, strict=True):
        column, table = columns[key], identifier(path)
        if records.sheet.delimiter != "," or records.sheet.name is not None or column + 1 >= len(records.columns):
            continue
        cell, following = (identifier(records.columns[place]) for place in (column, column + 1))
        counts = loaded.database.rows(
            f"SELECT count(*), count({following}), count(*) FILTER (regexp_matches({following}, '^[0-9]')), "
            f"count(*) FILTER (regexp_full_match({following}, '[0-9]{{3}}')) FROM {table}"
        )[0]
        rest = "0[0-9]{2}" if holds_numbers(*counts) else r"[0-9]+(\.[0-9]+)?"
        split = f"regexp_full_match({cell}, '[-+]?[0-9]{{1,3}}') AND regexp_full_match({following}, '{rest}')"
        condition = f"{filled} AND {split} ORDER BY rowid LIMIT {MAX_SHOWN}"
        for record, text, more in loaded.database.rows(
            f"SELECT rowid, {cell}, {following} FROM {table} WHERE {condition}"
        ):
            yield split_number(text, more, records.where(record, column))


def _plain_unit() -> Unit:
    unit = find_unit("count")
    assert unit is not None
    return unit


def check_keys(loaded: LoadedRows, chosen: Chosen) -> Iterator[Finding]:
    """Yield findings for members and keys that are missing or spelt in two ways, which would separate their rows."""
    for key in (key for key in loaded.columns[0] if key.startswith(("by ", "each "))):
        cell = identifier(loaded.name(key))
        spellings: dict[str, str] = {}
        query = f"SELECT {cell}, min(rowid), count(*) FROM {{}} WHERE {conditions(chosen)} GROUP BY 1 ORDER BY 2"
        for records, column, (text, first, count) in loaded.query_each(query, key):
            if text is None:
                more = f", nor have {count - 1:,} more" if count > 1 else ""
                message = f"the row has no '{shorten(loaded.name(key))}'{more}"
                where = records.where(first, column)
                yield error("empty-key", message, where, "write it, or choose rows: where: …")
            elif (other := spellings.setdefault(casefold_key(text), text)) != text:
                yield conflicting_spelling(text, other, records.sheet, records.numbers[first], column)
