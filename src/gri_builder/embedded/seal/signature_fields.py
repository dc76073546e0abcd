"""The signature fields on the pages of a PDF, which are no part of its seal: they are filled after it was built.

ISO 32000-1, 12.5.6.19 (widgets) and 12.7.4.5 (signature fields).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from gri_builder.embedded.seal.objects import PdfObjects
from gri_builder.embedded.seal.pages import read_pages
from gri_builder.embedded.seal.syntax import Value

MOST_PARENTS = 10


class FieldLink(Struct, frozen=True):
    """A field, or one above it."""

    number: int
    """Object number; 0 for one that is no indirect object."""
    entries: dict[str, Value]


class FoundField(Struct, frozen=True):
    """A signature field on a page."""

    page: int
    of_page: dict[str, Value]
    """Entries of the page."""
    chain: tuple[FieldLink, ...]
    """Its annotation, and the fields above it."""


def walk_signature_fields(objects: PdfObjects) -> Iterator[FoundField]:
    """Yield the signature fields on all pages."""
    for number, page in enumerate(read_pages(objects).pages, 1):
        for annotation in page.annotations:
            chain = _list_chain(objects, annotation)
            if isinstance(annotation, int) and _is_signature(objects, chain):
                yield FoundField(number, page.entries, chain)


def list_field_numbers(objects: PdfObjects) -> frozenset[int]:
    """Return the object numbers of all signature fields."""
    return frozenset(link.number for field in walk_signature_fields(objects) for link in field.chain if link.number)


def _list_chain(objects: PdfObjects, annotation: Value) -> tuple[FieldLink, ...]:
    chain: list[FieldLink] = []
    value: Value | None = annotation
    while value is not None and len(chain) < MOST_PARENTS:
        entries = objects.mapping(value)
        chain.append(FieldLink(value if isinstance(value, int) else 0, entries))
        value = entries.get("/Parent")
    return tuple(chain)


def _is_signature(objects: PdfObjects, chain: Sequence[FieldLink]) -> bool:
    is_field = objects.resolve(chain[0].entries.get("/Subtype")) == "/Widget"
    kinds = [link.entries["/FT"] for link in chain if "/FT" in link.entries]
    return is_field and bool(kinds) and all(objects.resolve(kind) == "/Sig" for kind in kinds)
