"""Icons in the flow of blocks: they decorate, and say nothing that the text does not."""

from __future__ import annotations

from gri_builder.produce.colour import Colour
from gri_builder.produce.render.block import Block
from gri_builder.produce.render.canvas import ReportCanvas
from gri_builder.produce.render.vector import paint_drawing
from gri_builder.report import Drawing

SIDE = 18.0


class IconBlock(Block):
    """An icon in a line of its own."""

    keep_with_next = True

    def __init__(self, drawing: Drawing, colour: Colour) -> None:
        super().__init__(after=4)
        self.drawing, self.colour = drawing, colour

    def measure(self, width: float) -> None:
        """Take the icon's height."""
        self.height = SIDE

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the icon in the chapter's colour."""
        canvas.decorate(*paint_drawing(self.drawing, x - 1, top - SIDE, SIDE, SIDE, self.colour))
