"""Check rows in the database before they are aggregated: numbers, periods and keys, with findings at their lines."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.limits.limits import NUMBER_CHARACTERS
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit
from gri_builder.source.nodes import Node
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.formulas import find_uncalculated_cells
from gri_builder.spreadsheets.numbers import AMBIGUOUS_NUMBER, MISSING_VALUES, SPACES, NumberFormat, certain_pattern
from gri_builder.spreadsheets.table import Table, holds_numbers
from gri_builder.tables.cells.cell_formats import SHARE
from gri_builder.tables.cells.cell_values import SPLIT_REST, SPLIT_START, NumberReader, split_number
from gri_builder.tables.cells.decimal_evidence import DecimalEvidence, decide_number_format
from gri_builder.tables.cells.percentages import MAX_FRACTION, mixed_percentage
from gri_builder.tables.cells.workbook_columns import check_workbook_column, weigh_workbook
from gri_builder.tables.series_context import MAX_DIGITS
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import RowSource
from gri_builder.tables.sql.statements import (
    MAX_PRECISION,
    PLAIN_NUMBER,
    NumberColumn,
    identifier,
    is_one_of,
    literal,
    number_pattern,
    plain_number,
)
from gri_builder.tables.table import conflicting_spelling

MAX_SHOWN = 6
"""Invalid rows that are checked one by one."""
Chosen = Mapping[str, Sequence[str]]
"""Accepted texts of a column, by column."""


class LoadedRows(Struct, frozen=True):
    """Files whose rows are in the database."""

    database: RowSource
    tables: Mapping[str, Records]
    columns: Sequence[Mapping[str, int]]
    """For each table the column of each header, by the header's purpose, such as 'value' or 'by region'."""
    number_format: NumberFormat
    node: Node
    """The description."""
    adjusted: Mapping[str, Container[tuple[int, int]]] = {}
    """By path, row number and column of cells whose text was adjusted as the description states."""

    def name(self, key: str) -> str:
        """Return the name of the column with a purpose."""
        return next(iter(self.tables.values())).columns[self.columns[0][key]]

    def has(self, key: str) -> bool:
        """Return whether a column has that purpose."""
        return key in self.columns[0]

    def columns_of(self, key: str) -> list[tuple[Records, int]]:
        """Return the column with a purpose in each table."""
        return [(records, columns[key]) for records, columns in zip(self.tables.values(), self.columns, strict=True)]

    def printed(self, query: str) -> str:
        """Return a query as it is run over the files themselves, in which columns may be rows."""
        for name, records in self.tables.items():
            if records.select:
                query = query.replace(f"FROM {identifier(name)}", f"FROM {records.select}")
        return query

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
    unit = unit or _plain_unit()
    notation = _find_notation(loaded, key, filled, unit)
    findings = [
        *_find_empty(loaded, key, conditions(chosen, empty)),
        *notation.findings,
        *(_find_invalid(loaded, key, filled, notation, unit) if not notation.findings else ()),
        *_find_split(loaded, key, filled),
        *_find_mixed(loaded, key, filled, notation),
        *(check_workbook_column(loaded.columns_of(key), filled, loaded.database, unit)),
    ]
    rows = loaded.query_all(f"SELECT DISTINCT lower({cell}) FROM {{}} WHERE {conditions(chosen, empty)} ORDER BY 1")
    words = tuple(word for (word,) in rows if word)
    number = NumberColumn(column, number_format=notation.sql_format, words=words)
    scale, whole = _count_digits(loaded, number, filled, notation)
    is_known = any(finding.rule == "number-out-of-range" for finding in findings)
    if not is_known and (scale > MAX_DIGITS or whole > MAX_DIGITS or scale + whole > MAX_PRECISION - 6):
        message = f"a number under '{shorten(column)}' has too many digits"
        findings.append(error("wrong-value", message, loaded.node.where, f"round the numbers to {MAX_DIGITS} digits"))
    return replace(number, scale=scale), findings


class Notation(Struct, frozen=True):
    """How the numbers of a column are written."""

    decimals: Sequence[DecimalEvidence]
    """What each file shows of it."""
    number_format: NumberFormat
    """How the numbers are read."""
    is_plain: bool
    """Whether all are plain digits with a decimal point."""
    has_percent: bool
    """Whether some have a per cent sign."""
    findings: Sequence[Finding] = ()
    """Errors about numbers that have another notation than the others of their column."""

    @property
    def sql_format(self) -> NumberFormat | None:
        """How the numbers are read by SQL; None where they need no change."""
        return None if self.is_plain and self.number_format.decimal == "." else self.number_format

    @property
    def pattern(self) -> str:
        """Regular expression of valid numbers, as a literal."""
        return literal(number_pattern(self.number_format, self.has_percent))


def _find_notation(loaded: LoadedRows, key: str, filled: str, unit: Unit) -> Notation:
    """Return how the numbers of a column are written, by all its numbers with a point or comma."""
    cell = identifier(loaded.name(key))
    signs = f"%{SPACES}" if unit.dimension == SHARE else SPACES
    bare = f"trim({cell}, {literal(signs)})"
    signed = f"(contains({cell}, '.') OR contains({cell}, ','))"
    query = (
        f"SELECT count(*) FILTER (NOT regexp_full_match({cell}, {literal(PLAIN_NUMBER)})), "
        f"count(*) FILTER ({signed}), count(*) FILTER (ends_with({cell}, '%')) FROM {{}} WHERE {filled}"
    )
    rows = [(records, row) for records, _, row in loaded.query_each(query, key)]
    texts = [row for records, row in rows if records.sheet.name is None]
    odd, with_sign = (sum(row[place] for row in texts) for place in range(2))
    points, commas = _count_certain(loaded, bare, f"{filled} AND {signed}", is_plain=not odd) if with_sign else (0, 0)
    is_declared, default = loaded.node.get("locale") is not None, loaded.number_format
    if not with_sign and not odd:
        default = replace(default, decimal=".")
    others = _other_signs(loaded, key) if with_sign and not points + commas else frozenset[str]()
    counts, decimals, findings = {".": points, ",": commas}, list[DecimalEvidence](), list[Finding]()
    for records, column in loaded.columns_of(key):
        if records.sheet.name is None:
            decimals.append(decide_number_format(default, is_declared, counts, others, records.sheet))
        else:
            evidence, more = weigh_workbook(records, column, loaded.number_format, is_declared)
            decimals.append(evidence)
            findings += more
    evident = [each for each, (_, row) in zip(decimals, rows, strict=True) if row[1]]
    if len({each.number_format.decimal for each in evident}) > 1:
        hint = "make a series of each file, and add them up: derive: {sum: […]}"
        findings.append(error("decimal-sign", "the files have different decimal signs", loaded.node.where, hint))
    is_plain, percent = not any(row[0] for _, row in rows), sum(row[2] for _, row in rows)
    has_percent = percent > 0 and unit.dimension == SHARE
    return Notation(decimals, (evident or decimals)[0].number_format, is_plain, has_percent, findings)


def _count_certain(loaded: LoadedRows, bare: str, condition: str, is_plain: bool) -> tuple[int, int]:
    """Return how many numbers certainly have a decimal point, and a comma; plain digits can only have a point.

    `bare` is the expression for the numbers without signs at their ends.
    """
    point, comma = (f"regexp_full_match({bare}, {literal(certain_pattern(sign))})" for sign in ".,")
    if is_plain:
        return len(loaded.query_all(f"SELECT 1 FROM {{}} WHERE {condition} AND {point} LIMIT 1")), 0
    tests = f"count(*) FILTER ({point}), count(*) FILTER ({comma})"
    points, commas = loaded.query_all(f"SELECT {tests} FROM {{}} WHERE {condition}")[0]
    return int(points), int(commas)


def _other_signs(loaded: LoadedRows, key: str) -> frozenset[str]:
    """Return the certain decimal signs in all rows of a column, else in other columns of the first rows."""
    cell = identifier(loaded.name(key))
    tests = ", ".join(f"count(*) FILTER (regexp_full_match({cell}, {literal(certain_pattern(each))}))" for each in ".,")
    counts = zip(".,", loaded.query_all(f"SELECT {tests} FROM {{}}")[0], strict=True)
    found = frozenset(sign for sign, count in counts if count)
    return found or frozenset().union(*(records.table.decimal_signs for records in loaded.tables.values()))


def _count_digits(loaded: LoadedRows, number: NumberColumn, filled: str, notation: Notation) -> tuple[int, int]:
    """Return the maximum number of digits after and before the decimal sign."""
    valid = f"regexp_full_match({identifier(number.column)}, {notation.pattern})"
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


def _find_invalid(loaded: LoadedRows, key: str, filled: str, notation: Notation, unit: Unit) -> Iterator[Finding]:
    """Yield the findings for numbers that are invalid or ambiguous; the first such rows are read like table cells."""
    cell = identifier(loaded.name(key))
    invalid = "false" if notation.sql_format is None else f"NOT regexp_full_match({cell}, {notation.pattern})"
    if not all(each.is_certain for each in notation.decimals):
        invalid = f"({invalid} OR regexp_full_match({cell}, {literal(AMBIGUOUS_NUMBER)}))"
    invalid = f"({invalid} OR length({cell}) > {NUMBER_CHARACTERS.most})"
    query = f"SELECT rowid, * FROM {{}} WHERE {filled} AND {invalid} ORDER BY rowid LIMIT {MAX_SHOWN}"
    evidence = dict(zip(loaded.tables, notation.decimals, strict=True))
    for records, column, (record, *cells) in loaded.query_each(query, key):
        row = records.row(record, cells)
        table = Table(replace(records.sheet, rows=(records.table.header, row), merged={}), 0)
        place = records.place(record, column)
        adjusted = loaded.adjusted.get(records.name, ())
        number, found = NumberReader(table, evidence[records.name], unit, True, adjusted).read(row, place)
        yield from found or [_unreadable(row.cell(place).text, records.where(record, column), number)]


def _unreadable(text: str, where: Location, number: Decimal | None) -> Finding:
    """Return the finding for a number that a table would read, but that can't be added up."""
    example = f", such as {number}" if number is not None else ""
    message = f"'{shorten(text)}' is not a number that can be added up"
    return error("text-in-numbers", message, where, f"write it with digits and a decimal sign only{example}")


def _find_mixed(loaded: LoadedRows, key: str, filled: str, notation: Notation) -> Iterator[Finding]:
    """Yield errors about numbers that may be fractions of one, as others have a per cent sign."""
    if not notation.has_percent:
        return
    cell = identifier(loaded.name(key))
    number = f"TRY_CAST({plain_number(loaded.name(key), notation.number_format)} AS DOUBLE)"
    small = f"NOT ends_with({cell}, '%') AND {number} != 0 AND abs({number}) <= {MAX_FRACTION}"
    query = f"SELECT rowid, {cell}, {plain_number(loaded.name(key), notation.number_format)} FROM {{}} "
    query += f"WHERE {filled} AND {small} ORDER BY rowid LIMIT {MAX_SHOWN}"
    for records, column, (record, text, plain) in loaded.query_each(query, key):
        if records.sheet.name is None:
            yield mixed_percentage(text, Decimal(plain), records.where(record, column))


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
        rest = f"{following} LIKE '0%' AND " if holds_numbers(*counts) else ""
        rest += f"regexp_full_match({following}, {literal(SPLIT_REST)})"
        split = f"regexp_full_match({cell}, {literal(SPLIT_START)}) AND {rest}"
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
    for key in (key for key in loaded.columns[0] if key not in ("value", "weight")):
        for records, column in loaded.columns_of(key):
            yield from find_uncalculated_cells(records.table, (column,))
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
