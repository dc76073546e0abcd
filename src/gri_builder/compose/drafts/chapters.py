"""Chapters of a draft: marks for a chapter without a file, a title that is missing, and sections without text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import mark_gap
from gri_builder.model.document import Block
from gri_builder.model.finding import Location
from gri_builder.model.report import Chapter
from gri_builder.model.rich_text import Heading, Paragraph, plain_text
from gri_builder.model.texts.gap import Gap


def mark_chapter(context: ComposeContext, chapter: Chapter, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a chapter with a title, and with a mark in each section that holds nothing."""
    if not context.draft:
        return tuple(blocks)
    first = blocks[0] if blocks else None
    if isinstance(first, Heading) and first.level == 1:
        return _mark_sections(context, blocks)
    key = "gap-title" if blocks else "gap-chapter"
    place = Location(chapter.path)
    where = context.report.absent_chapters.get(chapter.path, place)
    gap = Gap("chapter", context.translate(key, name=chapter.path), where)
    title = Heading(1, (mark_gap(context, gap),), place)
    return (title, *_mark_sections(context, blocks))


def _mark_sections(context: ComposeContext, blocks: Sequence[Block]) -> tuple[Block, ...]:
    marked: list[Block] = []
    for number, block in enumerate(blocks, 1):
        following = blocks[number] if number < len(blocks) else None
        marked.append(block)
        is_empty = following is None or isinstance(following, Heading)
        if not (isinstance(block, Heading) and is_empty):
            continue
        if isinstance(following, Heading) and following.level > block.level:
            continue
        gap = Gap("text", context.translate("gap-section", name=plain_text(block.runs)), block.where)
        marked[-1] = replace(block, covers=())
        marked.append(Paragraph((mark_gap(context, gap),), block.where))
    return tuple(marked)
