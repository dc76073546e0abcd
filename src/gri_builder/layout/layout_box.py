"""Boxes: what is set on pages from top to bottom. A frame measures, splits and draws them."""

from __future__ import annotations

import copy
from typing import Any

from gri_builder.fonts.faces import load_face
from gri_builder.fonts.scripts import Direction
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.margins.codes import Code, place_codes
from gri_builder.layout.paging.page_area import PageArea
from gri_builder.layout.paging.spread import AS_DESIGNED, Spread
from gri_builder.model.finding import Location
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import TextFormat
from gri_builder.typesetting.style import TextStyle


class LayoutBox:
    """A box in the flow: its height, the space around it, the disclosures it covers and the codes beside it.

    A subclass sets `height` in `measure` and paints in `paint`; one that can be split returns its parts in `split`.
    """

    where: Location | None = None
    """Where its content was written."""
    covers: tuple[str, ...] = ()
    """Ids of the disclosures and requirements that it covers, recorded with the page."""
    marks: tuple[tuple[str, StructureElement], ...] = ()
    """Disclosure codes in the margin column beside its first line, each with its element."""
    mark_style = TextStyle(7, 9)
    heading: str | None = None
    """Its text, for a heading."""
    heading_level = 0
    """Its level, for a heading."""
    floats = False
    """Whether it may move to the top of the next page, while the text after it fills this one."""
    anchor = ""
    """Name of the destination at the top of its first part."""
    keep_with_next = False
    leads_in = False
    """Whether only its end stays with the next box: a long paragraph that leads to a list."""
    notes: tuple[str, ...] = ()
    """Labels of the footnotes that it refers to, in order; known once measured."""
    tail: tuple[LayoutBox, ...] = ()
    """Boxes after it that must not be alone on the next page: a table's small print."""
    reach: float = 0.0
    """How far down it extends beside the boxes that follow it: a note in the margin."""
    is_running_text = False
    """Whether its lines are those of running text, which are on the baseline grid."""
    gives_way = False
    """Whether its own height changes as a chapter is spread."""
    neighbour: LayoutBox | None = None
    """For a box that takes no room: the one that it is beside."""
    takes_room = True
    """Whether it is set between the boxes before and after it, not beside them."""
    direction: Direction | None = None
    """In which its text is written; None for what follows the page."""
    canvas: ReportCanvas
    """The canvas that it will be drawn on; known before it is measured."""
    frame: PageArea
    """The page and frame that it is measured for."""
    width: float
    height: float
    """Known once measured."""
    _measured: tuple[float, Spread, int] | None = None
    """The width, the spread and the number of known pages that it was measured for."""

    def __init__(self, before: float = 0, after: float = 0) -> None:
        self.before, self.after = before, after

    def measure(self, width: float) -> None:
        """Set `height` and `notes` for that width."""
        raise NotImplementedError

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint with the upper left corner at that point."""
        raise NotImplementedError

    def min_height(self, width: float) -> float:
        """Return the minimum height of its first part before a page break."""
        self.wrap(width)
        return self.height + self.tail_height(width)

    def tail_height(self, width: float) -> float:
        """Return the height of the boxes that must be on the page on which it ends."""
        between = self.after if self.tail else 0.0
        return between + sum(block.wrap(width) + block.before for block in self.tail)

    def first_baseline(self) -> float:
        """Return the distance from its top to the baseline of its margin codes."""
        return 10.0

    def wrap(self, width: float) -> float:
        """Return the height at that width; measure only if the width or the chapter's spread changes."""
        state = (width, self.spread, self.known_pages())
        if self._measured != state:
            self.measure(width)
            self._measured, self.width = state, width
        return self.height

    @property
    def spread(self) -> Spread:
        """How far it is stretched; not at all before it is given a page."""
        frame: PageArea | None = self.__dict__.get("frame")
        return frame.spread if frame and self.gives_way else AS_DESIGNED

    def known_pages(self) -> int:
        """Return how many pages are finished, if it prints page numbers; else 0, as nothing depends on them."""
        return 0

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return two or more parts, the first no higher than that; nothing if it can't be split there."""
        return []

    def fits(self, y: float, floor: float) -> bool:
        """Return whether there is room beside the text, from that height down to the floor, if it is set there."""
        return True

    def settle(self, y: float, floor: float, mark_floor: float) -> float:
        """Take a place on a page, the lower edge at `y`; return the lower edge of what is in the margin column then.

        `floor` is the lower edge of the page's room for boxes.
        """
        if not self.marks:
            return mark_floor
        first = min(y + self.height - self.first_baseline(), mark_floor - self.mark_style.leading)
        return first - (len(self._place_marks()) - 1) * self.mark_style.leading

    def adopt(self, inner: LayoutBox) -> None:
        """Give a box inside this one the page that this one is measured for."""
        inner.canvas, inner.frame = self.canvas, self.frame

    def draw(self, canvas: ReportCanvas, x: float, y: float) -> None:
        """Record its destinations and disclosures, then paint; `y` is the lower edge."""
        top = y + self.height
        for key in (self.anchor, *self.covers):
            if key:
                canvas.add_destination(key, top + 4)
        canvas.page_map.record(self.covers, canvas.page)
        if self.where:
            canvas.record_source(self.where, x, y, self.width, self.height)
        if self.marks:
            self._paint_marks(canvas, canvas.margin_side.column(x, self.width), top - self.first_baseline())
        with canvas.directed(self.direction, x, self.width):
            self.paint(canvas, x, top)

    def _place_marks(self) -> list[list[Code]]:
        """Return the codes in lines of the margin column."""
        style = self.mark_style
        face = load_face(bold=True, family=style.family)
        return place_codes(self.marks, lambda text: face.width(text) * style.size, self.canvas.margin_side)

    def _paint_marks(self, canvas: ReportCanvas, left: float, baseline: float) -> None:
        """Write the codes below those of the box before."""
        style = self.mark_style
        text_format = TextFormat(load_face(bold=True, family=style.family), style.size, style.color)
        y = min(baseline, canvas.mark_floor - style.leading)
        pen = Pen(canvas)
        for number, line in enumerate(self._place_marks()):
            y -= style.leading if number else 0.0
            for code in line:
                pen.tag(code.element)
                pen.move(canvas.left(left + code.x, code.width), y)
                pen.show(code.text + " ", text_format)
        pen.end()
        canvas.mark_floor = y

    def part(self, first: bool, **changes: Any) -> Any:
        """Return one part of a split: a copy with other content.

        The first part keeps the codes and the space before, the other one the tail and the space after.
        """
        clone = copy.copy(self)
        clone._measured = None
        clone.before, clone.after = (self.before, 0) if first else (0, self.after)
        if first:
            clone.tail = ()
        else:
            clone.marks = ()
        clone.__dict__.update(changes)
        return clone
