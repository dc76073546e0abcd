"""Workbooks of other formats than XLSX for tests: XLS, XLSB and ODS, with one or several sheets of plain cells."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

import xlwt

Rows = Sequence[Sequence[object]]
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_xls(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook of Excel 97."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        for place, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    sheet.write(place, column, value, *((day,) if isinstance(value, date) else ()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_ods(sheets: Mapping[str, Rows], repeated: int = 1) -> bytes:
    """Return an OpenDocument spreadsheet, each row of which is repeated."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(_ods_row(row, repeated) for row in rows)}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{_OFFICE}:office:1.0" '
        f'xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"/>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return _pack({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_row(row: Sequence[object], repeated: int) -> str:
    cells = "".join(map(_ods_cell, row)) or "<table:table-cell/>"
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        attributes = f'office:value-type="date" office:date-value="{value}"'
    elif isinstance(value, int | float):
        attributes = f'office:value-type="float" office:value="{value}"'
    else:
        attributes = 'office:value-type="string"'
    return f"<table:table-cell {attributes}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def make_xlsb(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """Return a binary workbook ([MS-XLSB])."""
    links = {f"rId{number}": name for number, name in enumerate(sheets, 1)}
    bundles = b"".join(
        _record(156, struct.pack("<II", int(name in hidden), number) + _text(id) + _text(name))
        for number, (id, name) in enumerate(links.items(), 1)
    )
    book = _record(131) + _record(143) + bundles + _record(144) + _record(132)
    targets = "".join(
        f'<Relationship Id="{id}" Type="{_DOCUMENT}/worksheet" Target="worksheets/{id}.bin"/>' for id in links
    )
    main = f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.bin"/>'
    types = '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{targets}</Relationships>',
    }
    return _pack({**parts, **{f"xl/worksheets/{id}.bin": b"".join(_xlsb_sheet(sheets[n])) for id, n in links.items()}})


def _xlsb_sheet(rows: Rows) -> Iterator[bytes]:
    yield _record(129)
    yield _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(map(len, rows), default=1) - 1))
    yield _record(145)
    for number, row in enumerate(rows):
        yield _record(0, struct.pack("<II", number, 0) + bytes(17))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, int | float):
                yield _record(5, place + struct.pack("<d", value))
            elif value is not None:
                yield _record(6, place + _text(str(value)))
    yield _record(146)
    yield _record(130)


def _record(kind: int, data: bytes = b"") -> bytes:
    """Return a record: its type and size in groups of seven bits, then its data."""
    size, head = len(data), bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    while True:
        head += bytes([size & 127 | (128 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _pack(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


MAKERS: Mapping[str, Callable[[Mapping[str, Rows]], bytes]] = {"xls": make_xls, "xlsb": make_xlsb, "ods": make_ods}
