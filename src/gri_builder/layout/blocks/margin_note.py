"""Margin notes: text and small pictures beside the block that follows them."""

from __future__ import annotations

from gri_builder.layout.blocks.box import Box, paint_stack, stack_height
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.frame import Frame
from gri_builder.model.color import Color
from gri_builder.model.finding import Location
from gri_builder.pdf.content_stream import line, stroke
from gri_builder.typesetting.style import Style

HEAD = 6.0
"""Space between the rule at the top of a note and its first line."""


class MarginNote(LayoutBox):
    """Blocks in the margin column; they take no height in the text, but must fit on the page."""

    keep_with_next = True
    takes_room = False
    floor = 0.0
    """Lower edge of the room on its page."""
    start = 0.0
    """Upper edge of the note, if nothing is in its way."""

    def __init__(self, blocks: list[LayoutBox], style: Style, where: Location | None, color: Color) -> None:
        super().__init__()
        self.blocks, self.style, self.where, self.color = blocks, style, where, color

    def measure(self, width: float) -> None:
        """Take no height; measure how far down the blocks reach."""
        self.height = 0.0
        self.reach = stack_height(self.blocks, self.style.page.margin_width, self) + 8
        self.notes = tuple(label for block in self.blocks for label in block.notes)

    def fits(self, y: float, floor: float) -> bool:
        """Return whether it fits beside the text from that height down, or above it without covering other notes."""
        mark_floor = self.frame.mark_floor
        return min(self._align(y), mark_floor - 5) - self.reach >= floor or floor + self.reach <= mark_floor

    def settle(self, y: float, floor: float, mark_floor: float) -> float:
        """Take its place: from here down, below earlier margin notes; higher if the page ends before its end."""
        self.floor, self.start = floor, self._align(y)
        return self._top(mark_floor) - self.reach - 2

    def _align(self, y: float) -> float:
        """Return the upper edge with which its first baseline is that of the text beside it."""
        beside, first = self.neighbour, self.blocks[0]
        if beside is None or not isinstance(self.frame, Frame) or not isinstance(first, Paragraph):
            return y
        return self.frame.start_of(beside) - beside.first_baseline() + HEAD + first.first_baseline()

    def _top(self, mark_floor: float) -> float:
        return max(min(self.start, mark_floor - 5), self.floor + self.reach)

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return it as a box between the blocks of text, as its page has no room for it beside them."""
        box = DisplacedNote(self.blocks, self.style, self.color, self.style.surface)
        box.where = self.where
        box.covers, box.marks, box.mark_style, box.anchor = self.covers, self.marks, self.mark_style, self.anchor
        return [box]

    def draw(self, canvas: ReportCanvas, x: float, y: float) -> None:
        """Paint the blocks from the place that was found for them."""
        top = self._top(canvas.mark_floor)
        self._paint(canvas, canvas.margin_side.column(x, self.width), top)
        canvas.mark_floor = top - self.reach - 2

    def _paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        width = self.style.page.margin_width
        canvas.decorate(stroke(line(x, top, x + width, top), color=self.style.accent, width=1.4))
        paint_stack(self.blocks, canvas, x, top - HEAD, width, self)


class DisplacedNote(Box):
    """A margin note that had no room in the margin, as a box in the text."""

    where: Location | None = None

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Report where it is, and paint the frame."""
        if self.head:
            canvas.layout_warnings.report_side_note(canvas.page, self.where)
        super().paint_frame(canvas, x, top)
