"""Builders of running text: headings, paragraphs, lists, quotations, definitions and what covers a disclosure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from gri_builder.fonts.faces import load_face
from gri_builder.fonts.scripts import text_direction
from gri_builder.layout.blocks.box import Box
from gri_builder.layout.blocks.paragraph import Label
from gri_builder.layout.blocks.paragraph import Paragraph as ParagraphBox
from gri_builder.layout.blocks.thematic_break import RuleBlock
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.chapter_opening import build_title
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.ornaments import HEADINGS, Place
from gri_builder.model.document import DisclosureSpan, InLanguage
from gri_builder.model.rich_text import Block as ProseBlock
from gri_builder.model.rich_text import Definitions, Heading, ListBlock, Paragraph, Quote, Rule, Run, plain_text
from gri_builder.pdf.structure_tree import StructureElement, make_writing_mode

LEAD_IN = (":", "：")
"""How a paragraph ends that leads to what is below it."""
INDENT = 15
"""Indent of a list's items, and of what a term means, in points."""
MAX_MARGIN_CODES = 8
"""Codes that fit beside the text; more of them are set in a line of their own."""
OUTLINE_DEPTH = 3
"""Levels of headings that the outline shows."""


def build_heading(flow: FlowBuilder, heading: Heading) -> None:
    """Add a heading; one of level 1 becomes the chapter's title.

    Its level in the structure tree never skips one (ISO 14289-1, 7.4.2).
    """
    text, level = plain_text(heading.runs), min(heading.level, 6, flow.heading_level + 1)
    anchor = heading.anchor or ""
    flow.open_section(level).heading = text
    if heading.level == 1:
        build_title(flow, text, anchor)
    else:
        style = flow.style.headings[min(heading.level, 4)]
        color = flow.scope.color if heading.level in (2, 3) else style.color
        paragraph = flow.add_paragraph(heading.runs, replace(style, color=color), f"H{level}", keep=True)
        if heading.level == 2:
            paragraph.ornament = _make_ornament(flow, paragraph)
        paragraph.anchor, paragraph.heading, paragraph.heading_level = anchor, text, level
    if anchor and level <= OUTLINE_DEPTH:
        flow.canvas.bookmark(flow.outline_level if level == 1 else level, text, anchor)


def _make_ornament(flow: FlowBuilder, paragraph: ParagraphBox) -> Callable[[ReportCanvas, float, float], None] | None:
    """Return what draws the theme's ornament at a heading; None if it has none."""
    style, color = flow.style, flow.scope.color
    if style.heading == "plain":
        return None

    def draw(canvas: ReportCanvas, x: float, top: float) -> None:
        canvas.decorate(*HEADINGS[style.heading](style, color, Place(x, top, paragraph.width, paragraph.height)))

    return draw


def build_paragraph(flow: FlowBuilder, block: Paragraph) -> None:
    """Add a paragraph of running text."""
    flow.add_paragraph(block.runs, flow.scope.body, keep=block.keep)


def build_list(flow: FlowBuilder, block: ListBlock) -> None:
    """Add a list, each item's text beside its label (ISO 32000-1, 14.8.4.3.3)."""
    _keep_lead_in(flow)
    numbering = "Disc" if block.start is None else "Decimal"
    element = StructureElement("L", flow.scope.parent, attributes=f"<</O/List/ListNumbering/{numbering}>>")
    labels = _list_labels(block)
    style = flow.scope.body
    face = load_face(tabular=True, family=style.family)
    indent = max([INDENT, *(face.width(label + " ") * style.size for label in labels)])
    for label, item in zip(labels, block.items, strict=True):
        _build_item(flow, item, label, element, indent)
    if last := flow.last_box():
        last.after = flow.scope.body.after


def _keep_lead_in(flow: FlowBuilder) -> None:
    """Let the end of a paragraph that leads to a list or the like stay with its start."""
    before = flow.last_box()
    if isinstance(before, ParagraphBox) and before.is_running_text and plain_text(before.runs).endswith(LEAD_IN):
        before.leads_in = before.keep_with_next = True


def _list_labels(block: ListBlock) -> list[str]:
    """Return the labels of a list's items: bullets, numbers that count up, or what the author wrote."""
    if block.start is None:
        return ["•"] * len(block.items)
    return list(block.labels) or [f"{number}." for number, _ in enumerate(block.items, block.start)]


def _build_item(
    flow: FlowBuilder, item: Sequence[ProseBlock], text: str, parent: StructureElement, indent: float
) -> None:
    """Add a list's item; its label is set beside its first paragraph, or beside an empty one."""
    entry = StructureElement("LI", parent)
    label = Label(text, StructureElement("Lbl", entry), indent)
    body = replace(flow.scope.body, after=flow.style.item.after)
    with flow.inside(StructureElement("LBody", entry), indent, body):
        if item and isinstance(first := item[0], Paragraph):
            flow.add_paragraph(first.runs, body, keep=first.keep, label=label)
            flow.build(item[1:])
        else:
            flow.add_paragraph((), flow.style.item, label=label)
            flow.build(item)


def build_in_language(flow: FlowBuilder, block: InLanguage) -> None:
    """Add blocks in another language (ISO 14289-1, 7.2)."""
    element = StructureElement("Div", flow.scope.parent)
    element.language = block.language
    if (direction := text_direction(block.language)) != text_direction(flow.scope.language):
        element.attributes = make_writing_mode(right_to_left=direction == "rtl")
    with flow.inside(element, language=block.language):
        flow.build(block.blocks)


def build_quote(flow: FlowBuilder, block: Quote) -> None:
    """Add a quotation, beside a bar."""
    _keep_lead_in(flow)
    with flow.boxed(StructureElement("BlockQuote", flow.scope.parent), flow.style.quote) as boxes:
        flow.build(block.blocks)
    if boxes:
        flow.add(Box(boxes, flow.style, flow.scope.color))


def build_definitions(flow: FlowBuilder, block: Definitions) -> None:
    """Add terms with what they mean, as a list."""
    _keep_lead_in(flow)
    parent = StructureElement("L", flow.scope.parent, attributes="<</O/List/ListNumbering/None>>")
    for term, meaning in block.entries:
        item = StructureElement("LI", parent)
        with flow.inside(item):
            style = replace(flow.scope.body, hyphenate=False, after=1, align="left")
            flow.add_paragraph(tuple(replace(run, bold=True) for run in term), style, "Lbl", keep=True)
        with flow.inside(StructureElement("LBody", item), INDENT):
            flow.build(meaning)


def build_rule(flow: FlowBuilder, block: Rule) -> None:
    """Add a thematic break."""
    flow.add(RuleBlock(flow.style))


def build_disclosure_span(flow: FlowBuilder, block: DisclosureSpan) -> None:
    """Add blocks that cover a disclosure; its codes are set beside the first of them."""
    with flow.covering(block.disclosure_ids):
        first = block.blocks[0] if block.blocks else None
        headed = isinstance(first, Heading)
        marks = [m for m in block.margin_codes if not (isinstance(first, Heading) and m in plain_text(first.runs))]
        if len(marks) > MAX_MARGIN_CODES:
            flow.build(block.blocks[:headed])
            codes = tuple(Run(f"{mark}  ", mark=True) for mark in marks)
            flow.add_paragraph(codes, replace(flow.style.marks, color=flow.scope.color))
            flow.build(block.blocks[headed:])
        else:
            flow.pending.codes += marks
            if not headed:
                flow.pending.elements += [StructureElement("P", flow.scope.parent) for _ in marks]
            flow.build(block.blocks)
            if flow.pending.codes and block.blocks:  # all of it is in the margin: the codes get a line of their own
                flow.add_paragraph((), flow.style.item)
