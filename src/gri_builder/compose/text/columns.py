"""Columns: set plain text in two columns if the theme asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from gri_builder.compose.blocks import walk, with_children
from gri_builder.model.document import Block, Columns, DisclosureSpan
from gri_builder.model.rich_text import Heading, ListBlock, Paragraph, plain_text

MIN_LENGTH = 500
"""Minimum number of characters for two columns; shorter text stays in one."""


def set_columns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with each longer sequence of paragraphs and lists in two columns."""
    ready: list[Block] = []
    for flows, group in groupby(blocks, key=_flows):
        together = tuple(group)
        if flows and _length(together) >= MIN_LENGTH:
            ready.append(Columns(together))
        else:
            ready.extend(_inside(block) for block in together)
    return tuple(ready)


def _inside(block: Block) -> Block:
    return with_children(block, (set_columns(block.blocks),)) if isinstance(block, DisclosureSpan) else block


def _flows(block: Block) -> bool:
    """Return whether a block is running text; a line kept with the next block is not."""
    if isinstance(block, Paragraph):
        return not block.keep
    return isinstance(block, ListBlock) and not any(isinstance(inner, Heading) for inner in walk([block]))


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(plain_text(block.runs)) for block in walk(blocks) if isinstance(block, Paragraph))
