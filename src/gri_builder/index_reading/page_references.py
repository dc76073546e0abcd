"""References to pages as people write them: what is a page, what leads to another document, what is an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from gri_builder.index_reading.references.own_columns import OTHER_COLUMN, leads_here
from gri_builder.index_reading.references.own_document import OwnDocument
from gri_builder.index_reading.references.stretch_reader import StretchReader, WrittenReference
from gri_builder.index_reading.references.stretches import split_stretches
from gri_builder.index_reading.references.tokens import normalize_cell, read_tokens

__all__ = ["WrittenReference", "learn_habits", "read_references", "read_row_references"]
LONGEST_CELL = 5_000
"""Characters of a cell that are read; longer ones are prose."""
FEWEST = 4
"""Cells that show a habit."""
TITLED_SHARE = 0.25
"""Share of the cells with a title and one number behind it, for these numbers to be pages."""
_TITLED = re.compile(r"[^\d]*[^\W\d][^\d]*\s\d{1,3}")
_TIGHT = re.compile(r"(?<![\d,.])\d{1,2},\d{1,2}(?![\d,.])|(?<![\d,.])\d{1,3}(?:,\d{1,3})*,\d{1,2}(?![\d,.])")
_LOOSE = re.compile(r"\d, \d")


def read_references(text: str, own: OwnDocument | None = None) -> Iterator[WrittenReference]:
    """Yield the references of a cell; what is neither a page nor another document is an answer, and not among them.

    What seems to lead somewhere, but is not understood, is `unread`. `own` says what the report is called.
    """
    shown = text[:LONGEST_CELL].replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", "")
    normal = normalize_cell(shown)
    tokens = read_tokens(normal, tight=own is not None and own.tight_lists)
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
    here = leads_here(head, own)
    for each in read_references(text, own):
        if here or each.outside or each.unread:
            yield each
        else:
            yield replace(each, text=f"{' '.join(head.split())} {each.text}", pages=(), roman=(), outside=True)


def learn_habits(own: OwnDocument, cells: Iterable[str]) -> OwnDocument:
    """Return what a report is called, with how its index writes references, as far as many cells show it."""
    cells = [cell for cell in cells if cell.strip()]
    titled = sum(any(each.unread and _TITLED.fullmatch(each.text) for each in read_references(cell)) for cell in cells)
    tight, loose = (sum(bool(form.search(cell)) for cell in cells) for form in (_TIGHT, _LOOSE))
    return replace(
        own,
        titles_lead=titled >= max(FEWEST, len(cells) * TITLED_SHARE),
        tight_lists=tight >= FEWEST and tight > loose,
    )
