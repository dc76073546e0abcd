"""Clearance before a table that uses the margin column: codes and side notes there are above it, not below its text."""

from __future__ import annotations

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.frame import Frame

GAP = 6.0
"""Space between what is in the margin and the table."""


class MarginClearance(LayoutBox):
    """Space down to where the margin column is free; it has the codes that belong beside the table."""

    keep_with_next = True

    def wrap(self, width: float) -> float:
        """Return the height, which depends on the place on the page."""
        self._measured = None
        return super().wrap(width)

    def measure(self, width: float) -> None:
        """Take the height of what is in the margin column below this place."""
        top = self.frame.y if isinstance(self.frame, Frame) else self.frame.floor
        own = GAP + self.mark_style.leading * len(self.marks) if self.marks else 0.0
        used = top - self.frame.mark_floor + GAP if self.frame.mark_floor < self.canvas.page_height else 0.0
        self.height = max(0.0, used, used + own if used > 0 else own)

    def first_baseline(self) -> float:
        """Return the distance from the top to the baseline of its codes."""
        return self.mark_style.size

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint nothing."""
