"""Margin notes: text and small pictures beside the block that follows them."""

from __future__ import annotations

from gri_builder.layout.blocks.box import paint_stack, stack_height
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.style import GUTTER, MARGIN_COLUMN, Style
from gri_builder.model.finding import Location
from gri_builder.pdf.content_stream import line, stroke


class MarginNote(LayoutBox):
    """Blocks in the margin column; they take no height in the text, but must fit on the page."""

    keep_with_next = True
    takes_room = False

    def __init__(self, blocks: list[LayoutBox], style: Style, where: Location | None) -> None:
        super().__init__()
        self.blocks, self.style, self.where = blocks, style, where

    def measure(self, width: float) -> None:
        """Take no height; measure how far down the blocks reach."""
        self.height = 0.0
        self.reach = stack_height(self.blocks, MARGIN_COLUMN, self) + 8
        self.notes = tuple(label for block in self.blocks for label in block.notes)

    def draw(self, canvas: ReportCanvas, x: float, y: float) -> None:
        """Paint the blocks from here down, below earlier margin notes; higher if the page ends before them."""
        floor = self.frame.floor
        top = min(y, canvas.mark_floor - 5)
        if top - self.reach < floor:
            top = floor + self.reach
            if top > canvas.mark_floor:
                canvas.layout_warnings.check_overlap("the side note", canvas.page, self.where)
        self._paint(canvas, x - GUTTER - MARGIN_COLUMN, top)
        canvas.mark_floor = top - self.reach - 2

    def _paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        canvas.decorate(stroke(line(x, top, x + MARGIN_COLUMN, top), color=self.style.accent, width=1.4))
        paint_stack(self.blocks, canvas, x, top - 6, MARGIN_COLUMN, self)
