"""Rules on the pages that a claim names: the mark, text, pages and letters of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport, find_mark, is_mark
from gri_builder.audit.gri_builder_pdf.tagged_text import HEADINGS, TaggedBlock, alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed
from gri_builder.audit.rules.pictures import find_missing_pictures
from gri_builder.audit.rules.text import group_by_id
from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.framework import printed_code


def check_marks(context: RuleContext) -> Iterator[RuleOutcome]:
    """The code of a covered disclosure is printed, and tagged, on the first page that the index names for it.

    ISO 14289-1, 7.1.
    """
    assert context.embedded
    for claim in _covered(context.embedded):
        page = claim.physical_pages[0]
        if find_mark(context.embedded.body.get(page, ()), printed_code(claim.code)) is None:
            yield failed(f"'{claim.code}' is not marked on page {page}", claim.id, page, "page or mark were changed")
        else:
            yield passed("its code is printed on its first page", claim.id, page)


def check_text(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each page that the index names contains tagged text, a table or a figure, not only headings and marks.

    A page without them, such as one with a decorative picture only, is as it was composed if nothing is missing.
    """
    embedded = context.embedded
    assert embedded
    for claim in _covered(embedded):
        problem = _find_bare_pages(embedded, claim) or _find_missing_picture(embedded, claim)
        if problem:
            yield failed(problem[0], claim.id, problem[1])
        else:
            yield passed("its pages contain tagged text", claim.id, claim.physical_pages[0])


def _find_bare_pages(embedded: EmbeddedReport, claim: Claim) -> tuple[str, int] | None:
    last, texts = len(embedded.pdf.pages), _composed_texts(embedded, claim)
    letters = frozenset(map(alphanumeric_only, texts or ()))
    bare = [
        page
        for page in claim.physical_pages
        if page <= last and not any(_is_content(block, letters) for block in embedded.body.get(page, ()))
    ]
    if not bare or (texts is not None and _prints_all(embedded, claim, texts)):
        return None
    return f"page {page_ranges(bare)} contains no tagged text, only headings", bare[0]


def _composed_texts(embedded: EmbeddedReport, claim: Claim) -> list[str] | None:
    """Return the texts composed for a claim; None if the embedded data does not contain them."""
    text = embedded.files.data.text if embedded.files.data else None
    return group_by_id(text.disclosures).get(claim.id, []) if text else None


def _prints_all(embedded: EmbeddedReport, claim: Claim, texts: Iterable[str]) -> bool:
    """Return whether the pages of a claim print all its composed texts, and its facts."""
    pages = embedded.locate_pages(claim.physical_pages)
    ledger = embedded.files.ledger
    state = ledger.disclosures.get(claim.id) if ledger else None
    entries = [ledger.entries[key] for key in state.facts if key in ledger.entries] if ledger and state else []
    return all(embedded.tagged.prints(alphanumeric_only(text), pages) for text in texts) and all(
        any(place.page in claim.physical_pages for place in entry.places) for entry in entries
    )


def _is_content(block: TaggedBlock, composed: frozenset[str]) -> bool:
    """Return whether a block is more than a heading or a mark; a short text is, if it was composed."""
    if block.role == "Figure":
        return True
    return block.role not in HEADINGS and (not is_mark(block) or alphanumeric_only(block.text) in composed)


def _find_missing_picture(embedded: EmbeddedReport, claim: Claim) -> tuple[str, int] | None:
    text = embedded.files.data.text if embedded.files.data else None
    alts = group_by_id(text.pictures).get(claim.id, []) if text else []
    pages = embedded.locate_pages(claim.physical_pages)
    missing = next(find_missing_pictures(embedded, alts, pages), None)
    if missing is None:
        return None
    return f"page {page_ranges(claim.physical_pages)} does not contain the picture '{missing[:80]}'", pages[
        0
    ] if pages else 1


def check_pages(context: RuleContext) -> Iterator[RuleOutcome]:
    """The index names all pages of the section that contains a disclosure's answer."""
    embedded = context.embedded
    assert embedded
    sections = _index_sections(embedded)
    for claim in _covered(embedded):
        held = _pages_of_section(embedded, sections, claim)
        left_out = sorted(held - set(claim.physical_pages))
        if left_out:
            message = f"its answer continues on page {page_ranges(left_out)}, which the index leaves out"
            yield failed(message, claim.id, left_out[0], "pages were moved, or the index was changed")
        elif held:
            yield passed("the index names all pages of its section", claim.id, min(held))


class Section(NamedTuple):
    """A section of the PDF."""

    headings: tuple[str, ...]
    """Its own heading comes last, after those of the sections around it."""
    pages: set[int]


Sections = Mapping[str, Sequence[Section]]
"""Sections by the first word of their heading."""


def _index_sections(embedded: EmbeddedReport) -> Sections:
    pages: dict[tuple[str, ...], set[int]] = {}
    for block in (block for blocks in embedded.body.values() for block in blocks if not block.is_note):
        pages.setdefault(block.sections, set()).update(block.pages)
    index: dict[str, list[Section]] = {}
    for headings, held in pages.items():
        for depth, heading in enumerate(headings, 1):
            for word in heading.split()[:1]:
                index.setdefault(word, []).append(Section(headings[:depth], held))
    return index


def _pages_of_section(embedded: EmbeddedReport, sections: Sections, claim: Claim) -> set[int]:
    """Return the pages of the section whose heading starts with the disclosure's code, if there is one.

    Management approaches have the same code for each Aspect, so the Aspect's heading must be above it; so must that of
    the Category if two Aspects have one name.
    """
    found = sections.get(claim.code, ())
    texts = _composed_texts(embedded, claim)
    headings = None if texts is None else frozenset(map(alphanumeric_only, texts))
    above = _list_headings_above(embedded, claim)
    return set[int]().union(
        *(
            section.pages
            for section in found
            if above <= set(section.headings[:-1])
            and (headings is None or alphanumeric_only(section.headings[-1]) in headings)
            and not _is_of_story(embedded, section)
        )
    )


def _list_headings_above(embedded: EmbeddedReport, claim: Claim) -> set[str]:
    """Return the headings that are above that of a management approach; none for other disclosures."""
    aspect = embedded.localized.aspects.get(claim.aspect or "")
    if ":" not in claim.id:
        return set()
    same = [each for each in embedded.claims if (each.code, each.group) == (claim.code, claim.group)]
    if len(same) == 1 or aspect is None:
        return {claim.group}
    return {claim.group, *(each.name for each in embedded.localized.categories if each.id == aspect.category)}


def _is_of_story(embedded: EmbeddedReport, section: Section) -> bool:
    """Return whether a section is one of the story that covers no disclosure, though its heading names a code."""
    text = embedded.files.data.text if embedded.files.data else None
    title, heading = alphanumeric_only(section.headings[0]), alphanumeric_only(section.headings[-1])
    chapters = text.chapters.values() if text else ()
    stories = ([alphanumeric_only(each) for each in texts] for texts in chapters)
    return any(texts[:1] == [title] and heading in texts for texts in stories)


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
