"""The flow of blocks: which stand side by side, and which stay on the page of what follows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.document import Block as DocumentBlock
from gri_builder.produce.render.block import Block, Need
from gri_builder.produce.render.front import ChapterTitle
from gri_builder.produce.render.turn import PageChange
from gri_builder.prose import Block as ProseBlock
from gri_builder.prose import Image


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


def keep_headings(blocks: list[Block]) -> list[Block]:
    """Return the blocks with a `Need` before each heading, so that none is left alone at a page's foot."""
    blocks = _settle_changes(blocks)
    out: list[Block] = []
    start: int | None = None
    for number, block in enumerate(blocks):
        if block.keep_with_next and not isinstance(block, ChapterTitle):
            start = number if start is None else start
            continue
        if start is not None:
            out += [Need(blocks[start : number + 1]), *blocks[start:number]]
            start = None
        out.append(block)
    return out if start is None else out + blocks[start:]


def _settle_changes(blocks: list[Block]) -> list[Block]:
    """Return the blocks without changes of page that another one follows, or nothing at all."""
    pairs = zip(blocks, [*blocks[1:], None], strict=True)
    return [
        b for b, after in pairs if not isinstance(b, PageChange) or not (after is None or isinstance(after, PageChange))
    ]
