"""Writes tables as CSV and XLSX files, byte-identical for the same rows, with no text read as a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import canonicalize

from msgspec import Struct

from gri_builder.model.texts.control_characters import settle_text

DEFAULT_WIDTH = 14
"""Width of a column without a given width, in characters."""
MAX_CELL = 32_767
"""Characters that a cell can hold."""
KEPT_DIGITS = 15
"""Significant digits of a number that a workbook keeps."""
MAX_NUMBER = 120
"""Characters of a number that a workbook is given as one."""
HEADER, TEXT, LINK = "gri-builder header", "gri-builder text", "gri-builder link"
"""Names of the cell styles."""

_CELL_START = re.compile(r"(?:\A|(?<=[;\t\r\n|]))(?=[ \u00a0\u3000\"']{0,8}[-=+@＝＋－＠]|[\t\r])")
"""Places where a cell can start, at a semicolon too, and a formula would: a program may take one for the separator."""
_SEPARATORS = re.compile('[",;\t\r\n|]')
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_csv(names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = ()) -> bytes:
    """Return a table as a CSV file (RFC 4180, UTF-8); an apostrophe precedes what may pass for a formula.

    `numbers` are the names of columns in which a negative number is no formula, and is kept.
    """
    stream, kept = io.StringIO(newline=""), {names.index(name) for name in numbers}
    guarded = ([_guard(text, n in kept) for n, text in enumerate(row)] for row in rows)
    for row in ([*names], *guarded):
        stream.write(",".join(_quote(text) for text in row) + "\r\n")
    return stream.getvalue().encode(errors="replace")


def _quote(text: str) -> str:
    """Return a cell in quotes where a program may split it, at whichever separator it expects."""
    if not text or text.isalnum():
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if _SEPARATORS.search(text) or text != text.strip() else text


def _guard(text: str, may_be_number: bool) -> str:
    if not text or text.isalnum() or (may_be_number and _NUMBER.fullmatch(text)):
        return text
    return _CELL_START.sub("'", settle_text(text))


class Sheet(Struct, frozen=True):
    """A table as a sheet of a workbook."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    widths: Mapping[str, int] = {}
    """Of columns, in characters, by name."""
    numbers: frozenset[str] = frozenset()
    """Names of columns whose cells are numbers; a number with more digits than a workbook keeps stays a text."""


def write_xlsx(
    title: str, names: Sequence[str], rows: Sequence[Sequence[str]], widths: Mapping[str, int], day: date
) -> bytes:
    """Return a table as a workbook with one sheet; `widths` are in characters, by column name, `day` is its date."""
    return write_sheets(title, [Sheet(title, tuple(names), rows, widths)], day)


def write_sheets(title: str, sheets: Sequence[Sheet], day: date) -> bytes:
    """Return tables as a workbook, one sheet for each; `day` is its date."""
    from xlsxwriter import Workbook

    moment, stream = datetime.combine(day, time.min), io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"title": title, "author": "gri-builder", "created": moment})
    header = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    for each in sheets:
        _write_sheet(book.add_worksheet(each.name), each, header, plain)
    book.close()
    return settle_times(stream.getvalue(), moment)


def _write_sheet(sheet: Any, table: Sheet, header: Any, plain: Any) -> None:
    numeric = {table.columns.index(name) for name in table.numbers}
    for number, row in enumerate([table.columns, *table.rows]):
        for column, text in enumerate(row):
            if number and column in numeric and _is_kept(text):
                sheet.write_number(number, column, float(text), plain)
            elif text:
                sheet.write_string(number, column, clean_text(text)[:MAX_CELL], plain if number else header)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), max(len(table.columns) - 1, 0))
    for column, name in enumerate(table.columns):
        sheet.set_column(column, column, table.widths.get(name, DEFAULT_WIDTH))


def _is_kept(text: str) -> bool:
    """Return whether a workbook keeps all digits of a number: it has no more than 15 that count."""
    digits = text.lstrip("-").replace(".", "").strip("0")
    return bool(text) and len(digits) <= KEPT_DIGITS and len(text) < MAX_NUMBER


def add_styles(book: Any) -> None:
    """Add the cell styles to an openpyxl workbook, unless it has them; much faster than styling each cell."""
    from openpyxl.styles import Alignment, Font, NamedStyle

    wrapped = Alignment(vertical="top", wrap_text=True)
    styles = (
        NamedStyle(HEADER, font=Font(bold=True), alignment=wrapped),
        NamedStyle(TEXT, alignment=wrapped),
        NamedStyle(LINK, font=Font(color="0B5394", underline="single"), alignment=wrapped),
    )
    for style in styles:
        if style.name not in book.named_styles:
            book.add_named_style(style)


def save_book(book: Any) -> bytes:
    """Return an openpyxl workbook as a file; no temporary file is written, as `book.save` would do for each sheet."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    stream = io.BytesIO()
    archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)

    class InMemory(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
            sheet = io.BytesIO()
            writer: Any = WorksheetWriter(ws, sheet)
            writer.write()
            ws._rels = writer._rels
            archive.writestr(ws.path[1:], sheet.getvalue())
            self.manifest.append(ws)

    InMemory(book, archive).save()
    return stream.getvalue()


def clean_text(text: str) -> str:
    """Replace the characters that XML does not allow, and end every line with a line feed, as XML does."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def settle_times(data: bytes, moment: datetime, canonical: bool = False) -> bytes:
    """Return a workbook with `moment` in place of the current time, and the same bytes on every machine.

    It is stored uncompressed, because versions of zlib differ. `canonical` also brings its XML into canonical form
    (C14N 2.0), because openpyxl writes it in another way where lxml is installed.
    """
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            content = _MODIFIED.sub(rb"\g<1>" + stamp, source.read(name))
            if canonical and name.endswith((".xml", ".rels", ".vml")):
                content = _canonicalize(content)
            year = min(max(1980, moment.year), 2107)  # ZIP files store no other years
            target.writestr(zipfile.ZipInfo(name, (year, moment.month, moment.day, 0, 0, 0)), content)
    return out.getvalue()


def _canonicalize(xml: bytes) -> bytes:
    """Return XML in canonical form; only lxml keeps carriage returns, so they become line feeds."""
    text = canonicalize(from_file=io.BytesIO(xml))
    return text.replace("&#xD;\n", "\n").replace("&#xD;", "\n").encode()
