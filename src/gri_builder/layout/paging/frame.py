"""The frame of a page: boxes get their place in it from top to bottom, and footnotes at its foot.

Nothing is painted: the same boxes may be placed several times, and what is placed last is what is painted.
"""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.baseline_grid import snap
from gri_builder.layout.paging.footnotes import FootnoteStore, NoteLine
from gri_builder.layout.paging.page_kinds import Area
from gri_builder.layout.paging.placed_pages import PlacedBox, PlacedNotes
from gri_builder.layout.paging.spread import AS_DESIGNED, Spread

SEPARATION = 12
"""Space between the text and the first footnote."""
MAX_NOTES_SHARE = 0.45
"""Share of a page's height that footnotes may take; the rest continues on the next page."""
TOLERANCE = 1e-6
"""Points that a box may be too high, because sums of fractions are not exact."""


class Frame:
    """The area of one page that boxes are placed in; it reserves room at its foot for the footnotes of its boxes."""

    def __init__(
        self, area: Area, footnotes: FootnoteStore, canvas: ReportCanvas, spread: Spread = AS_DESIGNED
    ) -> None:
        """Make the frame of a page that is empty, but for the footnotes that had no room on the page before."""
        self.area, self.footnotes, self.canvas, self.spread = area, footnotes, canvas, spread
        self.left, self.bottom, self.width, self.height = area.left, area.bottom, area.width, area.height
        self.boxes: list[PlacedBox] = []
        self.y = self.bottom + self.height
        """Where the next box starts, without the space before it."""
        self.at_top = True
        self.after = 0.0
        """Space that the last box wants after it; the larger of it and the next one's space before counts."""
        self.mark_floor = canvas.page_height
        """Lower edge of what is in the margin column."""
        self._notes: list[NoteLine] = footnotes.take_overflow(self.width)
        self.is_reduced = bool(self._notes)
        """Whether footnotes of an earlier page take room, which they do not on a later one."""
        self.floor = self.bottom + self._reserved(len(self._notes))
        """Lower edge of the room for boxes."""

    def fork(self, spread: Spread) -> Frame:
        """Return a copy that boxes of another chapter are added to."""
        copy = Frame.__new__(Frame)
        copy.__dict__.update(self.__dict__)
        copy.spread, copy.boxes, copy._notes = spread, list(self.boxes), list(self._notes)
        return copy

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
    def room(self) -> float:
        """Height between the last box and the footnotes."""
        return max(0.0, self.y - self.floor)

    @property
    def filled(self) -> float:
        """The share of its height that text and footnotes take."""
        return 1 - self.room / self.height

    @property
    def overflows(self) -> bool:
        """Whether footnotes of this page continue on the next one."""
        return len(self._notes) > self._note_capacity

    def notes_height(self, labels: tuple[str, ...]) -> float:
        """Return the room that footnotes with these labels would take, but for those that are on a page already."""
        if not labels:
            return 0.0
        new = [label for label in labels if not self.footnotes.is_placed(label)]
        count = sum(len(self.footnotes.footnotes[label].lines(self.width)) for label in dict.fromkeys(new))
        return self._reserved(len(self._notes) + count) - self._reserved(len(self._notes))

    def add(self, box: LayoutBox) -> bool:
        """Place a box if it, its footnotes and its tail fit, and return whether they do.

        At the top of a page the tail may be left out.
        """
        self.assign(box)
        box.wrap(self.width)
        floor = self.floor + self.notes_height(box.notes)
        tail = 0.0 if self.at_top else box.tail_height(self.width)
        space = self._space_before(box)
        y = self._snap(box, self.y - space) - box.height
        if self.at_top and self.floor <= y < floor:
            floor = y  # the footnotes that have no room below it continue on the next page
        if not box.fits(self.y, floor):
            return False
        if (box.takes_room and self.y - (floor + tail) - space <= 0) or y < floor + tail - TOLERANCE:
            return False
        self.floor = floor
        self.mark_floor = box.settle(y, floor, self.mark_floor)
        self.boxes.append(PlacedBox(box, self.left, y))
        if box.takes_room:
            after = self._stretch(box, box.after)
            self.at_top = self.at_top and y - after == self.y
            self.y, self.after = y - after, after
        self._place_notes(box.notes)
        return True

    def _place_notes(self, labels: Sequence[str]) -> None:
        for label in dict.fromkeys(labels):
            if not self.footnotes.is_placed(label):
                self.footnotes.place(label)
                self._notes += self.footnotes.footnotes[label].lines(self.width)

    def split(self, box: LayoutBox, heads: Sequence[LayoutBox] = ()) -> list[LayoutBox]:
        """Return the parts of a box of which the first fits into the room left; nothing if it can't be split.

        `heads` are boxes to be placed before it.
        """
        for each in (*heads, box):
            self.assign(each)
        if heads:  # with a line more, as the text after them continues on the baseline grid
            start = self._height_together((*heads, box)) - box.min_height(self.width)
            top = self.y - start - self.footnotes.style.body.leading
        else:
            top = self._snap(box, self.y - self._space_before(box))
        room = top - self.floor
        return box.split(self.width, room) if room > 0 else []

    def has_room(self, boxes: Sequence[LayoutBox]) -> bool:
        """Return whether all the boxes fit, of the last one only its start; at the top of a page they always do."""
        for box in boxes:
            self.assign(box)
        return self.at_top or self._height_together(boxes) <= self.y - self.floor

    def _height_together(self, boxes: Sequence[LayoutBox]) -> float:
        """Return the height of boxes with their spaces and footnotes, of the last one only its start."""
        width, height, space, beside = self.width, 0.0, self.after, 0.0
        for box in boxes:
            height += max(0.0, self._stretch(box, box.before) - space)
            height += box.min_height(width) if box is boxes[-1] else box.wrap(width) + self._stretch(box, box.after)
            space = self._stretch(box, box.after)
            height += self.notes_height(box.notes)
            beside = max(beside, height + box.reach)
        return max(height, beside)

    def assign(self, box: LayoutBox) -> None:
        """Give a box and its tail the page that they are measured for."""
        for each in (box, *box.tail):
            each.canvas, each.frame = self.canvas, self

    def _space_before(self, box: LayoutBox) -> float:
        return 0.0 if self.at_top or not box.takes_room else max(self._stretch(box, box.before) - self.after, 0.0)

    def _stretch(self, box: LayoutBox, space: float) -> float:
        """Return space around a box as the chapter is stretched."""
        return space * (self.spread.paragraphs if box.is_running_text else self.spread.space)

    def start_of(self, box: LayoutBox) -> float:
        """Return the upper edge of a box if it is placed next."""
        self.assign(box)
        box.wrap(self.width)
        return self._snap(box, self.y - self._space_before(box))

    def _snap(self, box: LayoutBox, y: float) -> float:
        """Return the upper edge of a box that could start at `y`: running text continues on the baseline grid."""
        if not box.is_running_text or self.at_top:
            return y
        body = self.footnotes.style.body
        return snap(y, box.first_baseline(), self.bottom + self.height - body.first_baseline, body.leading)

    def close(self) -> PlacedNotes:
        """Return the footnotes of the page that ends, and pass on the lines that have no room."""
        shown = self._notes[: self._note_capacity]
        self.footnotes.overflow = self._notes[len(shown) :]
        return PlacedNotes(tuple(shown), self.left, self.floor - SEPARATION + 4, self.width)
