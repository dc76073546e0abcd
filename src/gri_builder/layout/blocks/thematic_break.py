"""Thematic breaks."""

from __future__ import annotations

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.pdf.content_stream import line, stroke
from gri_builder.typesetting.style import Style


class RuleBlock(LayoutBox):
    """A short line between two passages; an artifact."""

    def __init__(self, style: Style) -> None:
        super().__init__(before=10, after=12)
        self.style = style

    def measure(self, width: float) -> None:
        """Take a hairline's height."""
        self.height = 1.0

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the line in the middle."""
        middle = x + self.width / 2
        canvas.decorate(stroke(line(middle - 40, top, middle + 40, top), color=self.style.border, width=0.8))
