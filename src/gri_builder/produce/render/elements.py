"""Elements told: what a designer sets beside and between running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gri_builder.document import Matrix, PullQuote, QrCode, SideNote, Timeline
from gri_builder.produce.render.box import PullQuoteBox, TimelineEntry
from gri_builder.produce.render.code import QrBlock
from gri_builder.produce.render.margin import MarginNote
from gri_builder.produce.render.matrix import MatrixBlock
from gri_builder.produce.render.tagging import Element
from gri_builder.prose import Definitions, Run

if TYPE_CHECKING:
    from gri_builder.produce.render.story import Story

INDENT = 15
"""Of what a term means."""


def tell_pull_quote(story: Story, block: PullQuote) -> None:
    """Append somebody's words, large, with a portrait."""
    portrait = story.painting(block.portrait)
    with story.boxed(
        Element("BlockQuote", story.parent), replace(story.style.pull_quote, colour=story.colour)
    ) as blocks:
        story.tell(block.blocks)
        said = (Run(block.name or "", bold=True), *((Run(f"\n{block.role}"),) if block.role else ()))
        if block.name:
            story.paragraph(said, replace(story.style.small, colour=story.style.ink, before=4))
    if blocks:
        story.add(PullQuoteBox(blocks, story.style, story.colour, portrait))


def tell_timeline(story: Story, block: Timeline) -> None:
    """Append events as a list, each beside its date."""
    lists = Element("L", story.parent, attributes="<</O/List/ListNumbering/None>>")
    for number, (when, blocks) in enumerate(block.entries):
        item = Element("LI", lists)
        label = Element("Lbl", item)
        with story.boxed(Element("LBody", item), story.style.item) as told:
            story.tell(blocks)
        if told:
            last = number == len(block.entries) - 1
            entry = TimelineEntry(told, story.style, story.colour, (when, label), last)
            entry.started = number > 0
            story.add(entry)


def tell_definitions(story: Story, block: Definitions) -> None:
    """Append terms with what they mean, as a list."""
    lists = Element("L", story.parent, attributes="<</O/List/ListNumbering/None>>")
    for term, meaning in block.entries:
        item = Element("LI", lists)
        with story.inside(item):
            style = replace(story.body, hyphenate=False, after=1, align="left")
            strong = tuple(replace(run, bold=True) for run in term)
            story.paragraph(strong, style, "Lbl", keep=True)
        with story.inside(Element("LBody", item), INDENT):
            story.tell(meaning)


def tell_side_note(story: Story, block: SideNote) -> None:
    """Append a note in the margin; where there is no margin, as a box."""
    with story.boxed(Element("Div", story.parent), story.style.aside) as blocks:
        story.icon(block.icon)
        story.tell(block.blocks)
    if not blocks:
        return
    if story.boxed_in or story.wide:
        story.finish_box(blocks, ground=story.style.paper)
    else:
        story.add(MarginNote(blocks, story.style, block.where))


def tell_qr_code(story: Story, block: QrCode) -> None:
    """Append a code with the words beside it."""
    element = Element("Figure", story.parent, alt=block.alt)
    with story.boxed(story.parent, story.body) as blocks:
        story.tell(block.blocks)
    story.add(QrBlock(block.target, blocks, story.style, element, story.indent))


def tell_matrix(story: Story, block: Matrix) -> None:
    """Append a materiality matrix under its caption."""
    with story.inside(story.captioned(block.caption)):
        story.caption(block.caption, block.anchor)
        matrix = MatrixBlock(
            block, story.parent, story.style, dict(story.style.chapters), breaks_out=not (story.wide or story.boxed_in)
        )
        story.anchored(matrix, None if block.caption else block.anchor)
