"""Columns of pages that are headed by names of documents: which is that of the report itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from gri_builder.index_reading.references.own_document import OwnDocument
from gri_builder.index_reading.references.tokens import normalize_cell, read_tokens

OTHER_COLUMN = "page:"
"""Start of the kind of a cell whose column is headed by the name of a document."""


def settle_own_columns(rows: Sequence[dict[str, str]], own: OwnDocument) -> OwnDocument:
    """Rename the cells of the report's own column to 'page', and return what the report is called.

    `rows` are the cells of each row. Where columns part a report from others, none of these is taken for a part of it.
    """
    heads = sorted({kind for cells in rows for kind in cells if kind.startswith(OTHER_COLUMN)})
    narrow = replace(own, kinds=own.named or own.kinds)
    mine = [head for head in heads if leads_here(head, narrow)]
    if not mine or (len(mine) == len(heads) > 1):
        return own
    for cells in rows:
        _rename(cells, mine)
    return narrow if len(heads) > len(mine) else own


def leads_here(head: str, own: OwnDocument) -> bool:
    """Return whether a head names the report itself."""
    names = [token for token in read_tokens(normalize_cell(head)) if token.document]
    years = frozenset(int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", head))
    return any(own.is_named_by(token, years) for token in names)


def _rename(cells: dict[str, str], heads: Iterable[str]) -> None:
    """Make the cells below some heads that of pages, behind what it holds."""
    held = [cells.pop(kind) for kind in ("page", *heads) if kind in cells]
    if held:
        cells["page"] = "\n".join(held)
