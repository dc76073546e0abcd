"""Rules on the pages that a claim names: the disclosure's mark, text, all pages of its answer, its letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport, find_mark
from gri_builder.audit.gri_builder_pdf.tagged_text import HEADINGS, TaggedBlock
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed
from gri_builder.model.claim import Claim, page_ranges

SHORTEST = 2
"""Characters from which on a block says something; a page may end with a single letter that marks a requirement."""


def check_marks(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The code of a covered disclosure is printed, and tagged, on the first page that the index names for it.

    ISO 14289-1, 7.1.
    """
    assert subject.own
    for claim in _covered(subject.own):
        page = claim.physical_pages[0]
        if find_mark(subject.own.body.get(page, ()), claim.code) is None:
            yield failed(f"'{claim.code}' is not marked on page {page}", claim.id, page, "page or mark were changed")
        else:
            yield passed("its code stands on its first page", claim.id, page)


def check_text(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each page that the index names holds tagged text, a table or a figure, and not only headings and marks."""
    assert subject.own
    last = len(subject.pdf.pages)
    for claim in _covered(subject.own):
        bare = [
            page
            for page in claim.physical_pages
            if page <= last and not any(_says_something(block, claim.code) for block in subject.own.body.get(page, ()))
        ]
        if bare:
            message = f"page {page_ranges(bare)} holds no tagged text, only headings"
            yield failed(message, claim.id, bare[0])
        else:
            yield passed("its pages hold tagged text", claim.id, claim.physical_pages[0])


def _says_something(block: TaggedBlock, code: str) -> bool:
    if block.role == "Figure":
        return True
    return block.role not in HEADINGS and len(block.text) > SHORTEST and not block.text.startswith(code)


def check_pages(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The section that holds a disclosure's answer runs over no page that the index leaves out."""
    assert subject.own
    sections = _index_sections(subject.own)
    for claim in _covered(subject.own):
        held = _pages_of_section(sections, claim)
        left_out = sorted(held - set(claim.physical_pages))
        if left_out:
            message = f"its answer goes on on page {page_ranges(left_out)}, which the index leaves out"
            yield failed(message, claim.id, left_out[0], "pages were moved, or the index was changed")
        elif held:
            yield passed("the index names all pages of its section", claim.id, min(held))


Sections = Mapping[str, Sequence[tuple[tuple[str, ...], set[int]]]]
"""Sections by the first word of their heading: the headings above each, and its pages."""


def _index_sections(own: EmbeddedReport) -> Sections:
    pages: dict[tuple[str, ...], set[int]] = {}
    for block in (block for blocks in own.body.values() for block in blocks):
        pages.setdefault(block.sections, set()).update(block.pages)
    index: dict[str, list[tuple[tuple[str, ...], set[int]]]] = {}
    for headings, held in pages.items():
        for depth, heading in enumerate(headings):
            for word in heading.split()[:1]:
                index.setdefault(word, []).append((headings[:depth], held))
    return index


def _pages_of_section(sections: Sections, claim: Claim) -> set[int]:
    """Return the pages of the section whose heading begins with the disclosure's code, if there is one.

    A management approach has the same code for each Aspect, so that the Aspect's heading must stand above it.
    """
    found = sections.get(claim.code, ())
    return set[int]().union(*(held for above, held in found if ":" not in claim.id or claim.group in above))


def check_letters(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each lettered requirement that the data answers has its place in the PDF, on a page that the index names.

    The criteria are judged by letter, so each letter must be seen.
    """
    own = subject.own
    assert own
    for claim in _covered(own):
        letters = sorted(own.declared.get(claim.id, frozenset()) - own.referenced.get(claim.id, frozenset()) - {""})
        places = {letter: own.pdf.destinations.get(f"{claim.id}/{letter}") for letter in letters}
        lacking = [letter for letter, place in places.items() if place is None]
        astray = [letter for letter, place in places.items() if place and place[0] not in own.now(claim.physical_pages)]
        if lacking:
            yield failed(f"the data answers {', '.join(lacking)}, but the PDF has no place for it", claim.id)
        elif astray:
            yield failed(f"{', '.join(astray)} stands on a page that the index leaves out", claim.id)
        elif letters:
            yield passed("each letter that the data answers has its place", claim.id)


def _covered(own: EmbeddedReport) -> Iterator[Claim]:
    return (row.claim for row in own.rows if row.claim.physical_pages)
