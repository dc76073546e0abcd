"""The content index as JSON: `content-index.json` in the PDF, `NAME.index.json` beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from gri_builder.embedded.codec import decode_json
from gri_builder.model.claim import Claim
from gri_builder.model.finding import Location
from gri_builder.model.report import ExternalReference, Omission, Report
from gri_builder.model.texts.control_characters import escape_controls
from gri_builder.model.texts.readable_text import readable

NAME = "content-index.json"
FORMAT: Literal["gri-builder/index/1"] = "gri-builder/index/1"

PageNumber = Annotated[int, Meta(ge=1, le=999_999)]
"""A physical page, from 1."""
PageLabel = Annotated[str, Meta(pattern="^[0-9]{1,6}$")]
"""A physical page as a text of digits."""


class IndexPeriod(Struct, frozen=True):
    """First and last day of the reporting period."""

    start: date
    end: date


class IndexReference(Struct, frozen=True):
    """Another document that holds a disclosure."""

    document: str
    pages: str | None
    url: str | None


class IndexOmission(Struct, frozen=True):
    """What is omitted of a disclosure: one letter, or all of it where `part` is None."""

    part: str | None
    reason: str
    explanation: str
    details: dict[str, str]


class IndexRow(Struct, frozen=True):
    """A row of the content index."""

    id: str
    code: str
    aspect: str | None
    title: str
    group: str
    pages: tuple[str, ...]
    """Its pages as printed."""
    physical_pages: tuple[PageNumber, ...]
    links: tuple[str, ...]
    """Addresses of other documents, or their names with their pages."""
    reference: tuple[IndexReference, ...]
    omissions: tuple[IndexOmission, ...]
    assured: bool
    assurance_page: PageLabel | None
    linkage: dict[str, str]
    """Texts of further columns, by column id."""


class ContentIndex(Struct, frozen=True):
    """The content index of a report."""

    format: Literal["gri-builder/index/1"]
    framework: str
    """Id of the framework."""
    organization: str
    title: str
    period: IndexPeriod
    published: date
    language: str
    option: str | None
    """Id of the 'in accordance' option that is claimed."""
    rows: tuple[IndexRow, ...]


def make_index(report: Report, framework: str, claims: Iterable[Claim]) -> ContentIndex:
    """Return the content index of a report; `framework` is the framework's id, and the claims have their pages."""
    return ContentIndex(
        FORMAT,
        framework,
        readable(report.organization.name),
        readable(report.title),
        IndexPeriod(report.start, report.end),
        report.published,
        report.language,
        report.option,
        tuple(_make_row(claim) for claim in claims),
    )


def _make_row(claim: Claim) -> IndexRow:
    return IndexRow(
        id=claim.id,
        code=claim.code,
        aspect=claim.aspect,
        title=claim.title,
        group=claim.group,
        pages=tuple(str(page) for page in claim.physical_pages),
        physical_pages=claim.physical_pages,
        links=tuple(_link(reference) for reference in claim.references),
        reference=tuple(IndexReference(each.document, each.pages, each.url) for each in claim.references),
        omissions=tuple(entry for omission in claim.omissions for entry in _split_omission(omission)),
        assured=claim.assured,
        assurance_page=str(claim.assurance_page) if claim.assurance_page else None,
        linkage=dict(claim.linkage),
    )


def _split_omission(omission: Omission) -> Iterator[IndexOmission]:
    """Yield one entry for each letter; the part is None where the whole disclosure is omitted."""
    details = {name: omission.details[name] for name in sorted(omission.details)}
    for part in omission.parts or (None,):
        yield IndexOmission(part, omission.reason, omission.explanation, details)


def _link(reference: ExternalReference) -> str:
    """Return the address of another document, else its name with its pages."""
    return reference.url or ", ".join(filter(None, (reference.document, reference.pages)))


def read_claim(row: IndexRow) -> Claim:
    """Return the claim that a row states; omissions have one letter each."""
    here = Location(NAME)
    return Claim(
        id=row.id,
        code=row.code,
        title=row.title,
        group=row.group,
        aspect=row.aspect,
        physical_pages=row.physical_pages,
        references=tuple(ExternalReference(each.document, here, each.pages, each.url) for each in row.reference),
        omissions=tuple(
            Omission(() if each.part is None else (each.part,), each.reason, each.explanation, here, each.details)
            for each in row.omissions
        ),
        assured=row.assured,
        assurance_page=int(row.assurance_page) if row.assurance_page else None,
        linkage=tuple(row.linkage.items()),
    )


def encode_index(index: ContentIndex) -> bytes:
    """Return the content index as a JSON file that people can read."""
    return escape_controls(msgspec.json.format(msgspec.json.encode(index), indent=2).decode()).encode() + b"\n"


def decode_index(data: bytes) -> ContentIndex:
    """Return the content index in a JSON file; raises EmbeddedDataError where it has another shape."""
    return decode_json(data, ContentIndex)
