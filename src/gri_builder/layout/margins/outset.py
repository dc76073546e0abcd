"""Outsets: wide figures that start at the left edge of the margin column, and use its width and that of the text."""

from __future__ import annotations

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox


class Outset(LayoutBox):
    """A box that takes up the margin column beside it; codes and side notes there are above it and below it."""

    def __init__(self, inner: LayoutBox, beside: float) -> None:
        """Take over what the flow knows about the box; `beside` is the width that it gets in addition, in points."""
        super().__init__(inner.before, inner.after)
        self.inner, self.beside = inner, beside
        self.keep_with_next, self.tail = inner.keep_with_next, inner.tail
        self.floats, self.gives_way = inner.floats, inner.gives_way

    def measure(self, width: float) -> None:
        """Measure the box at its full width."""
        self.adopt(self.inner)
        self.height = self.inner.wrap(width + self.beside)
        self.notes = self.inner.notes

    def min_height(self, width: float) -> float:
        """Return the minimum height of its first part before a page break."""
        self.wrap(width)
        return self.inner.min_height(width + self.beside) + self.tail_height(width)

    def known_pages(self) -> int:
        """Return how many pages are finished, if the box prints page numbers."""
        self.adopt(self.inner)
        return self.inner.known_pages()

    def settle(self, y: float, floor: float, mark_floor: float) -> float:
        """Take a place on a page; what follows in the margin is below it."""
        return min(super().settle(y, floor, mark_floor), y)

    def first_baseline(self) -> float:
        """Return the distance from its top to the first baseline."""
        return self.inner.first_baseline()

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the parts of the box, each set as wide."""
        self.wrap(width)
        parts = self.inner.split(width + self.beside, height)
        last = len(parts) - 1
        return [self._part(number, part, last) for number, part in enumerate(parts)]

    def _part(self, number: int, inner: LayoutBox, last: int) -> Outset:
        """Return a part; the last one keeps the tail and the space after the whole."""
        after = self.after if number == last else inner.after
        part: Outset = self.part(not number, inner=inner, before=inner.before, after=after)
        part.tail = self.tail if number == last else ()
        return part

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Draw the box, and let what follows in the margin be below it."""
        self.adopt(self.inner)
        self.inner.wrap(self.width + self.beside)
        self.inner.draw(canvas, canvas.margin_side.outset(x, self.beside), top - self.height)
        canvas.mark_floor = min(canvas.mark_floor, top - self.height)
