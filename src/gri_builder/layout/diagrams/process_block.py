"""Processes: steps as arrows in a row, each with its title, and its details below; in several rows where it needs.

Rows run in the direction of the text, and a line leads from the end of each to the start of the next.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from gri_builder.layout.blocks.box import Padding, paint_stack, stack_height
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.diagrams.diagram_block import DiagramBlock, StackedText, widest_word
from gri_builder.layout.diagrams.even_rows import share_evenly
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.pdf.content_stream import Operators, fill, fill_and_stroke, polyline, rounded_rectangle, stroke
from gri_builder.typesetting.style import Style

NOTCH = 8.0
"""Depth of an arrow's point, and of the notch that the one before it points into."""
SEAM = 3.0
"""Distance between two arrows."""
PAD = 5.0
"""Space between an arrow's edges and its title."""
BELOW = 5.0
"""Space between an arrow and its details."""
ROW_GAP = 18.0
WHOLE = 0.5
"""Share of a page up to which all rows stay on one page."""
SIDE = 9.0
"""Space beside the rows for the line that leads from one to the next."""
MIN_STEP, MAX_WORD = 84.0, 78.0
"""Width of the narrowest step, and of the widest word of a title that is not hyphenated."""
MIN_BAND = 26.0
"""Height of the lowest arrow."""
EDGE = 0.8


class Step(Struct):
    """A step of a process."""

    title: Paragraph
    details: list[LayoutBox]
    fill: Color


class ProcessBlock(DiagramBlock):
    """Steps in their order."""

    def __init__(self, steps: list[Step], style: Style, color: Color, indent: float = 0) -> None:
        super().__init__(style, color, indent)
        self.steps = steps
        self.rows: list[list[Step]] = []
        self.starts = True
        """Whether its first step is the first of the process."""
        self.ends = True

    def list_texts(self) -> Iterable[LayoutBox]:
        """Yield the boxes of all texts."""
        for step in self.steps:
            yield step.title
            yield from step.details

    @property
    def can_break(self) -> bool:
        """Whether each row fits on a page."""
        return all(self._row_height(row) <= self.frame.height for row in self.rows)

    def arrange(self, width: float) -> float | None:
        """Set the steps in as few rows as their words have room for, all of about the same length."""
        if not self.is_part:
            words = min(MAX_WORD, widest_word([step.title for step in self.steps]))
            self.least = max(MIN_STEP, words + 2 * NOTCH + 2 * PAD)
            columns = _fit(width, self.least, len(self.steps))
            if columns < len(self.steps):
                columns = _fit(width - 2 * SIDE, self.least, len(self.steps))
            if columns < 2:
                return None
            self.rows = share_evenly(self.steps, -(-len(self.steps) // columns))
        self.side = 0.0 if self.starts and self.ends and len(self.rows) == 1 else SIDE
        columns = max(self.columns, len(self.rows[0])) if self.is_part else len(self.rows[0])
        self.columns = columns
        self.step = (width - 2 * self.side + (columns - 1) * (NOTCH - SEAM)) / columns
        for text in self.list_texts():
            self.adopt(text)
        return sum(self._row_height(row) for row in self.rows) + ROW_GAP * (len(self.rows) - 1)

    columns = 0
    """Steps of the longest row."""
    step = 0.0
    """Width of an arrow."""
    side = 0.0
    least = MIN_STEP

    @property
    def _title_width(self) -> float:
        return self.step - 2 * NOTCH - 4

    @property
    def _details_width(self) -> float:
        return self.step - NOTCH - SEAM - 8

    def _band(self, row: list[Step]) -> float:
        """Return the height of the arrows of a row."""
        return max(MIN_BAND, *(step.title.wrap(self._title_width) + 2 * PAD for step in row))

    def _row_height(self, row: list[Step]) -> float:
        details = max(stack_height(step.details, self._details_width, self) for step in row)
        return self._band(row) + (BELOW + details if details else 0.0)

    @property
    def _is_whole(self) -> bool:
        """Whether its rows stay on one page: a reader sees the whole way at once."""
        return self.height <= WHOLE * self.frame.height

    def min_height(self, width: float) -> float:
        """Return the minimum height before a page break: the first row's, or all of a low diagram."""
        least = super().min_height(width)
        return least if self.stack or self._is_whole else self._row_height(self.rows[0])

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the rows that fit and the rest."""
        if self.stack:
            return super().split(width, height)
        self.wrap(width)
        if self._is_whole:
            return []
        room, count = height, 0
        for row in self.rows:
            room -= self._row_height(row) + self.frame.notes_height(_notes(row)) + (ROW_GAP if count else 0.0)
            if room < -0.01:
                break
            count += 1
        if not 0 < count < len(self.rows):
            return []
        upper, lower = self.rows[:count], self.rows[count:]
        return [
            self.part(True, rows=upper, steps=_join(upper), ends=False, is_part=True),
            self.part(False, rows=lower, steps=_join(lower), starts=False, is_part=True, before=ROW_GAP),
        ]

    def make_stack(self, width: float) -> list[LayoutBox]:
        """Return the steps one below the other, each pointing down to the next."""
        stack: list[LayoutBox] = []
        for number, step in enumerate(self.steps):
            is_last = number == len(self.steps) - 1
            stack.append(StackedStep(step, self.style, self.color, is_last))
        return stack

    def paint_diagram(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the arrows of each row, their titles and details, and the lines from row to row."""
        left, width = x + self.side, self.width - self.indent
        for number, row in enumerate(self.rows):
            band, height = self._band(row), self._row_height(row)
            is_first, is_last = self.starts and not number, self.ends and number == len(self.rows) - 1
            shapes = [self._arrow(step, left, top, band, k, is_first) for k, step in enumerate(row)]
            middle = top - band / 2
            if not is_first:
                above = top + ROW_GAP / 2 if number else top
                shapes += self._lead_in(x, left, above, middle)
            if not is_last:
                has_next = number < len(self.rows) - 1
                below = top - height - (ROW_GAP / 2 if has_next else 0.0)
                way = [(left + self._offset(len(row)) + NOTCH - SEAM, middle), (x + width - 1, middle)]
                way += [(x + width - 1, below), *([(x + 1, below)] if has_next else ())]
                shapes.append(stroke(polyline(way), color=self.style.muted, width=1))
            canvas.decorate(*shapes)
            for k, step in enumerate(row):
                self._write(canvas, step, left + self._offset(k), top, band)
            top -= height + ROW_GAP

    def _offset(self, number: int) -> float:
        """Return the distance from the start of a row to its arrow of that number."""
        return number * (self.step - NOTCH + SEAM)

    def _arrow(self, step: Step, left: float, top: float, band: float, number: int, is_first: bool) -> Operators:
        x, low, middle = left + self._offset(number), top - band, top - band / 2
        right = x + self.step
        points = [(x, low), (right - NOTCH, low), (right, middle), (right - NOTCH, top), (x, top)]
        if number or not is_first:
            points.append((x + NOTCH, middle))
        return fill_and_stroke(polyline(points, closed=True), step.fill, self.color, EDGE)

    def _lead_in(self, x: float, left: float, above: float, middle: float) -> list[Operators]:
        """Return the line into a row: from the height above it, down to the notch of its first arrow."""
        tip, color = left + NOTCH - SEAM, self.style.muted
        way = stroke(polyline([(x + 1, above), (x + 1, middle), (tip - 3, middle)]), color=color, width=1)
        return [
            way,
            fill(polyline([(tip - 4, middle - 2.6), (tip, middle), (tip - 4, middle + 2.6)], closed=True), color),
        ]

    def _write(self, canvas: ReportCanvas, step: Step, x: float, top: float, band: float) -> None:
        title, width = step.title, self._title_width
        self.adopt(title)
        height = title.wrap(width)
        title.draw(canvas, x + NOTCH + 4, top - (band + height) / 2)
        paint_stack(step.details, canvas, x + NOTCH + 4, top - band - BELOW, self._details_width, self)


class StackedStep(StackedText):
    """A step above the next one: its title in a bar that points down."""

    def __init__(self, step: Step, style: Style, color: Color, is_last: bool) -> None:
        super().__init__([step.title, *step.details], style, color, Padding(8, 6, PAD, 12 if not is_last else 4))
        self.step, self.is_last = step, is_last
        step.title.after = PAD + BELOW
        step.title.keep_with_next = bool(step.details)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the bar behind the title, and the point between this step and the next."""
        shapes, low = [], top - self.height
        if self.head:
            band = self.step.title.height + 2 * PAD
            bar = rounded_rectangle(x, top - band, self.width, band, min(2.0, self.style.radius))
            shapes.append(fill_and_stroke(bar, self.step.fill, self.color, EDGE))
        if self.foot and not self.is_last:
            tip = [(x + 8, low + 8), (x + 24, low + 8), (x + 16, low + 2)]
            shapes.append(fill(polyline(tip, closed=True), self.color))
        canvas.decorate(*shapes)


def _fit(width: float, least: float, count: int) -> int:
    """Return how many steps of the least width fit into a row."""
    return max(1, min(count, int((width - NOTCH + SEAM) / (least - NOTCH + SEAM))))


def _join(rows: list[list[Step]]) -> list[Step]:
    return [step for row in rows for step in row]


def _notes(row: list[Step]) -> tuple[str, ...]:
    return tuple(label for step in row for text in (step.title, *step.details) for label in text.notes)
