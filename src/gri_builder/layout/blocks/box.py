"""Boxes: stacks of blocks with padding and a frame; they split between their blocks.

A plain box has a background and a bar; the other kinds differ in what they paint around their blocks.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from gri_builder.fonts.faces import FIRA, load_face
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.ornaments import Place, draw_box
from gri_builder.layout.paging.page_area import InnerArea
from gri_builder.model.color import WHITE, Color, readable_on
from gri_builder.model.rich_text import Run
from gri_builder.pdf.content_stream import (
    RESTORE,
    SAVE,
    circle,
    clip,
    combine,
    fill,
    line,
    rounded_rectangle,
    set_stroke,
    stroke,
    top_band,
)
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line, TextFormat
from gri_builder.typesetting.style import GUTTER, MIN_TEXT, Style

MAX_UNSPLIT_LINES = 12
"""Lines of running text up to whose height a box is never split."""


class Padding(NamedTuple):
    """Space between a box's edges and its blocks."""

    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0


def stack_height(blocks: list[LayoutBox], width: float, owner: LayoutBox) -> float:
    """Return the height of a stack of blocks, without the space before the first and after the last."""
    height = 0.0
    for number, block in enumerate(blocks):
        owner.adopt(block)
        height += (block.before if number else 0) + block.wrap(width)
        height += block.after if number + 1 < len(blocks) else 0
    return height


def split_stack(
    blocks: list[LayoutBox], width: float, room: float, owner: LayoutBox
) -> tuple[list[LayoutBox], list[LayoutBox]]:
    """Return the blocks that fit into the height and the rest; the block at the break is split if possible."""
    upper: list[LayoutBox] = []
    lower: list[LayoutBox] = []
    for number, block in enumerate(blocks):
        owner.adopt(block)
        room -= block.before if upper else 0
        height, beneath = block.wrap(width), owner.frame.notes_height(block.notes)
        if height > room - beneath + 0.01:
            parts = block.split(width, room) if room > 0 else []
            lower = [*parts[1:], *blocks[number + 1 :]] if parts else blocks[number:]
            upper += parts[:1]
            break
        upper.append(block)
        room -= height + beneath + block.after
    kept = len(upper)
    while lower and kept and upper[kept - 1].keep_with_next:
        kept -= 1
    # Not if all blocks must keep with the next, or if the frame is empty: they would never fit.
    if not kept and (owner.frame.at_top or all(block.keep_with_next for block in lower)):
        return upper, lower
    return upper[:kept], [*upper[kept:], *lower]


def paint_stack(
    blocks: list[LayoutBox], canvas: ReportCanvas, x: float, top: float, width: float, owner: LayoutBox
) -> None:
    """Paint a stack of blocks."""
    y = top
    for number, block in enumerate(blocks):
        owner.adopt(block)
        y -= (block.before if number else 0) + block.wrap(width)
        block.draw(canvas, x, y)
        y -= block.after


class Box(LayoutBox):
    """A stack of blocks with padding, a background and a bar at the left."""

    padding = Padding(12, 12, 10, 10)
    aside = 0.0
    """Height of what the first part sets beside the blocks; above them where the width is too small for both."""

    def __init__(self, blocks: list[LayoutBox], style: Style, color: Color, background: Color | None = None) -> None:
        super().__init__(before=8, after=12)
        self.blocks, self.style, self.color, self.background = blocks, style, color, background
        self.head = True
        """Whether this is the first part of the box."""
        self.foot = True

    def is_narrow(self, width: float) -> bool:
        """Return whether the padding would leave too little width for text."""
        return width - self.padding.left - self.padding.right < MIN_TEXT

    def pads(self, width: float) -> Padding:
        """Return the padding at that width; where it is narrow, what is set beside the blocks is above them."""
        if not self.is_narrow(width):
            return self.padding
        side = max(0.0, min(6.0, (width - MIN_TEXT / 2) / 2))
        above = self.aside + 8 if self.aside and self.head else 0.0
        return Padding(side, side, self.padding.top + above, self.padding.bottom)

    def least_height(self, width: float) -> float:
        """Return the height of what is set beside the blocks, with its padding; 0 where nothing is."""
        pads = self.pads(width)
        return self.aside + pads.top + pads.bottom if self.aside and self.head and not self.is_narrow(width) else 0.0

    def inner(self, width: float) -> float:
        """Return the width of the blocks."""
        pads = self.pads(width)
        return width - pads.left - pads.right

    def adopt(self, inner: LayoutBox) -> None:
        """Give a box inside this one the canvas, and the page's area without the padding."""
        inner.canvas, inner.frame = self.canvas, InnerArea(self.frame, self.padding.top + self.padding.bottom)

    def measure(self, width: float) -> None:
        """Measure the blocks inside the padding."""
        pads = self.pads(width)
        height = stack_height(self.blocks, self.inner(width), self) + pads.top + pads.bottom
        self.height = max(height, self.least_height(width))
        self.notes = tuple(label for block in self.blocks for label in block.notes)

    @property
    def _is_whole(self) -> bool:
        """Whether it is kept on one page, as it is low."""
        return bool(self.height < MAX_UNSPLIT_LINES * self.style.body.leading)

    def min_height(self, width: float) -> float:
        """Return the minimum height before a page break: the blocks that keep with the next, and that one's start."""
        self.wrap(width)
        if not self.blocks or self._is_whole:
            return self.height
        inner, least, gap = self.inner(width), 0.0, 0.0
        for number, block in enumerate(self.blocks):
            keeps = block.keep_with_next and number + 1 < len(self.blocks)
            least += gap + (block.wrap(inner) if keeps else block.min_height(inner))
            if not keeps:
                break
            gap = block.after + self.blocks[number + 1].before
        pads = self.pads(width)
        return float(min(self.height, max(least + pads.top + pads.bottom, self.least_height(width))))

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the blocks that fit and the rest, the block at the break split where it can be."""
        pads = self.pads(width)
        room = height - pads.top - pads.bottom
        if height < self.least_height(width) or (self._is_whole and not self.frame.at_top):
            return []
        upper, lower = split_stack(self.blocks, self.inner(width), room, self)
        if not upper or not lower:
            return []
        return [self.part(True, blocks=upper, foot=False), self.part(False, blocks=lower, head=False)]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the frame, then the blocks."""
        pads = self.pads(self.width)
        self.paint_frame(canvas, x, top)
        paint_stack(self.blocks, canvas, x + pads.left, top - pads.top, self.inner(self.width), self)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint background, edge and bar, as the theme wants them."""
        place = Place(x, top, self.width, self.height)
        canvas.decorate(*draw_box(self.style, self.color, place, self.background))


class CaseBox(Box):
    """A case study: a tinted background under an edge of the chapter's colour."""

    padding = Padding(16, 16, 16, 14)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the background, and the edge at its top."""
        low, radius = top - self.height, self.style.radius
        panel = rounded_rectangle(x, low, self.width, self.height, radius)
        shapes = [fill(panel, self.background)] if self.background else []
        if self.head:
            edge = fill(top_band(x, top, self.width, 4), self.color)
            shapes.append(combine(SAVE, clip(panel), edge, RESTORE))
        canvas.decorate(*shapes)


PORTRAIT = 62.0
"""Diameter of a portrait."""


class PullQuoteBox(Box):
    """A pull quote: large text beside a portrait or a quotation mark."""

    padding = Padding(PORTRAIT + GUTTER, 6, 8, 8)
    aside = PORTRAIT

    def __init__(self, blocks: list[LayoutBox], style: Style, color: Color, portrait: Painting | None) -> None:
        super().__init__(blocks, style, color)
        self.before, self.after = 12, 16
        self.portrait = portrait

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint lines above and below, and the portrait in a circle, or a large quotation mark."""
        shapes = [set_stroke(self.color, 1)]
        if self.head:
            shapes.append(stroke(line(x, top, x + self.width, top)))
        if self.foot:
            shapes.append(stroke(line(x, top - self.height, x + self.width, top - self.height)))
        canvas.decorate(*shapes)
        if not self.head:
            return
        if self.portrait:
            y = top - 8 - PORTRAIT
            edge = circle(x + PORTRAIT / 2, y + PORTRAIT / 2, PORTRAIT / 2)
            self.portrait.paint(canvas, x, y, PORTRAIT, PORTRAIT, edge)
        else:
            paint_quotation_mark(canvas, self.style, self.color, x + 4, top - 58)


def paint_quotation_mark(canvas: ReportCanvas, style: Style, color: Color, x: float, y: float) -> None:
    """Paint a large quotation mark as an artifact, which is not read aloud."""
    family = FIRA if style.title.family.files else style.title.family  # in fonts of East Asia it is higher
    look = TextFormat(load_face(bold=True, family=family), 72, color)
    pen = Pen(canvas)
    pen.tag(None)
    pen.move(canvas.left(x, look.face.width("“") * look.size), y)
    pen.show("“", look)
    pen.end()


DATE_WIDTH = 70.0
"""Width of the dates of a timeline."""


class Date(NamedTuple):
    """What a timeline prints beside an event."""

    when: str
    text: TextLines


def make_date(when: str, element: StructureElement, style: Style, color: Color, language: str) -> Date:
    """Return the date of an event; its text is an element of its own."""
    label = style.label
    strong = replace(label, color=readable_on(color, WHITE), bold=True, tabular=True)
    return Date(when, TextLines(element, replace(strong, align="end", hyphenate=False), language))


class TimelineEntry(Box):
    """One event of a timeline: its date, a dot on the line, and what happened."""

    padding = Padding(DATE_WIDTH + 2 * GUTTER, 0, 2, 9)

    def __init__(self, blocks: list[LayoutBox], style: Style, color: Color, date: Date, last: bool) -> None:
        super().__init__(blocks, style, color)
        self.before = 0
        self.after = 10 if last else 0
        self.date, self.last = date, last
        self.lines: list[Line] = []
        """The date's."""

    def measure(self, width: float) -> None:
        """Break the date into lines of its column, or of the whole width where that is narrow; measure the blocks."""
        if self.head:
            room = width - GUTTER if self.is_narrow(width) else DATE_WIDTH
            self.lines = self.date.text.break_runs((Run(self.date.when),), room)
            self.aside = len(self.lines) * self.date.text.style.leading
        super().measure(width)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the line with its dot, and the date."""
        narrow = self.is_narrow(self.width)
        axis = x if narrow else x + DATE_WIDTH + GUTTER * 0.6
        y = top - self.padding.top - (8.0 if narrow else self.blocks[0].first_baseline()) + 3
        foot = top - self.height if not (self.last and self.foot) else min(y, top - self.height + 9)
        start = y if self.head and not self.started else top
        shapes = [stroke(line(axis, start, axis, foot), color=self.style.border, width=1)]
        if self.head:
            shapes.append(combine(fill(circle(axis, y, 3.4), self.color), fill(circle(axis, y, 1.4), WHITE)))
        canvas.decorate(*shapes)
        if self.head:
            left, room = (x + GUTTER, max(each.width for each in self.lines)) if narrow else (x, DATE_WIDTH)
            pen = Pen(canvas)
            self.date.text.write(pen, self.lines, canvas.left(left, room), y - 2.6, room)
            pen.end()

    started = True
    """Whether another event precedes it."""


SHARES = (1.0, 0.9, 0.75, 0.5)
"""Of the height left on a page: how high columns are filled before they continue on the next page."""


class Columns(LayoutBox):
    """Blocks in columns of equal height."""

    def __init__(self, blocks: list[LayoutBox], count: int = 2) -> None:
        super().__init__(before=blocks[0].before, after=blocks[-1].after)
        self.blocks, self.count = blocks, count
        self.is_running_text = blocks[0].is_running_text
        self.columns: list[list[LayoutBox]] = []
        self.is_full = False
        """Whether the columns are filled, and the rest continues on the next page."""

    def first_baseline(self) -> float:
        """Return the distance from the top to the first baseline of its first column."""
        return self.blocks[0].first_baseline()

    def column(self, width: float) -> float:
        """Return the width of a column."""
        return (width - GUTTER * (self.count - 1)) / self.count

    def measure(self, width: float) -> None:
        """Find the minimum height at which everything fits into the columns, of which there are as many as text has
        room for."""
        while self.count > 1 and self.column(width) < MIN_TEXT:
            self.count -= 1
        column = self.column(width)
        if not self.is_full:
            whole = stack_height(self.blocks, column, self)
            height = whole / self.count
            while self._fill(column, height)[1]:
                height += 3
            self.columns = self._fill(column, height)[0]
        self.height = max(stack_height(blocks, column, self) for blocks in self.columns)
        self.notes = self._notes_in(self.columns, column)

    def adopt(self, inner: LayoutBox) -> None:
        """Give a box inside this one the canvas, and the page's area; footnotes shorten all columns alike."""
        inner.canvas, inner.frame = self.canvas, InnerArea(self.frame, 0.0, has_notes=False)

    def _notes_in(self, columns: list[list[LayoutBox]], column: float) -> tuple[str, ...]:
        for blocks in columns:
            stack_height(blocks, column, self)
        return tuple(label for blocks in columns for block in blocks for label in block.notes)

    def _fill(self, column: float, height: float) -> tuple[list[list[LayoutBox]], list[LayoutBox]]:
        """Return the columns filled to that height, and the rest."""
        columns, rest = [], self.blocks
        for _ in range(self.count):
            if rest:
                placed, rest = split_stack(rest, column, height, self)
                columns.append(placed)
        return columns, rest

    def min_height(self, width: float) -> float:
        """Return the minimum height before a page break: three lines."""
        self.wrap(width)
        return float(min(self.height, 3 * self.blocks[0].min_height(self.column(width))))

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the columns filled to that height, less that of the footnotes below them, and the rest.

        Where what is left for the last column neither fits nor can be split, all columns are filled to less, and so
        they are where a part needs more room than it was given.
        """
        first: list[LayoutBox] = []
        for share in SHARES:
            parts = self._split_at(width, height * share)
            if parts and self._fits(parts[0], width, height):
                return parts
            first = first or parts
        return first

    def _fits(self, part: LayoutBox, width: float, height: float) -> bool:
        return part.wrap(width) + self.frame.notes_height(part.notes) <= height + 0.01

    def _split_at(self, width: float, height: float) -> list[LayoutBox]:
        column = self.column(width)
        columns, rest = self._fill(column, height)
        if beneath := self.frame.notes_height(self._notes_in(columns, column)):
            columns, rest = self._fill(column, height - beneath)
        if not rest or not all(columns):
            return []
        placed = [block for blocks in columns for block in blocks]
        upper = self.part(True, blocks=placed, columns=columns, is_full=True)
        return [upper, self.part(False, blocks=rest, columns=[], is_full=False)]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the columns side by side."""
        column = self.column(self.width)
        for number, blocks in enumerate(self.columns):
            paint_stack(blocks, canvas, x + number * (column + GUTTER), top, column, self)
