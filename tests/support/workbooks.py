"""Workbooks and CSV files of test cases, made from their description as data."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils.cell import coordinate_to_tuple

from tests.support.packages import change_parts, write_parts

Sheet = dict[str, Any]
"""'rows' (lists of cells, from row 1), and what else is said of it: hide_rows, hide_columns, merge, state, filter."""


def make_workbook(sheets: Mapping[str, Sheet], program: str = "xlsxwriter") -> bytes:
    """Return an XLSX file; one that openpyxl writes has formulas without their values."""
    return _by_openpyxl(sheets) if program == "openpyxl" else _by_xlsxwriter(sheets)


def _by_xlsxwriter(sheets: Mapping[str, Sheet]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, sheet in sheets.items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(sheet["rows"]):
            for column, cell in enumerate(cells):
                _write(book, page, row, column, cell)
        for first in sheet.get("hide_rows", ()):
            page.set_row(first - 1, None, None, {"hidden": True})
        for first in sheet.get("flat_rows", ()):
            page.set_row(first - 1, 0.75)
        for letter in sheet.get("hide_columns", ()):
            page.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
        for span in sheet.get("merge", ()):
            row, column = coordinate_to_tuple(span.partition(":")[0])
            cells = sheet["rows"][row - 1]
            page.merge_range(span, cells[column - 1] if column <= len(cells) else "")
        if sheet.get("filter"):
            page.autofilter(sheet["filter"])
            page.filter_column(0, "x == Yes")
        if sheet.get("state") == "hidden":
            page.hide()
    book.close()
    return stream.getvalue()


def _write(book: Any, page: Any, row: int, column: int, cell: Any) -> None:
    spec = cell if isinstance(cell, dict) else {"value": cell}
    value = spec.get("value")
    looks = {**spec.get("style", {}), **({"num_format": spec["format"]} if "format" in spec else {})}
    form = book.add_format(looks) if looks else None
    if "formula" in spec:
        page.write_formula(row, column, spec["formula"], form, value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, form or book.add_format({"num_format": "yyyy-mm-dd"}))
    elif "text" in spec:
        page.write_string(row, column, spec["text"], form)
    elif value is not None:
        page.write(row, column, value, form)


def _by_openpyxl(sheets: Mapping[str, Sheet]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in sheets.items():
        page = book.create_sheet(name)
        for row, cells in enumerate(sheet["rows"], 1):
            for column, cell in enumerate(cells, 1):
                spec = cell if isinstance(cell, dict) else {"value": cell}
                page.cell(row, column, spec.get("formula", spec.get("text", spec.get("value"))))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def change_cells(sheet: Sheet, cells: Mapping[str, Any]) -> Sheet:
    """Return a sheet with other content in some of its cells."""
    rows = [list(row) for row in sheet["rows"]]
    for name, content in cells.items():
        row, column = coordinate_to_tuple(name)
        while len(rows) < row:
            rows.append([])
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = content
    return {**sheet, "rows": rows}


def _with_a_broken_sheet(data: bytes) -> bytes:
    """Return a workbook whose sheet's XML breaks off."""
    return change_parts(data, lambda name, content: content[: len(content) // 2] if "sheet1.xml" in name else content)


def _declare(part: str, encoding: str) -> Callable[[bytes], bytes]:
    """Return a change of a workbook after which one of its parts states another encoding."""

    def restate(name: str, content: bytes) -> bytes:
        stated = content.replace(b'encoding="UTF-8"', f'encoding="{encoding}"'.encode(), 1)
        return stated if name.endswith(part) else content

    return lambda data: change_parts(data, restate)


def _set_flag(place: int, value: int) -> Callable[[bytes], bytes]:
    """Return a change of a byte in all headers of packed parts (APPNOTE 4.3.7 and 4.3.12)."""

    def change(data: bytes) -> bytes:
        changed = bytearray(data)
        for mark, start in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            found = data.find(mark)
            while found >= 0:
                changed[found + start + place] = value
                found = data.find(mark, found + 4)
        return bytes(changed)

    return change


OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "encrypted": lambda data: OLD_FILE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512,
    "old": lambda data: OLD_FILE + b"\0" * 2048,
    "cut": lambda data: data[: len(data) // 2],
    "cut-sheet": _with_a_broken_sheet,
    "web-page": lambda data: b"<html><table><tr><td>2015</td></tr></table></html>",
    "opendocument": lambda data: write_parts({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "binary": lambda data: write_parts({"_rels/.rels": "<r/>", "xl/workbook.bin": ""}),
    "archive": lambda data: write_parts({"readme.txt": "no workbook"}),
    "empty": lambda data: b"",
    "unknown-encoding": _declare(".rels", "x"),
    "unknown-encoding-of-a-sheet": _declare("sheet1.xml", "x"),
    "locked-parts": _set_flag(0, 1),
    "unknown-packing": _set_flag(2, 77),
    "other-packing": _set_flag(2, 14),
}
"""Ways in which a file is not the workbook that its name says."""
