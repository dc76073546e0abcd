"""QR codes: a link as a figure, beside its text."""

from __future__ import annotations

from gri_builder.layout.blocks.box import paint_stack, stack_height
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.style import GUTTER, Style
from gri_builder.pdf.content_stream import fill, join_paths, rectangle
from gri_builder.pdf.reflection import keep_upright
from gri_builder.pdf.reportlab_adapter.qr_codes import qr_modules
from gri_builder.pdf.structure_tree import StructureElement

SIDE = 76.0


class QrBlock(LayoutBox):
    """A QR code with alternative text, and blocks beside it."""

    def __init__(
        self, target: str, blocks: list[LayoutBox], style: Style, element: StructureElement, indent: float = 0
    ) -> None:
        super().__init__(before=8, after=10)
        self.target, self.blocks, self.style, self.element, self.indent = target, blocks, style, element, indent

    def measure(self, width: float) -> None:
        """Take the height of the code or of the text, whichever is higher."""
        self.text_height = stack_height(self.blocks, self._text_width(width), self)
        self.height = max(SIDE, self.text_height)
        self.notes = tuple(label for block in self.blocks for label in block.notes)

    def _text_width(self, width: float) -> float:
        return width - self.indent - SIDE - GUTTER

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the dark modules, and the text vertically centred beside them."""
        x += self.indent
        rows = qr_modules(self.target)
        size = SIDE / len(rows)
        self.element.attributes = canvas.bounds(x, top - SIDE, SIDE, SIDE)
        dark = [
            rectangle(x + column * size, top - (row + 1) * size, size + 0.02, size + 0.02)
            for row, modules in enumerate(rows)
            for column, is_dark in enumerate(modules)
            if is_dark
        ]
        with canvas.marked(self.element):
            canvas.draw(*keep_upright([fill(join_paths(dark), self.style.text)], canvas.reflection, x, SIDE))
        text_top = top - max(0.0, (self.height - self.text_height) / 2)
        paint_stack(self.blocks, canvas, x + SIDE + GUTTER, text_top, self._text_width(self.width), self)
