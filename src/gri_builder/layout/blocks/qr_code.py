"""QR codes: a link as a figure, beside its text."""

from __future__ import annotations

from gri_builder.layout.blocks.box import Box, Padding, paint_stack, stack_height
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.pdf.content_stream import fill, join_paths, rectangle
from gri_builder.pdf.reflection import keep_upright
from gri_builder.pdf.reportlab_adapter.qr_codes import qr_modules
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import GUTTER, Style, limit_indent

SIDE = 76.0


class QrBlock(Box):
    """A QR code with alternative text, and blocks beside it; they may continue on the next page."""

    aside = SIDE

    def __init__(
        self, target: str, blocks: list[LayoutBox], style: Style, element: StructureElement, indent: float = 0
    ) -> None:
        super().__init__(blocks, style, style.text)
        self.before, self.after = 8, 10
        self.target, self.element, self.indent = target, element, indent
        self.padding = Padding(indent + SIDE + GUTTER)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the code and the blocks, vertically centred beside it where they are lower."""
        self.paint_frame(canvas, x, top)
        width, pads = self.inner(self.width), self.pads(self.width)
        lower = self.height - pads.top - stack_height(self.blocks, width, self)
        paint_stack(self.blocks, canvas, x + pads.left, top - pads.top - max(0.0, lower / 2), width, self)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the dark modules."""
        if not self.head:
            return
        x += limit_indent(self.indent, self.width)
        paint_code(canvas, self.target, self.element, (x, top - SIDE), SIDE, self.style.text)


def paint_code(
    canvas: ReportCanvas, target: str, element: StructureElement, at: tuple[float, float], side: float, color: Color
) -> None:
    """Paint the dark modules of a code as content of its figure; `at` is its lower left corner."""
    x, low = at
    rows = qr_modules(target)
    size = side / len(rows)
    element.attributes = canvas.bounds(x, low, side, side)
    dark = [
        rectangle(x + column * size, low + side - (row + 1) * size, size + 0.02, size + 0.02)
        for row, modules in enumerate(rows)
        for column, is_dark in enumerate(modules)
        if is_dark
    ]
    with canvas.marked(element):
        canvas.draw(*keep_upright([fill(join_paths(dark), color)], canvas.reflection, x, side))
