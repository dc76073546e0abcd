"""What is stated: the input that a coverage is judged on, from a report folder or from a PDF's claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Location
from gri_builder.model.report import Answer, ExternalReference, Omission, Report
from gri_builder.model.rich_text import Heading, walk_blocks


class DisclosureClaim(Struct, frozen=True):
    """What is stated on one disclosure."""

    answered: frozenset[str] = frozenset()
    """Letters of the requirements that are answered; '' answers all of them."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False
    pages: tuple[str, ...] = ()
    """Printed page numbers."""
    links: tuple[str, ...] = ()
    """Addresses, or names with pages, of other documents that hold it."""
    assurance_page: str | None = None
    """Printed page number of the assurance statement, for what is assured."""
    where: Location | None = None


class CoverageInput(Struct, frozen=True):
    """What can be judged: a report, or what a PDF claims."""

    stated: Mapping[str, DisclosureClaim]
    """By disclosure id; the management approach by code, ':' and Aspect id."""
    aspects: tuple[str, ...]
    """Ids of the material Aspects."""
    where: Location
    """Place of the claimed option, else of the report as a whole."""
    claimed: str | None = None
    """Id of the option that is claimed."""
    sector: str | None = None
    organization: str | None = None
    start: date | None = None
    end: date | None = None


def coverage_input(report: Report) -> CoverageInput:
    """Return what a report states: its answers, and the headings in its chapters that cover disclosures."""
    stated = {id: _stated_by(answer) for id, answer in report.answers.items()}
    for heading in _headings(report):
        for cover in heading.covers:
            id, letters = _split_cover(cover)
            known = stated.get(id, DisclosureClaim(where=heading.where))
            stated[id] = replace(known, answered=known.answered | letters)
    return CoverageInput(
        stated=stated,
        aspects=tuple(aspect.aspect for aspect in report.aspects),
        where=report.where,
        claimed=report.option,
        sector=report.sector,
        organization=report.organization.name,
        start=report.start,
        end=report.end,
    )


def _stated_by(answer: Answer) -> DisclosureClaim:
    reference = [piece for pieces in answer.parts.values() for piece in pieces if isinstance(piece, ExternalReference)]
    return DisclosureClaim(
        answered=frozenset(part for part, pieces in answer.parts.items() if pieces),
        omissions=answer.omissions,
        assured=answer.assured,
        links=tuple(dict.fromkeys(_link(piece) for piece in reference)),
        where=answer.where,
    )


def _link(piece: ExternalReference) -> str:
    return piece.url or ", ".join(filter(None, (piece.document, piece.pages)))


def _headings(report: Report) -> Iterator[Heading]:
    for chapter in report.chapters:
        for block in walk_blocks(chapter.prose.blocks):
            if isinstance(block, Heading):
                yield block


def _split_cover(cover: str) -> tuple[str, frozenset[str]]:
    """Return the disclosure id and the letters of 'ID' or 'ID/a,b'; without letters it is '', for all of them."""
    id, slash, letters = cover.partition("/")
    return id, frozenset(filter(None, (part.strip() for part in letters.split(",")))) if slash else frozenset({""})
