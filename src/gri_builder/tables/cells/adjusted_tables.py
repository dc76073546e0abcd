"""Apply to tables and records what a series states about the cells of its files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.facts import CellAdjustment
from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.spreadsheets.cells import Cell, Row, Sheet
from gri_builder.spreadsheets.numbers import NumberFormat, decimal_signs, parse_number
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.cells.cell_adjustments import (
    AdjustedText,
    CellAdjustments,
    Correction,
    Step,
    find_needless,
    is_plain,
    same_value,
)
from gri_builder.tables.cells.currency_signs import find_signs, means
from gri_builder.tables.series_context import ReadContext
from gri_builder.tables.sql.records import Records


class AdjustedCell(Struct, frozen=True):
    """A cell that counts as another than it is."""

    row: int
    column: int
    before: str
    after: Cell
    steps: tuple[Step, ...]

    def describe(self, sheet: Sheet, adjustments: CellAdjustments) -> list[CellAdjustment]:
        """Return why it counts as another, for the fact that is made of it."""
        address = sheet.address(self.row, self.column)
        reasons = {Step("below", key): limit.reason for key, limit in adjustments.limits.items()}
        reasons |= {Step("correction", each.key): each.reason for each in adjustments.corrections}
        return [
            CellAdjustment(
                step.kind,
                self.before,
                self.after.text,
                address,
                step.key if step.kind in ("ignored", "currency") else None,
                reasons.get(step),
            )
            for step in self.steps
        ]


class AdjustedTable(Struct, frozen=True, dict=True):
    """A table whose cells hold what they count as, and which of them were changed."""

    table: Table
    cells: tuple[AdjustedCell, ...] = ()

    @cached_property
    def by_place(self) -> dict[tuple[int, int], AdjustedCell]:
        """Its changed cells by row number and column."""
        return {(cell.row, cell.column): cell for cell in self.cells}

    @property
    def steps(self) -> Iterator[Step]:
        """Why cells were changed."""
        return (step for cell in self.cells for step in cell.steps)


class AdjustedRecords(Struct, frozen=True):
    """Records whose cells hold what they count as, and which of them were changed."""

    records: Records
    cells: tuple[AdjustedCell, ...] = ()

    @property
    def name(self) -> str:
        """Name of its table in the database."""
        return self.records.name

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """Row number and column of its changed cells."""
        return frozenset((cell.row, cell.column) for cell in self.cells)


def adjust_table(
    table: Table, numbers: Iterable[int], texts: Iterable[int], adjustments: CellAdjustments, notation: NumberFormat
) -> tuple[AdjustedTable, list[Finding]]:
    """Return a table with the cells as a description has them; `numbers` and `texts` are the columns that are read."""
    if not adjustments.is_declared and adjustments.currency is None:
        return AdjustedTable(table), []
    corrections, findings = _check_corrections(table, [*numbers, *texts], adjustments.corrections, notation)
    cells = list(_adjust_cells(table.rows, sorted(numbers), adjustments, corrections))
    if not cells:
        return AdjustedTable(table), findings
    return AdjustedTable(_with_cells(table, cells), tuple(cells)), findings


def _with_cells(table: Table, cells: Iterable[AdjustedCell]) -> Table:
    """Return a table with other cells, at the same places."""
    changed: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        changed.setdefault(cell.row, {})[cell.column] = cell.after
    rows = tuple(_with_row(row, changed[row.number]) if row.number in changed else row for row in table.sheet.rows)
    return Table(replace(table.sheet, rows=rows), table.place)


def _with_row(row: Row, cells: dict[int, Cell]) -> Row:
    width = max(len(row.cells), max(cells) + 1)
    return Row(row.number, tuple(cells.get(column, row.cell(column)) for column in range(width)))


def _adjust_cells(
    rows: Iterable[Row], numbers: Sequence[int], adjustments: CellAdjustments, corrections: Sequence[Correction]
) -> Iterator[AdjustedCell]:
    """Yield the cells that count as others: those that are corrected, and texts in columns of numbers."""
    corrected = {(each.row, each.column): each for each in corrections}
    by_row: dict[int, list[Correction]] = {}
    for each in corrections:
        by_row.setdefault(each.row, []).append(each)
    known: dict[str, AdjustedText | None] = {}
    for row in rows:
        for each in by_row.get(row.number, ()):
            yield _corrected(row.cell(each.column).text, each)
        for column in numbers:
            cell = row.cell(column)
            if cell.kind != "text" or (row.number, column) in corrected:
                continue
            if cell.text not in known:
                known[cell.text] = adjustments.read(cell.text)
            if (found := known[cell.text]) is not None:
                after = Cell("text", found.text) if found.number is None else _number_cell(found.number)
                yield AdjustedCell(row.number, column, cell.text, after, found.steps)


def _corrected(before: str, correction: Correction) -> AdjustedCell:
    after = Cell("text", correction.value) if correction.number is None else _number_cell(correction.number)
    step = Step("correction", correction.key)
    return AdjustedCell(correction.row, correction.column, before, after, (step,))


def _number_cell(number: Decimal) -> Cell:
    return Cell("number", f"{number:f}", number)


def _check_corrections(
    table: Table, columns: Sequence[int], corrections: Iterable[Correction], notation: NumberFormat
) -> tuple[list[Correction], list[Finding]]:
    """Return the corrections of a table's cells, and errors for those that no longer apply."""
    sheet = table.sheet
    mine = [each for each in corrections if each.sheet is None or each.sheet in (sheet.name, sheet.path)]
    rows = {each.row for each in mine}
    cells = {row.number: row for row in table.rows if row.number in rows}
    found = [(each, _check_correction(each, cells.get(each.row), table, columns, notation)) for each in mine]
    return [each for each, wrong in found if wrong is None], [wrong for _, wrong in found if wrong]


def _check_correction(
    correction: Correction, row: Row | None, table: Table, columns: Sequence[int], notation: NumberFormat
) -> Finding | None:
    """Return the error for a correction of a cell that is not read, or that holds something else by now."""
    if row is None or correction.column not in columns:
        return unread_correction(correction, table.sheet)
    cell = row.cell(correction.column)
    readings = (cell.number, parse_number(cell.text, notation))
    held = f"{shorten(correction.key)} of {table.sheet.path} holds '{shorten(cell.text)}'"
    if correction.was is not None and not same_value(cell.text, correction.was, readings):
        message = f"{held}, not '{shorten(correction.was)}' as when it was corrected"
        hint = f"check the file: remove the correction, or write was: {cell.text or 'n/a'}"
        return error("outdated-correction", message, correction.node.where, hint)
    if same_value(cell.text, correction.value, readings):
        return error("needless-adjustment", f"{held} already", correction.node.where, "remove the correction")
    return None


def unread_correction(correction: Correction, sheet: Sheet) -> Finding:
    """Return the error for a correction of a cell that the series does not read."""
    message = f"the corrected cell '{shorten(correction.key)}' is not read from {sheet.title}"
    hint = "name a cell that this series reads by its column and row, such as D17, or remove the correction"
    return error("needless-adjustment", message, correction.node.where, hint)


def find_unknown_sheets(adjustments: CellAdjustments, sheets: Sequence[Sheet]) -> list[Finding]:
    """Return errors for corrections in sheets that are not read, and in one of several files without naming it."""
    names = {each.name for each in sheets} | {each.path for each in sheets}
    findings = []
    for each in adjustments.corrections:
        if each.sheet is not None and each.sheet not in names:
            findings.append(unread_correction(each, sheets[0]))
        elif each.sheet is None and len(sheets) > 1:
            message = f"'{shorten(each.key)}' may be in each of several files or sheets"
            hint = f'name the file: "{sheets[0].path}!{each.key}"'
            findings.append(error("wrong-value", message, each.node.where, hint))
    return findings


def places_by_name(adjusted: Iterable[AdjustedRecords]) -> dict[str, frozenset[tuple[int, int]]]:
    """Return row number and column of changed cells, by the name of their table in the database."""
    return {each.name: each.places for each in adjusted}


def needs_adjusting(records: Records, adjustments: CellAdjustments) -> bool:
    """Return whether some cells of records may count as others."""
    if adjustments.is_declared:
        return True
    code = adjustments.currency
    return code is not None and any(sign in records.content for sign in find_signs() if means(sign, code))


def adjust_records(
    records: Records, numbers: Sequence[int], texts: Sequence[int], adjustments: CellAdjustments, notation: NumberFormat
) -> tuple[AdjustedRecords, list[Finding]]:
    """Return records with the cells as a description has them; `numbers` and `texts` are the columns that are read."""
    table = records.table
    rows = list(csv.reader(io.StringIO(records.content, newline=""), delimiter=records.delimiter))
    corrected = {each.row for each in adjustments.corrections}
    if records.sheet.name is None:  # only the rows in which something may change, as there may be a million
        made = (
            Row(number, tuple(Cell("text" if each.strip() else "empty", each.strip()) for each in row))
            for number, row in zip(records.numbers, rows, strict=False)
            if number in corrected or any(not is_plain(row[column]) for column in numbers if column < len(row))
        )
        table = Table(replace(table.sheet, rows=(table.header, *made)), 0)
    adjusted, findings = adjust_table(table, numbers, texts, adjustments, notation)
    if not adjusted.cells:
        return AdjustedRecords(records), findings
    at = {number: place for place, number in enumerate(records.numbers)}
    for cell in adjusted.cells:
        row = rows[at[cell.row]]
        row.extend([""] * (cell.column + 1 - len(row)))
        row[cell.column] = _spell(cell, rows, records, notation)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    shown = adjusted.table if records.sheet.name is not None else _with_cells(records.table, adjusted.cells)
    changed = Records(shown, stream.getvalue(), ",", records.numbers, records.notes)
    return AdjustedRecords(changed, adjusted.cells), findings


def _spell(cell: AdjustedCell, rows: Sequence[Sequence[str]], records: Records, notation: NumberFormat) -> str:
    """Return a cell's text in the notation of its column, where it can be read in one way only."""
    number = cell.after.number
    if number is None or records.sheet.name is not None or number == number.to_integral_value():
        return cell.after.text
    signs = decimal_signs(row[cell.column].strip() for row in rows if cell.column < len(row))
    sign = next(iter(signs)) if len(signs) == 1 else notation.decimal
    text = cell.after.text + "0" * (4 - len(cell.after.text.partition(".")[2]))
    return text.replace(".", sign)


def adjust_all(
    files: Sequence[Records],
    columns: Sequence[tuple[Sequence[int], Sequence[int]]],
    adjustments: CellAdjustments,
    notation: NumberFormat,
    context: ReadContext,
) -> tuple[list[AdjustedRecords], list[Finding]]:
    """Return the records of all files, and errors for statements that apply to none of their cells.

    `columns` are those with numbers and those with texts, of each file.
    """
    found: list[AdjustedRecords] = []
    findings = find_unknown_sheets(adjustments, [each.sheet for each in files])
    for records, (numbers, texts) in zip(files, columns, strict=True):
        if not needs_adjusting(records, adjustments):
            found.append(AdjustedRecords(records))
            continue
        key = (id(records), tuple(numbers), tuple(texts), adjustments.cache_key, notation.locale)
        adjust = partial(adjust_records, records, numbers, texts, adjustments, notation)
        made, wrong = context.record_cache.share(key, records, adjust)
        found.append(made)
        findings += wrong
    steps = (step for each in found for cell in each.cells for step in cell.steps)
    return found, findings + find_needless(adjustments, steps, files[0].sheet.path)
