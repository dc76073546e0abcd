"""Claims: what a PDF says it covers, and where. One claim is one row of the content index."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from gri_builder.model.report import ExternalReference, Omission


class Claim(Struct, frozen=True):
    """One row of the content index."""

    id: str
    """Disclosure id: the code; for a management approach followed by ':' and the Aspect's id."""
    code: str
    title: str
    group: str
    """Heading in the index: a section of the General Standard Disclosures, or the name of the material Aspect."""
    aspect: str | None = None
    """Id of its Aspect; None for a General Standard Disclosure."""
    physical_pages: tuple[int, ...] = ()
    """Pages with the answer, counted from 1, in ascending order."""
    references: tuple[ExternalReference, ...] = ()
    """Other public documents with the answer."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False
    assurance_page: int | None = None
    """Physical page of the assurance statement, if the disclosure is assured."""
    linkage: tuple[tuple[str, str], ...] = ()
    """Additional columns of the index, as (column id, text)."""


def page_ranges(pages: Iterable[int]) -> str:
    """Return page numbers as printed in an index: '12–14, 33'."""
    ranges: list[list[int]] = []
    for page in sorted(set(pages)):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)
