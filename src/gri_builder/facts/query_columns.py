"""The columns that a query reads: numbers become exact decimals, and those that can't be read surely are reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from gri_builder.model.finding import Finding, Severity
from gri_builder.model.units import Unit
from gri_builder.spreadsheets.cells import EMPTY, Cell, Row
from gri_builder.spreadsheets.formulas import find_uncalculated_cells
from gri_builder.spreadsheets.numbers import AMBIGUOUS_NUMBER, NumberFormat, certain_pattern
from gri_builder.tables.cells.cell_values import NumberReader
from gri_builder.tables.cells.decimal_evidence import DecimalEvidence, decide_number_format
from gri_builder.tables.cells.workbook_columns import check_workbook_column
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import RowSource
from gri_builder.tables.sql.statements import (
    MAX_PRECISION,
    PLAIN_NUMBER,
    identifier,
    literal,
    number_pattern,
    plain_number,
)

MAX_TESTED = 50
"""Columns that one query tests; the time of a query grows with the square of their number."""
TEXT_TABLE = "{} as text"
"""Name of the table with the texts of the cells, by the name of the view with the numbers."""


class QueriedTable(Struct, frozen=True):
    """A table of a query."""

    name: str
    records: Records
    named: frozenset[int]
    """Columns that the query names."""
    number_format: NumberFormat
    is_declared: bool
    """Whether the description states the number format."""

    @property
    def raw(self) -> str:
        """Name of the table with the texts, quoted for SQL."""
        return identifier(TEXT_TABLE.format(self.name))


def create_typed_view(database: RowSource, table: QueriedTable, unit: Unit) -> list[Finding]:
    """Create the view in which columns of numbers are exact decimals, and return findings about their numbers.

    Plain digits are numbers, others only if the description states the number format, as a query may read texts.
    """
    columns = [identifier(each) for each in table.records.columns]
    patterns = [PLAIN_NUMBER, *([number_pattern(table.number_format)] if table.is_declared else [])]
    stretches = [columns[start : start + MAX_TESTED] for start in range(0, len(columns), MAX_TESTED)]
    stats = [stat for stretch in stretches for stat in _measure(database, table, stretch, patterns)]
    shown: list[str] = []
    findings: list[Finding] = []
    for place, (cell, stat) in enumerate(zip(columns, stats, strict=True)):
        format = None
        has_signs = stat["points"] + stat["commas"] and (stat["plain"] or stat["declared"])
        if has_signs and place in table.named and _has_texts(table.records, place):
            evidence = _weigh(database, table, cell)
            findings += _find_unsure(database, table, place, evidence, unit)
            format = evidence.number_format if table.is_declared else None
        is_number = stat["declared"] if format else stat["plain"]
        shown.append(_typed(table.records.columns[place], format, database, table) if is_number else cell)
    database.rows(f"CREATE OR REPLACE VIEW {identifier(table.name)} AS SELECT {', '.join(shown)} FROM {table.raw}")
    return [*findings, *_check_workbook(database, table, unit)]


def _has_texts(records: Records, column: int) -> bool:
    """Return whether a column has numbers stored as text; those of a workbook's numeric cells are read surely."""
    return records.sheet.name is None or bool(records.table.count_signs(column))


def _measure(
    database: RowSource, table: QueriedTable, columns: Sequence[str], patterns: Sequence[str]
) -> list[Mapping[str, Any]]:
    """Return for each column whether all its cells are plain numbers, or numbers as declared, and count its signs."""
    tests = ", ".join(
        ", ".join(
            (
                *(f"coalesce(bool_and(regexp_full_match({cell}, {literal(each)})), false)" for each in patterns),
                *(f"count(*) FILTER (contains({cell}, '{sign}'))" for sign in ".,"),
            )
        )
        for cell in columns
    )
    row, width = database.rows(f"SELECT {tests} FROM {table.raw}")[0], len(patterns) + 2
    found = [row[place * width : (place + 1) * width] for place in range(len(columns))]
    return [
        {"plain": each[0], "declared": len(patterns) > 1 and each[1], "points": each[-2], "commas": each[-1]}
        for each in found
    ]


def _weigh(database: RowSource, table: QueriedTable, cell: str) -> DecimalEvidence:
    tests = ", ".join(f"count(*) FILTER (regexp_full_match({cell}, {literal(certain_pattern(sign))}))" for sign in ".,")
    points, commas = database.rows(f"SELECT {tests} FROM {table.raw}")[0]
    counts, sheet = {".": points, ",": commas}, table.records.sheet
    return decide_number_format(table.number_format, table.is_declared, counts, (), sheet)


def _find_unsure(
    database: RowSource, table: QueriedTable, column: int, evidence: DecimalEvidence, unit: Unit
) -> Iterator[Finding]:
    """Yield an error where nothing shows how a column is read, or where it contradicts its declared number format."""
    is_read_as_plain = evidence.number_format.decimal == "."
    if evidence.is_certain or (is_read_as_plain and not evidence.is_contradicted):
        return
    cell, records = identifier(table.records.columns[column]), table.records
    pattern = literal(AMBIGUOUS_NUMBER if not evidence.signs else certain_pattern(evidence.number_format.other))
    condition = f"regexp_full_match({cell}, {pattern})"
    query = f"SELECT rowid, {cell} FROM {table.raw} WHERE {condition} ORDER BY rowid LIMIT 1"
    for record, text in database.rows(query):
        refused = DecimalEvidence(
            evidence.number_format, evidence.is_declared, frozenset(), evidence.number_format.other
        )
        row = Row(records.numbers[record], (*([EMPTY] * column), Cell("text", text)))
        reader = NumberReader(records.table, refused if not evidence.signs else evidence, unit, True)
        yield from (each for each in reader.read(row, column)[1] if each.severity is Severity.ERROR)


def _typed(column: str, format: NumberFormat | None, database: RowSource, table: QueriedTable) -> str:
    """Return the expression for a column as exact decimals."""
    plain, cell = plain_number(column, format), identifier(column)
    query = f"SELECT coalesce(max(length(split_part({plain}, '.', 2))), 0) FROM {table.raw}"
    scale = int(database.rows(query)[0][0])
    return f"CAST({plain} AS DECIMAL({MAX_PRECISION}, {scale})) AS {cell}" if scale < MAX_PRECISION else cell


def _check_workbook(database: RowSource, table: QueriedTable, unit: Unit) -> Iterator[Finding]:
    """Yield findings for cells of a workbook that the query reads; units of other columns than values are unknown."""
    columns = sorted(table.named)
    yield from find_uncalculated_cells(table.records.table, columns)
    numbers = [(table.records, column) for column in columns]
    for finding in check_workbook_column(numbers, "true", database, unit, table.raw):
        if finding.rule not in ("text-in-number-format", "unit-in-number-format"):
            yield finding
