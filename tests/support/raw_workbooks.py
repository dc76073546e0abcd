"""Workbooks written part by part, for what no spreadsheet program writes."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
METRIC = '<c r="A2" t="inlineStr"><is><t>Electricity</t></is></c>'
"""The cell that names the row."""
HEADERS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Metric</t></is></c>'
    '<c r="B1"><v>2014</v></c><c r="C1"><v>2015</v></c></row>'
)
SERIES = """
bought:
  title: Bought
  unit: GJ
  from: {file: figures/b.xlsx, where: {Metric: Electricity}, periods: [2014, 2015]}
"""
"""The series that takes the row."""


def make_rows(b: str = '<c r="B2"><v>5</v></c>', c: str = '<c r="C2"><v>6</v></c>', a: str = METRIC) -> str:
    """Return a row of headers, and a row of a metric with the cells of two years."""
    return f'<sheetData>{HEADERS}<row r="2">{a}{b}{c}</row></sheetData>'


def make_parts(body: str, styles: str = "") -> dict[str, str | bytes]:
    """Return the parts of a workbook with one sheet."""
    sheets = '<sheets><sheet name="Energy" sheetId="1" r:id="r1"/></sheets>'
    main = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    targets = (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        SHEET: f'<worksheet xmlns="{MAIN}">{body}</worksheet>',
        STYLES: f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }


def make_format(code: str) -> str:
    """Return styles of which the second has a number format."""
    format = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    return f'{format}<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>'


def pack(parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return a package of parts, which may have the same names."""
    out = io.BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in pairs:
            archive.writestr(name, data)
    return out.getvalue()
