"""The imprint: small type at the foot of its page, labels in the margin column and texts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec.structs import replace

from gri_builder.layout.blocks.box import Box, Padding, paint_stack, stack_height
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.blocks.signature_box import SignatureBox
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.document import Block, Callout, SignaturePlace
from gri_builder.model.rich_text import Definitions, Runs
from gri_builder.pdf.content_stream import line, stroke
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line
from gri_builder.typesetting.style import Style, TextStyle

ROW_GAP, LIST_GAP = 3.0, 14.0
"""Space between two entries, and above a list of them."""


class ImprintEntry(Box):
    """An entry: its label in the margin column, and its text beside it, over a hairline in front of a list."""

    def __init__(self, blocks: list[LayoutBox], style: Style, label: tuple[Runs, TextLines], starts: bool) -> None:
        super().__init__(blocks, style, style.muted)
        page = style.page
        self.label, self.starts, self.room = label, starts, page.left - page.margin
        self.padding = Padding(self.room, 0, LIST_GAP / 2 if starts else 0, ROW_GAP)
        self.before, self.after = LIST_GAP / 2 if starts else 0, 0
        self.lines: list[Line] = []

    def measure(self, width: float) -> None:
        """Break the label into lines of its column, and measure the text."""
        runs, text = self.label
        self.lines = text.break_runs(runs, self.room - 10) if self.head else []
        self.aside = len(self.lines) * text.style.leading
        super().measure(width)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Write the label on the first line of the text; a list starts with a hairline."""
        if not self.head:
            return
        if self.starts:
            rule = line(x, top, x + self.width, top)
            canvas.decorate(stroke(rule, color=self.style.border, width=0.5))
        pen, (_, text), width = Pen(canvas), self.label, self.room - 10
        baseline = top - self.padding.top - text.style.first_baseline
        text.write(pen, self.lines, canvas.left(x, width), baseline, width)
        pen.end()


class ImprintBlock(Box):
    """The whole page: everything is at its foot; what is higher than a page continues on the next one."""

    padding = Padding()

    def __init__(self, blocks: list[LayoutBox], style: Style) -> None:
        super().__init__(blocks, style, style.muted)
        self.before = self.after = 0

    def measure(self, width: float) -> None:
        """Take a whole page, or more if the blocks need it."""
        super().measure(width)
        self.height = max(self.height, self.frame.height - 1)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the blocks from the foot up."""
        high = stack_height(self.blocks, self.width, self)
        paint_stack(self.blocks, canvas, x, top - self.height + high, self.width, self)


def build_imprint(flow: FlowBuilder, blocks: Sequence[Block], places: Sequence[SignaturePlace] = ()) -> None:
    """Add the imprint: running text in the text column, in the size of small print, lists beside their labels.

    `places` are those for signatures, each below an entry of the last list.
    """
    last = blocks[-1] if places else None
    style, page = flow.style, flow.style.page
    small = replace(style.note, after=style.note.leading / 2)
    with flow.boxed(flow.scope.parent, small) as boxes:
        for is_list, group in groupby(blocks, lambda block: isinstance(block, Definitions)):
            if is_list:
                for block in group:
                    if isinstance(block, Definitions):
                        _add_entries(flow, block, replace(small, after=0), places if block is last else ())
                continue
            with flow.inside(indent=page.left - page.margin):
                for block in group:
                    flow.build(block.blocks if isinstance(block, Callout) else (block,))
    if boxes:
        flow.add(ImprintBlock(boxes, style))


def _add_entries(flow: FlowBuilder, block: Definitions, small: TextStyle, places: Sequence[SignaturePlace]) -> None:
    """Add the entries of a list, each with its label beside it, and the place for a signature below it."""
    parent = StructureElement("L", flow.scope.parent, attributes="<</O/List/ListNumbering/None>>")
    look = replace(small, color=flow.style.muted, hyphenate=True)
    for number, (term, meaning) in enumerate(block.entries):
        item = StructureElement("LI", parent)
        label = TextLines(StructureElement("Lbl", item), look, flow.scope.language)
        body = StructureElement("LBody", item)
        with flow.boxed(body, small) as inner:
            flow.build(meaning)
        if number < len(places):
            inner.append(SignatureBox(places[number], body, flow.style))
        if inner:
            flow.add(ImprintEntry(inner, flow.style, (term, label), number == 0))
