"""Sections: headings with their content, the disclosures they cover, and their anchors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from msgspec.structs import replace

from gri_builder.compose.blocks import map_blocks, walk
from gri_builder.model.document import Block, DisclosureSpan
from gri_builder.model.framework import printed_code, split_id
from gri_builder.model.rich_text import Heading, plain_text

MAX_LEVEL = 6


def wrap_sections(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with every section that covers disclosures, and its heading, in a `DisclosureSpan`.

    A heading of level 1 stays outside, because a chapter must start with it.
    """
    wrapped: list[Block] = []
    rest = blocks
    while rest:
        first, rest = rest[0], rest[1:]
        if not (isinstance(first, Heading) and first.covers):
            wrapped.append(first)
            continue
        size = _section_size(first, rest)
        wrapped.extend(_wrap_section(first, wrap_sections(rest[:size])))
        rest = rest[size:]
    return tuple(wrapped)


def _wrap_section(heading: Heading, body: tuple[Block, ...]) -> tuple[Block, ...]:
    ids, marks = _read_covers(heading.covers)
    plain_heading = replace(heading, covers=())
    if heading.level == 1 and body:
        return (plain_heading, DisclosureSpan(ids, marks, body))
    return (DisclosureSpan(ids, marks, (plain_heading, *body)),)


def _section_size(heading: Heading, blocks: tuple[Block, ...]) -> int:
    """Return how many of the blocks after the heading belong to its section."""
    ends = (i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.level <= heading.level)
    return next(ends, len(blocks))


def _read_covers(covers: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return disclosure ids and margin codes; single requirements add the id with each letter."""
    ids: list[str] = []
    marks: list[str] = []
    for cover in covers:
        id, _, letters = cover.partition("/")
        parts = [letter.strip() for letter in letters.split(",") if letter.strip()]
        ids.extend([id, *(f"{id}/{part}" for part in parts)])
        code = printed_code(split_id(id)[0])
        marks.append(f"{code} {', '.join(parts)}" if parts else code)
    return tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(marks))


def shift_headings(blocks: tuple[Block, ...], level: int) -> tuple[Block, ...]:
    """Return the blocks with their top headings one below that level, and lower ones following without gaps."""
    levels = sorted({block.level for block in walk(blocks) if isinstance(block, Heading)})
    new = {old: min(MAX_LEVEL, level + 1 + place) for place, old in enumerate(levels)}

    def shift(block: Block) -> Block:
        return replace(block, level=new[block.level], covers=()) if isinstance(block, Heading) else block

    return map_blocks(blocks, shift)


def slug(text: str) -> str:
    """Return an anchor from the text's letters and digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section"


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, followed by a number if it is taken."""
    names = set(taken)
    tries = (name if number == 1 else f"{name}-{number}" for number in range(1, len(names) + 2))
    return next(attempt for attempt in tries if attempt not in names)


def anchor_headings(
    chapters: Iterable[tuple[Block, ...]], reserved: Iterable[str] = ()
) -> tuple[tuple[Block, ...], ...]:
    """Return the chapters' blocks with a unique anchor on every heading: the given one, or one from its text.

    Anchors in `reserved` and those of figures and tables are not used.
    """
    kept = tuple(chapters)
    named = {*reserved, *(id for blocks in kept for block in walk(blocks) for id in _names(block))}

    def anchor(block: Block) -> Block:
        if not isinstance(block, Heading) or block.anchor:
            return block
        name = free_name(slug(plain_text(block.runs)), named)
        named.add(name)
        return replace(block, anchor=name)

    return tuple(map_blocks(blocks, anchor) for blocks in kept)


def _names(block: Block) -> tuple[str, ...]:
    """Return the link targets that a block defines."""
    if isinstance(block, DisclosureSpan):
        return block.disclosure_ids
    anchor = getattr(block, "anchor", None)
    return (anchor,) if anchor else ()
