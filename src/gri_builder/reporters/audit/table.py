"""The claims of an audit as a table, one row for each row of the content index: as CSV, and for the working paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from gri_builder.model.audit_result import AuditClaim, AuditResult, CheckStatus
from gri_builder.model.claim import page_ranges
from gri_builder.model.framework import Framework
from gri_builder.spreadsheets.writer import write_csv


class ClaimDescription(NamedTuple):
    """A claim, with what the audit found out about it."""

    claim: AuditClaim
    title: str
    status: str
    """How far its disclosure is covered; empty if that is not known."""
    failed: tuple[str, ...]
    """Rules of the checks that failed on it."""
    labels: tuple[str, ...]
    """Printed page numbers of the pages that it refers to."""


def describe_claims(audit: AuditResult, framework: Framework) -> list[ClaimDescription]:
    """Return the claims in the order of the index, each with title, coverage, failed checks and printed pages."""
    statuses = {row.id: row.status.value for row in audit.coverage.rows} if audit.coverage else {}
    failed: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for check in audit.checks:
        if check.status is CheckStatus.FAIL and check.id:
            failed[check.id][check.rule] = None
    return [
        ClaimDescription(
            claim,
            _title(claim, framework),
            statuses.get(claim.id, ""),
            tuple(failed.get(claim.id, ())),
            tuple(name_page(audit, page) for page in claim.pages),
        )
        for claim in audit.claims
    ]


def _title(claim: AuditClaim, framework: Framework) -> str:
    disclosure = framework.disclosures.get(claim.code)
    if disclosure is None:
        return ""
    aspect = framework.aspects.get(claim.id.partition(":")[2])
    return f"{disclosure.title}: {aspect.display_name}" if aspect else disclosure.title


def name_page(audit: AuditResult, page: int) -> str:
    """Return the printed number of a page; its physical number in brackets if it has none."""
    label = audit.labels[page - 1] if 0 < page <= len(audit.labels) else ""
    return label or f"[{page}]"


def describe_assurance(assured: bool | None) -> str:
    """Return what the index says about assurance; empty if it says nothing."""
    return {True: "yes", False: "no", None: ""}[assured]


CLAIM_COLUMNS: Mapping[str, Callable[[ClaimDescription], str]] = {
    "id": lambda row: row.claim.id,
    "title": lambda row: row.title,
    "as_written": lambda row: row.claim.as_written,
    "parts": lambda row: ", ".join(row.claim.parts),
    "references": lambda row: "; ".join(reference.text for reference in row.claim.references),
    "pages": lambda row: page_ranges(row.claim.pages),
    "printed_pages": lambda row: ", ".join(row.labels),
    "omission": lambda row: row.claim.omission or "",
    "assured": lambda row: describe_assurance(row.claim.assured),
    "status": lambda row: row.status,
    "evidence": lambda row: row.claim.evidence.verdict.value,
    "evidence_page": lambda row: str(row.claim.evidence.page or ""),
    "evidence_text": lambda row: row.claim.evidence.text,
    "failed": lambda row: ", ".join(row.failed),
    "found_on": lambda row: str(row.claim.found_on),
    "answer": lambda row: row.claim.answer or row.claim.mark or row.claim.placeholder,
    "uncertain": lambda row: row.claim.uncertain,
}
"""Columns of a table of claims; pages count from 1, except the printed page numbers."""


def write_audit_csv(audit: AuditResult, framework: Framework) -> bytes:
    """Return the claims as a CSV file."""
    rows = [tuple(read(row) for read in CLAIM_COLUMNS.values()) for row in describe_claims(audit, framework)]
    return write_csv(tuple(CLAIM_COLUMNS), rows)
