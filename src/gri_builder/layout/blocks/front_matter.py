"""Front matter: the cover, chapter titles, and the entries of the table of contents."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.openers.designs import DESIGNS
from gri_builder.layout.openers.opening import Opening
from gri_builder.model.color import Color
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line, TextFormat
from gri_builder.typesetting.style import GUTTER, Style, TextStyle
from gri_builder.typesetting.title_fitting import break_title

RUN_ON_GAPS = (30.0, 0.0)
"""Space before and after the band of a chapter that continues a page."""


class ChapterTitle(Opening):
    """A chapter's title, with its art, lead and topics as one picture, in the design of its kind."""

    gives_way = True

    @property
    def fills_page(self) -> bool:
        """Whether it takes a whole page."""
        return DESIGNS[self.kind].fills_page

    @property
    def runs_on(self) -> bool:
        """Whether it is set in the text frame, below the chapter before."""
        return self.kind == "run-on"

    def measure(self, width: float) -> None:
        """Plan the opener; a very long title is set smaller."""
        self.plan = plan = DESIGNS[self.kind].plan(self)
        self.color_texts(plan)
        self.before, self.after = RUN_ON_GAPS if self.runs_on else (0.0, 0.0)
        self.height = plan.reach - (0.0 if self.runs_on else self.page.top)
        self.notes = tuple(label for box in (*self.lead, *self.topics) for label in box.notes)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint grounds from the page's edge down, then number and texts."""
        if self.plan and self.runs_on:
            self.draw_plan(canvas, self.plan, top)
        elif self.plan:
            with canvas.mirrored():
                self.draw_plan(canvas, self.plan, top + self.page.top)


class ContentsEntry(LayoutBox):
    """An entry of the table of contents: text, and the page number, which is inserted at the end."""

    def __init__(
        self,
        level: int,
        text: str,
        target: str,
        parent: StructureElement,
        style: TextStyle,
        color: Color,
        language: str,
    ) -> None:
        super().__init__(before=style.leading * SPACE_BEFORE.get(level, 0.0), after=1.5)
        self.level, self.text, self.target, self.language = level, text, target, language
        self.element = StructureElement("Link", StructureElement("Reference", StructureElement("TOCI", parent)))
        self.style, self.color = style, color
        self.lines: list[Line] = []

    def measure(self, width: float) -> None:
        """Break the text, with space for the number."""
        self.lines = break_title(self.text, self.style, width - ROOM, self.language)
        self.height = len(self.lines) * self.style.leading

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Write text and number as one link, beside a bar of the chapter's colour."""
        style = self.style
        bar = rectangle(x, top - self.height + 1, BARS.get(self.level, 0.8), self.height)
        canvas.decorate(fill(bar, self.color))
        pen, baseline = Pen(canvas), top - (style.leading + style.size * 0.7) / 2
        width = self.width - ROOM
        text = TextLines(self.element, style, self.language)
        text.write(pen, self.lines, canvas.left(x + INDENT, width), baseline, width)
        look = TextFormat(load_face(style.bold, tabular=True, family=style.family), style.size, style.color)
        last = baseline - (len(self.lines) - 1) * style.leading
        pen.tag(self.element)
        space = look.face.space * look.size
        pen.move(canvas.left(x + INDENT + self.lines[-1].width, space), last)
        pen.show(" ", look)
        pen.late(self.target, look, (canvas.left(x + self.width), last), 0.0 if canvas.reflection.is_reversed else 1.0)
        pen.end()
        left = canvas.left(x, self.width)
        canvas.link(self.element, (left, top - self.height, left + self.width, top), f"#{self.target}", self.text)


BARS = {0: 6.0, 1: 3.0}
"""Widths of the bars beside parts and chapters."""
SPACE_BEFORE = {0: 0.9, 1: 0.45}
"""Space before parts and chapters, in lines."""
INDENT = 11.0
ROOM = 40.0
"""Width of an entry without its text: the indent and the number."""


def choose_contents(
    entries: tuple[tuple[int, str, str], ...], style: Style, language: str, head: float
) -> tuple[int, float, tuple[tuple[int, str, str], ...]]:
    """Return the number of columns, the scale and the entries with which the table of contents fits on one page.

    `head` is the height of its title, from the edge of the page down.

    Sections are omitted only if they do not fit even in three narrow columns.
    """
    page = style.page
    room = page.height - head - page.bottom
    chapters = tuple(entry for entry in entries if entry[0] <= 1)
    detail, small = (look.size / style.body.size for look in (style.cell, style.small))
    tries = ((2, 1.0, entries), (3, detail, entries), (3, small, entries), (2, 1.0, chapters))
    for count, scale, shown in tries:
        column = (page.full_width - GUTTER * (count - 1)) / count
        needed = sum(_entry_height(level, text, column, style, scale, language) for level, text, _ in shown)
        if needed <= count * room * 0.95:
            return count, scale, shown
    return 2, 1.0, entries


def contents_style(style: Style, level: int, scale: float, color: Color) -> TextStyle:
    """Return the style of an entry of the table of contents."""
    body = replace(style.body, align="left", hyphenate=False).scaled(scale)
    return replace(body, bold=level <= 1, color=color if level <= 1 else style.text, leading=body.leading * 0.98)


def _entry_height(level: int, text: str, width: float, style: Style, scale: float, language: str) -> float:
    look = contents_style(style, level, scale, style.text)
    lines = break_title(text, look, width - ROOM, language)
    return len(lines) * look.leading + 1.5 + look.leading * SPACE_BEFORE.get(level, 0.0)
