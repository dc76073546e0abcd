"""Check a column of numbers in a workbook before it is aggregated: formulas, and what its cells show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.spreadsheets.cells import Cell, Row, Sheet
from gri_builder.spreadsheets.formulas import find_uncalculated
from gri_builder.spreadsheets.number_formats import choose_section
from gri_builder.spreadsheets.numbers import NumberFormat, decimal_sign
from gri_builder.tables.cells.cell_formats import check_display, count_shown_places
from gri_builder.tables.cells.decimal_evidence import DecimalEvidence, decide_number_format
from gri_builder.tables.cells.percentages import find_mixed_percentages
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import RowSource
from gri_builder.tables.sql.statements import identifier
from gri_builder.tables.table import hidden_column

Place = tuple[Row, int]
"""A cell by its row and its column."""
MAX_FORMULAS = 200
"""Formulas of each kind, with the result zero and with another, that are calculated again."""


def check_workbook_column(
    columns: Iterable[tuple[Records, int]], condition: str, database: RowSource, unit: Unit, table: str | None = None
) -> Iterator[Finding]:
    """Yield findings for cells of a column whose number is not what the workbook shows, or was never calculated.

    `condition` is the SQL condition for the rows that are read, `table` their table where it is not named by its path.
    """
    for records, column in columns:
        if records.sheet.name is not None:
            name = table or identifier(records.name)
            places = _places(records, column, f"{name} WHERE {condition}", database)
            yield from _check_formulas(records.sheet, places)
            yield from _check_displays(records.sheet, places, unit)
            used = sorted({place for _, place in places})
            yield from (hidden_column(records.table, each) for each in used if each in records.sheet.hidden_columns)
            cells = [(row.cell(place), records.sheet.where(row.number, place)) for row, place in places]
            numbers = ((cell, cell.number or Decimal(0), where) for cell, where in cells)
            yield from islice(find_mixed_percentages(numbers, unit), MAX_FORMULAS)


def count_column_places(records: Records, column: int) -> int | None:
    """Return the most digits after the decimal sign that a column of a workbook shows; None: as many as it holds."""
    if records.sheet.name is None:
        return None
    used = sorted(records.used_columns((column,)))
    cells = (row.cell(each) for row in records.table.rows for each in used)
    known = {_class_of(cell): cell for cell in cells if cell.kind == "number"}
    if not known or any(cell.format == "General" for cell in known.values()):
        return None
    places = [count_shown_places(cell) for cell in known.values()]
    return None if None in places else max(each for each in places if each is not None)


def weigh_workbook(
    records: Records, column: int, default: NumberFormat, is_declared: bool
) -> tuple[DecimalEvidence, list[Finding]]:
    """Return how a column of a workbook is read, and errors for texts that can't be added to its numbers.

    Only numbers stored as text have a notation. Where they have decimal commas, or may have, the column must hold no
    other numbers with decimals, as all cells are read in the same way.
    """
    used = sorted(records.used_columns((column,)))
    signs = sum((records.table.count_signs(each) for each in used), Counter[str]())
    if not signs:
        point = replace(default, decimal=".")
        return DecimalEvidence(point, is_declared, frozenset(".")), []
    evidence = decide_number_format(default, is_declared, signs, (), records.sheet)
    cells = [(row, each, row.cell(each)) for row in records.table.rows for each in used]
    has_decimals = any(cell.kind == "number" and "." in cell.text for _, _, cell in cells)
    if evidence.number_format.decimal == "." or not has_decimals:
        return evidence, []
    texts = ((row, at, cell.text) for row, at, cell in cells if cell.kind == "text" and decimal_sign(cell.text))
    return evidence, [_stored_as_text(text, records.sheet.where(row.number, at)) for row, at, text in texts]


def _stored_as_text(text: str, where: Location) -> Finding:
    message = f"the number '{shorten(text)}' is stored as text, so it can't be added to the other numbers"
    hint = "convert it to a number: spreadsheet programs offer it at a small triangle in the cell's corner"
    return error("decimal-sign", message, where, hint)


def _places(records: Records, column: int, source: str, database: RowSource) -> list[Place]:
    """Return the row and the column of each cell that is read."""
    query = f"SELECT rowid FROM {source} ORDER BY rowid"
    found = [record for (record,) in database.rows(query)]
    return [(records.sheet.by_number[records.numbers[each]], records.place(each, column)) for each in found]


def _check_formulas(sheet: Sheet, places: Sequence[Place]) -> Iterator[Finding]:
    if not sheet.has_formulas:
        return
    formulas = [
        (row, column)
        for row, column in places
        if row.cell(column).formula is not None and row.cell(column).kind != "uncalculated"
    ]
    zeros = [(row, column) for row, column in formulas if row.cell(column).number == 0]
    others = [(row, column) for row, column in formulas if row.cell(column).number]
    for row, column in (*zeros[:MAX_FORMULAS], *others[:MAX_FORMULAS]):
        if finding := find_uncalculated(sheet, row, column):
            yield finding


def _class_of(cell: Cell) -> tuple[str, str, object]:
    """Return what a cell's display depends on: its number format, the section for its number, and its look."""
    section = choose_section(cell.format, cell.number or Decimal(0)) if cell.format != "General" else None
    return cell.format, cell.look, section


def _check_displays(sheet: Sheet, places: Sequence[Place], unit: Unit) -> Iterator[Finding]:
    """Yield the findings of the first cell of each class, with the number of others."""
    counts: dict[tuple[str, str, object], int] = {}
    first: dict[tuple[str, str, object], tuple[Cell, Location]] = {}
    for row, column in places:
        cell = row.cell(column)
        if cell.number is None or (cell.format == "General" and not cell.look):
            continue
        key = _class_of(cell)
        counts[key] = counts.get(key, 0) + 1
        if key not in first:
            first[key] = cell, sheet.where(row.number, column)
    for key, (cell, where) in first.items():
        more = f"; the same applies to {counts[key] - 1:,} more cells" if counts[key] > 1 else ""
        for finding in check_display(cell, cell.number or Decimal(0), unit, where, is_rounded=True):
            yield replace(finding, message=finding.message + more)
