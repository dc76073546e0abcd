"""Keep rules: which pictures are set side by side, and which boxes stay on the page of what follows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import assert_never

from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.flow_items import FlowItem, Group, PageBreak
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


def group_boxes(items: Iterable[LayoutBox | PageBreak]) -> list[FlowItem]:
    """Return the flow as groups, so that no heading is left alone at a page's foot, and no small print at its head.

    A heading directly before a page break moves to the new page. Breaks that would leave a page empty are left out.
    """
    out: list[FlowItem] = []
    kept: list[LayoutBox] = []
    for item in _drop_empty_pages(_move_over_breaks(items)):
        match item:
            case PageBreak():
                out += [*_single(kept), item]
                kept = []
            case LayoutBox():
                if out and not kept and isinstance(last := out[-1], Group) and item in last.box.tail:
                    out[-1] = Group(last.leading, last.box, (*last.following, item))
                elif _stays_with_next(item):
                    kept.append(item)
                else:
                    out.append(Group(tuple(kept), item))
                    kept = []
            case _:
                assert_never(item)
    return [*out, *_single(kept)]


def _single(boxes: Iterable[LayoutBox]) -> Iterator[Group]:
    """Yield a group of each box, as nothing follows that they could stay with."""
    return (Group((), box) for box in boxes)


def _stays_with_next(box: LayoutBox) -> bool:
    """Return whether the box needs the start of the next one on its page; a chapter's title starts a page anyway."""
    return box.keep_with_next and not isinstance(box, ChapterTitle)


def _move_over_breaks(items: Iterable[LayoutBox | PageBreak]) -> list[LayoutBox | PageBreak]:
    """Return the flow with the headings directly before a page break behind it; margin notes stay before it.

    A landscape page has no margin column, so that a margin note can't go there.
    """
    out: list[LayoutBox | PageBreak] = []
    kept: list[LayoutBox] = []
    for item in items:
        match item:
            case PageBreak():
                out += [*(box for box in kept if not box.takes_room), item]
                kept = [box for box in kept if box.takes_room]
            case LayoutBox():
                if _stays_with_next(item):
                    kept.append(item)
                else:
                    out += [*kept, item]
                    kept = []
            case _:
                assert_never(item)
    return out + kept


def _drop_empty_pages(items: list[LayoutBox | PageBreak]) -> Iterator[LayoutBox | PageBreak]:
    """Yield the flow without page breaks that another one follows, or nothing at all."""
    for item, following in zip_longest(items, items[1:]):
        if isinstance(item, LayoutBox) or isinstance(following, LayoutBox):
            yield item
