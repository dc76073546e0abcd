"""An audit as a working paper: a workbook with columns for the auditor's remarks, which an update keeps.

Each row has a key. Remarks on a row that no longer exists move to a separate sheet, and back when the row returns.
Sheets that the auditor added stay as they are; that is why openpyxl writes this workbook, as it can change an existing
one, and XlsxWriter all others.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from msgspec import Struct, field

from gri_builder.model.audit_result import AuditClaim, AuditResult, CheckStatus
from gri_builder.model.finding import Finding
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.table import CLAIM_COLUMNS, describe_claims
from gri_builder.reporters.coverage.table import UNDATED
from gri_builder.reporters.findings.text import name_place
from gri_builder.spreadsheets.writer import DEFAULT_WIDTH, HEADER, TEXT, add_styles, clean_text, settle_times

REMARK_COLUMNS = ("initials", "date", "remark")
"""Columns for the auditor's remarks."""
EARLIER_REMARKS = "Earlier remarks"
"""Sheet for remarks on rows that no longer exist."""
KEY = "key"
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
}
_HEADINGS = {
    "id": "disclosure",
    "as_written": "as written",
    "printed_pages": "printed pages",
    "evidence_page": "evidence page",
    "evidence_text": "evidence",
    "evidence": "seen",
    "found_on": "index page",
    "help": "help",
}


class NotAWorkbookError(Exception):
    """The file to be updated is not a workbook."""


class _Line(Struct, frozen=True):
    """A row of a sheet."""

    key: str
    cells: tuple[str | int, ...]
    page: int | None = None
    """Physical page that its link opens."""


class _Sheet(Struct, frozen=True):
    title: str
    columns: tuple[str, ...]
    lines: tuple[_Line, ...]
    link: str | None = None
    """Column whose cells open the PDF."""


class _Remarks(Struct):
    """The auditor's remarks: cells by column name, by sheet and key of the row."""

    cells: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    """A summary of each row."""


def write_audit_xlsx(
    audit: AuditResult, framework: Framework, program: str, pdf_url: str | None = None, previous: bytes | None = None
) -> bytes:
    """Return the working paper; `pdf_url` is the address of the PDF, relative to the workbook.

    `program` is the name of its author; `previous` is the working paper that it replaces. Raises NotAWorkbookError.
    """
    from openpyxl import Workbook

    book = _open(previous) if previous is not None else Workbook()
    sheets = tuple(_sheets(audit, framework, program))
    add_styles(book)
    remarks = _read_remarks(book, [sheet.title for sheet in sheets])
    for title in [*(sheet.title for sheet in sheets), EARLIER_REMARKS, *([] if previous else book.sheetnames)]:
        if title in book.sheetnames:
            _clear(book, title)
    for place, sheet in enumerate(sheets):
        _fill(book.create_sheet(sheet.title, place), sheet, remarks, pdf_url)
    _write_earlier_remarks(book, sheets, remarks)
    book.active = 0
    day = (audit.coverage.end if audit.coverage else None) or UNDATED
    moment = datetime.combine(day, time.min, UTC)
    book.properties.creator, book.properties.title = "gri-builder", f"Audit of {clean_text(audit.file)}"
    book.properties.created = moment.replace(tzinfo=None)
    stream = io.BytesIO()
    book.save(stream)
    return settle_times(stream.getvalue(), moment, canonical=True)


def _open(data: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(data))
    except Exception as problem:  # openpyxl lets errors of the ZIP file, the XML and its own parser pass
        raise NotAWorkbookError(str(problem)) from problem


def _clear(book: Any, title: str) -> None:
    """Remove a generated sheet; one whose keys the auditor deleted can't be matched, and is kept under another name."""
    sheet = book[title]
    if KEY in [cell.value for cell in sheet[1]] or sheet.max_row <= 1:
        del book[title]
    else:
        sheet.title = f"{title} before"


# What the sheets hold


def _sheets(audit: AuditResult, framework: Framework, program: str) -> Iterator[_Sheet]:
    yield _Sheet("Summary", ("what", "value"), tuple(_summary(audit, framework, program)))
    yield _claims(audit, framework)
    checks = _number(
        (
            f"{check.rule} {check.id or ''} {check.message}",
            (check.status.value, check.rule, check.id or "", check.message, check.hint or "", check.where.page or ""),
            check.where.page,
        )
        for check in sorted(audit.checks, key=lambda each: _ORDER[each.status])
    )
    yield _Sheet("Checks", ("status", "rule", "id", "message", "help", "page"), checks, "page")
    yield _Sheet(
        "Findings", ("severity", "rule", "id", "message", "help", "place"), _number(map(_finding, audit.findings))
    )


_ORDER = {CheckStatus.FAIL: 0, CheckStatus.SKIPPED: 1, CheckStatus.PASS: 2}


def _finding(finding: Finding) -> tuple[str, tuple[str, ...], int | None]:
    cells = (
        finding.severity.value,
        finding.rule,
        finding.disclosure or "",
        finding.message,
        finding.hint or "",
        name_place(finding.where),
    )
    return f"{finding.rule} {finding.disclosure or ''} {finding.message}", cells, finding.where.page


def _claims(audit: AuditResult, framework: Framework) -> _Sheet:
    counts = Counter(_name(claim) for claim in audit.claims)
    lines = _number(
        (_claim_key(row.claim, counts), tuple(read(row) for read in CLAIM_COLUMNS.values()), _evidence_page(row.claim))
        for row in describe_claims(audit, framework)
    )
    return _Sheet("Claims", tuple(CLAIM_COLUMNS), lines, "pages")


def _claim_key(claim: AuditClaim, counts: Mapping[str, int]) -> str:
    """Return the key of a claim; one that the index lists several times is identified by its references too."""
    name = _name(claim)
    return name if counts[name] == 1 else " ".join((name, *(reference.text for reference in claim.references)))


def _name(claim: AuditClaim) -> str:
    return " ".join((claim.id, *claim.parts))


def _evidence_page(claim: AuditClaim) -> int | None:
    return claim.evidence.page or (claim.pages[0] if claim.pages else None)


def _number(rows: Iterable[tuple[str, tuple[str | int, ...], int | None]]) -> tuple[_Line, ...]:
    """Return rows as lines; the second row with the same key gets '#2'."""
    seen: Counter[str] = Counter()
    lines = []
    for key, cells, page in rows:
        seen[key] += 1
        lines.append(_Line(key if seen[key] == 1 else f"{key} #{seen[key]}", cells, page))
    return tuple(lines)


def _summary(audit: AuditResult, framework: Framework, program: str) -> Iterator[_Line]:
    option = framework.options.get(audit.claimed_option or "")
    met = audit.coverage.met if audit.coverage else ()
    rows: dict[str, str | int] = {
        "file": audit.file,
        "title": audit.title,
        "SHA-256": audit.sha256,
        "pages": audit.pages,
        "made by": "gri-builder" if audit.producer == "gri-builder" else "another program",
        "examined with": program,
        "framework": framework.title if audit.recognized == framework.id else audit.recognized or "unknown",
        "option claimed": option.name if option else "none",
        "options whose criteria hold": ", ".join(framework.options[id].name for id in met) or "none",
        "pages of the content index": ", ".join(str(each.page) for each in audit.index_pages) or "none found",
        "claims": len(audit.claims),
        "checks passed": audit.count(CheckStatus.PASS),
        "checks failed": audit.count(CheckStatus.FAIL),
        "checks skipped": audit.count(CheckStatus.SKIPPED),
        "findings": len(audit.findings),
    }
    yield from (_Line(what, (what, value)) for what, value in rows.items())


# The auditor's remarks


def _read_remarks(book: Any, titles: Sequence[str]) -> _Remarks:
    """Return what the auditor wrote into columns that are not generated, and into the sheet of earlier remarks."""
    remarks = _Remarks()
    for title in titles:
        if title in book.sheetnames:
            for key, row, remark_cells in _remark_cells(book[title]):
                remarks.cells[title, key], remarks.rows[title, key] = remark_cells, row
    if EARLIER_REMARKS in book.sheetnames:
        for key, row, remark_cells in _remark_cells(book[EARLIER_REMARKS]):
            title = str(remark_cells.pop("sheet", "") or "")
            remarks.cells.setdefault((title, key), remark_cells)
            remarks.rows.setdefault((title, key), row)
    return remarks


_GENERATED_COLUMNS = frozenset({KEY, "row", "what", "value", *CLAIM_COLUMNS, *_HEADINGS.values()}) | frozenset(
    {"status", "rule", "message", "severity", "place", "page"}
)
"""Names of the generated columns."""


def _remark_cells(sheet: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield for each row its key, its summary, and the auditor's cells that are not empty."""
    rows = sheet.iter_rows()
    heads = [str(cell.value or "") for cell in next(rows, ())]
    if KEY not in heads:
        return
    seen: Counter[str] = Counter()
    for row in rows:
        named = dict(zip(heads, row, strict=False))
        remark_cells = {
            name: cell
            for name, cell in named.items()
            if name and name not in _GENERATED_COLUMNS and cell.value not in (None, "")
        }
        if remark_cells and any(name != "sheet" for name in remark_cells):
            summary = str(named["row"].value or "") if "row" in named else _summarize(named)
            key = str(named[KEY].value or "added by hand")
            seen[key] += 1
            yield (
                key if seen[key] == 1 else f"{key} +{seen[key]}",
                summary,
                {n: _RemarkCell.of(c) for n, c in remark_cells.items()},
            )


def _summarize(named: Mapping[str, Any]) -> str:
    """Return the content of a row, by which people recognize it when it is gone."""
    names = ("status", "severity", "title", "message", "references", "value")
    return "; ".join(str(named[name].value) for name in names if name in named and named[name].value)


class _RemarkCell(Struct, frozen=True):
    """A cell of the auditor: its value and its number format."""

    value: Any
    number_format: str

    @classmethod
    def of(cls, cell: Any) -> _RemarkCell:
        """Return the parts of a cell that are kept."""
        return cls(cell.value, cell.number_format)

    def __str__(self) -> str:
        return str(self.value)


def _write_earlier_remarks(book: Any, sheets: Sequence[_Sheet], remarks: _Remarks) -> None:
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


def _fill(sheet: Any, content: _Sheet, remarks: _Remarks, pdf_url: str | None) -> None:
    sheet_remarks = {place: remark_cells for place, remark_cells in remarks.cells.items() if place[0] == content.title}
    present = {line.key for line in content.lines}
    further = dict.fromkeys(
        name
        for (_, key), remark_cells in sheet_remarks.items()
        if key in present
        for name in remark_cells
        if name not in REMARK_COLUMNS
    )
    columns = (*content.columns, *REMARK_COLUMNS, *further, KEY)
    _head(sheet, columns)
    for number, line in enumerate(content.lines, start=2):
        remark_cells = sheet_remarks.get((content.title, line.key), {})
        cells = [*line.cells, *(remark_cells.get(name, "") for name in (*REMARK_COLUMNS, *further)), line.key]
        for column, value in enumerate(cells, start=1):
            _put(sheet, number, column, value)
        if content.link and pdf_url and line.page:
            _add_link(sheet.cell(number, columns.index(content.link) + 1), pdf_url, line.page)
    _finish(sheet, columns)


def _head(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.styles import PatternFill

    for column, name in enumerate(columns, start=1):
        cell = sheet.cell(1, column, _HEADINGS.get(name, name))
        cell.style = HEADER
        color = "FFF2CC" if name in REMARK_COLUMNS else "E7EEEA"
        cell.fill = PatternFill("solid", start_color=color, end_color=color)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Set a cell; a text is stored as text even if it looks like a formula, and the auditor's cells stay unchanged."""
    cell = sheet.cell(row, column)
    cell.style = TEXT
    if isinstance(value, _RemarkCell):
        cell.value, cell.number_format = value.value, value.number_format
    elif isinstance(value, str):
        cell.value = clean_text(value)[:MAX_CELL_LENGTH] or None
        cell.data_type = "s" if value else "n"
    else:
        cell.value = value


def _add_link(cell: Any, pdf_url: str, page: int) -> None:
    """Make a cell a link to a page of the PDF."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=pdf_url, location=f"page={page}")
    cell.font = Font(color="0B5394", underline="single")


def _finish(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 1)}"
    for column, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, DEFAULT_WIDTH)
    sheet.column_dimensions[get_column_letter(len(columns))].hidden = columns[-1] == KEY
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
