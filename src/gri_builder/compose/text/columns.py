"""Columns: set the running text of a chapter in two columns if the theme asks for it.

A chapter of short passages stays in one column, of a readable width: two columns need six lines in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from gri_builder.compose.blocks import walk, with_children
from gri_builder.model.document import Block, Columns, DisclosureSpan
from gri_builder.model.rich_text import Heading, ListBlock, Paragraph, plain_text

LEAST = 480
"""Characters of a passage that is set in two columns at least: six lines in each."""
MAIN_SHARE = 0.75
"""Share of a chapter's running text that must be in such passages, so that it does not change from one to the other."""


def set_columns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a chapter, its passages in two columns if most of its text fills them."""
    lengths = list(_passage_lengths(blocks))
    filling = sum(length for length in lengths if length >= LEAST)
    return _divide(blocks) if filling and filling >= MAIN_SHARE * sum(lengths) else blocks


def _divide(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    ready: list[Block] = []
    for passage, flows in _passages(blocks):
        if flows and _length(passage) >= LEAST:
            ready.append(Columns(passage))
        else:
            ready.extend(
                with_children(block, (_divide(block.blocks),)) if isinstance(block, DisclosureSpan) else block
                for block in passage
            )
    return tuple(ready)


def _passages(blocks: tuple[Block, ...]) -> Iterator[tuple[tuple[Block, ...], bool]]:
    """Yield neighbouring blocks that are all running text, or all something else, with whether they are text."""
    return ((tuple(group), flows) for flows, group in groupby(blocks, key=_flows))


def _passage_lengths(blocks: tuple[Block, ...]) -> Iterator[int]:
    """Yield the characters of each passage of running text, those that answer disclosures included."""
    for passage, flows in _passages(blocks):
        if flows:
            yield _length(passage)
        else:
            for block in passage:
                if isinstance(block, DisclosureSpan):
                    yield from _passage_lengths(block.blocks)


def _flows(block: Block) -> bool:
    """Return whether a block is running text; a line kept with the next block is not."""
    if isinstance(block, Paragraph):
        return not block.keep
    return isinstance(block, ListBlock) and not any(isinstance(inner, Heading) for inner in walk([block]))


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(plain_text(block.runs)) for block in walk(blocks) if isinstance(block, Paragraph))
