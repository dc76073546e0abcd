"""The texts of a report: chapters, written answers and the notice, with the blocks and runs inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from gri_builder.model.report import Answer, Items, Narrative
from gri_builder.model.rich_text import Block, Definitions, Heading, Image, Paragraph, RichText, Run, Table, walk_blocks


class Text(Struct, frozen=True):
    """A text of the report."""

    prose: RichText
    blocks: tuple[Block, ...]
    """All of its blocks, also those inside others; those of its footnotes last."""
    is_chapter: bool
    """Whether it is a chapter. Only chapters place answers and cover disclosures."""
    disclosure: str | None = None
    """Id of the disclosure that it answers; None for a chapter and the notice."""


def collect_texts(
    chapters: Iterable[RichText], answers: Iterable[Answer], notice: Iterable[RichText]
) -> tuple[Text, ...]:
    """Return all texts of a report, chapters first."""
    of_answers = (_make_text(prose, False, answer.id) for answer in answers for prose in _prose_of(answer))
    of_chapters = (_make_text(prose, True) for prose in chapters)
    return (*of_chapters, *of_answers, *(_make_text(prose, False) for prose in notice))


def _prose_of(answer: Answer) -> Iterator[RichText]:
    for part in (part for parts in answer.parts.values() for part in parts):
        if isinstance(part, Narrative):
            yield part.prose
        elif isinstance(part, Items):
            yield from part.items


def _make_text(prose: RichText, is_chapter: bool, disclosure: str | None = None) -> Text:
    notes = (block for blocks in prose.notes.values() for block in walk_blocks(blocks))
    return Text(prose, (*walk_blocks(prose.blocks), *notes), is_chapter, disclosure)


def runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs of a block, without those of the blocks inside it."""
    if isinstance(block, Heading | Paragraph):
        yield from block.runs
    elif isinstance(block, Image):
        yield from (*block.caption, *block.credit)
    elif isinstance(block, Definitions):
        yield from (run for term, _ in block.entries for run in term)
    elif isinstance(block, Table):
        for row in (*block.header, *block.body):
            yield from (run for cell in row for runs in cell.paragraphs for run in runs)
