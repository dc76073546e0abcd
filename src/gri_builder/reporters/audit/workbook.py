"""An audit as a working paper: a workbook with columns for the auditor's remarks, which an update keeps.

Each row has a key. Remarks on a row that no longer exists move to a separate sheet, and back when the row returns.
Sheets that the auditor added stay as they are; that is why openpyxl writes this workbook, as it can change an existing
one, and XlsxWriter all others.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from msgspec import Struct, field

from gri_builder.model.audit_result import AuditResult
from gri_builder.model.framework import Framework
from gri_builder.model.texts.finding_text import shorten
from gri_builder.reporters.audit.earlier_paper import (
    NotAWorkbookError,
    PaperNotUpdatedError,
    check_earlier_paper,
    count_sheets,
    has_pictures,
    list_texts,
)
from gri_builder.reporters.audit.sample import SAMPLE_REMARKS
from gri_builder.reporters.audit.working_paper import HEADINGS, REMARK_COLUMNS, Sheet, list_sheets
from gri_builder.reporters.coverage.table import UNDATED
from gri_builder.spreadsheets.writer import (
    DEFAULT_WIDTH,
    HEADER,
    LINK,
    TEXT,
    add_styles,
    clean_text,
    save_book,
    settle_times,
)

EARLIER_REMARKS = "Earlier remarks"
"""Sheet for remarks on rows that no longer exist."""
KEY = "key"
FILLED_IN = frozenset({*REMARK_COLUMNS, *SAMPLE_REMARKS})
"""Columns whose heads are marked as the auditor's."""
MAX_CELL_LENGTH = 32_767
"""Most characters that a cell can hold."""

_WIDTHS = {
    "title": 40,
    "references": 24,
    "omission": 40,
    "evidence_text": 60,
    "failed": 28,
    "message": 70,
    "help": 50,
    "remark": 40,
    "value": 70,
    "what": 28,
    "row": 60,
    "rule": 20,
    "procedure": 60,
    "stated": 30,
    "claims": 60,
    "fact": 40,
    "printed as": 40,
    "source": 50,
    "result": 18,
    "exception": 40,
}
RESULTS = ("no exception", "exception", "not performed")
"""Results of a procedure that the working paper offers; others can be written too."""


class _Remarks(Struct):
    """The auditor's remarks: cells by column name, by sheet and key of the row."""

    cells: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    """A summary of each row."""


def write_audit_xlsx(
    audit: AuditResult, framework: Framework, program: str, pdf_url: str | None = None, previous: bytes | None = None
) -> bytes:
    """Return the working paper; `pdf_url` is the address of the PDF, relative to the workbook.

    `program` is the name of its author; `previous` is the working paper that it replaces. Raises
    PaperNotUpdatedError where a remark in it could be lost.
    """
    from openpyxl import Workbook

    book = _open(previous) if previous is not None else Workbook()
    sheets = list_sheets(audit, framework, program)
    generated = {title.casefold() for title in (*(sheet.title for sheet in sheets), EARLIER_REMARKS)}
    columns = frozenset({*(name for sheet in sheets for name in sheet.headings), KEY, "row", "sheet"})
    there = list_texts(book, generated, columns)
    add_styles(book)
    remarks = _read_remarks(book, sheets)
    for title in book.sheetnames:
        if previous is None or title.casefold() in generated:
            _clear(book, title)
    for place, sheet in enumerate(sheets):
        _fill(book.create_sheet(sheet.title, place), sheet, remarks, pdf_url)
    _write_earlier_remarks(book, sheets, remarks)
    if lost := there - list_texts(book, generated, columns):
        raise PaperNotUpdatedError(f"'{shorten(next(iter(lost)))}' in it would be lost")
    book.active = 0
    day = (audit.coverage.end if audit.coverage else None) or UNDATED
    moment = datetime.combine(day, time.min, UTC)
    book.properties.creator, book.properties.title = "gri-builder", f"Audit of {clean_text(audit.file)}"
    book.properties.created = moment.replace(tzinfo=None)
    return settle_times(save_book(book), moment, canonical=True)


def _open(data: bytes) -> Any:
    from openpyxl import load_workbook

    check_earlier_paper(data)
    try:
        with warnings.catch_warnings(action="ignore"):  # of extensions that hold no text
            book = load_workbook(io.BytesIO(data))
    except Exception as problem:  # openpyxl lets errors of the ZIP file, the XML and its own parser pass
        raise NotAWorkbookError("the workbook is damaged") from problem
    if len(book.sheetnames) != count_sheets(data):
        raise NotAWorkbookError("the workbook is damaged: some of its sheets can't be read")
    return book


def _clear(book: Any, title: str) -> None:
    """Remove a generated sheet; one whose keys the auditor deleted can't be matched, and is kept under another name."""
    sheet = book[title]
    if has_pictures(sheet):
        raise PaperNotUpdatedError(f"its sheet '{title}' holds a picture or chart; move it to a sheet of its own")
    is_empty = all(value is None for row in sheet.iter_rows(values_only=True) for value in row)
    if is_empty or KEY in [cell.value for cell in sheet[1]]:
        del book[title]
    else:
        sheet.title = f"{title} before"


# The auditor's remarks


def _read_remarks(book: Any, sheets: Sequence[Sheet]) -> _Remarks:
    """Return what the auditor wrote into columns that are not generated, and into the sheet of earlier remarks."""
    remarks, titles = _Remarks(), {title.casefold(): title for title in book.sheetnames}
    for sheet in sheets:
        if title := titles.get(sheet.title.casefold()):
            for key, row, remark_cells in _remark_cells(book[title], frozenset(sheet.headings)):
                remarks.cells[sheet.title, key], remarks.rows[sheet.title, key] = remark_cells, row
    if earlier := titles.get(EARLIER_REMARKS.casefold()):
        for key, row, remark_cells in _remark_cells(book[earlier], frozenset()):
            title = str(remark_cells.pop("sheet", "") or "")
            remarks.cells.setdefault((title, key), remark_cells)
            remarks.rows.setdefault((title, key), row)
    return remarks


def _remark_cells(sheet: Any, generated: frozenset[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield for each row its key, its summary, and the auditor's cells that are not empty.

    `generated` are the headings of the columns that are not the auditor's.
    """
    rows = sheet.iter_rows()
    heads = _name_columns(next(rows, ()))
    if KEY not in heads:
        return
    seen: Counter[str] = Counter()
    for row in rows:
        named = dict(zip(heads, row, strict=False))
        remark_cells = {
            name: cell
            for name, cell in named.items()
            if name not in generated and name not in (KEY, "row") and cell.value not in (None, "")
        }
        comments = {f"comment on {name}": cell.comment.text for name, cell in named.items() if cell.comment}
        if comments or any(name != "sheet" for name in remark_cells):
            summary = str(named["row"].value or "") if "row" in named else _summarize(named)
            key = str(named[KEY].value or "added by hand")
            seen[key] += 1
            yield (
                key if seen[key] == 1 else f"{key} +{seen[key]}",
                summary,
                {n: _RemarkCell.of(c) for n, c in remark_cells.items()}
                | {n: _RemarkCell(text, "General") for n, text in comments.items()},
            )


def _name_columns(heads: Sequence[Any]) -> list[str]:
    """Return a name for each column: its heading, with a number if it is there twice, or its letter."""
    names: list[str] = []
    for cell in heads:
        name = str(cell.value or "") or f"column {cell.column_letter}"
        numbered = (f"{name} ({number})" for number in range(2, len(heads) + 2))
        names.append(next(each for each in (name, *numbered) if each not in names))
    return names


def _summarize(named: Mapping[str, Any]) -> str:
    """Return the content of a row, by which people recognize it when it is gone."""
    names = ("what", "status", "severity", "title", "message", "references", "stated", "value")
    return "; ".join(str(named[name].value) for name in names if name in named and named[name].value)


class _RemarkCell(Struct, frozen=True):
    """A cell of the auditor: its value, its number format and its link."""

    value: Any
    number_format: str
    link: str | None = None

    @classmethod
    def of(cls, cell: Any) -> _RemarkCell:
        """Return the parts of a cell that are kept."""
        return cls(cell.value, cell.number_format, cell.hyperlink.target if cell.hyperlink else None)

    def __str__(self) -> str:
        return str(self.value)


def _write_earlier_remarks(book: Any, sheets: Sequence[Sheet], remarks: _Remarks) -> None:
    """Write the remarks whose rows no longer exist to a separate sheet."""
    there = {(sheet.title, line.key) for sheet in sheets for line in sheet.lines}
    lost = sorted(place for place in remarks.cells if place not in there)
    if not lost:
        return
    further = dict.fromkeys(name for place in lost for name in remarks.cells[place] if name not in REMARK_COLUMNS)
    columns = ("sheet", "row", *REMARK_COLUMNS, *further)
    sheet = book.create_sheet(EARLIER_REMARKS, len(sheets))
    _head(sheet, (*columns, KEY))
    for number, (title, key) in enumerate(lost, start=2):
        remark_cells = {"sheet": title, "row": remarks.rows[title, key], **remarks.cells[title, key], KEY: key}
        for column, name in enumerate((*columns, KEY), start=1):
            _put(sheet, number, column, remark_cells.get(name, ""))
    _finish(sheet, (*columns, KEY))


# Cells


def _fill(sheet: Any, content: Sheet, remarks: _Remarks, pdf_url: str | None) -> None:
    sheet_remarks = {place: remark_cells for place, remark_cells in remarks.cells.items() if place[0] == content.title}
    present = {line.key for line in content.lines}
    further = dict.fromkeys(
        name
        for (_, key), remark_cells in sheet_remarks.items()
        if key in present
        for name in remark_cells
        if name not in content.remarks
    )
    columns = (*content.columns, *content.remarks, *further, KEY)
    _head(sheet, columns)
    for number, line in enumerate(content.lines, start=2):
        remark_cells = sheet_remarks.get((content.title, line.key), {})
        cells = [*line.cells, *(remark_cells.get(name, "") for name in (*content.remarks, *further)), line.key]
        for column, value in enumerate(cells, start=1):
            _put(sheet, number, column, value)
        if content.link and pdf_url and line.page:
            _add_link(sheet.cell(number, columns.index(content.link) + 1), pdf_url, line.page)
    _finish(sheet, columns)


def _head(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.styles import PatternFill

    for column, name in enumerate(columns, start=1):
        cell = sheet.cell(1, column, HEADINGS.get(name, name))
        cell.style = HEADER
        color = "FFF2CC" if name in FILLED_IN else "E7EEEA"
        cell.fill = PatternFill("solid", start_color=color, end_color=color)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Set a cell; a text is stored as text even if it looks like a formula, and the auditor's cells stay unchanged."""
    cell = sheet.cell(row, column)
    cell.style = TEXT
    if isinstance(value, _RemarkCell):
        cell.value, cell.number_format = value.value, value.number_format
        if value.link:
            cell.hyperlink = value.link
    elif isinstance(value, str):
        cell.value = clean_text(value)[:MAX_CELL_LENGTH] or None
        cell.data_type = "s" if value else "n"
    else:
        cell.value = value


def _add_link(cell: Any, pdf_url: str, page: int) -> None:
    """Make a cell a link to a page of the PDF (ECMA-376-1, 18.3.1.47; RFC 8118, 3: `page=N`)."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=pdf_url, location=f"page={page}")
    cell.style = LINK


def _offer_results(sheet: Any, column: str) -> None:
    """Offer the results of a procedure in the cells of a column."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation("list", formula1=f'"{",".join(RESULTS)}"', allow_blank=True, showErrorMessage=False)
    choice.add(f"{column}2:{column}{max(sheet.max_row, 2)}")
    sheet.add_data_validation(choice)


def _finish(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 1)}"
    for column, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, DEFAULT_WIDTH)
    sheet.column_dimensions[get_column_letter(len(columns))].hidden = columns[-1] == KEY
    if "result" in columns:
        _offer_results(sheet, get_column_letter(columns.index("result") + 1))
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
