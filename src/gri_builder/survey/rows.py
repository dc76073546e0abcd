"""An audit as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from gri_builder._version import VERSION
from gri_builder.model.audit_result import AuditClaim, AuditResult, Check, CheckStatus
from gri_builder.model.coverage import Coverage, CoverageRow, Status
from gri_builder.model.finding import Finding, Severity
from gri_builder.survey.tables import TABLES
from gri_builder.survey.task import Task

Row = dict[str, Any]
Rows = Mapping[str, bytes]
"""The rows of a PDF by table, as lines of JSON."""


def make_rows(
    task: Task,
    status: str,
    findings: Sequence[Finding],
    audit: AuditResult | None = None,
    sha256: str = "",
    size: int | None = None,
) -> Rows:
    """Return the rows of one PDF; without an audit, `status` and the findings say why."""
    row = _file_row(task, status, findings, sha256, size)
    found: dict[str, list[Row]] = {"files": [row]}
    if audit is not None:
        row |= _audit_values(audit)
        found["claims"] = [_claim_row(each) for each in audit.claims]
        found["checks"] = [_check_row(each) for each in audit.checks]
        if audit.coverage:
            row |= _coverage_values(audit.coverage)
            found["coverage"] = [_coverage_row(each, audit.coverage.judged) for each in audit.coverage.rows]
            found["criteria"] = _criteria_rows(audit.coverage)
        row |= _listed_values(task)
    found["findings"] = [_finding_row(each) for each in findings]
    return {table.name: _encode(task.file, found.get(table.name, ())) for table in TABLES}


def _encode(file: str, rows: Iterable[Row]) -> bytes:
    numbered = ({"file": file, "number": number, **row} for number, row in enumerate(rows, 1))
    return b"".join(_to_json(row) + b"\n" for row in numbered)


def _to_json(row: Row) -> bytes:
    try:
        return msgspec.json.encode(row)
    except UnicodeEncodeError:  # halves of surrogate pairs, as in the name of a file
        return msgspec.json.encode(_without_surrogates(row))


def _without_surrogates(plain: Any) -> Any:
    if isinstance(plain, str):
        return plain.encode(errors="replace").decode()
    if isinstance(plain, dict):
        return {_without_surrogates(key): _without_surrogates(value) for key, value in plain.items()}
    return [_without_surrogates(item) for item in plain] if isinstance(plain, list | tuple) else plain


def _file_row(task: Task, status: str, findings: Sequence[Finding], sha256: str, size: int | None) -> Row:
    counts = {severity: sum(each.severity is severity for each in findings) for severity in Severity}
    return {
        "status": status,
        "reason": "" if status == "audited" else "; ".join(each.message for each in findings),
        "sha256": sha256,
        "bytes": size,
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.INFO],
        "labels": task.labels,
        "program": VERSION,
        "settings": task.settings,
        **_listed_values(task),
    }


def _listed_values(task: Task) -> Row:
    """Return what the list says of a report; it precedes what the PDF says."""
    named = {"organization": task.organization, "sector": task.sector, "year": task.year}
    return {name: value for name, value in named.items() if value}


def _audit_values(audit: AuditResult) -> Row:
    return {
        "pages": audit.pages,
        "title": audit.title,
        "year": audit.reported_year,
        "producer": audit.producer,
        "framework": audit.recognized,
        "framework_name": audit.recognized_name,
        "also_recognized": audit.also_recognized,
        "claimed_option": audit.claimed_option,
        "claims": len(audit.claims),
        "checks_passed": audit.count(CheckStatus.PASS),
        "checks_failed": audit.count(CheckStatus.FAIL),
        "checks_skipped": audit.count(CheckStatus.SKIPPED),
        "index_pages": [each.page for each in audit.index_pages],
        "index_problem": audit.index_problem,
    }


def _coverage_values(coverage: Coverage) -> Row:
    totals = coverage.totals.get(coverage.judged or "")
    counts = msgspec.structs.asdict(totals) if totals else {}
    named = {"organization": coverage.organization, "sector": coverage.sector}
    if coverage.end:
        named["year"] = coverage.end.year  # type: ignore[assignment]
    return {"judged_option": coverage.judged, "met_options": coverage.met, **counts, **_without_none(named)}


def _without_none(values: Mapping[str, Any]) -> Row:
    return {name: value for name, value in values.items() if value is not None}


def _claim_row(claim: AuditClaim) -> Row:
    return {
        "id": claim.id,
        "code": claim.code,
        "as_written": claim.as_written,
        "parts": claim.parts,
        "found_on": claim.found_on,
        "references": [each.text for each in claim.references],
        "pages": claim.pages,
        "missing_pages": [page for each in claim.references for page in each.missing],
        "outside": any(each.outside for each in claim.references),
        "answer": claim.answer,
        "omission": claim.omission or "",
        "omission_reasons": list(dict.fromkeys(each.reason for each in claim.omissions)),
        "assured": claim.assured,
        "evidence": claim.evidence.verdict.value,
        "evidence_page": claim.evidence.page,
        "uncertain": claim.uncertain,
    }


def _check_row(check: Check) -> Row:
    return {
        "rule": check.rule,
        "status": check.status.value,
        "severity": check.severity.value,
        "id": check.id,
        "message": check.message,
        "hint": check.hint,
        "page": check.where.page,
        "label": check.where.label,
    }


def _finding_row(finding: Finding) -> Row:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "id": finding.disclosure,
        "message": finding.message,
        "hint": finding.hint,
        "page": finding.where.page,
        "label": finding.where.label,
    }


def _coverage_row(row: CoverageRow, judged: str | None) -> Row:
    def parts(status: Status) -> list[str]:
        return sorted(letter for letter, each in row.requirements.items() if each is status and letter)

    return {
        "id": row.id,
        "code": row.code,
        "aspect": row.aspect,
        "title": row.title,
        "status": row.status.value,
        "required": judged in row.required_for,
        "covered_parts": parts(Status.COVERED),
        "omitted_parts": parts(Status.OMITTED),
        "missing_parts": parts(Status.MISSING),
        "assured": row.assured,
        "unclear": row.unclear,
    }


def _criteria_rows(coverage: Coverage) -> list[Row]:
    return [
        {"option": each.option, "criterion": each.criterion, "outcome": each.verdict.value, "needs": each.needs}
        for each in coverage.criteria
    ]
