"""What to read first of an audit: failures, gaps and uncertain readings, the most important ones first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum

from msgspec import Struct

from gri_builder.model.audit_result import AuditClaim, AuditResult, Check, CheckStatus, Passage, Verdict
from gri_builder.model.coverage import CoverageRow, Status
from gri_builder.model.finding import Finding, Severity
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.page_map import describe_page_map


class Weight(IntEnum):
    """How important an entry is; the smallest first."""

    UNREAD = 0
    """The index, or its pages, could not be read: what follows is less certain."""
    FAILURE = 1
    GAP = 2
    """A disclosure that the claimed option requires is missing or partial."""
    UNCERTAIN = 3
    """A reading that may be wrong: a row, a page number, words on a page."""
    UNCHECKED = 4
    """A check that was skipped, which has not passed."""
    NOTE = 5


NAMES: Mapping[Weight, str] = {
    Weight.UNREAD: "could not be read",
    Weight.FAILURE: "failure",
    Weight.GAP: "gap",
    Weight.UNCERTAIN: "uncertain",
    Weight.UNCHECKED: "not checked",
    Weight.NOTE: "note",
}
SUBJECT = "subject-on-page"
"""Rule that is skipped where a page has only few words of a disclosure's subject."""
MOST_ALIKE = 3
"""Checks skipped for the same reason that are listed one by one."""
LIMITS = frozenset(
    {
        "index-elsewhere",
        "index-of-another-document",
        "index-unreadable",
        "no-index",
        "no-text",
        "page-list",
        "pages-elsewhere",
        "pdf-section-unreadable",
    }
)
"""Rules on what could not be read, which limits the whole audit."""
_WEIGHTS = {Severity.ERROR: Weight.FAILURE, Severity.WARNING: Weight.UNCERTAIN, Severity.INFO: Weight.NOTE}


class Entry(Struct, frozen=True):
    """One thing to read."""

    weight: Weight
    about: str
    """Rule of the finding or check, else 'content-index', 'page-map', 'coverage' or 'index-row'."""
    id: str
    """Id of the disclosure; empty if it is about none."""
    message: str
    page: int | None = None
    """Physical page to open."""
    evidence: str = ""
    """What is written there, as far as it was read."""
    hint: str = ""
    severity: str = ""
    """Severity of the finding; empty for entries that are no finding."""
    passage: Passage | None = None
    """The place to show as a picture, if it is not shown beside the claim."""

    @property
    def name(self) -> str:
        """What kind of entry it is, in words."""
        return NAMES[self.weight]


def list_entries(audit: AuditResult, framework: Framework) -> list[Entry]:
    """Return what to read first, by weight, each group in the order of the audit."""
    claims: dict[str, AuditClaim] = {}
    for claim in audit.claims:
        claims.setdefault(claim.id, claim)
    entries = [
        *_unread(audit),
        *_findings(audit, claims),
        *_gaps(audit),
        *_aspects(audit, framework),
        *_rows(audit),
        *_unchecked(audit, claims),
    ]
    return sorted(dict.fromkeys(entries), key=lambda entry: entry.weight)


def _unread(audit: AuditResult) -> Iterator[Entry]:
    """Yield why the index, with the first page of it that was not understood, or page numbers can't be relied on."""
    if audit.index_problem and audit.index_problem not in " ".join(finding.message for finding in audit.findings):
        unread = [region.page for region in audit.index_regions if region.is_unread]
        pages = unread or [each.page for each in audit.index_pages]
        page = pages[0] if pages else None
        yield Entry(Weight.UNREAD, "content-index", "", audit.index_problem, page, passage=_region(audit, page))
    if audit.page_map and not audit.page_map.trusted:
        yield Entry(Weight.UNREAD, "page-map", "", describe_page_map(audit.page_map))


def _region(audit: AuditResult, page: int | None) -> Passage | None:
    """Return the place of the first index table on a page that was not understood."""
    return next((each.passage for each in audit.index_regions if each.page == page and each.is_unread), None)


def _findings(audit: AuditResult, claims: Mapping[str, AuditClaim]) -> Iterator[Entry]:
    for finding in audit.findings:
        claim = claims.get(finding.disclosure or "")
        weight = _WEIGHTS[finding.severity]
        is_problem = bool(audit.index_problem) and audit.index_problem in finding.message
        if finding.rule in LIMITS or (is_problem and finding.severity is not Severity.INFO):
            weight = Weight.UNREAD
        yield Entry(
            weight,
            finding.rule,
            finding.disclosure or "",
            finding.message,
            finding.where.page,
            _quote(finding, claim) if claim else "",
            finding.hint or "",
            finding.severity.value,
            _region(audit, finding.where.page) if weight is Weight.UNREAD else None,
        )


def _quote(finding: Finding, claim: AuditClaim) -> str:
    """Return the words on the page of a finding, or the row of the index."""
    if claim.evidence.text and finding.where.page == claim.evidence.page:
        return claim.evidence.text
    return quote_row(claim)


def quote_row(claim: AuditClaim) -> str:
    """Return a row of the index as it was read: code, references, answer, omission."""
    references = "; ".join(each.text for each in claim.references)
    cells = (references, claim.answer, claim.mark, claim.placeholder, claim.omission or "")
    return " | ".join(filter(None, (" ".join((claim.as_written, *claim.parts)), *dict.fromkeys(cells))))


def _gaps(audit: AuditResult) -> Iterator[Entry]:
    """Yield the disclosures that the claimed or assessed option requires, and that are, or may be, not covered."""
    coverage = audit.coverage
    if coverage is None or not coverage.judged:
        return
    page = audit.index_pages[0].page if audit.index_pages else None
    for row in coverage.rows:
        is_gap = row.status in (Status.MISSING, Status.PARTIAL)
        if coverage.judged in row.required_for and (is_gap or row.unclear):
            found = next((claim for claim in audit.claims if claim.id == row.id), None)
            yield Entry(
                Weight.UNCERTAIN if row.unclear else Weight.GAP,
                "coverage",
                row.id,
                f"it is unclear whether it is covered: {row.unclear}" if row.unclear else _describe_gap(row),
                found.found_on if found else page,
                quote_row(found) if found else "",
                "read the row: is it answered elsewhere" if found else "",
            )


def _aspects(audit: AuditResult, framework: Framework) -> Iterator[Entry]:
    """Yield the material topics of which the assessed option asks for a disclosure, and none is covered in full."""
    terms = framework.terms
    coverage = audit.coverage
    needs = dict.fromkeys(
        need
        for criterion in (coverage.criteria if coverage else ())
        if coverage and criterion.option == coverage.judged and not criterion.holds
        for need in criterion.needs
        if need in framework.aspects
    )
    page = audit.index_pages[0].page if audit.index_pages else None
    for need in needs:
        name = framework.aspects[need].display_name
        message = f"no {terms.disclosure} of the material {terms.topic} '{name}' is covered in full"
        yield Entry(Weight.GAP, "coverage", "", message, page)


def _describe_gap(row: CoverageRow) -> str:
    missing = [letter for letter, status in row.requirements.items() if letter and status is Status.MISSING]
    letters = f" [{', '.join(missing)}]" if missing and row.status is Status.PARTIAL else ""
    return f"{row.status.value}{letters}: {row.title}"


def _rows(audit: AuditResult) -> Iterator[Entry]:
    """Yield rows of the index whose reading is uncertain."""
    for claim in audit.claims:
        if claim.uncertain:
            hint = "read the row, and correct what the audit took from it"
            yield Entry(
                Weight.UNCERTAIN, "index-row", claim.id, claim.uncertain, claim.found_on, quote_row(claim), hint
            )


def _unchecked(audit: AuditResult, claims: Mapping[str, AuditClaim]) -> Iterator[Entry]:
    """Yield the checks that were skipped; many of one rule for the same reason together, with their disclosures."""
    groups: dict[tuple[str, str], list[Check]] = {}
    for check in audit.checks:
        if check.status is CheckStatus.SKIPPED:
            groups.setdefault((check.rule, check.message), []).append(check)
    for checks in groups.values():
        weak = [check for check in checks if check.rule == SUBJECT and _is_weak(claims.get(check.id or ""))]
        others = [check for check in checks if check not in weak]
        yield from (_uncertain(check, claims[check.id or ""]) for check in weak)
        if len(others) > MOST_ALIKE:
            first = others[0]
            named = ", ".join(dict.fromkeys(check.id or f"page {check.where.page}" for check in others))
            yield Entry(Weight.UNCHECKED, first.rule, "", f"{first.message} ({len(others)} times)", None, named)
        else:
            yield from (_skipped(check, claims.get(check.id or "")) for check in others)


def _is_weak(claim: AuditClaim | None) -> bool:
    return claim is not None and claim.evidence.verdict is Verdict.WEAK


def _uncertain(check: Check, claim: AuditClaim) -> Entry:
    evidence = claim.evidence
    return Entry(
        Weight.UNCERTAIN, check.rule, check.id or "", check.message, evidence.page, evidence.text, check.hint or ""
    )


def _skipped(check: Check, claim: AuditClaim | None) -> Entry:
    row = quote_row(claim) if claim else ""
    return Entry(Weight.UNCHECKED, check.rule, check.id or "", check.message, check.where.page, row, check.hint or "")
