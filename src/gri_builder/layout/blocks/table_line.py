"""Lines of figures: a table of one row in a single line, with each head beside its number.

For readers it is a table as any other: a row of heads, and a row of values. Where the line has no room, it is set as
a table too.
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from gri_builder.layout.blocks.table import TableBlock
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.tables.fitting import Fit, Rooms
from gri_builder.layout.tables.rows import HAIRLINE, PAD_Y, PlacedCell
from gri_builder.pdf.content_stream import line, set_stroke, stroke
from gri_builder.typesetting.line_breaking import Line, natural_widths

BETWEEN, BESIDE = 14.0, 3.5
"""Space between the figures, and between a number and its head."""
MIN_NAME = 84.0
"""Width that the name needs at least, unless it is shorter."""
SLOTS = ((34.0, 1), (24.0, 2), (0.0, 3))
"""Least widths of a number, so that lines below each other are aligned, each with the lines that the name may take."""
INSET = 5.0
"""Space at both ends, as in the cells of tables."""


class Figure(NamedTuple):
    """A number of the line with its head."""

    head: PlacedCell
    value: PlacedCell
    head_width: float
    width: float
    """Of the number."""
    head_first: bool
    """Whether the head is before the number: a period is, the words of a change are not."""


class FigureLine(TableBlock):
    """A table of one row as a line of figures."""

    is_line = False
    """Whether there is room for the line."""
    figures: tuple[Figure, ...] = ()
    slot = 0.0

    def choose_fit(self, rooms: Rooms) -> Fit:
        """Choose the line if there is room for it in the text, else how the table is set.

        A single line over the margin column would not be seen to belong to the text.
        """
        styles = [cell.text.style for cell in self._cells()]
        self._style_line()
        self._set_words(1.0)
        if self._has_room(rooms.text):
            self.fit = Fit()
            return self.fit
        for cell, style in zip(self._cells(), styles, strict=True):
            cell.text.style = style
        return super().choose_fit(rooms)

    def _style_line(self) -> None:
        """Set the heads quieter than their numbers, of which those of the report's own period are bold."""
        for head in self.header[0].cells:
            head.text.style = replace(head.text.style, align="left", bold=False, color=self.style.muted)
        for value in self.rows[0].cells[1:]:
            value.text.style = replace(value.text.style, bold=value.column in self.table.current)

    def _has_room(self, width: float) -> bool:
        """Choose whether it is set as a line of that width."""
        (head,), (row,) = self.header, self.rows
        figures = self._list_figures()
        is_short = all(len(cell.words) == 1 for cell in (*head.cells[1:], *row.cells))
        natural = max((natural_widths(words)[1] for words in row.cells[0].words), default=0.0)
        for slot, most in SLOTS:
            room = width - 2 * INSET - sum(_measure(figure, slot) + BETWEEN for figure in figures)
            lines = self._break_name(room) if room >= min(natural, MIN_NAME) else []
            if is_short and lines and len(lines) <= most:
                self.is_line, self.figures, self.slot = True, figures, slot
                return True
        self.is_line = False
        return False

    def _list_figures(self) -> tuple[Figure, ...]:
        periods = {*self.table.current, *self.table.earlier}
        return tuple(
            Figure(head, value, _natural(head), _natural(value), head.column in periods)
            for head, value in zip(self.header[0].cells[1:], self.rows[0].cells[1:], strict=True)
        )

    def _break_name(self, width: float) -> list[Line]:
        name = self.rows[0].cells[0]
        return list(chain.from_iterable(name.text.break_words(words, width) for words in name.words))

    def measure(self, width: float) -> None:
        """Break the name into lines; everything else is on the first one."""
        if self.fit is None or self.has_late:
            self.choose_fit(Rooms(width - self.indent))
        if not self.is_line:
            super().measure(width)
            return
        room = width - self.indent
        name = self.rows[0].cells[0]
        taken = sum(_measure(figure, self.slot) + BETWEEN for figure in self.figures)
        name.lines = self._break_name(room - 2 * INSET - taken)
        for figure in self.figures:
            for cell in (figure.head, figure.value):
                cell.lines = cell.text.break_words(cell.text.words_of(cell.cell.paragraphs[0]), width)
        if self.caption:
            self.caption_lines = self.caption.break_runs(self.table.caption, room)
        self.widths = [room]
        self.height = self._caption_height() + len(name.lines) * self.style.cell.leading + 2 * PAD_Y
        self.notes = tuple(label for row in (*self.header, *self.rows) for label in row.notes)

    def _caption_height(self) -> float:
        style = self.style.caption
        return len(self.caption_lines) * style.leading + style.after if self.caption_lines else 0.0

    def min_height(self, width: float) -> float:
        """Return the height, with that of the small print below it."""
        if not self.is_line:
            return super().min_height(width)
        return self.wrap(width) + self.tail_height(width)

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return nothing: a line is never split."""
        return [] if self.is_line else super().split(width, height)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the name and the figures between two lines."""
        if not self.is_line:
            super().paint(canvas, x, top)
            return
        x, pen = x + self.indent, Pen(canvas)
        upper, right = self._write_caption(pen, x, top), x + self.widths[0]
        lower = top - self.height
        canvas.decorate(
            stroke(line(x, upper, right, upper), color=self.color, width=0.8),
            set_stroke(width=HAIRLINE),
            stroke(line(x, lower, right, lower), color=self.style.border),
        )
        baseline = upper - PAD_Y - 0.78 * self.style.cell.leading
        name = self.rows[0].cells[0]
        self._write(pen, name, x + INSET, baseline, max(each.width for each in name.lines))
        for figure in reversed(self.figures):
            right -= INSET if figure is self.figures[-1] else BETWEEN
            right -= _measure(figure, self.slot)
            self._write_figure(pen, figure, right, baseline)
        pen.end()

    def _write_figure(self, pen: Pen, figure: Figure, x: float, baseline: float) -> None:
        """Write a period before its number, or a change before its words; that one ends where its room ends."""
        if figure.head_first:
            self._write(pen, figure.head, x, baseline, figure.head_width)
            self._write(pen, figure.value, x + figure.head_width + BESIDE, baseline, figure.width)
            return
        x += _measure(figure, self.slot) - figure.width - BESIDE - figure.head_width
        self._write(pen, figure.value, x, baseline, figure.width)
        self._write(pen, figure.head, x + figure.width + BESIDE, baseline, figure.head_width)

    @staticmethod
    def _write(pen: Pen, cell: PlacedCell, x: float, baseline: float, width: float) -> None:
        cell.text.write(pen, cell.lines, pen.canvas.left(x, width), baseline, width)


def _natural(cell: PlacedCell) -> float:
    return max((natural_widths(words)[1] for words in cell.words), default=0.0)


def _measure(figure: Figure, slot: float) -> float:
    """Return the width of a number with its head; `slot` is the least width of the number."""
    return figure.head_width + BESIDE + max(figure.width, slot)
