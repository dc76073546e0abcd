"""Returned requests, as people and programs damage them: each a function that takes the request and returns a file.

The request is filled in first with plausible values (`FILLED`); what a case changes is all that is wrong with it.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.packages import read_parts, write_parts

FIRST = 8
"""First row of the table."""
FACT, BREAKDOWN, PERIOD, BEFORE, VALUE, UNIT, ESTIMATED, NOTE, KEY = range(1, 10)
FILLED = {
    "fuel[2016, Natural gas]": 97100,
    "fuel[2016, Diesel]": 20350,
    "fuel[2016, LPG]": 5640,
    "electricity[2016]": 222315,
    "energy-intensity[2016]": 8.41,
    "renewable-share[2016]": 41.25,
    "water[2016]": 39870,
    "waste[2016]": 17940,
    "scope-2[2016]": 11905,
    "employees[2016, Women]": 1204,
    "employees[2016, Men]": 2988,
    "packaging[2016]": 512.5,
}
"""What the owner fills in, in the order of the rows: row 8 is the first."""
GAS, DIESEL, LPG, ELECTRICITY, INTENSITY, SHARE, WATER, WASTE, SCOPE_2, WOMEN, MEN, PACKAGING = range(8, 20)
"""Row of each figure."""

Make = Callable[[bytes], bytes]
CASES: dict[str, tuple[str, Make]] = {}
"""Name of the file and its maker, by the name of the case."""


def fill(request: bytes, values: dict[str, Any] | None = None) -> bytes:
    """Return a request with values typed in, by key."""
    return edit(request, lambda sheet: type_values(sheet, FILLED if values is None else values))


def type_values(sheet: Worksheet, values: dict[str, Any]) -> None:
    """Type values into the rows of their keys."""
    for row in range(FIRST, sheet.max_row + 1):
        key = str(sheet.cell(row, KEY).value)
        if key in values:
            sheet.cell(row, VALUE).value = values[key]


def edit(request: bytes, change: Callable[[Worksheet], object]) -> bytes:
    """Return a workbook after a change of its first sheet, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(request))
    change(book.worksheets[0])
    return save(book)


def save(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def case(name: str, file: str = "returned.xlsx") -> Callable[[Make], Make]:
    """Register a case that takes the filled request and returns a file."""

    def register(make: Make) -> Make:
        CASES[name] = file, make
        return make

    return register


def on_sheet(name: str) -> Callable[[Callable[[Worksheet], object]], Callable[[Worksheet], object]]:
    """Register a case that changes the sheet of the filled request."""

    def register(change: Callable[[Worksheet], object]) -> Callable[[Worksheet], object]:
        CASES[name] = "returned.xlsx", lambda filled: edit(filled, change)
        return change

    return register


def typed(name: str, row: int, value: Any, column: int = VALUE, format: str | None = None) -> None:
    """Register a case with one other cell."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(row, column).value = value
        if format:
            sheet.cell(row, column).number_format = format

    CASES[name] = "returned.xlsx", lambda filled: edit(filled, change)


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    last = FIRST + len(FILLED)
    return [[cell.value for cell in sheet[row][:KEY]] for row in range(FIRST, last)]


def put_rows(sheet: Worksheet, rows: list[list[Any]], first: int = FIRST) -> None:
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


# As it should be, whatever was done to the sheet


@case("as-filled")
def _(filled: bytes) -> bytes:
    return filled


@on_sheet("rows-sorted")
def _(sheet: Worksheet) -> None:
    put_rows(sheet, sorted(rows_of(sheet), key=lambda row: row[VALUE - 1]))


@on_sheet("rows-inserted")
def _(sheet: Worksheet) -> None:
    sheet.insert_rows(FIRST + 3, 2)
    sheet.insert_rows(3, 4)
    sheet.cell(3, 1).value = "Sent back by Jane, 12 January"


@on_sheet("columns-inserted")
def _(sheet: Worksheet) -> None:
    sheet.insert_cols(5, 2)
    sheet.insert_cols(1)


@on_sheet("columns-moved")
def _(sheet: Worksheet) -> None:
    for row in range(7, FIRST + len(FILLED)):
        cells = [sheet.cell(row, column).value for column in range(1, KEY + 1)]
        for column, value in enumerate([cells[KEY - 1], *cells[: KEY - 1]], 1):
            sheet.cell(row, column).value = value
        sheet.cell(row, VALUE).number_format, sheet.cell(row, VALUE + 1).number_format = "#,##0.###", "General"


@on_sheet("recolored")
def _(sheet: Worksheet) -> None:
    for row in range(FIRST, FIRST + len(FILLED)):
        sheet.cell(row, VALUE).fill = PatternFill("solid", fgColor="FFFF0000")
        sheet.cell(row, VALUE).font = Font(name="Comic Sans MS", size=20, bold=True)
        sheet.cell(row, VALUE).number_format = "#,##0.00"


@case("sheets-renamed")
def _(filled: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    book.worksheets[0].title = "Jane's numbers (final)"
    return save(book)


@case("hidden-sheet-deleted")
def _(filled: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    del book["gri-builder"]
    return save(book)


@on_sheet("line-of-the-report-deleted")
def _(sheet: Worksheet) -> None:
    sheet.delete_rows(5)


@on_sheet("headers-in-german")
def _(sheet: Worksheet) -> None:
    names = ("Zahl", "Davon", "Zeitraum", "Zuvor: 2015", "WERT", "Einheit", "Geschätzt?", "Bemerkung", " Schlüssel ")
    put_rows(sheet, [list(names)], 7)


@on_sheet("keys-in-capitals")
def _(sheet: Worksheet) -> None:
    for row in range(FIRST, FIRST + len(FILLED)):
        sheet.cell(row, KEY).value = f"  {str(sheet.cell(row, KEY).value).upper().replace(', ', ',  ')} "


@on_sheet("password-on-the-sheet")
def _(sheet: Worksheet) -> None:
    sheet.protection.set_password("secret")
    sheet.protection.enable()


@case("saved-as-google-sheets-does")
def _(filled: bytes) -> bytes:
    """Texts inside their cells, no protection, no widths, and attributes that nobody else writes."""
    parts = read_parts(filled)
    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        text = re.sub(r"<sheetProtection[^>]*/>|<cols>.*?</cols>", "", parts[name].decode(), flags=re.DOTALL)
        parts[name] = (
            text.replace("<row ", '<row x14ac:dyDescent="0.2" ')
            .replace(
                "<worksheet ",
                '<worksheet xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ',
                1,
            )
            .encode()
        )
    return write_parts(parts)


@case("saved-as-excel-does")
def _(filled: bytes) -> bytes:
    """All texts in a table of shared strings, some in several runs."""
    parts = read_parts(filled)
    strings: list[str] = []

    def share(match: re.Match[str]) -> str:
        text = match[3]
        half = len(text) // 2 if "&" not in text else 0
        runs = "".join(f'<r><t xml:space="preserve">{each}</t></r>' for each in (text[:half], text[half:]))
        strings.append(f"<si>{runs}</si>")
        return f'<c {match[1]}t="s"{match[2]}><v>{len(strings) - 1}</v></c>'

    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        inline = r'<c ([^>]*?)t="inlineStr"([^>]*)><is><t[^>]*>(.*?)</t></is></c>'
        parts[name] = re.sub(inline, share, parts[name].decode(), flags=re.DOTALL).encode()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{"".join(strings)}</sst>'.encode()
    types, links = parts["[Content_Types].xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", override).encode()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rIdStrings" Type="{relation}" Target="sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = links.replace("</Relationships>", link).encode()
    assert len(strings) > 50
    return write_parts(parts)


@case("strict-open-xml")
def _(filled: bytes) -> bytes:
    """As Excel saves a 'Strict Open XML Spreadsheet' (ISO 29500)."""
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    parts = read_parts(filled)
    for name, data in parts.items():
        for old, new in names.items():
            data = data.replace(old, new)
        parts[name] = data
    return write_parts(parts)


@case("ending-in-capitals", "RETURNED.XLSX")
def _(filled: bytes) -> bytes:
    return filled


# Numbers in the notation of some country, and units


typed("german-number", GAS, "97.100,5")
typed("french-number", GAS, "97 100,5")
typed("french-number-narrow-space", GAS, "97\u202f100,5")
typed("swiss-number", GAS, "97'100.5")
typed("swiss-number-curly", GAS, "97’100.5")
typed("indian-number", WATER, "1,23,456.5")
typed("english-number", GAS, "97,100.5")
typed("spaces-around", GAS, "\u00a0 97100 \u00a0")
typed("full-width-digits", GAS, "９７１００")
typed("arabic-digits", INTENSITY, "٨٫٤١")
typed("devanagari-digits", GAS, "९७१००")
typed("unicode-minus", GAS, "−97100")
typed("point-that-the-year-before-explains", GAS, "97.100")
typed("comma-that-the-year-before-explains", INTENSITY, "8,412")
typed("point-that-nothing-explains", PACKAGING, "1.234")
typed("float-noise", INTENSITY, 8.409999999999999)
typed("unit-in-the-cell", ELECTRICITY, "61 754,17 MWh")
typed("same-unit-in-the-cell", ELECTRICITY, "222,315 GJ")
typed("unit-in-words", ELECTRICITY, "61754.17 Megawatt hours")
typed("unknown-unit-in-the-cell", ELECTRICITY, "222315 gigs")
typed("unit-of-something-else-in-the-cell", ELECTRICITY, "222315 t")
typed("thousands-in-a-letter", ELECTRICITY, "222k")
typed("percent-in-the-cell", SHARE, "41,25 %")
typed("percent-of-energy", GAS, "97 %")
typed("percent-format", SHARE, 0.4125, format="0.00%")
typed("fraction-for-percent", SHARE, 0.4125)
typed("percent-format-on-energy", GAS, 0.97, format="0%")
typed("about", GAS, "ca. 97100")
typed("less-than", GAS, "<5")
typed("in-parentheses", GAS, "(97100)")
typed("minus-behind", GAS, "97100-")
typed("scientific-text", GAS, "9,71E+04")
typed("two-numbers", GAS, "97100 / 98000")
typed("sum-as-text", GAS, "90000+7100")
typed("words", GAS, "see attached")
typed("too-many-digits", GAS, "9" * 60)
typed("out-of-range", GAS, "1" + "0" * 400)
typed("truth-value", GAS, True)
typed("thousands-format", GAS, 97100, format="#,##0,")
typed("format-with-another-unit", ELECTRICITY, 61754, format='#,##0" MWh"')
typed("date-for-a-number", INTENSITY, date(2016, 8, 4), format="d.m")
typed("day-number-for-a-number", INTENSITY, 42586)
typed("zero", WASTE, 0)
typed("another-sign", WASTE, -17940)
typed("thousand-times", WATER, 39870000)
typed("tripled-headcount", MEN, 9075)
typed("another-unit-without-saying-so", ELECTRICITY, 61754)
typed("the-year-before-once-more", ELECTRICITY, 226900)
typed("text-that-is-a-formula", GAS, "'=1+1")
typed("not-available", PACKAGING, "n/a")
typed("not-available-in-german", PACKAGING, "k. A.")
typed("not-available-by-a-dash", PACKAGING, "–")


@on_sheet("numbers-as-texts")
def _(sheet: Worksheet) -> None:
    """All numbers as German texts, as a sheet of texts brings them."""
    for row in range(FIRST, FIRST + len(FILLED)):
        number = sheet.cell(row, VALUE).value
        sheet.cell(row, VALUE).value = f"{number:,}".translate(str.maketrans(",.", ".,"))


@on_sheet("notation-against-the-year-before")
def _(sheet: Worksheet) -> None:
    """The file has decimal points, the year before says that this point groups thousands."""
    sheet.cell(INTENSITY, VALUE).value = "8.41"
    sheet.cell(GAS, VALUE).value = "97.100"


@on_sheet("unit-changed")
def _(sheet: Worksheet) -> None:
    sheet.cell(ELECTRICITY, VALUE).value, sheet.cell(ELECTRICITY, UNIT).value = 61754.17, "MWh"


@on_sheet("unit-in-words-in-its-column")
def _(sheet: Worksheet) -> None:
    sheet.cell(ELECTRICITY, VALUE).value, sheet.cell(ELECTRICITY, UNIT).value = 61754.17, "megawatt hours"


@on_sheet("unit-chosen-and-typed")
def _(sheet: Worksheet) -> None:
    sheet.cell(ELECTRICITY, VALUE).value, sheet.cell(ELECTRICITY, UNIT).value = "61754 MWh", "kWh"


typed("unit-that-does-not-convert", ELECTRICITY, "t", UNIT)
typed("unit-unknown", ELECTRICITY, "gigs", UNIT)
typed("unit-deleted", ELECTRICITY, None, UNIT)
typed("unit-with-two-meanings", WASTE, "tons", UNIT)
typed("estimated", WASTE, "yes", ESTIMATED)
typed("estimated-in-german", WASTE, "Ja", ESTIMATED)
typed("estimated-by-a-cross", WASTE, "x", ESTIMATED)
typed("perhaps-estimated", WASTE, "perhaps", ESTIMATED)
typed("note", WASTE, "without the yard\nin Horsens; “=1+1” {{ x }}", NOTE)


# Formulas and errors


@on_sheet("formula-without-result")
def _(sheet: Worksheet) -> None:
    sheet.cell(GAS, VALUE).value = "=90000+7100"


@case("formula-with-result")
def _(filled: bytes) -> bytes:
    return replace_cell(filled, f"E{GAS}", '<c r="E8"><f>90000+7100</f><v>97100</v></c>')


@case("formula-with-error")
def _(filled: bytes) -> bytes:
    return replace_cell(filled, f"E{GAS}", '<c r="E8" t="e"><f>1/0</f><v>#DIV/0!</v></c>')


@case("formula-from-the-year-before")
def _(filled: bytes) -> bytes:
    return replace_cell(filled, f"E{GAS}", '<c r="E8"><f>ROUND($D$8*1.02,0)</f><v>100572</v></c>')


typed("error-as-text", GAS, "#REF!")


# Rows, keys and cells that were mixed up


@on_sheet("values-sorted-alone")
def _(sheet: Worksheet) -> None:
    values = sorted(float(row[VALUE - 1]) for row in rows_of(sheet))
    for row, value in enumerate(values, FIRST):
        sheet.cell(row, VALUE).value = value


@on_sheet("values-one-row-too-low")
def _(sheet: Worksheet) -> None:
    values = [row[VALUE - 1] for row in rows_of(sheet)]
    for row, value in enumerate(values[:-1], FIRST + 1):
        sheet.cell(row, VALUE).value = value
    sheet.cell(FIRST, VALUE).value = None


@on_sheet("keys-sorted-alone")
def _(sheet: Worksheet) -> None:
    keys = sorted(str(row[KEY - 1]) for row in rows_of(sheet))
    for row, key in enumerate(keys, FIRST):
        sheet.cell(row, KEY).value = key


@on_sheet("questions-pasted-over")
def _(sheet: Worksheet) -> None:
    for row in (ELECTRICITY, WASTE):
        for column in (FACT, BREAKDOWN):
            sheet.cell(row, column).value = sheet.cell(LPG, column).value


typed("before-pasted-over", WASTE, 20500, BEFORE)
typed("period-changed", WASTE, "2017", PERIOD)
typed("key-misspelt", WASTE, "wast[2016]", KEY)
typed("key-of-another-year", WASTE, "waste[2015]", KEY)
typed("key-of-a-derived-series", WASTE, "energy-per-sales[2016]", KEY)
typed("key-deleted", WASTE, None, KEY)


@on_sheet("row-doubled-with-the-same-value")
def _(sheet: Worksheet) -> None:
    put_rows(sheet, [rows_of(sheet)[0]], FIRST + len(FILLED))


@on_sheet("row-doubled-with-another-value")
def _(sheet: Worksheet) -> None:
    copy = rows_of(sheet)[0]
    copy[VALUE - 1] = 98000
    put_rows(sheet, [copy], FIRST + len(FILLED))


@on_sheet("row-doubled-and-empty")
def _(sheet: Worksheet) -> None:
    copy = rows_of(sheet)[0]
    copy[VALUE - 1] = None
    put_rows(sheet, [copy], FIRST + len(FILLED))


@on_sheet("rows-deleted")
def _(sheet: Worksheet) -> None:
    sheet.delete_rows(WATER, 3)


@on_sheet("cells-cleared")
def _(sheet: Worksheet) -> None:
    for row in (WATER, WASTE):
        sheet.cell(row, VALUE).value = None
    sheet.cell(WASTE, NOTE).value = "The invoice comes in March"


@on_sheet("values-merged")
def _(sheet: Worksheet) -> None:
    sheet.cell(DIESEL, VALUE).value = None
    sheet.merge_cells(start_row=GAS, end_row=DIESEL, start_column=VALUE, end_column=VALUE)


@on_sheet("row-hidden")
def _(sheet: Worksheet) -> None:
    sheet.row_dimensions[WASTE].hidden = True


@on_sheet("columns-hidden")
def _(sheet: Worksheet) -> None:
    sheet.column_dimensions["F"].hidden = True
    sheet.column_dimensions["I"].hidden = True
    sheet.cell(ELECTRICITY, UNIT).value = "MWh"


@on_sheet("row-filtered-away")
def _(sheet: Worksheet) -> None:
    sheet.auto_filter.add_filter_column(0, ["Fuel used"])
    for row in range(ELECTRICITY, PACKAGING + 1):
        sheet.row_dimensions[row].hidden = True


@on_sheet("value-struck-out")
def _(sheet: Worksheet) -> None:
    sheet.cell(WASTE, VALUE).font = Font(strike=True)


@on_sheet("value-in-white")
def _(sheet: Worksheet) -> None:
    sheet.cell(WASTE, VALUE).fill = PatternFill()
    sheet.cell(WASTE, VALUE).font = Font(color="FFFFFFFF")


@on_sheet("header-of-values-renamed")
def _(sheet: Worksheet) -> None:
    sheet.cell(7, VALUE).value = "2016 actuals"


@on_sheet("header-of-units-renamed")
def _(sheet: Worksheet) -> None:
    sheet.cell(7, UNIT).value = "In what?"


@on_sheet("header-doubled")
def _(sheet: Worksheet) -> None:
    sheet.cell(7, NOTE).value = "Value"


@on_sheet("number-beside-the-table")
def _(sheet: Worksheet) -> None:
    sheet.cell(WASTE, KEY + 2).value = 17000
    sheet.cell(WATER, KEY + 2).value = "see mail"


@on_sheet("comment")
def _(sheet: Worksheet) -> None:
    sheet.cell(WASTE, VALUE).comment = Comment("without the yard in Horsens", "Jane")


@on_sheet("total-below")
def _(sheet: Worksheet) -> None:
    row = FIRST + len(FILLED)
    sheet.cell(row, FACT).value, sheet.cell(row, VALUE).value = "Total", 400000
    sheet.cell(row + 1, FACT).value = "Signed: Jane"
    sheet.cell(row, FACT).alignment = Alignment(horizontal="right")


@case("sheet-copied-with-other-values")
def _(filled: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    copy = book.copy_worksheet(book.worksheets[0])
    copy.cell(WASTE, VALUE).value = 18000
    return save(book)


@case("sheet-hidden")
def _(filled: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    book.create_sheet("Thanks")["A1"] = "Thank you"
    book.worksheets[0].sheet_state = "hidden"
    book.active = 2
    return save(book)


@on_sheet("headers-repeated")
def _(sheet: Worksheet) -> None:
    rows = rows_of(sheet)
    headers = [cell.value for cell in sheet[7][:KEY]]
    put_rows(sheet, [*rows[:6], headers, *rows[6:]])


@case("another-sheet")
def _(filled: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    book.create_sheet("Meters")["A1"] = "Meter 1: 1204"
    return save(book)


# Other files


def of_report(old: str, new: str) -> Make:
    """Return a maker of a request that says it is of another report, in both places."""

    def make(filled: bytes) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(filled))
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=6):
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace(old, new)
        return save(book)

    return make


CASES["of-another-report"] = "returned.xlsx", of_report("acme-2016", "acme-polska-2016")
CASES["of-last-year"] = "returned.xlsx", of_report("2016-", "2015-")
CASES["of-a-later-version"] = "returned.xlsx", of_report("request/1", "request/9")


@case("two-owners-in-one-workbook")
def _(filled: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    copy = book.copy_worksheet(book.worksheets[0])
    copy["A5"] = str(copy["A5"].value).replace("Facility manager", "Finance")
    return save(book)


@case("neither-line-nor-hidden-sheet")
def _(filled: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    del book["gri-builder"]
    book.worksheets[0].delete_rows(5)
    return save(book)


@case("another-table")
def _(_filled: bytes) -> bytes:
    book = openpyxl.Workbook()
    for row in (["Site", "Year", "Energy (GJ)"], ["Leeds", 2016, 97100], ["York", 2016, 20350]):
        book.worksheets[0].append(row)
    return save(book)


@case("empty-workbook")
def _(_filled: bytes) -> bytes:
    return save(openpyxl.Workbook())


@case("half-a-file")
def _(filled: bytes) -> bytes:
    return filled[: len(filled) // 2]


@case("empty-file")
def _(_filled: bytes) -> bytes:
    return b""


@case("not-a-workbook")
def _(_filled: bytes) -> bytes:
    return b"Dear Jane, the numbers follow next week.\n"


@case("sheet-cut-off")
def _(filled: bytes) -> bytes:
    parts = read_parts(filled)
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:4000]
    return write_parts(parts)


@case("encrypted")
def _(_filled: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


@case("page-of-the-web", "returned.xls")
def _(_filled: bytes) -> bytes:
    return b"<html><table><tr><td>97100</td></tr></table></html>"


@case("wrong-ending", "returned.ods")
def _(filled: bytes) -> bytes:
    return filled


@case("picture", "returned.png")
def _(_filled: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n"


# Other formats


def texts_of(filled: bytes, decimal: str = ".", group: str = "") -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(filled)).worksheets[0]
    signs = str.maketrans({",": group, ".": decimal})
    return [
        [
            "" if value is None else f"{value:,}".translate(signs) if isinstance(value, int | float) else str(value)
            for value in (cell.value for cell in row[:KEY])
        ]
        for row in sheet.iter_rows(max_row=FIRST + len(FILLED) - 1)
    ]


def as_csv(rows: list[list[str]], delimiter: str) -> str:
    def quote(text: str) -> str:
        doubled = text.replace('"', '""')
        return f'"{doubled}"' if re.search(rf'[{delimiter}"\n]', text) else text

    return "".join(delimiter.join(map(quote, row)) + "\r\n" for row in rows)


@case("csv-in-english", "returned.csv")
def _(filled: bytes) -> bytes:
    return as_csv(texts_of(filled), ",").encode()


@case("csv-in-german", "returned.csv")
def _(filled: bytes) -> bytes:
    return as_csv(texts_of(filled, ",", "."), ";").encode("cp1252", "replace")


@case("csv-cut-off", "returned.csv")
def _(filled: bytes) -> bytes:
    text = as_csv(texts_of(filled), ",")
    return text[: text.index("11905") + 3].encode()


@case("tsv-in-utf-16", "returned.tsv")
def _(filled: bytes) -> bytes:
    return as_csv(texts_of(filled), "\t").encode("utf-16")


@case("excel-97", "returned.xls")
def _(filled: bytes) -> bytes:
    book, stream = xlwt.Workbook(), io.BytesIO()
    source = openpyxl.load_workbook(io.BytesIO(filled))
    for sheet in source.worksheets:
        page = book.add_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.row and cell.column:
                    page.write(cell.row - 1, cell.column - 1, cell.value)
    book.save(stream)
    return stream.getvalue()


@case("excel-97-with-a-fraction", "returned.xls")
def _(filled: bytes) -> bytes:
    """25 % is 0.25 there, and its format is not read."""
    changed = edit(filled, lambda sheet: type_values(sheet, {"renewable-share[2016]": 0.4125}))
    return CASES["excel-97"][1](changed)


def replace_cell(filled: bytes, cell: str, xml: str) -> bytes:
    """Return a workbook with other XML for one cell of its first sheet."""
    parts = read_parts(filled)
    text = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', xml, text).encode()
    return write_parts(parts)


def find_soffice() -> str | None:
    """Return the path of LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def save_by_libreoffice(files: list[Path], kind: str, folder: Path, profile: Path) -> None:
    """Open workbooks in LibreOffice and save them in another format, such as 'ods' or 'xlsx'."""
    program = find_soffice()
    assert program
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=120)
