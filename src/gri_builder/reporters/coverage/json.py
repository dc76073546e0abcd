"""Coverage as a document of `schemas/outputs/coverage.schema.json`."""

from __future__ import annotations

from typing import Any

from gri_builder.model.coverage import Coverage, CoverageRow, Criterion, Omitted, Totals
from gri_builder.reporters.findings.json import finding_object
from gri_builder.reporters.json_document import dump_json


def write_coverage_json(coverage: Coverage) -> str:
    """Return the coverage as JSON text."""
    return dump_json(coverage_object(coverage))


def coverage_object(coverage: Coverage) -> dict[str, Any]:
    """Return the coverage as every JSON document contains it."""
    start, end = coverage.start, coverage.end
    return {
        "format": "gri-builder/coverage/1",
        "framework": coverage.framework,
        "basis": coverage.basis,
        "organization": coverage.organization,
        "period": {"start": start.isoformat(), "end": end.isoformat()} if start and end else None,
        "option": {"claimed": coverage.claimed, "judged": coverage.judged, "met": list(coverage.met)},
        "totals": {option: _totals_object(totals) for option, totals in coverage.totals.items()},
        "criteria": [_criterion_object(criterion) for criterion in coverage.criteria],
        "aspects": list(coverage.aspects),
        "sector": coverage.sector,
        "disclosures": [_row_object(row) for row in coverage.rows],
        "unclear": {id: coverage.unclear[id] for id in sorted(coverage.unclear)},
        "findings": [finding_object(finding) for finding in coverage.findings],
    }


def _totals_object(totals: Totals) -> dict[str, int]:
    names = ("required", "covered", "partial", "omitted", "missing", "unclear")
    return {name: getattr(totals, name) for name in names}


def _criterion_object(criterion: Criterion) -> dict[str, Any]:
    return {
        "option": criterion.option,
        "criterion": criterion.criterion,
        "summary": criterion.summary,
        "holds": criterion.holds,
        "verdict": criterion.verdict.value,
        "needs": list(criterion.needs),
        "unclear": list(criterion.unclear),
        "decidable": criterion.decidable,
        "by_author": criterion.by_author,
    }


def _row_object(row: CoverageRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "aspect": row.aspect,
        "title": row.title,
        "status": row.status.value,
        "required_for": list(row.required_for),
        "requirements": {part: status.value for part, status in row.requirements.items()},
        "pages": list(row.pages),
        "links": list(row.links),
        "omissions": [_omitted_object(omitted) for omitted in row.omissions],
        "assured": row.assured,
        "assurance_page": row.assurance_page,
        "unclear": row.unclear or None,
    }


def _omitted_object(omitted: Omitted) -> dict[str, Any]:
    return {
        "part": omitted.part,
        "reason": omitted.reason,
        "explanation": omitted.explanation,
        "counts": omitted.counts,
    }
