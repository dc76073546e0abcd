"""Hostile CSV files and workbooks."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator

from tests.support.fuzzing.designed.input import Input, report
from tests.support.workbooks import DAMAGES, make_workbook

ROWS = [["Year", "kWh"], [2014, 10], [2015, 12]]
SERIES = "x:\n  title: X\n  unit: MWh\n  from: {{file: figures/a.{}, period: Year, value: kWh}}\n"
CELLS = (
    "1e30", "1e31", "1E300000000", "-0", "9" * 400, "NaN", "inf", "#REF!", "=1+1", "@x", "1.204,5", "(5)", "5-",
    "٣", "½", "1e5", "5%", "\x1b[31m", "\u202e5",
         "5\u00a0000", "5'000", "5 000", "<5", "~5", "5*", "n/a", "", " ", "x" * 40_000, "\x00", "\r", "_x000D_",
         "TRUE", "2015-13-45")  # fmt: skip


def inputs() -> Iterator[Input]:
    """Yield hostile tables."""
    for name, data in _texts():
        raw = data if isinstance(data, bytes) else data.encode()
        yield _reported(name, "csv", raw, ("validate",))
        yield Input(f"{name}, inspected", {"a.csv": raw}, ("inspect",), "a.csv")
    for cell in CELLS:
        yield _reported(f"the cell {cell[:20]!a}", "csv", f'Year,kWh\n2014,10\n2015,"{cell}"\n'.encode(), ("build",))
        yield _reported(f"the header {cell[:20]!a}", "csv", f'Year,kWh,"{cell}"\n2015,1,2\n'.encode(), ("validate",))
        if "\x00" not in cell and len(cell) < 30_000:
            book = make_workbook({"A": {"rows": [*ROWS[:2], [2015, {"text": cell}]]}})
            yield _reported(f"the text {cell[:20]!a}", "xlsx", book, ("build",))
            yield _reported(f"the value {cell[:20]!a}", "xlsx", _value(cell), ("build",))
    for name, damage in DAMAGES.items():
        yield _reported(f"a workbook that is {name}", "xlsx", damage(_book()), ("build",))
        yield Input(f"a workbook that is {name}, inspected", {"a.xlsx": damage(_book())}, ("inspect",), "a.xlsx")
    for name, change in CHANGES.items():
        data = _with(change)
        yield _reported(name, "xlsx", data, ("build",))
        yield Input(f"{name}, inspected", {"a.xlsx": data}, ("inspect",), "a.xlsx")


def _reported(name: str, end: str, data: bytes, commands: tuple[str, ...]) -> Input:
    return report(name, {f"figures/a.{end}": data, "figures/x.yaml": SERIES.format(end)}, commands)


def _texts() -> Iterator[tuple[str, str | bytes]]:
    for count in (100, 3000, 60_000):
        yield f"{count} columns", ",".join(f"c{n}" for n in range(count)) + "\n" + ",".join("1" * count) + "\n"
        yield f"{count} equal headers", "Year," + "kWh," * count + "\n2015\n"
        yield f"{count} rows", "Year,kWh\n" + "".join(f"2015,{n}\n" for n in range(count))
        yield f"{count} equal rows", "Year,kWh\n" + "2015,1\n" * count
        yield f"{count} quotes", '"' * count
        yield f"{count} open cells", "Year,kWh\n" + '"a\n' * count
        yield f"{count} line ends in a cell", f'Year,"k{chr(10) * count}Wh"\n2015,1\n'
        yield f"{count} separators", ";,\t|" * count
        yield f"{count} years as headers", ",".join(str(n) for n in range(count)) + "\n"
        yield f"{count} totals", "Site,2015\n" + "Total,1\n" * count
        yield f"{count} letters in a header", f"Year,{'k' * count}\n2015,1\n"
    for name, end in (
        ("CR", "\r"),
        ("CRLF", "\r\n"),
        ("mixed", "\r\n\r"),
        ("NEL", "\x85"),
        ("LS", "\u2028"),
        ("none", ""),
    ):
        yield f"lines that end with {name}", end.join(("Year,kWh", "2014,10", "2015,12", ""))
        yield f"a quoted {name}", f'Year,"k{end}Wh"\n2015,"1{end}2"\n'
    for encoding in ("utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "utf-7", "shift_jis"):
        yield f"in {encoding}", "Year,kWh,Å\n2014,10,é\n2015,12,ü\n".encode(encoding, "replace")
    for bad in (
        b"",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xff" * 999,
        b"\n" * 9999,
        b"\0" * 99_999,
        b"PK\3\4",
        b"%PDF-1.7",
    ):
        yield f"only {bad[:6].hex()} x {len(bad)}", bad


def _book() -> bytes:
    return make_workbook({"A": {"rows": ROWS}})


def _with(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a workbook with other parts."""
    with zipfile.ZipFile(io.BytesIO(_book())) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    change(parts)
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name.rstrip("+")), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
DATA = b"<sheetData>"


def _value(text: str) -> bytes:
    from xml.sax.saxutils import escape

    def change(parts: dict[str, bytes]) -> None:
        printable = "".join(each for each in escape(text) if each >= " ")
        parts[SHEET] = parts[SHEET].replace(b"<v>12</v>", f"<v>{printable}</v>".encode())

    return _with(change)


def _replace(part: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[part] = parts[part].replace(old, new)

    return change


def _set(part: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({part: content})


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9)
) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CHANGES: dict[str, Callable[[dict[str, bytes]], None]] = {
    "zeros in a part": _set("xl/media/x.bin", b"\0" * 90_000_000),
    "blanks in a sheet": _replace(SHEET, DATA, b" " * 60_000_000 + DATA),
    "blanks in the texts": _set("xl/sharedStrings.xml", b"<sst>" + b" " * 60_000_000 + b"</sst>"),
    "entities of entities": _set("xl/sharedStrings.xml", ENTITIES + b"<sst><si><t>&j;</t></si></sst>"),
    "entities in a sheet": _replace(SHEET, b"<worksheet", ENTITIES + b"<worksheet"),
    "an entity from outside": _set("xl/sharedStrings.xml", OUTSIDE + b"<sst><si><t>&a;</t></si></sst>"),
    "a million cells": _replace(SHEET, DATA, DATA + b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>"),
    "a million rows": _replace(SHEET, DATA, DATA + b"<row/>" * 1_000_000),
    "the last cell": _replace(SHEET, DATA, DATA + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a row beyond the last": _replace(SHEET, DATA,
    DATA + b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
    "a cell without a place": _replace(SHEET, b' r="B3"', b' r="B"'),
    "a cell of a long place": _replace(SHEET, b' r="B3"', b' r="' + b"B" * 99_999 + b'3"'),
    "a cell of row zero": _replace(SHEET, b' r="B3"', b' r="B0"'),
    "a text that is not there": _replace(SHEET, b"<c ", b'<c t="s" '),
    "a style that is not there": _replace(SHEET, b"<c ", b'<c s="999999999" '),
    "deep elements": _replace(SHEET, DATA, b"<x>" * 100_000 + b"</x>" * 100_000 + DATA),
    "many attributes": _replace(SHEET, b"<sheetData",
    b"<sheetData " + b" ".join(b'a%d="x"' % n for n in range(50_000))),
    "many merged cells": _replace(SHEET, b"</sheetData>",
    b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 999 + b"</mergeCells>"),
    "odd merged cells": _replace(SHEET, b"</sheetData>",
    b'</sheetData><mergeCells><mergeCell ref="B3:x"/></mergeCells>'),
    "a long formula": _replace(SHEET, b"<v>12</v>", b"<f>" + b"A1+" * 90_000 + b"A1</f><v>12</v>"),
    "a deep formula": _replace(SHEET, b"<v>12</v>",
    b"<f>" + b"(" * 90_000 + b"A1" + b")" * 90_000 + b"</f><v>12</v>"),
    "a formula of itself": _replace(SHEET, b"<v>12</v>", b"<f>B3</f><v>12</v>"),
    "a shared formula of none": _replace(SHEET, b"<v>12</v>", b'<f t="shared" si="9"/><v>12</v>'),
    "a formula from outside": _replace(SHEET, b"<v>12</v>", b"<f>'http://x.example/[x.xlsx]A'!A1</f><v>12</v>"),
    "a hidden column of minus one": _replace(SHEET, DATA,
    b'<cols><col min="-1" max="99999999999" hidden="1"/></cols>' + DATA),
    "relations in a circle": _replace("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"workbook.xml"),
    "a sheet outside": _replace("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"../../../etc/passwd"),
    "no relations": lambda parts: parts.__delitem__("xl/_rels/workbook.xml.rels"),
    "no sheet": lambda parts: parts.__delitem__(SHEET),
    "no workbook": lambda parts: parts.__delitem__("xl/workbook.xml"),
    "a sheet twice": lambda parts: parts.update({f"{SHEET}+": parts[SHEET]}),
    "10,000 sheets": _replace("xl/workbook.xml", b"</sheets>",
    b"".join(b'<sheet name="s%d" sheetId="1" r:id="rId1"/>' % n for n in range(10_000)) + b"</sheets>"),
    "a sheet of an odd name": _replace("xl/workbook.xml", b'name="A"', '''name="\u202e..\\/&#10;'"'''.encode()),
    "a long name": _replace("xl/workbook.xml", b'name="A"', b'name="' + b"A" * 500_000 + b'"'),
    "many styles": _set("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * 300_000 + b"</cellXfs></styleSheet>"),
    "a long format": _set("xl/styles.xml",
    b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="' + b"[h]0;" * 90_000
    + b'"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'),
    "styles in circles": _set("xl/styles.xml",
    b'<styleSheet><cellXfs><xf numFmtId="-1" xfId="-1" fontId="9"/></cellXfs></styleSheet>'),
    "20,000 parts": lambda parts: parts.update({f"x/{n}": b"" for n in range(20_000)}),
}  # fmt: skip
