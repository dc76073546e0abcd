"""Claims: what a PDF states that it covers, and where. One claim is one row of the content index."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from gri_builder.model.report import ExternalReference, Omission


class Claim(Struct, frozen=True):
    """One row of the content index."""

    id: str
    """Disclosure id, for the management approach with ':' and the Aspect's id behind the code."""
    code: str
    title: str
    group: str
    """Heading in the index: a section of the General Standard Disclosures, or the material Aspect's name."""
    aspect: str | None = None
    """Id of its Aspect; None for a General Standard Disclosure."""
    physical_pages: tuple[int, ...] = ()
    """Pages that hold it, counted from 1, ascending."""
    references: tuple[ExternalReference, ...] = ()
    """Other public documents that hold it."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False
    assurance_page: int | None = None
    """Physical page of the assurance statement, for what is assured."""
    linkage: tuple[tuple[str, str], ...] = ()
    """Further columns of the index, as (column id, text)."""


def page_ranges(pages: Iterable[int]) -> str:
    """Return page numbers as an index prints them: '12–14, 33'."""
    ranges: list[list[int]] = []
    for page in sorted(set(pages)):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)
