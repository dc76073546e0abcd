"""The claims of a PDF as what coverage judges, so that folder and PDF are judged alike."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.audit.extraction import Extraction
from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.model.audit_result import AuditClaim, Reference
from gri_builder.model.finding import Location


def make_coverage_input(extracted: Extraction, labels: tuple[str, ...], where: Location) -> CoverageInput:
    """Return what the claims state; `labels` are the printed page numbers, `where` the place of the claimed option."""
    rows: dict[str, list[AuditClaim]] = {}
    for claim in extracted.claims:
        rows.setdefault(claim.id, []).append(claim)
    return CoverageInput(
        claims={id: _state(claims, extracted, labels, where) for id, claims in rows.items()},
        aspects=extracted.aspects,
        where=where,
        claimed=extracted.claimed,
        sector=extracted.sector,
        organization=extracted.organization,
        start=extracted.start,
        end=extracted.end,
    )


def _state(
    claims: list[AuditClaim], extracted: Extraction, labels: tuple[str, ...], where: Location
) -> DisclosureClaim:
    """Return what all rows on one disclosure state together."""
    pages = sorted({page for claim in claims for page in claim.pages})
    assurance = next((claim.assurance_page for claim in claims if claim.assurance_page), None)
    seen = extracted.answered.get(claims[0].id)
    return DisclosureClaim(
        answered=frozenset(_answered(claims)) if seen is None else seen,
        omissions=tuple(omission for claim in claims for omission in claim.omissions),
        assured=any(claim.assured for claim in claims),
        pages=tuple(_name(page, labels) for page in pages),
        links=tuple(dict.fromkeys(each.text for claim in claims for each in claim.references if each.outside)),
        assurance_page=_name(assurance, labels) if assurance else None,
        where=Location(where.file, page=claims[0].found_on, label=_name(claims[0].found_on, labels)),
    )


def _answered(claims: Iterable[AuditClaim]) -> Iterable[str]:
    """Yield the letters that rows answer: by a page, another document, or in the row itself; '' for all."""
    for claim in claims:
        if claim.pages or claim.answer or any(map(_leads_elsewhere, claim.references)):
            yield from claim.parts or ("",)


def _leads_elsewhere(reference: Reference) -> bool:
    """Return whether a reference leads to another document or part, or is not understood; a missing page is none."""
    return reference.outside or reference.elsewhere or reference.unread


def _name(page: int, labels: tuple[str, ...]) -> str:
    return labels[page - 1] if 0 < page <= len(labels) and labels[page - 1] else str(page)
