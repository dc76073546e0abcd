"""Builders of diagrams: their texts are a list in the structure tree, and all shapes are artifacts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from msgspec.structs import replace

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.paragraph import Label, Paragraph
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.diagrams.organization_block import OrganizationBlock, Unit
from gri_builder.layout.diagrams.process_block import ProcessBlock, Step
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.model.color import WHITE, Color
from gri_builder.model.figures.diagrams import OrganizationChart, Process
from gri_builder.model.rich_text import Block, ListBlock, plain_text
from gri_builder.model.rich_text import Paragraph as TextParagraph
from gri_builder.model.texts.title_parts import name_of
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import TextStyle, tint

PALE = 0.86
"""Share of white in what is not set off."""
SAMPLE = 11.0
"""Indent of the text behind a sample of a colour."""
LIST = "<</O/List/ListNumbering/{}>>"


def build_process(flow: FlowBuilder, block: Process) -> None:
    """Add a process below its caption, and what it means that steps are set off below it."""
    listing, color = block.blocks[0], flow.scope.color
    with flow.inside(flow.caption_parent(block.caption)):
        flow.add_caption(block.caption, block.anchor)
        numbering = "None" if listing.start is None else "Decimal"
        parent = StructureElement("L", flow.scope.parent, attributes=LIST.format(numbering))
        labels = _number(listing)
        steps = [
            _build_step(flow, item, parent, label, not block.highlighted or number in block.highlighted)
            for number, (item, label) in enumerate(zip(listing.items, labels, strict=True))
        ]
        box = ProcessBlock(steps, flow.style, color, flow.scope.indent)
        flow.add(box, None if block.caption else block.anchor)
        if block.legend:
            _add_legend(flow, block, box)


def _add_legend(flow: FlowBuilder, block: Process, owner: ProcessBlock) -> None:
    """Add what it means that steps are set off, behind a sample of their colour."""
    scope, style = flow.scope, replace(flow.style.small, hyphenate=True, color=flow.style.text)
    line = LegendLine(block.legend, style, StructureElement("P", scope.parent), scope.language, scope.indent + SAMPLE)
    line.sample, line.after = scope.color, 14
    flow.add(line)
    flow.add_footnotes(block.legend)
    owner.after, owner.tail = 6, (line,)


class LegendLine(Paragraph):
    """A line of text behind a sample of a colour."""

    sample: Color

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the sample, then the text."""
        left, low = x + self.indent - SAMPLE, top - self.first_baseline() - 0.6
        canvas.decorate(fill(rectangle(left, low, 7, 7), self.sample))
        super().paint(canvas, x, top)


def _number(listing: ListBlock) -> list[str]:
    if listing.start is None:
        return [""] * len(listing.items)
    return list(listing.labels) or [f"{number}." for number, _ in enumerate(listing.items, listing.start)]


def _build_step(
    flow: FlowBuilder, item: Sequence[Block], parent: StructureElement, label: str, is_strong: bool
) -> Step:
    color = flow.scope.color
    fill, ink = (color, WHITE) if is_strong else (tint(color, PALE), flow.style.text)
    entry = StructureElement("LI", parent)
    mark = StructureElement("Lbl", entry) if label else None
    details = _details_style(flow)
    with flow.boxed(StructureElement("LBody", entry), details) as boxes:
        first = item[0]
        assert isinstance(first, TextParagraph), "validation refuses steps without a name"
        title = replace(flow.style.cell, bold=True, color=ink, link=ink)
        with flow.colored(ink):
            _add_title(flow, first, title, label, mark)
        flow.build(item[1:])
    title_box, *others = boxes
    assert isinstance(title_box, Paragraph)
    return Step(title_box, others, fill)


def _add_title(
    flow: FlowBuilder, block: TextParagraph, style: TextStyle, text: str, mark: StructureElement | None
) -> None:
    """Add the title of a step, with its number beside it."""
    face = load_face(tabular=True, family=style.family)
    offset = face.width(text + " ") * style.size if mark else 0.0
    label = Label(text, mark, offset) if mark else None
    with flow.inside(indent=offset) if mark else nullcontext():
        flow.add_paragraph(block.runs, style, label=label)


def _details_style(flow: FlowBuilder) -> TextStyle:
    return replace(flow.style.aside, after=2)


def build_organization(flow: FlowBuilder, block: OrganizationChart) -> None:
    """Add the chart of an organization below its caption."""
    with flow.inside(flow.caption_parent(block.caption)):
        flow.add_caption(block.caption, block.anchor)
        units = _build_units(flow, block.blocks[0], flow.scope.parent, block.highlighted, 0)
        box = OrganizationBlock(units, flow.style, flow.scope.color, flow.scope.indent)
        flow.add(box, None if block.caption else block.anchor)


def _build_units(
    flow: FlowBuilder, listing: ListBlock, parent: StructureElement, highlighted: tuple[str, ...], level: int
) -> list[Unit]:
    element = StructureElement("L", parent, attributes=LIST.format("None"))
    return [_build_unit(flow, item, element, highlighted, level) for item in listing.items]


def _build_unit(
    flow: FlowBuilder, item: Sequence[Block], parent: StructureElement, highlighted: tuple[str, ...], level: int
) -> Unit:
    body = StructureElement("LBody", StructureElement("LI", parent))
    paragraphs = [block for block in item if isinstance(block, TextParagraph)]
    is_strong = any(name_of(plain_text(block.runs)) in highlighted for block in paragraphs)
    fill, ink = _unit_colors(flow, is_strong, level)
    with flow.boxed(body, flow.style.aside) as boxes, flow.colored(ink):
        for block in paragraphs:
            style = replace(flow.style.cell if _is_title(block) else flow.style.aside, color=ink, after=1)
            flow.add_paragraph(block.runs, style)
    inner = next((block for block in item if isinstance(block, ListBlock)), None)
    units = _build_units(flow, inner, body, highlighted, level + 1) if inner else []
    return Unit(boxes, fill, units)


def _unit_colors(flow: FlowBuilder, is_strong: bool, level: int) -> tuple[Color, Color]:
    """Return the colours of a unit's box and of the text on it."""
    color = flow.scope.color
    return (color, WHITE) if is_strong else (tint(color, 0.8 if not level else 0.93), flow.style.text)


def _is_title(block: TextParagraph) -> bool:
    return any(run.bold for run in block.runs)
