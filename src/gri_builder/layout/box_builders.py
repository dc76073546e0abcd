"""Builders of what a designer sets beside and between running text: boxes, columns, margin notes, landscape pages."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.blocks.box import Box, CaseBox, Columns, PullQuoteBox, TimelineEntry, make_date
from gri_builder.layout.blocks.margin_note import MarginNote
from gri_builder.layout.blocks.picture import PictureBlock
from gri_builder.layout.blocks.table import TableBlock
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.model.color import readable_on
from gri_builder.model.document import Callout, Landscape, PullQuote, SideNote, Timeline
from gri_builder.model.document import Columns as TextColumns
from gri_builder.model.rich_text import Paragraph, Run
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import tint


def build_callout(flow: FlowBuilder, block: Callout) -> None:
    """Add a box; one with a label is a case study."""
    style, color = flow.style, flow.scope.color
    background = style.surface if block.label is None else tint(color)
    title_color = readable_on(color, background)
    with flow.boxed(StructureElement("Div", flow.scope.parent), flow.scope.body) as boxes:
        if painting := flow.make_painting(block.picture):
            flow.add(PictureBlock(painting, style, "strip"))
        if block.label:
            flow.add_paragraph((Run(block.label.upper()),), replace(style.label, color=title_color), keep=True)
        flow.add_icon(block.icon)
        if block.title:
            heading = replace(style.headings[3 if block.label else 4], before=0, after=4, color=title_color)
            flow.add_paragraph(block.title, heading, keep=True)
        flow.build(block.blocks)
    if boxes:
        shown = (CaseBox if block.label else Box)(boxes, style, color, background)
        with flow.outset(_has_wide_table(flow, shown)):
            flow.add(shown)


def _has_wide_table(flow: FlowBuilder, box: Box) -> bool:
    """Return whether a table in a box gains from the width of the margin column."""
    room = box.inner(flow.style.page.text_width - flow.scope.indent)
    tables = [each for each in box.blocks if isinstance(each, TableBlock)]
    for table in tables:
        table.canvas = flow.canvas
    return any(table.gains_from(room, flow.canvas.margin_side.beside) for table in tables)


def build_pull_quote(flow: FlowBuilder, block: PullQuote) -> None:
    """Add a large quotation, with the speaker's name and portrait."""
    style, color = flow.style, flow.scope.color
    portrait = flow.make_painting(block.portrait)
    with flow.boxed(StructureElement("BlockQuote", flow.scope.parent), replace(style.pull_quote, color=color)) as boxes:
        flow.build(block.blocks)
        if block.name:
            speaker = (Run(block.name, bold=True), *((Run(f"\n{block.role}"),) if block.role else ()))
            flow.add_paragraph(speaker, replace(style.small, color=style.text, before=4))
    if boxes:
        flow.add(PullQuoteBox(boxes, style, color, portrait))


def build_timeline(flow: FlowBuilder, block: Timeline) -> None:
    """Add events as a list, each beside its date."""
    parent = StructureElement("L", flow.scope.parent, attributes="<</O/List/ListNumbering/None>>")
    for number, (when, blocks) in enumerate(block.entries):
        item = StructureElement("LI", parent)
        label = StructureElement("Lbl", item)
        with flow.boxed(StructureElement("LBody", item), flow.style.item) as boxes:
            flow.build(blocks)
            if not boxes:  # the date is printed even where nothing is beside it
                flow.build((Paragraph((Run("\u00a0"),)),))
        if boxes:
            last = number == len(block.entries) - 1
            date = make_date(when, label, flow.style, flow.scope.color, flow.scope.language)
            entry = TimelineEntry(boxes, flow.style, flow.scope.color, date, last)
            entry.started = number > 0
            flow.add(entry)


def build_side_note(flow: FlowBuilder, block: SideNote) -> None:
    """Add a note in the margin; where there is no margin, as a box."""
    with flow.boxed(StructureElement("Div", flow.scope.parent), flow.style.aside) as boxes:
        flow.add_icon(block.icon)
        flow.build(block.blocks)
    if not boxes:
        return
    if flow.scope.has_margin:
        flow.add(MarginNote(boxes, flow.style, block.where, flow.scope.color))
    else:
        flow.add(Box(boxes, flow.style, flow.scope.color, flow.style.surface))


def build_columns(flow: FlowBuilder, block: TextColumns) -> None:
    """Add text in two columns."""
    with flow.collected() as boxes:
        flow.build(block.blocks)
    if boxes:
        flow.add(Columns(boxes))


def build_landscape(flow: FlowBuilder, block: Landscape) -> None:
    """Add landscape pages; what follows continues on upright ones."""
    with flow.turned():
        flow.build(block.blocks)
