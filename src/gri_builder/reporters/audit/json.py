"""An audit as a document of `schemas/outputs/audit.schema.json`."""

from __future__ import annotations

from typing import Any

from gri_builder.model.audit_result import AuditClaim, AuditResult, Check, CheckStatus, Evidence, IndexRegion, Reference
from gri_builder.model.audit_sample import AuditFact, Sample, SampleItem
from gri_builder.model.report import Omission
from gri_builder.reporters.audit.page_map import page_map_object
from gri_builder.reporters.audit.sample import describe_method
from gri_builder.reporters.coverage.json import coverage_object
from gri_builder.reporters.findings.json import finding_object, where_object
from gri_builder.reporters.json_document import dump_json


def write_audit_json(audit: AuditResult) -> str:
    """Return the audit as JSON text."""
    return dump_json(audit_object(audit))


def audit_object(audit: AuditResult) -> dict[str, Any]:
    """Return the audit as a JSON object."""
    return {
        "format": "gri-builder/audit/1",
        "file": audit.file,
        "sha256": audit.sha256,
        "title": audit.title,
        "pages": audit.pages,
        "producer": audit.producer,
        "recognized": audit.recognized,
        "recognized_name": audit.recognized_name,
        "recognized_evidence": [{"page": each.page, "text": each.text} for each in audit.recognized_evidence],
        "recognized_reasons": list(audit.recognized_reasons),
        "also_recognized": list(audit.also_recognized),
        "claimed_option": audit.claimed_option,
        "claimed_option_evidence": [{"page": each.page, "text": each.text} for each in audit.claimed_option_evidence],
        "index_pages": [{"page": each.page, "label": each.label} for each in audit.index_pages],
        "index_regions": [_region_object(region) for region in audit.index_regions],
        "index_problem": audit.index_problem or None,
        "page_map": page_map_object(audit.page_map),
        "totals": {
            "claims": len(audit.claims),
            "checks": {status.value: audit.count(status) for status in CheckStatus},
        },
        "claims": [_claim_object(claim) for claim in audit.claims],
        "checks": [_check_object(check) for check in audit.checks],
        "coverage": coverage_object(audit.coverage) if audit.coverage else None,
        "facts": [_fact_object(fact) for fact in audit.facts],
        "sample": _sample_object(audit, audit.sample) if audit.sample else None,
        "explained": [{"fact": fact, "explanation": text} for fact, text in audit.explained],
        "findings": [finding_object(finding) for finding in audit.findings],
    }


def _claim_object(claim: AuditClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "code": claim.code,
        "as_written": claim.as_written,
        "parts": list(claim.parts),
        "references": [_reference_object(each) for each in claim.references],
        "omission": claim.omission,
        "omissions": [_omission_object(omission) for omission in claim.omissions],
        "assured": claim.assured,
        "assurance_page": claim.assurance_page,
        "assurance": claim.assurance or None,
        "answer": claim.answer or None,
        "placeholder": claim.placeholder or None,
        "mark": claim.mark or None,
        "evidence": _evidence_object(claim.evidence),
        "found_on": claim.found_on,
        "uncertain": claim.uncertain or None,
    }


def _reference_object(reference: Reference) -> dict[str, Any]:
    return {
        "text": reference.text,
        "pages": list(reference.pages),
        "outside": reference.outside,
        "printed": list(reference.printed),
        "missing": list(reference.missing),
        "elsewhere": reference.elsewhere,
        "unread": reference.unread,
        "open_ended": reference.open_ended,
    }


def _fact_object(fact: AuditFact) -> dict[str, Any]:
    return {
        "key": fact.key,
        "title": fact.title,
        "value": fact.value,
        "places": [{"page": place.page, "text": place.text} for place in fact.places],
        "source": fact.source or None,
    }


def _sample_object(audit: AuditResult, sample: Sample) -> dict[str, Any]:
    return {
        "size": sample.size,
        "seed": sample.seed,
        "stratified": sample.stratified,
        "method": describe_method(sample),
        "population": {"claims": sample.claims, "facts": sample.facts},
        "items": [_item_object(audit, item) for item in sample.items],
    }


def _item_object(audit: AuditResult, item: SampleItem) -> dict[str, Any]:
    if item.kind == "claim":
        claim = audit.claims[item.place]
        id, pages = claim.id, claim.pages
    else:
        fact = audit.facts[item.place]
        id, pages = fact.key, tuple(sorted({place.page for place in fact.places}))
    return {"kind": item.kind, "key": item.key, "id": id, "position": item.place + 1, "pages": list(pages)}


def _region_object(region: IndexRegion) -> dict[str, Any]:
    box = [round(edge, 1) for edge in region.box]
    return {"page": region.page, "box": box, "rows": region.rows, "understood": region.understood}


def _omission_object(omission: Omission) -> dict[str, Any]:
    return {
        "parts": list(omission.parts),
        "reason": omission.reason,
        "explanation": omission.explanation,
        "details": {name: omission.details[name] for name in sorted(omission.details)},
    }


def _evidence_object(evidence: Evidence) -> dict[str, Any]:
    return {"verdict": evidence.verdict.value, "page": evidence.page, "text": evidence.text}


def _check_object(check: Check) -> dict[str, Any]:
    return {
        "rule": check.rule,
        "status": check.status.value,
        "code": check.id,
        "message": check.message,
        "hint": check.hint,
        "severity": check.severity.value,
        "where": where_object(check.where),
    }
