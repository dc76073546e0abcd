"""Indexes whose pages are in another document: the PDF is an extract of a longer report, or the index alone.

That is one cause, and one finding; the rows are right, but can't be judged by this PDF.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.audit.third_party_pdf.page_numbers import PageNumbering
from gri_builder.audit.third_party_pdf.page_references import read_references
from gri_builder.model.audit_result import AuditClaim, Evidence, Reference

MOSTLY = 0.5
"""Share of the rows with pages that name some beyond the PDF, from which on the index is of another document."""
FEWEST = 8
"""Rows beyond the PDF that show that; fewer may be misprints."""
EXTRACT = 5
"""First printed page number from which on a PDF is an extract of a longer document."""
LAST_PAGE = 1500
"""Highest page number that is looked for."""
FEWEST_BEFORE = 3
"""Rows that name pages before the first one, for that."""


class PlacedClaims(Struct, frozen=True):
    """Claims with the references marked whose pages can't be in this PDF."""

    claims: tuple[AuditClaim, ...]
    problem: str = ""
    """Why their pages can't be judged; empty where they can."""


def place_claims(claims: Sequence[AuditClaim], numbering: PageNumbering) -> PlacedClaims:
    """Return claims with the pages that are in another document marked, if the index names many of them."""
    paged = [claim for claim in claims if any(not each.outside for each in claim.references)]
    first = next((page for page in range(1, LAST_PAGE) if numbering.find(page) is not None), 1)
    before = [claim for claim in paged if any(_is_before(each, first) for each in claim.references)]
    beyond = [claim for claim in paged if any(_is_missing(each) for each in claim.references)]
    if first >= EXTRACT and len(before) >= FEWEST_BEFORE:
        last = next((page for page in range(LAST_PAGE, 0, -1) if numbering.find(page) is not None), first)
        problem = (
            f"the PDF holds only the printed pages {first}–{last}, an extract of a longer document: "
            f"{len(beyond)} of {len(paged)} rows of the index name pages that are not in it"
        )
        return PlacedClaims(tuple(_mark_absent(claim, missing_only=True) for claim in claims), problem)
    if len(beyond) >= FEWEST and len(beyond) >= MOSTLY * len(paged):
        problem = (
            f"the index names pages of another document: {len(beyond)} of {len(paged)} rows name pages that this "
            f"PDF of {numbering.pages} pages does not have"
        )
        return PlacedClaims(tuple(_mark_absent(claim, missing_only=False) for claim in claims), problem)
    return PlacedClaims(tuple(claims))


def _is_missing(reference: Reference) -> bool:
    return not reference.pages and not reference.outside


def _is_before(reference: Reference, first: int) -> bool:
    """Return whether a reference is to printed pages before the first one of the PDF."""
    printed = [page for each in read_references(reference.text) for page in each.pages]
    return _is_missing(reference) and bool(printed) and max(printed) < first


def _mark_absent(claim: AuditClaim, missing_only: bool) -> AuditClaim:
    """Return a claim with its references marked as absent: only those that are missing in the PDF, or all to pages."""
    references = tuple(
        replace(each, pages=(), absent=True) if _is_missing(each) or not (missing_only or each.outside) else each
        for each in claim.references
    )
    evidence = claim.evidence if any(each.pages for each in references) else Evidence()
    return replace(claim, references=references, evidence=evidence)
