"""The passages that an audit relies on."""

from __future__ import annotations

from gri_builder.model.audit_result import AuditResult, Passage


def list_passages(audit: AuditResult) -> tuple[Passage, ...]:
    """Return the passages that an audit relies on: the most important first, each once.

    Those are index tables that could not be read, then evidence and rows of claims with findings, then all others.
    """
    flagged = {finding.disclosure for finding in audit.findings}
    claims = sorted(audit.claims, key=lambda claim: not (claim.id in flagged or claim.uncertain))
    places = [region.passage for region in audit.index_regions if region.is_unread]
    for claim in claims:
        places += filter(None, (claim.evidence_passage, claim.row_passage))
    return tuple(dict.fromkeys(places))
