"""The claims of a PDF as what coverage judges, so that folder and PDF are judged alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.index_reading.extraction import Extraction
from gri_builder.index_reading.index_checks.readability import NOTHING_READ
from gri_builder.model.audit_result import AuditClaim, Reference
from gri_builder.model.coverage import Basis
from gri_builder.model.finding import Location
from gri_builder.model.framework import Disclosure, Framework, disclosure_id, split_id

NOT_IN_PDF = "it names pages that this PDF does not have"
NOT_FOLLOWED = "its reference is not understood"
NOT_UNDERSTOOD = "its omission is not understood"
NOT_READ = "no row of it could be read"
EMPTY = "no page or answer was found in its row"
NO_APPROACH = "the index has no row for it that could be read"
MOST_EMPTY = 0.25
"""Share of rows without reference, answer or omission above which they are not read rather than empty."""


def make_coverage_input(
    extracted: Extraction,
    labels: tuple[str, ...],
    where: Location,
    framework: Framework,
    basis: Basis = "answers",
) -> CoverageInput:
    """Return what the claims state.

    `labels` are the printed page numbers, `where` the place of the claimed option. Where the claims of a content index
    are the only basis, what could not be read of it is unclear, not missing.
    """
    rows: dict[str, list[AuditClaim]] = {}
    for claim in extracted.claims:
        rows.setdefault(claim.id, []).append(claim)
    unclear = find_unclear(rows, extracted.aspects, extracted.printed_codes, framework) if basis == "claims" else {}
    return CoverageInput(
        claims={id: _state(claims, extracted, labels, where, framework) for id, claims in rows.items()},
        aspects=extracted.aspects,
        dismissed=extracted.dismissed,
        where=where,
        claimed=extracted.claimed,
        sector=extracted.sector,
        organization=extracted.organization,
        start=extracted.start,
        end=extracted.end,
        basis=basis,
        unclear=unclear,
    )


def find_unclear(
    rows: Mapping[str, Sequence[AuditClaim]], aspects: Iterable[str], printed: Collection[str], framework: Framework
) -> dict[str, str]:
    """Return why it can't be decided whether a disclosure is answered, by its id.

    `printed` are the codes that the pages of the index print; one without a row was not read.
    """
    unclear = {id: reason for id, claims in rows.items() if (reason := _why_unclear(claims))}
    listed = {split_id(id)[0] for id in rows}
    unclear |= {code: NOT_READ for code in printed if code not in listed and code in framework.disclosures}
    for id in (disclosure_id(code, aspect) for aspect in aspects for code in framework.management_approaches):
        if id not in rows:
            unclear[id] = NO_APPROACH
    return dict(sorted(unclear.items()))


def is_empty(claim: AuditClaim) -> bool:
    """Return whether a row gives neither reference nor answer, and omits nothing."""
    stated = claim.references or claim.answer or claim.omission or claim.placeholder
    return not stated and claim.uncertain in ("", NOTHING_READ)


def _why_unclear(claims: Sequence[AuditClaim]) -> str:
    """Return why it can't be decided whether the rows on a disclosure answer it; empty where it can."""
    if any(_is_content(claim) and not claim.omission and not claim.uncertain for claim in claims):
        return ""
    if uncertain := next((each.uncertain for each in claims if each.uncertain not in ("", NOTHING_READ)), ""):
        return uncertain
    lost = [claim for claim in claims if claim.references and not _is_content(claim)]
    if lost:
        return NOT_FOLLOWED if any(each.unread for claim in lost for each in claim.references) else NOT_IN_PDF
    if any(claim.omission and not claim.omissions for claim in claims):
        return NOT_UNDERSTOOD
    return EMPTY if any(map(is_empty, claims)) else ""


def _state(
    claims: list[AuditClaim], extracted: Extraction, labels: tuple[str, ...], where: Location, framework: Framework
) -> DisclosureClaim:
    """Return what all rows on one disclosure state together."""
    pages = sorted({page for claim in claims for page in claim.pages})
    assurance = next((claim.assurance_page for claim in claims if claim.assurance_page), None)
    seen = extracted.answered.get(claims[0].id)
    disclosure = framework.disclosures.get(claims[0].code)
    return DisclosureClaim(
        answered=frozenset(_answered(claims, disclosure)) if seen is None else seen,
        omissions=tuple(omission for claim in claims for omission in claim.omissions),
        assured=any(claim.assured for claim in claims),
        pages=tuple(_name(page, labels) for page in pages),
        links=tuple(dict.fromkeys(each.text for claim in claims for each in claim.references if each.outside)),
        assurance_page=_name(assurance, labels) if assurance else None,
        where=Location(where.file, page=claims[0].found_on, label=_name(claims[0].found_on, labels)),
        partly=seen is None and any(_omits_unnamed_part(claim) for claim in claims),
    )


def _answered(claims: Iterable[AuditClaim], disclosure: Disclosure | None) -> Iterator[str]:
    """Yield the letters that rows answer: by a page, another document, or in the row itself; '' for all."""
    for claim in claims:
        if not _is_content(claim):
            continue
        omitted = {part for omission in claim.omissions for part in omission.parts}
        if omitted and disclosure:
            yield from (part for part in claim.parts or disclosure.parts if part not in omitted)
        else:
            yield from claim.parts or ("",)


def _is_content(claim: AuditClaim) -> bool:
    """Return whether a row leads to pages or another document, or answers by itself."""
    return bool(claim.pages or claim.answer or any(map(_leads_elsewhere, claim.references)))


def _leads_elsewhere(reference: Reference) -> bool:
    """Return whether a reference leads to another document or part; neither does a page that is missing."""
    return reference.outside or reference.elsewhere


def _omits_unnamed_part(claim: AuditClaim) -> bool:
    """Return whether a row gives pages or an answer, and omits something without naming the letters."""
    return _is_content(claim) and any(not omission.parts for omission in claim.omissions)


def _name(page: int, labels: tuple[str, ...]) -> str:
    return labels[page - 1] if 0 < page <= len(labels) and labels[page - 1] else str(page)
