"""Where on the pages an edit can be seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from gri_builder.model.provenance import Ledger
from gri_builder.preview.server.shown_pages import ShownPage
from gri_builder.preview.view import SourceBlock


class EditedPlace(Struct, frozen=True):
    """A place on a page."""

    id: int
    """Id of the page."""
    top: float
    """Points from the upper edge of the page."""


def find_edited(
    pages: Iterable[ShownPage], fresh: Collection[int], edits: Mapping[str, int], ledger: Ledger | None
) -> EditedPlace | None:
    """Return the place of the block that was edited; else of the first page that prints a fact of the edited files.

    `fresh` are the ids of the pages that look new, `edits` the first line that changed by file. None where neither is
    found.
    """
    shown = tuple(pages)
    blocks = [(block, each.id) for each in shown for block in each.page.blocks if block.file in edits]
    if blocks:
        block, id = min(blocks, key=lambda found: (found[1] not in fresh, *_rank(found[0], edits[found[0].file])))
        return EditedPlace(id, block.box[1])
    if ledger is None:
        return None
    facts = {key for key, record in ledger.entries.items() if record.origin and record.origin.file in edits}
    chosen = (each.id for each in shown if each.id in fresh and any(fact.fact in facts for fact in each.page.facts))
    id = next(chosen, 0)
    return EditedPlace(id, 0.0) if id else None


def _rank(block: SourceBlock, line: int) -> tuple[bool, int, float]:
    """Return how far a block is from a line: the last one that starts at it or before comes first, the smallest one."""
    width, height = block.box[2] - block.box[0], block.box[3] - block.box[1]
    return block.line > line, abs(block.line - line), width * height
