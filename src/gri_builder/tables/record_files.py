"""Open the files whose rows are loaded into the database, each once for all series."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gri_builder.model.finding import Finding, Severity, error
from gri_builder.model.units import Unit
from gri_builder.source.nodes import Node, SheetFile, SourceFile
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import Cell
from gri_builder.spreadsheets.formulas import find_uncalculated_headers
from gri_builder.spreadsheets.table import Table, find_table
from gri_builder.tables.cells.cell_formats import SHARE, is_percentage
from gri_builder.tables.series_context import ReadContext
from gri_builder.tables.shapes.sheets import list_sheets, suggest_sheets, with_sheet_column
from gri_builder.tables.source_files import find_file
from gri_builder.tables.sql.record_cache import ReadRecords
from gri_builder.tables.sql.records import Records, peek_table, read_all_records, write_records
from gri_builder.tables.table import hidden_rows


def open_all_records(
    named: Node,
    sheet: Node | None,
    headers: Sequence[str],
    unit: Unit,
    context: ReadContext,
    is_period: Callable[[str], bool] | None = None,
    header_rows: int = 1,
) -> tuple[list[Records], list[Finding]]:
    """Return the records of a file, or of each of its sheets that 'sheet' names; none where one can't be read.

    `is_period` returns whether a header is a period, if periods are columns; `header_rows` is the number of rows of
    headers, 1 or 2.
    """
    file, _ = find_file(named, context)
    sheets, findings = list_sheets(sheet, file, context.workbook_cache) if file else ((), [])
    if any(finding.severity is Severity.ERROR for finding in findings):
        return [], findings
    opened = [
        open_records(named, each, headers, unit, context, is_period, bool(sheets), header_rows)
        for each in sheets or (sheet,)
    ]
    found = [records for records, _ in opened if records]
    more = [finding for _, several in opened for finding in several]
    findings += suggest_sheets(more, [each.sheet.name or "" for each in found], sheet)
    return found if len(found) == len(opened) else [], findings


def open_records(
    named: Node,
    sheet: Node | None,
    headers: Sequence[str],
    unit: Unit,
    context: ReadContext,
    is_period: Callable[[str], bool] | None = None,
    is_one_of_several: bool = False,
    header_rows: int = 1,
) -> tuple[Records | None, list[Finding]]:
    """Return the records of a file or sheet; None where it can't be read.

    `named` is the place that names the file, `sheet` the one that names the sheet; `unit` is that of the values.
    Records of one of several sheets have a column with the name of the sheet.
    """
    file, findings = find_file(named, context)
    if file is None:
        return None, findings
    if file.text is not None and sheet is None and context.workbook_cache.is_text(file):
        records, more = _open_csv(file, file.text, headers, is_period, context, header_rows)
    else:
        opened, wrong_sheet = context.workbook_cache.open(file, spelling_of(sheet), (sheet or named).where)
        table = find_table(opened, headers, is_period, header_rows) if opened else None
        if table and is_one_of_several:
            table = with_sheet_column(table)
        records, wrong_rows = _read_sheet(table, unit.dimension == SHARE, context) if table else (None, ())
        more = (*wrong_sheet, *wrong_rows)
    findings += more
    if records is None and not findings:
        hint = "write a header above each column"
        title = f"the sheet '{spelling_of(sheet)}' of {file.path}" if sheet else file.path
        findings.append(error("missing-header", f"{title} has no row of headers", named.where, hint))
    return records, findings


def _open_csv(
    file: SheetFile,
    text: SourceFile,
    headers: Sequence[str],
    is_period: Callable[[str], bool] | None,
    context: ReadContext,
    header_rows: int,
) -> ReadRecords:
    table = peek_table(file, text, headers, is_period, header_rows)
    if not isinstance(table, Table):
        return None, (table,) if table else ()
    key = (file.path, None, table.place, header_rows, False)
    return context.record_cache.records(key, lambda: read_all_records(text, table))


def _read_sheet(table: Table, is_share: bool, context: ReadContext) -> ReadRecords:
    name = f"{table.sheet.path}!" if table.sheet.added_columns else table.sheet.path
    key = (name, table.sheet.name, table.place, table.header_rows, is_share)
    return context.record_cache.records(key, lambda: _write_sheet(table, is_share))


def _write_sheet(table: Table, is_share: bool) -> ReadRecords:
    """Return the records of a sheet, with findings for hidden rows and for headers that were never calculated."""
    hidden = [row.number for row in table.rows if row.number in table.sheet.hidden_rows]
    findings = (
        *((hidden_rows(table.sheet, hidden, 0),) if hidden else ()),
        *find_uncalculated_headers(table),
    )
    return write_records(table, lambda cell: _text_of(cell, is_share)), findings


def _text_of(cell: Cell, is_share: bool) -> str:
    """Return the text of a cell in the database; other texts than plain numbers are checked before they are summed."""
    if cell.kind == "number" and cell.number is not None and is_percentage(cell):
        return f"{cell.number.scaleb(2):f}" if is_share else f"{cell.text} as %"
    return cell.text or ("=" if cell.kind == "uncalculated" else "")
