"""Workbooks of Excel 97 (XLS), binary workbooks (XLSB) and OpenDocument spreadsheets (ODS) to sheets.

Only their values are read; their number formats, formulas, hidden rows and filters are not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, Severity, error
from gri_builder.source.yaml_events import UNPRINTABLE
from gri_builder.spreadsheets.cells import EMPTY, Cell, MergedRange, Row, Sheet
from gri_builder.spreadsheets.foreign_rows import ForeignCell, ForeignSheet, read_foreign_sheets
from gri_builder.spreadsheets.workbook import COMPOUND_FILE, ENCRYPTED, SAVE_HINT, SheetEntry, refuse_unpacked
from gri_builder.spreadsheets.worksheet import MAX_MERGED_CELLS, format_plain, parse_stored_number


class ForeignWorkbook(Struct, frozen=True):
    """An opened workbook, all of whose sheets are read."""

    path: str
    sha256: str
    tabs: tuple[SheetEntry, ...]
    sheets: Mapping[str, ForeignSheet]

    def read(self, tab: SheetEntry) -> Sheet | Finding:
        """Return one of its sheets."""
        found = self.sheets[tab.name]
        rows = tuple(row for row in map(_make_row, found.rows) if any(cell.kind != "empty" for cell in row.cells))
        merged = dict(_merged_cells(found))
        return Sheet(self.path, self.sha256, rows, tab.name, is_hidden=tab.is_hidden, merged=merged)


def open_foreign_workbook(path: str, sha256: str, data: bytes) -> ForeignWorkbook | Finding:
    """Return a workbook; a finding if it is encrypted, damaged, too large, or of another format than its ending."""
    if finding := _check_content(path, data):
        return finding
    sheets = read_foreign_sheets(data)
    if sheets == "encrypted":
        return _encrypted(path)
    if sheets == "too large":
        message = f"{path} takes too long or too much memory to read"
        return error("file-too-large", message, Location(path), "save it as CSV, and use that file")
    if sheets == "damaged":
        return error("unreadable-file", f"{path} is damaged", Location(path), SAVE_HINT)
    tabs = tuple(SheetEntry(sheet.name, "", sheet.is_hidden) for sheet in sheets)
    return ForeignWorkbook(path, sha256, tabs, {sheet.name: sheet for sheet in sheets})


def note_unchecked(path: str) -> Finding:
    """Return the finding that says what of these workbooks is not read."""
    message = f"the values of {path} are read, but its number formats, formulas and hidden rows can't be checked"
    return Finding("unchecked-workbook", Severity.INFO, message, Location(path), f"to have them checked, {SAVE_HINT}")


def _check_content(path: str, data: bytes) -> Finding | None:
    """Return the finding for a file whose content is not what its ending says."""
    ending = path.lower().rpartition(".")[2]
    if data.startswith(COMPOUND_FILE):
        if ENCRYPTED in data:
            return _encrypted(path)
        return None if ending == "xls" else _wrong_format(path, "a workbook of Excel 97 (.xls)")
    if not data.startswith(b"PK"):
        kind = "an HTML page" if b"<html" in data[:2000].lower() or b"<table" in data[:2000].lower() else None
        return _wrong_format(path, kind or "not a workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, excess = archive.infolist(), refuse_unpacked(path, archive, len(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        return error("unreadable-file", f"{path} is damaged", Location(path), SAVE_HINT)
    if excess:
        return excess
    found = _format_of({part.filename for part in parts})
    return None if found == ending else _wrong_format(path, f"an {found.upper()} file" if found else "not a workbook")


def _format_of(names: set[str]) -> str | None:
    """Return the ending of the format whose parts an archive has."""
    if "mimetype" in names:
        return "ods"
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    return "xlsx" if any(name.endswith("workbook.xml") for name in names) else None


def _make_row(row: tuple[int, list[ForeignCell]]) -> Row:
    number, cells = row
    return Row(number, tuple(map(_make_cell, cells)))


def _make_cell(cell: ForeignCell) -> Cell:
    if cell is None:
        return EMPTY
    if isinstance(cell, str):
        text = UNPRINTABLE.sub(" ", cell).strip()
        return Cell("text", text) if text else EMPTY
    kind, text = cell
    match kind:
        case "number":
            number = parse_stored_number(text)
            return Cell("text", text) if number is None else Cell("number", format_plain(number), number)
        case "date":
            return Cell("date", text)
        case "bool":
            return Cell("bool", text)
    return Cell("error", text)


def _merged_cells(sheet: ForeignSheet) -> Iterator[tuple[tuple[int, int], MergedRange]]:
    left = MAX_MERGED_CELLS
    for top, first, bottom, last in sheet.merged:
        left -= (bottom - top + 1) * (last - first + 1)
        if left < 0:
            return
        span = MergedRange(top + 1, first, bottom + 1, last)
        yield from (((row, column), span) for row in range(top + 1, bottom + 2) for column in range(first, last + 1))


def _encrypted(path: str) -> Finding:
    hint = "save a copy without a password, so that auditors can open it"
    return error("encrypted-workbook", f"{path} is protected by a password", Location(path), hint)


def _wrong_format(path: str, kind: str) -> Finding:
    return error("wrong-format", f"{path} is {kind}, unlike its ending", Location(path), SAVE_HINT)
