"""The content index as a chapter: tables by section and Category (G4 Part 1, 3.4 if no option is claimed)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.compose.blocks import left_aligned, paragraph, plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.front_matter import describe_option
from gri_builder.compose.index.cells import make_cell, make_notes
from gri_builder.compose.index.columns import choose_columns, make_heads
from gri_builder.compose.index.dismissed import compose_dismissed
from gri_builder.compose.index.structure import ContentIndex
from gri_builder.compose.outline import Branch, Topic
from gri_builder.model.claim import Claim
from gri_builder.model.document import Block, Chapter, IndexSection, IndexTables
from gri_builder.model.omission_notes import find_section
from gri_builder.model.rich_text import Cell, Heading, Paragraph, Run, Table


def make_claims(index: ContentIndex) -> tuple[Claim, ...]:
    """Return the rows of the index in printed order; page numbers are not known yet."""
    return tuple(index.claims.values())


def compose_index(index: ContentIndex, anchor: str) -> Chapter:
    """Return the content index as a chapter, in the layout of the claimed option."""
    context = index.context
    head = Heading(1, plain(_title(context)), anchor=anchor)
    general, specific = choose_columns(index)
    blocks: list[Block] = []
    if index.topics:
        heading = Heading(2, plain(context.translate("general-disclosures")))
        blocks.append(_make_section(index, heading, index.topics, general, "general"))
    if index.branches:
        blocks.append(Heading(2, plain(context.translate("specific-disclosures"))))
        for branch in index.branches:
            name = Heading(3, plain(_name_branch(context, branch)))
            blocks.append(_make_section(index, name, branch.topics, specific, "specific", branch.category.id))
    dismissed = compose_dismissed(context)
    return Chapter((head, *_introduce(context), IndexTables(tuple(blocks)), *dismissed), tabular=True)


def _introduce(context: ComposeContext) -> Iterator[Block]:
    """Yield what is above the tables: that no option is claimed, or the statement of use and the Standards used."""
    if not context.framework.foundation or context.report.option is None:
        if context.report.option is None:
            yield paragraph(describe_option(context))
        return
    yield _line(context, "index-statement", describe_option(context))
    yield _line(context, "index-foundation", context.framework.foundation)
    sector = context.framework.sectors.get(context.report.sector or "")
    if sector and sector.standard:
        yield _line(context, "index-sector", sector.standard)


def _line(context: ComposeContext, key: str, text: str) -> Paragraph:
    return Paragraph((Run(context.label(context.translate(key)), bold=True), Run(text)))


def _title(context: ComposeContext) -> str:
    option = context.report.option
    if option is None:
        return context.translate("list-of-disclosures")
    return context.translate("index-title", title=context.translate("index-name"), option=context.name_option(option))


def _name_branch(context: ComposeContext, branch: Branch) -> str:
    """Return the name of a Category, for a sub-Category with that of its Category before it."""
    names = [branch.category.name, *([branch.sub_category.name] if branch.sub_category else [])]
    return "".join([*(context.label(name) for name in names[:-1]), names[-1]])


def _make_section(
    index: ContentIndex,
    heading: Heading,
    topics: Iterable[Topic],
    columns: tuple[str, ...],
    first: str,
    color: str = "primary",
) -> IndexSection:
    """Return the table of the topics, each below a row with its name, and the notes on what is omitted."""
    body: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    topics = tuple(topics)
    for topic in topics:
        groups.append(len(body))
        body.append((Cell((plain(_topic_name(index.context, topic)),), columns=len(columns), header=True),))
        body.extend(tuple(make_cell(index, id, column) for column in columns) for id in topic.ids)
    table = Table(
        (make_heads(index.context, columns, first),), tuple(body), left_aligned(len(columns)), groups=tuple(groups)
    )
    row = index.claims[topics[0].ids[0]]
    notes = make_notes(index, find_section(row, index.context.framework))
    return IndexSection((heading, table, *notes), columns, color)


def _topic_name(context: ComposeContext, topic: Topic) -> str:
    """Return the name of a section or an Aspect, with a note if the Aspect is not named as material."""
    material = {material.aspect for material in context.report.aspects}
    if topic.aspect is None or topic.aspect.id in material:
        return topic.name
    return context.translate("not-material", aspect=topic.name)
