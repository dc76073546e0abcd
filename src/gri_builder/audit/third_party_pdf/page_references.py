"""References to pages as people write them: what is a page, what leads to another document, what is an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gri_builder.audit.third_party_pdf.references.own_document import OwnDocument
from gri_builder.audit.third_party_pdf.references.stretch_reader import StretchReader, WrittenReference
from gri_builder.audit.third_party_pdf.references.stretches import split_stretches
from gri_builder.audit.third_party_pdf.references.tokens import normalize_cell, read_tokens

__all__ = ["WrittenReference", "read_references", "read_row_references"]
OTHER_COLUMN = "page:"
"""Start of the kind of a cell whose column is headed by the name of a document."""


def read_references(text: str, own: OwnDocument | None = None) -> Iterator[WrittenReference]:
    """Yield the references of a cell; what is neither a page nor another document is an answer, and not among them.

    What seems to lead somewhere, but is not understood, is `unread`. `own` says what the report is called.
    """
    shown = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", "")
    normal = normalize_cell(shown)
    tokens = read_tokens(normal)
    for stretch in split_stretches(tokens):
        yield from StretchReader(shown, stretch, own or OwnDocument(), len(tokens)).read()


def read_row_references(cells: Mapping[str, str], own: OwnDocument | None = None) -> Iterator[WrittenReference]:
    """Yield the references of a row: of its column of pages, and of the columns of other documents ('page:HEAD')."""
    yield from read_references(cells.get("page", ""), own)
    for kind, text in cells.items():
        if kind.startswith(OTHER_COLUMN):
            yield from _read_other_column(kind.removeprefix(OTHER_COLUMN), text, own or OwnDocument())


def _read_other_column(head: str, text: str, own: OwnDocument) -> Iterator[WrittenReference]:
    """Yield the references of a column whose head names a document: to it, where they name no other one."""
    names = [token for token in read_tokens(normalize_cell(head)) if token.document]
    years = frozenset(int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", head))
    leads_here = any(own.is_named_by(token, years) for token in names)
    for each in read_references(text, own):
        if leads_here or each.outside or each.unread:
            yield each
        else:
            yield replace(each, text=f"{' '.join(head.split())} {each.text}", pages=(), roman=(), outside=True)
