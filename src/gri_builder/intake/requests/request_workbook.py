"""Write a request as a workbook: one row for each wanted fact, locked but for the cells that the owner fills in.

The same request gives the same bytes. Columns are found again by their headers, rows by their keys; a hidden sheet says
which report asks, and repeats what each row asks for, so that rows whose cells were mixed up are noticed.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from msgspec import Struct

from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.requests.request import OwnerRequest
from gri_builder.intake.requests.units import list_units
from gri_builder.intake.requests.words import find_language, load_words, write_day
from gri_builder.model.color import contrast, parse_color
from gri_builder.model.facts import WantedFact
from gri_builder.spreadsheets.writer import MAX_CELL, clean_text, settle_times

FORMAT = "gri-builder/request/1"
"""Mark of a request, in its hidden sheet and above its table."""
HIDDEN = "gri-builder"
"""Name of the hidden sheet."""
COLUMNS = ("fact", "breakdown", "period", "before", "value", "unit", "estimated", "note", "due", "key")
"""The columns of the table, by the keys of their headers."""
INPUTS = ("value", "unit", "estimated", "note")
WIDTHS = {
    "fact": 44,
    "breakdown": 28,
    "period": 10,
    "before": 16,
    "value": 18,
    "unit": 14,
    "estimated": 12,
    "note": 36,
    "due": 13,
    "key": 30,
}
"""Width of each column, in characters."""
HEADER_ROW = 6
"""Row of the headers, from 0."""
ID_ROW = 4
LINE = 15
"""Height of a line of text, in points."""
LISTS = 10
"""First column, from 0, of the lists of units in the hidden sheet."""
MIN_CONTRAST = 4.5
DARK = "#1f3a4d"
"""Color of the headers where that of the theme is too pale for white letters."""
ALLOWED = ("format_cells", "format_columns", "format_rows", "autofilter")
"""What the protection allows beside filling in. Sorting is not: it would move the free cells apart from their keys."""


class _Page(Struct):
    """A workbook that is being written."""

    report: AskingReport
    request: OwnerRequest
    words: Mapping[str, str]
    locale: str
    """Tag of the language in which days are written."""
    book: Any
    formats: dict[str, Any]


def write_request(report: AskingReport, request: OwnerRequest, language: str) -> bytes:
    """Return the workbook of a request, with its words in a language of `schemas/requests/`."""
    from xlsxwriter import Workbook

    moment, stream = datetime.combine(report.end, time.min), io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    words = load_words(language)
    title = words["title"].format(title=report.title)
    book.set_properties(
        {"title": clean_text(title)[:255], "author": clean_text(report.organization)[:255], "created": moment}
    )
    locale = report.language if find_language(report.language) == language else language
    page = _Page(report, request, words, locale, book, _make_formats(book, report.primary))
    sheet = book.add_worksheet(words["sheet"])
    files = book.add_worksheet(words["files-sheet"]) if request.files else None
    lists = _write_hidden(page, book.add_worksheet(HIDDEN))
    _write_facts(page, sheet, lists)
    if files is not None:
        _write_files(page, files)
    book.close()
    return settle_times(stream.getvalue(), moment)


def identify(report: AskingReport, owner: str | None) -> tuple[str, ...]:
    """Return what says which report asks, and whom."""
    return FORMAT, report.name, report.start.isoformat(), report.end.isoformat(), owner or ""


def describe_row(fact: WantedFact) -> tuple[str, ...]:
    """Return what a row asks for: fact, breakdown, period and the value before, as the row shows them."""
    before = f"{fact.before.value.normalize():f}" if fact.before else ""
    return describe_fact(fact.title, fact.note), ", ".join(fact.members), fact.period, before


def describe_fact(title: str, how: str | None) -> str:
    """Return the title of a fact with how it is found, on a line of its own."""
    return f"{title}\n{how}" if how else title


def _make_formats(book: Any, primary: str) -> dict[str, Any]:
    head = primary if contrast(parse_color(primary), parse_color("#ffffff")) >= MIN_CONTRAST else DARK
    edge = {"border": 1, "border_color": "#c9ced3", "valign": "top", "text_wrap": True}
    free = {**edge, "locked": False, "bg_color": "#fff8dc"}
    quiet = {"font_color": "#5a6570", "font_size": 9}
    made = {
        "title": {"bold": True, "font_size": 16, "font_color": head},
        "line": {"font_size": 11},
        "strong": {"font_size": 11, "bold": True},
        "how": {"text_wrap": True, "valign": "top"},
        "quiet": quiet,
        "header": {**edge, "bold": True, "bg_color": head, "font_color": "#ffffff", "border_color": head},
        "text": edge,
        "number": {**edge, "align": "right"},
        "key": {**edge, **quiet},
        "value": {**free, "align": "right", "bold": True},
        "free": free,
    }
    return {name: book.add_format(looks) for name, looks in made.items()}


def _text(sheet: Any, row: int, column: int, text: str, format: Any = None) -> None:
    """Write a text as a text, whatever it starts with."""
    if text:
        sheet.write_string(row, column, clean_text(text)[:MAX_CELL], format)
    else:
        sheet.write_blank(row, column, None, format)


def _fact(page: _Page, sheet: Any, row: int, column: int, fact: WantedFact) -> None:
    """Write what is asked, and how it is found in smaller letters below."""
    if not fact.note:
        _text(sheet, row, column, fact.title, page.formats["text"])
        return
    title, how = clean_text(fact.title)[: MAX_CELL // 2], clean_text(fact.note)[: MAX_CELL // 2 - 1]
    sheet.write_rich_string(row, column, title, page.formats["quiet"], f"\n{how}", page.formats["text"])


def _write_hidden(page: _Page, sheet: Any) -> Mapping[str, str]:
    """Write which report asks, what each row asks for, and the lists of units; return the range of each unit's list."""
    for row, text in enumerate(identify(page.report, page.request.owner)):
        _text(sheet, row, 0, text)
    for row, fact in enumerate(page.request.rows, HEADER_ROW):
        for column, text in enumerate((fact.key, *describe_row(fact), fact.unit.symbol)):
            _text(sheet, row, column, text)
    ranges: dict[str, str] = {}
    for fact in page.request.rows:
        if fact.unit.symbol in ranges:
            continue
        column = LISTS + len(ranges)
        symbols = list_units(fact.unit, page.report.units)
        for row, symbol in enumerate(symbols):
            _text(sheet, row, column, symbol)
        ranges[fact.unit.symbol] = f"='{HIDDEN}'!{_span(column, len(symbols))}"
    sheet.protect()
    sheet.very_hidden()
    return ranges


def _span(column: int, count: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return str(xl_range_abs(0, column, count - 1, column))


def _write_facts(page: _Page, sheet: Any, lists: Mapping[str, str]) -> None:
    rows, words, formats = page.request.rows, page.words, page.formats
    columns = [each for each in COLUMNS if each != "due" or len({row.due for row in rows}) > 1]
    _write_head(page, sheet, len(columns))
    before = _common({fact.before.period for fact in rows if fact.before})
    for number, column in enumerate(columns):
        header = f"{words[column]} {before}" if column == "before" and before else words[column]
        _text(sheet, HEADER_ROW, number, header, formats["header"])
        sheet.set_column(number, number, WIDTHS[column])
    for number, fact in enumerate(rows, HEADER_ROW + 1):
        _set_height(sheet, number, fact)
        for place, column in enumerate(columns):
            _write_cell(page, sheet, (number, place), column, fact)
    last = HEADER_ROW + max(len(rows), 1)
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    if rows:
        sheet.autofilter(HEADER_ROW, 0, last, len(columns) - 1)
        _add_validation(page, sheet, columns, lists)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.protect("", dict.fromkeys(ALLOWED, True))
    if rows:
        sheet.set_selection(HEADER_ROW + 1, columns.index("value"), HEADER_ROW + 1, columns.index("value"))


def _set_height(sheet: Any, row: int, fact: WantedFact) -> None:
    """Make a row as high as its longest text needs; not every program does so when it opens the file."""
    _, breakdown, _, _ = describe_row(fact)
    texts = {"breakdown": [breakdown], "key": [fact.key], "fact": [fact.title, *([fact.note] if fact.note else [])]}
    lines = max(sum(-(-len(text) // (WIDTHS[column] - 2)) for text in each) for column, each in texts.items())
    if lines > 1:
        sheet.set_row(row, LINE * lines)


def _common(periods: set[str]) -> str:
    """Return the only period of a set; '' where there are several."""
    return next(iter(periods)) if len(periods) == 1 else ""


def _write_head(page: _Page, sheet: Any, width: int) -> None:
    report, words, formats = page.report, page.words, page.formats
    _text(sheet, 0, 0, words["title"].format(title=report.title), formats["title"])
    start, end = (write_day(day, page.locale) for day in (report.start, report.end))
    period = words["of-period"].format(organization=report.organization, start=start, end=end)
    _text(sheet, 1, 0, period, formats["line"])
    owner = page.request.owner
    asked = [words["for"].format(owner=owner)] if owner else []
    if page.request.due:
        asked.append(words["return-by"].format(date=write_day(page.request.due, page.locale)))
    _text(sheet, 2, 0, " ".join(asked), formats["strong"])
    sheet.merge_range(3, 0, 3, width - 1, "", formats["how"])
    _text(sheet, 3, 0, words["how"].format(unit=words["unit"], note=words["note"]), formats["how"])
    sheet.set_row(3, 48)
    _text(sheet, ID_ROW, 0, " | ".join(identify(report, owner)), formats["quiet"])


def _write_cell(page: _Page, sheet: Any, place: tuple[int, int], column: str, fact: WantedFact) -> None:
    formats, (_, breakdown, period, _) = page.formats, describe_row(fact)
    row, number = place
    match column:
        case "value" | "note" | "estimated":
            sheet.write_blank(row, number, None, formats["value" if column == "value" else "free"])
        case "unit":
            _text(sheet, row, number, fact.unit.symbol, formats["free"])
        case "before" if fact.before:
            _write_number(page, sheet, place, fact.before.value)
        case "due" if fact.due:
            _text(sheet, row, number, write_day(fact.due, page.locale), formats["text"])
        case "fact":
            _fact(page, sheet, row, number, fact)
        case "breakdown":
            _text(sheet, row, number, breakdown, formats["text"])
        case "period":
            _text(sheet, row, number, period, formats["text"])
        case "key":
            _text(sheet, row, number, fact.key, formats["key"])
        case _:
            sheet.write_blank(row, number, None, formats["text"])


def _write_number(page: _Page, sheet: Any, place: tuple[int, int], value: Decimal) -> None:
    """Write a number with all its digits."""
    digits = max(0, -int(value.normalize().as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    name = f"number {pattern}"
    if name not in page.formats:
        looks = {"border": 1, "border_color": "#c9ced3", "valign": "top", "align": "right", "num_format": pattern}
        page.formats[name] = page.book.add_format(looks)
    sheet.write_number(*place, float(value), page.formats[name])


def _add_validation(page: _Page, sheet: Any, columns: Sequence[str], lists: Mapping[str, str]) -> None:
    rows, words = page.request.rows, page.words
    first, last = HEADER_ROW + 1, HEADER_ROW + len(rows)
    value, unit, estimated = (columns.index(each) for each in ("value", "unit", "estimated"))
    number = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -1e15,
        "maximum": 1e15,
        "ignore_blank": True,
        "input_title": words["value"],
        "input_message": words["number-help"],
        "error_title": words["value"],
        "error_message": words["number-error"],
        "error_type": "warning",
    }
    sheet.data_validation(first, value, last, value, number)
    choice = {"validate": "list", "source": [words["yes"], words["no"]], "ignore_blank": True}
    sheet.data_validation(first, estimated, last, estimated, choice)
    for row, fact in enumerate(rows, first):
        listed = {"validate": "list", "source": lists[fact.unit.symbol], "error_message": words["unit-error"]}
        sheet.data_validation(row, unit, row, unit, listed)
    filled = page.book.add_format({"bg_color": "#eaf4e4"})
    sheet.conditional_format(first, value, last, value, {"type": "no_blanks", "format": filled})


def _write_files(page: _Page, sheet: Any) -> None:
    """Write the files whose rows are asked for; the owner sends the files themselves."""
    words, formats = page.words, page.formats
    _text(sheet, 0, 0, words["files-how"], formats["strong"])
    for column, (key, width) in enumerate((("file", 40), ("period", 12), ("fact", 80))):
        _text(sheet, 2, column, words[key], formats["header"])
        sheet.set_column(column, column, width)
    for row, file in enumerate(page.request.files, 3):
        for column, text in enumerate((file.path, file.period, ", ".join(file.facts))):
            _text(sheet, row, column, text, formats["text"])
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", dict.fromkeys(ALLOWED, True))
