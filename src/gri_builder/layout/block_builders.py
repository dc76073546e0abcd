"""Elements told: what a designer sets beside and between running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gri_builder.layout.blocks.box import PullQuoteBox, TimelineEntry
from gri_builder.layout.blocks.margin_note import MarginNote
from gri_builder.layout.blocks.matrix import MatrixBlock
from gri_builder.layout.blocks.qr_code import QrBlock
from gri_builder.model.document import Matrix, PullQuote, QrCode, SideNote, Timeline
from gri_builder.model.rich_text import Definitions, Run
from gri_builder.pdf.structure_tree import StructureElement

if TYPE_CHECKING:
    from gri_builder.layout.flow_builder import FlowBuilder

INDENT = 15
"""Of what a term means."""


def build_pull_quote(story: FlowBuilder, block: PullQuote) -> None:
    """Append somebody's words, large, with a portrait."""
    portrait = story.painting(block.portrait)
    with story.boxed(
        StructureElement("BlockQuote", story.parent), replace(story.style.pull_quote, color=story.color)
    ) as blocks:
        story.tell(block.blocks)
        said = (Run(block.name or "", bold=True), *((Run(f"\n{block.role}"),) if block.role else ()))
        if block.name:
            story.paragraph(said, replace(story.style.small, color=story.style.text, before=4))
    if blocks:
        story.add(PullQuoteBox(blocks, story.style, story.color, portrait))


def build_timeline(story: FlowBuilder, block: Timeline) -> None:
    """Append events as a list, each beside its date."""
    lists = StructureElement("L", story.parent, attributes="<</O/List/ListNumbering/None>>")
    for number, (when, blocks) in enumerate(block.entries):
        item = StructureElement("LI", lists)
        label = StructureElement("Lbl", item)
        with story.boxed(StructureElement("LBody", item), story.style.item) as told:
            story.tell(blocks)
        if told:
            last = number == len(block.entries) - 1
            entry = TimelineEntry(told, story.style, story.color, (when, label), last)
            entry.started = number > 0
            story.add(entry)


def build_definitions(story: FlowBuilder, block: Definitions) -> None:
    """Append terms with what they mean, as a list."""
    lists = StructureElement("L", story.parent, attributes="<</O/List/ListNumbering/None>>")
    for term, meaning in block.entries:
        item = StructureElement("LI", lists)
        with story.inside(item):
            style = replace(story.body, hyphenate=False, after=1, align="left")
            strong = tuple(replace(run, bold=True) for run in term)
            story.paragraph(strong, style, "Lbl", keep=True)
        with story.inside(StructureElement("LBody", item), INDENT):
            story.tell(meaning)


def build_side_note(story: FlowBuilder, block: SideNote) -> None:
    """Append a note in the margin; where there is no margin, as a box."""
    with story.boxed(StructureElement("Div", story.parent), story.style.aside) as blocks:
        story.icon(block.icon)
        story.tell(block.blocks)
    if not blocks:
        return
    if story.boxed_in or story.wide:
        story.finish_box(blocks, ground=story.style.surface)
    else:
        story.add(MarginNote(blocks, story.style, block.where))


def build_qr_code(story: FlowBuilder, block: QrCode) -> None:
    """Append a code with the words beside it."""
    element = StructureElement("Figure", story.parent, alt=block.alt)
    with story.boxed(story.parent, story.body) as blocks:
        story.tell(block.blocks)
    story.add(QrBlock(block.target, blocks, story.style, element, story.indent))


def build_matrix(story: FlowBuilder, block: Matrix) -> None:
    """Append a materiality matrix under its caption."""
    with story.inside(story.captioned(block.caption)):
        story.caption(block.caption, block.anchor)
        matrix = MatrixBlock(
            block, story.parent, story.style, dict(story.style.chapters), breaks_out=not (story.wide or story.boxed_in)
        )
        story.anchored(matrix, None if block.caption else block.anchor)
