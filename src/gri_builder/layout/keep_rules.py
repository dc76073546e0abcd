"""The flow of blocks: which stand side by side, and which stay on the page of what follows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.layout_box import KeepWithNext, LayoutBox
from gri_builder.layout.page_break import PageBreak
from gri_builder.model.document import Block as DocumentBlock
from gri_builder.model.rich_text import Block as ProseBlock
from gri_builder.model.rich_text import Image


def pair_pictures(
    blocks: Iterable[DocumentBlock | ProseBlock],
) -> Iterator[DocumentBlock | ProseBlock | list[Image]]:
    """Yield the blocks, neighbouring pictures of half a width as lists of one or two."""
    row: list[Image] = []
    for block in blocks:
        if isinstance(block, Image) and block.size == "half":
            row.append(block)
            if len(row) == 2:
                yield row
                row = []
            continue
        if row:
            yield row
            row = []
        yield block
    if row:
        yield row


def keep_headings(blocks: list[LayoutBox]) -> list[LayoutBox]:
    """Return the blocks with a `KeepWithNext` before each heading, so that none is left alone at a page's foot."""
    blocks = _settle_changes(blocks)
    out: list[LayoutBox] = []
    start: int | None = None
    for number, block in enumerate(blocks):
        if block.keep_with_next and not isinstance(block, ChapterTitle):
            start = number if start is None else start
            continue
        if start is not None:
            out += [KeepWithNext(blocks[start : number + 1]), *blocks[start:number]]
            start = None
        out.append(block)
    return out if start is None else out + blocks[start:]


def _settle_changes(blocks: list[LayoutBox]) -> list[LayoutBox]:
    """Return the blocks without changes of page that another one follows, or nothing at all."""
    pairs = zip(blocks, [*blocks[1:], None], strict=True)
    return [
        b for b, after in pairs if not isinstance(b, PageBreak) or not (after is None or isinstance(after, PageBreak))
    ]
