"""Columns: set the running text of a chapter in two columns if the theme asks for it.

All passages are in two columns but those of one or two lines, which span both.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from gri_builder.compose.blocks import walk, with_children
from gri_builder.model.document import Block, Columns, DisclosureSpan
from gri_builder.model.rich_text import Heading, ListBlock, Paragraph, plain_text

LEAST = 200
"""Characters of a passage that is set in two columns at least: three lines in each."""


def set_columns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with each passage of paragraphs and lists in two columns, unless it is very short."""
    ready: list[Block] = []
    for flows, group in groupby(blocks, key=_flows):
        passage = tuple(group)
        if flows and _length(passage) >= LEAST:
            ready.append(Columns(passage))
        else:
            ready.extend(_inside(block) for block in passage)
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
