"""Input of the coverage evaluation: what a report folder or the content index of a PDF states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.coverage import Basis
from gri_builder.model.finding import Location
from gri_builder.model.report import Answer, ExternalReference, Omission, Report
from gri_builder.model.rich_text import Heading, walk_blocks


class DisclosureClaim(Struct, frozen=True):
    """What is stated about one disclosure."""

    answered: frozenset[str] = frozenset()
    """Letters of the answered requirements; '' means all of them."""
    omissions: tuple[Omission, ...] = ()
    assured: bool = False
    pages: tuple[str, ...] = ()
    """Printed page numbers."""
    links: tuple[str, ...] = ()
    """Other documents that contain the answer, by address or by name with pages."""
    assurance_page: str | None = None
    """Printed page number of the assurance statement, if the disclosure is assured."""
    where: Location | None = None
    partly: bool = False
    """Whether a part that is not named is omitted."""


class CoverageInput(Struct, frozen=True):
    """What is evaluated: a report, or what a PDF claims."""

    claims: Mapping[str, DisclosureClaim]
    """By disclosure id; that of a management approach is its code, ':' and the Aspect's id."""
    aspects: tuple[str, ...]
    """Ids of the material Aspects."""
    where: Location
    """Location of the claimed option, or of the report if none is claimed."""
    claimed: str | None = None
    """Id of the claimed option."""
    sector: str | None = None
    organization: str | None = None
    start: date | None = None
    end: date | None = None
    published: date | None = None
    """Day of publication, which decides which disclosures are in force; None if it is unknown."""
    dismissed: frozenset[str] = frozenset()
    """Ids of the topics of the framework that are said, with the reason, not to be material."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where the answer to each disclosure without one belongs, by id: a line of a stub, or a file; empty for a PDF."""
    basis: Basis = "answers"
    unclear: Mapping[str, str] = field(default_factory=dict)
    """Why it can't be decided whether a disclosure is answered, by its id."""


def coverage_input(report: Report) -> CoverageInput:
    """Return what a report states: its answers, and the headings in its chapters that cover disclosures."""
    claims = {id: _claim_of(answer) for id, answer in report.answers.items()}
    for heading in _headings(report):
        for cover in heading.covers:
            id, letters = _split_cover(cover)
            known = claims.get(id, DisclosureClaim(where=heading.where))
            claims[id] = replace(known, answered=known.answered | letters)
    return CoverageInput(
        claims=claims,
        aspects=tuple(aspect.aspect for aspect in report.aspects),
        where=report.where,
        claimed=report.option,
        sector=report.sector,
        organization=report.organization.name,
        start=report.start,
        end=report.end,
        published=report.published,
        dismissed=frozenset(topic.aspect for topic in report.assessed if topic.aspect and topic.reason),
        places=report.answer_places,
    )


def _claim_of(answer: Answer) -> DisclosureClaim:
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
    """Return the disclosure id and the letters of 'ID' or 'ID/a,b'; without letters, only '' for all of them."""
    id, slash, letters = cover.partition("/")
    return id, frozenset(filter(None, (part.strip() for part in letters.split(",")))) if slash else frozenset({""})
