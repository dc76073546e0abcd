"""The frame of a page: boxes are set in it from top to bottom, and footnotes at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.fonts.faces import load_face
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.footnotes import INDENT, FootnoteStore
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.pdf.content_stream import line, stroke
from gri_builder.typesetting.line_breaking import TextFormat

SEPARATION = 12
"""Space between the text and the first footnote."""
MAX_NOTES_SHARE = 0.45
"""Share of a page's height that footnotes may take; the rest continues on the next page."""
TOLERANCE = 1e-6
"""Points that a box may be too high, because sums of fractions are not exact."""


class Frame:
    """The area of a page that boxes are set in; it reserves room at its foot for the footnotes of its boxes.

    One frame serves all pages of a kind, one after the other.
    """

    def __init__(self, footnotes: FootnoteStore, left: float, bottom: float, width: float, height: float) -> None:
        self.footnotes = footnotes
        self.left, self.bottom, self.width, self.height = left, bottom, width, height
        self.start_page()

    def start_page(self) -> None:
        """Empty the frame, but for the footnotes that had no room on the page before."""
        self.y = self.bottom + self.height
        """Where the next box starts, without the space before it."""
        self.at_top = True
        self.after = 0.0
        """Space that the last box wants after it; the larger of it and the next one's space before counts."""
        self._notes = self.footnotes.take_overflow(self.width)
        self.is_reduced = bool(self._notes)
        """Whether footnotes of an earlier page take room, which they do not on a later one."""
        self.floor = self.bottom + self._reserved(len(self._notes))
        """Lower edge of the room for boxes."""

    def _reserved(self, lines: int) -> float:
        """Return the height reserved for that number of footnote lines."""
        if not lines:
            return 0.0
        return min(lines * self._leading + SEPARATION, MAX_NOTES_SHARE * self.height)

    @property
    def _leading(self) -> float:
        return self.footnotes.style.note.leading

    @property
    def _note_capacity(self) -> int:
        """How many lines of footnotes have room below the boxes of the page."""
        return max(0, int((self.floor - self.bottom - SEPARATION) / self._leading + 0.4))

    @property
    def filled(self) -> float:
        """The share of its height that text and footnotes take."""
        return 1 - max(0.0, self.y - self.floor) / self.height

    @property
    def overflows(self) -> bool:
        """Whether footnotes of this page continue on the next one."""
        return len(self._notes) > self._note_capacity

    def notes_height(self, labels: tuple[str, ...]) -> float:
        """Return the room that footnotes with these labels would take, but for those that are on a page already."""
        if not labels:
            return 0.0
        new = [label for label in labels if label not in self.footnotes.placed]
        count = sum(len(self.footnotes.footnotes[label].lines(self.width)) for label in dict.fromkeys(new))
        return self._reserved(len(self._notes) + count) - self._reserved(len(self._notes))

    def add(self, box: LayoutBox, canvas: ReportCanvas) -> bool:
        """Draw a box if it, its footnotes and its tail fit, and return whether they do.

        At the top of a page the tail may be left out.
        """
        self.assign(box, canvas)
        box.wrap(self.width)
        floor = self.floor + self.notes_height(box.notes)
        tail = 0.0 if self.at_top else box.tail_height(self.width)
        space = self._space_before(box)
        y = self.y - (box.height + space)
        if self.at_top and self.floor <= y < floor:
            floor = y  # the footnotes that have no room below it continue on the next page
        if not box.fits(self.y, floor):
            return False
        if (box.takes_room and self.y - (floor + tail) - space <= 0) or y < floor + tail - TOLERANCE:
            return False
        self.floor = floor
        box.draw(canvas, self.left, y)
        if box.takes_room:
            self.at_top = self.at_top and y - box.after == self.y
            self.y, self.after = y - box.after, box.after
        self._place_notes(box.notes)
        return True

    def _place_notes(self, labels: Sequence[str]) -> None:
        for label in dict.fromkeys(labels):
            if label not in self.footnotes.placed:
                self.footnotes.placed.add(label)
                self._notes += self.footnotes.footnotes[label].lines(self.width)

    def split(self, box: LayoutBox, canvas: ReportCanvas) -> list[LayoutBox]:
        """Return the parts of a box of which the first fits into the room left; nothing if it can't be split."""
        self.assign(box, canvas)
        room = self.y - self.floor - self._space_before(box)
        return box.split(self.width, room) if room > 0 else []

    def has_room(self, boxes: Sequence[LayoutBox], canvas: ReportCanvas) -> bool:
        """Return whether all the boxes fit, of the last one only its start; at the top of a page they always do."""
        for box in boxes:
            self.assign(box, canvas)
        return self.at_top or self._height_together(boxes) <= self.y - self.floor

    def _height_together(self, boxes: Sequence[LayoutBox]) -> float:
        """Return the height of boxes with their spaces and footnotes, of the last one only its start."""
        width, height, space, beside = self.width, 0.0, self.after, 0.0
        for box in boxes:
            height += max(0.0, box.before - space)
            height += box.min_height(width) if box is boxes[-1] else box.wrap(width) + box.after
            space = box.after
            height += self.notes_height(box.notes)
            beside = max(beside, height + box.reach)
        return max(height, beside)

    def assign(self, box: LayoutBox, canvas: ReportCanvas) -> None:
        """Give a box and its tail the page that they are measured for."""
        for each in (box, *box.tail):
            each.canvas, each.frame = canvas, self

    def _space_before(self, box: LayoutBox) -> float:
        return 0.0 if self.at_top or not box.takes_room else max(box.before - self.after, 0.0)

    def paint_notes(self, canvas: ReportCanvas) -> None:
        """Write the footnotes of the page that ends, and pass on the lines that have no room."""
        if not self._notes:
            return
        style, leading = self.footnotes.style.note, self._leading
        shown = self._notes[: self._note_capacity]
        self.footnotes.overflow, self._notes = self._notes[len(shown) :], []
        if not shown:
            return
        y = self.floor - SEPARATION + 4
        canvas.decorate(stroke(line(self.left, y, self.left + 90, y), color=self.footnotes.style.border, width=0.6))
        number = TextFormat(load_face(bold=True, family=style.family), style.size - 0.6, style.color)
        pen, baseline = Pen(canvas), y - 4 - style.size
        for note_line in shown:
            if note := note_line.note:
                canvas.add_destination(f"note/{note.label}", baseline + leading)
                pen.tag(note.number_element)
                label = f"{note.number} "
                pen.move(canvas.left(self.left, number.face.width(label.rstrip()) * number.size), baseline)
                pen.show(label, number)
            text = note_line.paragraph.text
            left, width = canvas.left(self.left + INDENT, self.width - INDENT), self.width - INDENT
            text.write(pen, [note_line.line], left, baseline, width)
            baseline -= leading
        pen.end()
