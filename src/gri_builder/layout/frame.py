"""The frame of a page: blocks stand in it from top to bottom, and footnotes at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gri_builder.fonts.faces import load_face
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.footnotes import INDENT, FootnoteStore, NoteLine
from gri_builder.layout.line_breaking import TextFormat
from gri_builder.pdf.content_stream import line, stroke

if TYPE_CHECKING:
    from gri_builder.layout.layout_box import LayoutBox

SEPARATION = 12
"""Between the text and the first footnote."""
SHARE = 0.45
"""Share of a page's height that footnotes may take; what is longer goes on overleaf."""
FUZZ = 1e-6
"""Points that a block may be too high, because sums of fractions are not exact."""


class Frame:
    """The area of a page that blocks stand in; it keeps room at its foot for the footnotes of what stands in it."""

    def __init__(self, book: FootnoteStore, left: float, bottom: float, width: float, height: float) -> None:
        self.book = book
        self.left, self.bottom, self.width, self.height = left, bottom, width, height
        self.begin()

    def begin(self) -> None:
        """Be empty, but for the footnotes that had no room on the page before."""
        self.y = self.bottom + self.height
        """Where the next block begins, without the space before it."""
        self.at_top = True
        self.after = 0.0
        """Space that the last block wants after it; the larger of it and the next one's space before counts."""
        self._here, self.book.carried = self.book.carried, list[NoteLine]()
        self.floor = self.bottom + self._reserved(len(self._here))
        """Lower edge of the room for blocks."""

    def _reserved(self, lines: int) -> float:
        """Return the height kept free for so many lines of footnotes."""
        if not lines:
            return 0.0
        return min(lines * self.book.style.note.leading + SEPARATION, SHARE * self.height)

    @property
    def filled(self) -> float:
        """The share of its height that text and footnotes take."""
        return 1 - max(0.0, self.y - self.floor) / self.height

    def overflows(self) -> bool:
        """Tell whether footnotes of this page have to go on overleaf."""
        return len(self._here) * self.book.style.note.leading + SEPARATION > SHARE * self.height

    def notes_height(self, labels: tuple[str, ...]) -> float:
        """Return how much less room the page has with these footnotes."""
        if not labels:
            return 0.0
        new = [label for label in labels if label not in self.book.set]
        count = sum(len(self.book.footnotes[label].lines(self.width)) for label in dict.fromkeys(new))
        return self._reserved(len(self._here) + count) - self._reserved(len(self._here))

    def add(self, block: LayoutBox, canvas: ReportCanvas) -> bool:
        """Draw a block if it, its footnotes and its tail fit; at the top of a page the tail need not."""
        self.take(block, canvas)
        block.wrap(self.width)
        with_notes = self.floor + self.notes_height(block.notes)
        floor = with_notes + (0.0 if self.at_top else block.tail_height(self.width))
        space = self._space_before(block)
        y = self.y - (block.height + space)
        if (block.takes_room and self.y - floor - space <= 0) or y < floor - FUZZ:
            return False
        self.floor = floor
        block.draw(canvas, self.left, y)
        self.floor = with_notes
        if block.takes_room:
            self.at_top = self.at_top and y - block.after == self.y
            self.y, self.after = y - block.after, block.after
        for label in dict.fromkeys(block.notes):
            if label not in self.book.set:
                self.book.set.add(label)
                self._here += self.book.footnotes[label].lines(self.width)
        return True

    def split(self, block: LayoutBox, canvas: ReportCanvas) -> list[LayoutBox]:
        """Return the parts of a block of which the first one fits into what room is left; nothing if there are none."""
        self.take(block, canvas)
        room = self.y - self.floor - self._space_before(block)
        return block.split(self.width, room) if room > 0 else []

    def take(self, block: LayoutBox, canvas: ReportCanvas) -> None:
        """Let a block, and what stands behind it, know where it is to stand."""
        for each in (block, *block.tail):
            each.canvas, each.frame = canvas, self

    def _space_before(self, block: LayoutBox) -> float:
        return 0.0 if self.at_top or not block.takes_room else max(block.before - self.after, 0.0)

    def paint_notes(self, canvas: ReportCanvas) -> None:
        """Write the footnotes of the page that ends, and carry over what has no room."""
        if not self._here:
            return
        y = self.bottom + self._reserved(len(self._here)) - SEPARATION + 4
        canvas.decorate(stroke(line(self.left, y, self.left + 90, y), color=self.book.style.border, width=0.6))
        fitting = max(1, int((y - 4 - self.bottom) / self.book.style.note.leading + 0.4))
        style = self.book.style.note
        sign = TextFormat(load_face(bold=True, family=style.family), style.size - 0.6, style.color)
        pen, baseline = Pen(canvas), y - 4 - style.size
        for note_line in self._here[:fitting]:
            if note_line.note:
                canvas.add_destination(f"note-{note_line.note.label}", baseline + self.book.style.note.leading)
                pen.tag(note_line.note.sign)
                pen.move(self.left, baseline)
                pen.show(f"{note_line.note.number} ", sign)
            note_line.text.write(pen, [note_line.line], self.left + INDENT, baseline, self.width - INDENT)
            baseline -= self.book.style.note.leading
        pen.end()
        self.book.carried = self._here[fitting:]
        self._here = []
