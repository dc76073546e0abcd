"""Rules on the pages that a claim names: the mark, text, pages and letters of its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport, find_mark
from gri_builder.audit.gri_builder_pdf.tagged_text import HEADINGS, TaggedBlock
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed
from gri_builder.model.claim import Claim, page_ranges

MAX_MARK = 2
"""Characters of the longest block that is only a letter of a requirement."""


def check_marks(context: RuleContext) -> Iterator[RuleOutcome]:
    """The code of a covered disclosure is printed, and tagged, on the first page that the index names for it.

    ISO 14289-1, 7.1.
    """
    assert context.embedded
    for claim in _covered(context.embedded):
        page = claim.physical_pages[0]
        if find_mark(context.embedded.body.get(page, ()), claim.code) is None:
            yield failed(f"'{claim.code}' is not marked on page {page}", claim.id, page, "page or mark were changed")
        else:
            yield passed("its code is printed on its first page", claim.id, page)


def check_text(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each page that the index names contains tagged text, a table or a figure, not only headings and marks."""
    assert context.embedded
    last = len(context.pdf.pages)
    for claim in _covered(context.embedded):
        bare = [
            page
            for page in claim.physical_pages
            if page <= last and not any(_is_content(block, claim.code) for block in context.embedded.body.get(page, ()))
        ]
        if bare:
            message = f"page {page_ranges(bare)} contains no tagged text, only headings"
            yield failed(message, claim.id, bare[0])
        else:
            yield passed("its pages contain tagged text", claim.id, claim.physical_pages[0])


def _is_content(block: TaggedBlock, code: str) -> bool:
    if block.role == "Figure":
        return True
    return block.role not in HEADINGS and len(block.text) > MAX_MARK and not block.text.startswith(code)


def check_pages(context: RuleContext) -> Iterator[RuleOutcome]:
    """The index names all pages of the section that contains a disclosure's answer."""
    assert context.embedded
    sections = _index_sections(context.embedded)
    for claim in _covered(context.embedded):
        held = _pages_of_section(sections, claim)
        left_out = sorted(held - set(claim.physical_pages))
        if left_out:
            message = f"its answer continues on page {page_ranges(left_out)}, which the index leaves out"
            yield failed(message, claim.id, left_out[0], "pages were moved, or the index was changed")
        elif held:
            yield passed("the index names all pages of its section", claim.id, min(held))


Sections = Mapping[str, Sequence[tuple[tuple[str, ...], set[int]]]]
"""Sections by the first word of their heading: for each the headings above it, and its pages."""


def _index_sections(embedded: EmbeddedReport) -> Sections:
    pages: dict[tuple[str, ...], set[int]] = {}
    for block in (block for blocks in embedded.body.values() for block in blocks):
        pages.setdefault(block.sections, set()).update(block.pages)
    index: dict[str, list[tuple[tuple[str, ...], set[int]]]] = {}
    for headings, held in pages.items():
        for depth, heading in enumerate(headings):
            for word in heading.split()[:1]:
                index.setdefault(word, []).append((headings[:depth], held))
    return index


def _pages_of_section(sections: Sections, claim: Claim) -> set[int]:
    """Return the pages of the section whose heading starts with the disclosure's code, if there is one.

    Management approaches have the same code for each Aspect, so the Aspect's heading must be above it.
    """
    found = sections.get(claim.code, ())
    return set[int]().union(*(held for above, held in found if ":" not in claim.id or claim.group in above))


def check_letters(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each lettered requirement that the data answers has a destination on a page that the index names.

    The criteria are assessed by letter, so each letter must be found.
    """
    embedded = context.embedded
    assert embedded
    for claim in _covered(embedded):
        letters = sorted(
            embedded.declared.get(claim.id, frozenset()) - embedded.referenced.get(claim.id, frozenset()) - {""}
        )
        places = {letter: embedded.pdf.destinations.get(f"{claim.id}/{letter}") for letter in letters}
        missing = [letter for letter, place in places.items() if place is None]
        misplaced = [
            letter
            for letter, place in places.items()
            if place and place[0] not in embedded.locate_pages(claim.physical_pages)
        ]
        if missing:
            yield failed(f"the data answers {', '.join(missing)}, but the PDF has no destination for it", claim.id)
        elif misplaced:
            yield failed(f"the destination of {', '.join(misplaced)} is on a page that the index leaves out", claim.id)
        elif letters:
            yield passed("each letter that the data answers has its destination", claim.id)


def _covered(embedded: EmbeddedReport) -> Iterator[Claim]:
    return (claim for claim in embedded.claims if claim.physical_pages)
