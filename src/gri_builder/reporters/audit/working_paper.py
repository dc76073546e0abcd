"""What the sheets of the working paper hold: what to read first, summary, sample, claims, checks, findings, pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from gri_builder.model.audit_result import AuditClaim, AuditResult, CheckStatus
from gri_builder.model.finding import Finding
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.reading_list import list_entries
from gri_builder.reporters.audit.sample import SAMPLE_COLUMNS, SAMPLE_REMARKS, describe_method, describe_sample
from gri_builder.reporters.audit.summary import summarize_audit
from gri_builder.reporters.audit.table import CLAIM_COLUMNS, describe_claims, name_page
from gri_builder.reporters.findings.text import name_place

FIRST = "Read these first"
REMARK_COLUMNS = ("initials", "date", "remark")
"""Columns for the auditor's remarks."""
HEADINGS = {
    "id": "disclosure",
    "as_written": "as written",
    "printed_pages": "printed pages",
    "printed_page": "printed page",
    "evidence_page": "evidence page",
    "evidence_text": "evidence",
    "evidence": "seen",
    "found_on": "index page",
}
"""Headings of columns that are named otherwise."""


class Line(Struct, frozen=True):
    """A row of a sheet."""

    key: str
    cells: tuple[str | int, ...]
    page: int | None = None
    """Physical page that its link opens."""


class Sheet(Struct, frozen=True):
    """A sheet of the working paper."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    link: str | None = None
    """Column whose cells open the PDF."""
    remarks: tuple[str, ...] = REMARK_COLUMNS
    """Columns that the auditor fills in."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its generated columns."""
        return tuple(HEADINGS.get(name, name) for name in self.columns)


def list_sheets(audit: AuditResult, framework: Framework, program: str) -> tuple[Sheet, ...]:
    """Return the sheets in order; `program` is the name of the program that examined the PDF."""
    sheets = (
        _first(audit, framework),
        Sheet("Summary", ("what", "value"), tuple(_summary(audit, framework, program))),
        _sample(audit, framework),
        _claims(audit, framework),
        _checks(audit),
        Sheet("Findings", ("severity", "rule", "id", "message", "help", "place"), _findings(audit), "place"),
        _pages(audit),
        _facts(audit),
    )
    return tuple(sheet for sheet in sheets if sheet)


NOTHING = Line("nothing", ("nothing", "", "", "no failure, gap or uncertain reading was found", "", "", "", ""))
"""The only row if there is nothing to read first."""


def _first(audit: AuditResult, framework: Framework) -> Sheet:
    lines = _number(
        (
            f"{entry.about} {entry.id} {entry.message}",
            (
                entry.name,
                entry.about,
                entry.id,
                entry.message,
                entry.page or "",
                name_page(audit, entry.page) if entry.page else "",
                entry.evidence,
                entry.hint,
            ),
            entry.page,
        )
        for entry in list_entries(audit, framework)
    )
    columns = ("what", "rule", "id", "message", "page", "printed_page", "evidence_text", "help")
    return Sheet(FIRST, columns, lines or (NOTHING,), "page")


def _summary(audit: AuditResult, framework: Framework, program: str) -> Iterator[Line]:
    rows = {**summarize_audit(audit, framework), "examined with": program}
    if audit.sample:
        rows["sample"] = describe_method(audit.sample)
    yield from (Line(what, (what, value)) for what, value in rows.items())


def _sample(audit: AuditResult, framework: Framework) -> Sheet | None:
    if audit.sample is None:
        return None
    lines = tuple(
        Line(
            f"{item.kind} {item.key}",
            tuple(read(item) for read in SAMPLE_COLUMNS.values()),
            item.pages[0] if item.pages else None,
        )
        for item in describe_sample(audit, framework)
    )
    return Sheet("Sample", tuple(SAMPLE_COLUMNS), lines, "pages", SAMPLE_REMARKS)


def _claims(audit: AuditResult, framework: Framework) -> Sheet:
    rows = zip(audit.claim_keys, describe_claims(audit, framework), strict=True)
    lines = tuple(
        Line(key, tuple(read(row) for read in CLAIM_COLUMNS.values()), _evidence_page(row.claim)) for key, row in rows
    )
    return Sheet("Claims", tuple(CLAIM_COLUMNS), lines, "pages")


def _evidence_page(claim: AuditClaim) -> int | None:
    return claim.evidence.page or (claim.pages[0] if claim.pages else None)


_ORDER = {CheckStatus.FAIL: 0, CheckStatus.SKIPPED: 1, CheckStatus.PASS: 2}


def _checks(audit: AuditResult) -> Sheet:
    lines = _number(
        (
            f"{check.rule} {check.id or ''} {check.message}",
            (check.status.value, check.rule, check.id or "", check.message, check.hint or "", check.where.page or ""),
            check.where.page,
        )
        for check in sorted(audit.checks, key=lambda each: _ORDER[each.status])
    )
    return Sheet("Checks", ("status", "rule", "id", "message", "help", "page"), lines, "page")


def _findings(audit: AuditResult) -> tuple[Line, ...]:
    return _number(map(_finding, audit.findings))


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


def _pages(audit: AuditResult) -> Sheet:
    """Return how printed page numbers go with the pages of the PDF, and which claims refer to each page."""
    claims: dict[int, dict[str, None]] = {}
    for claim in audit.claims:
        for page in claim.pages:
            claims.setdefault(page, {})[claim.id] = None
    index = {each.page for each in audit.index_pages}
    lines = tuple(
        Line(
            f"page {page}",
            (
                page,
                audit.labels[page - 1] if page <= len(audit.labels) else "",
                "yes" if page in index else "",
                ", ".join(claims.get(page, ())),
            ),
            page,
        )
        for page in range(1, audit.pages + 1)
    )
    return Sheet("Page map", ("page", "printed_page", "content index", "claims"), lines, "page")


def _facts(audit: AuditResult) -> Sheet | None:
    if not audit.facts:
        return None
    lines = _number(
        (
            fact.key,
            (
                fact.key,
                fact.title,
                fact.value,
                ", ".join(dict.fromkeys(str(place.page) for place in fact.places)),
                "; ".join(dict.fromkeys(place.text for place in fact.places)),
                fact.source,
            ),
            fact.places[0].page if fact.places else None,
        )
        for fact in audit.facts
    )
    return Sheet("Facts", ("fact", "title", "stated", "pages", "printed as", "source"), lines, "pages")


def _number(rows: Iterable[tuple[str, tuple[str | int, ...], int | None]]) -> tuple[Line, ...]:
    """Return rows as lines; the second row with the same key gets '#2'."""
    seen: Counter[str] = Counter()
    lines = []
    for key, cells, page in rows:
        seen[key] += 1
        lines.append(Line(key if seen[key] == 1 else f"{key} #{seen[key]}", cells, page))
    return tuple(lines)
