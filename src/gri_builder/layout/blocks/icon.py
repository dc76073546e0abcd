"""Icons between blocks: decoration, tagged as artifacts."""

from __future__ import annotations

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.model.graphics import Drawing
from gri_builder.pdf.drawing import paint_drawing
from gri_builder.pdf.reflection import keep_upright

SIDE = 18.0


class IconBlock(LayoutBox):
    """An icon on a separate line."""

    keep_with_next = True

    def __init__(self, drawing: Drawing, color: Color) -> None:
        super().__init__(after=4)
        self.drawing, self.color = drawing, color

    def measure(self, width: float) -> None:
        """Take the icon's height."""
        self.height = SIDE

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the icon in the chapter's colour."""
        shapes = list(paint_drawing(self.drawing, x - 1, top - SIDE, SIDE, SIDE, self.color))
        canvas.decorate(*keep_upright(shapes, canvas.reflection, x - 1, SIDE))
