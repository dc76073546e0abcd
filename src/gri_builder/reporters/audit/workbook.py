"""An audit as a working paper: a workbook with room for the auditor's own words, which a re-run keeps.

Rows are told apart by a key of their own. What the auditor wrote beside a row that has vanished moves to a sheet of
its own, and back when the row returns. Sheets that the auditor added stay as they are, which
is why openpyxl writes this workbook: it can read one and change it.
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

OWN_COLUMNS = ("initials", "date", "remark")
"""Columns for the auditor's own words."""
KEPT = "Earlier remarks"
"""Sheet for what the auditor wrote beside rows that are no longer there."""
KEY = "key"
LONGEST_CELL = 32_767
"""Characters that a cell holds."""

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
    """The file that is to be carried on is no workbook."""


class _Line(Struct, frozen=True):
    """A row of a sheet."""

    key: str
    cells: tuple[str | int, ...]
    page: int | None = None
    """Physical page that it leads to."""


class _Sheet(Struct, frozen=True):
    title: str
    columns: tuple[str, ...]
    lines: tuple[_Line, ...]
    link: str | None = None
    """Column whose cells open the PDF."""


class _Remarks(Struct):
    """The auditor's own words: cells by column name, by sheet and key of the row."""

    cells: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    """What each row was about."""


def write_audit_xlsx(
    audit: AuditResult, framework: Framework, program: str, link: str | None = None, earlier: bytes | None = None
) -> bytes:
    """Return the working paper; `link` leads from it to the PDF, as a relative address.

    `program` names what made it; `earlier` is the working paper that it takes the place of. Raises NotAWorkbookError.
    """
    from openpyxl import Workbook

    book = _open(earlier) if earlier is not None else Workbook()
    sheets = tuple(_sheets(audit, framework, program))
    add_styles(book)
    remarks = _read_remarks(book, [sheet.title for sheet in sheets])
    for title in [*(sheet.title for sheet in sheets), KEPT, *([] if earlier else book.sheetnames)]:
        if title in book.sheetnames:
            _clear(book, title)
    for place, sheet in enumerate(sheets):
        _fill(book.create_sheet(sheet.title, place), sheet, remarks, link)
    _keep(book, sheets, remarks)
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
    except Exception as fault:  # the library raises what the zip file, the XML and its own parts raise
        raise NotAWorkbookError(str(fault)) from fault


def _clear(book: Any, title: str) -> None:
    """Take a sheet of ours away; one whose keys the auditor deleted can't be matched, and stays under another name."""
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
    often = Counter(_name(claim) for claim in audit.claims)
    lines = _number(
        (_claim_key(row.claim, often), tuple(read(row) for read in CLAIM_COLUMNS.values()), _lead(row.claim))
        for row in describe_claims(audit, framework)
    )
    return _Sheet("Claims", tuple(CLAIM_COLUMNS), lines, "pages")


def _claim_key(claim: AuditClaim, often: Mapping[str, int]) -> str:
    """Return what tells a claim apart; what stands in the index several times is told apart by its references too."""
    name = _name(claim)
    return name if often[name] == 1 else " ".join((name, *(reference.text for reference in claim.references)))


def _name(claim: AuditClaim) -> str:
    return " ".join((claim.id, *claim.parts))


def _lead(claim: AuditClaim) -> int | None:
    return claim.evidence.page or (claim.pages[0] if claim.pages else None)


def _number(rows: Iterable[tuple[str, tuple[str | int, ...], int | None]]) -> tuple[_Line, ...]:
    """Return rows as lines; where a key stands more than once, the second gets '#2'."""
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
        "reports by": framework.title if audit.recognized == framework.id else audit.recognized or "nothing known",
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


# The auditor's own words


def _read_remarks(book: Any, titles: Sequence[str]) -> _Remarks:
    """Return what the auditor wrote into columns that are not ours, and into the sheet of earlier remarks."""
    remarks = _Remarks()
    for title in titles:
        if title in book.sheetnames:
            for key, row, own in _own_cells(book[title]):
                remarks.cells[title, key], remarks.rows[title, key] = own, row
    if KEPT in book.sheetnames:
        for key, row, own in _own_cells(book[KEPT]):
            title = str(own.pop("sheet", "") or "")
            remarks.cells.setdefault((title, key), own)
            remarks.rows.setdefault((title, key), row)
    return remarks


_OURS = frozenset({KEY, "row", "what", "value", *CLAIM_COLUMNS, *_HEADINGS.values()}) | frozenset(
    {"status", "rule", "message", "severity", "place", "page"}
)
"""Names of the columns that we fill."""


def _own_cells(sheet: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield for each row its key, what it is about, and the auditor's cells that hold something."""
    rows = sheet.iter_rows()
    heads = [str(cell.value or "") for cell in next(rows, ())]
    if KEY not in heads:
        return
    seen: Counter[str] = Counter()
    for row in rows:
        named = dict(zip(heads, row, strict=False))
        own = {
            name: cell for name, cell in named.items() if name and name not in _OURS and cell.value not in (None, "")
        }
        if own and any(name != "sheet" for name in own):
            told = str(named["row"].value or "") if "row" in named else _tell(named)
            key = str(named[KEY].value or "added by hand")
            seen[key] += 1
            yield key if seen[key] == 1 else f"{key} +{seen[key]}", told, {n: _Kept.of(c) for n, c in own.items()}


def _tell(named: Mapping[str, Any]) -> str:
    """Return what a row said, for people to recognize it by when it is gone."""
    names = ("status", "severity", "title", "message", "references", "value")
    return "; ".join(str(named[name].value) for name in names if name in named and named[name].value)


class _Kept(Struct, frozen=True):
    """A cell of the auditor's: its value and how it is shown."""

    value: Any
    number_format: str

    @classmethod
    def of(cls, cell: Any) -> _Kept:
        """Return what is kept of a cell."""
        return cls(cell.value, cell.number_format)

    def __str__(self) -> str:
        return str(self.value)


def _keep(book: Any, sheets: Sequence[_Sheet], remarks: _Remarks) -> None:
    """Write what has lost its row to a sheet of its own."""
    there = {(sheet.title, line.key) for sheet in sheets for line in sheet.lines}
    lost = sorted(place for place in remarks.cells if place not in there)
    if not lost:
        return
    further = dict.fromkeys(name for place in lost for name in remarks.cells[place] if name not in OWN_COLUMNS)
    columns = ("sheet", "row", *OWN_COLUMNS, *further)
    sheet = book.create_sheet(KEPT, len(sheets))
    _head(sheet, (*columns, KEY))
    for number, (title, key) in enumerate(lost, start=2):
        own = {"sheet": title, "row": remarks.rows[title, key], **remarks.cells[title, key], KEY: key}
        for column, name in enumerate((*columns, KEY), start=1):
            _put(sheet, number, column, own.get(name, ""))
    _finish(sheet, (*columns, KEY))


# Cells


def _fill(sheet: Any, content: _Sheet, remarks: _Remarks, link: str | None) -> None:
    mine = {place: own for place, own in remarks.cells.items() if place[0] == content.title}
    present = {line.key for line in content.lines}
    further = dict.fromkeys(
        name for (_, key), own in mine.items() if key in present for name in own if name not in OWN_COLUMNS
    )
    columns = (*content.columns, *OWN_COLUMNS, *further, KEY)
    _head(sheet, columns)
    for number, line in enumerate(content.lines, start=2):
        own = mine.get((content.title, line.key), {})
        cells = [*line.cells, *(own.get(name, "") for name in (*OWN_COLUMNS, *further)), line.key]
        for column, value in enumerate(cells, start=1):
            _put(sheet, number, column, value)
        if content.link and link and line.page:
            _lead_to(sheet.cell(number, columns.index(content.link) + 1), link, line.page)
    _finish(sheet, columns)


def _head(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.styles import PatternFill

    for column, name in enumerate(columns, start=1):
        cell = sheet.cell(1, column, _HEADINGS.get(name, name))
        cell.style = HEADER
        color = "FFF2CC" if name in OWN_COLUMNS else "E7EEEA"
        cell.fill = PatternFill("solid", start_color=color, end_color=color)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Set a cell; a text is a text, whatever it looks like, and the auditor's own cell stays what it was."""
    cell = sheet.cell(row, column)
    cell.style = TEXT
    if isinstance(value, _Kept):
        cell.value, cell.number_format = value.value, value.number_format
    elif isinstance(value, str):
        cell.value = clean_text(value)[:LONGEST_CELL] or None
        cell.data_type = "s" if value else "n"
    else:
        cell.value = value


def _lead_to(cell: Any, link: str, page: int) -> None:
    """Let a cell open the PDF at a page."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=link, location=f"page={page}")
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
