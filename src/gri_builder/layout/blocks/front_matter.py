"""Front matter: the cover, chapter titles, and the entries of the table of contents."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.line_breaking import Line, TextFormat
from gri_builder.layout.style import GUTTER, Page, Style, TextStyle, deep
from gri_builder.layout.text.title_fitting import break_title, fit_title
from gri_builder.model.color import WHITE, Color
from gri_builder.model.document import Cover
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement

PANEL = {"band": 168.0, "half": 108.0, "page": 108.0}
"""Height of the panel behind a title of one line: from the page's edge down for a band, else below the art."""
ART = {"band": 0.0, "half": 0.2, "page": 0.42}
"""Share of the page's height for the pattern or picture."""
BAND_GAP = 26


class CoverBlock(LayoutBox):
    """The whole first page."""

    def __init__(self, cover: Cover, parent: StructureElement, style: Style, language: str) -> None:
        super().__init__()
        self.cover, self.style, self.language = cover, style, language
        self.parent = parent

    def measure(self, width: float) -> None:
        """Take the whole frame."""
        self.height = self.style.page.height - 2

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the background, then organization, title, subtitle, period and labels, from top to bottom."""
        page, style = self.style.page, self.style
        start = self._paint_background(canvas)
        on_white = style.cover == "field"
        head = replace(style.subtitle, bold=True, color=style.primary if on_white else WHITE)
        y = page.height - 62
        if self.cover.logo and style.cover != "image":
            y = self._paint_logo(canvas, page.margin, page.height - 54)
        if style.cover == "image":
            y = start
        y = self._write(canvas, self.cover.organization, head, page.margin, y)
        y = self._write(canvas, self.cover.title, style.title, page.margin, min(y - 18, start - 44))
        sub = style.subtitle
        if self.cover.subtitle:
            y = self._write(canvas, self.cover.subtitle, sub, page.margin, y - 12)
        y = self._write(canvas, self.cover.period, sub, page.margin, y - (2 if self.cover.subtitle else 12))
        y -= 8
        for label in self.cover.labels:
            y = self._write(canvas, label, replace(sub, size=9.5, leading=14), page.margin, y - 2)

    def _paint_background(self, canvas: ReportCanvas) -> float:
        """Paint the background; return the upper edge of the panel behind the title."""
        page, style = self.style.page, self.style
        base = deep(style.primary)
        whole = (0.0, 0.0, page.width, page.height)
        if style.cover == "image" and self.cover.picture:
            panel = page.height * 0.44
            Painting(self.cover.picture).paint(canvas, 0, panel, page.width, page.height - panel)
            accent = fill(rectangle(page.margin, panel - 3, 60, 6), style.accent)
            canvas.decorate(fill(rectangle(0, 0, page.width, panel), base), accent)
            return panel - 34
        if style.cover == "field":
            panel = page.height * 0.8
            accent = fill(rectangle(page.margin, 0, 60, page.height * 0.2), style.accent)
            canvas.decorate(fill(rectangle(0, 0, page.width, panel), base), accent)
            return panel
        art = page.height * 0.5
        canvas.decorate(
            fill(rectangle(*whole), base),
            *draw_pattern(style.pattern, (0, 0, page.width, art), base, style.accent),
            fill(rectangle(page.margin, page.height - 134, 60, 4), style.accent),
        )
        return page.height - 112

    def _write(self, canvas: ReportCanvas, text: str, style: TextStyle, x: float, top: float) -> float:
        """Write a text as one paragraph; return its lower edge."""
        width = self.style.page.width - self.style.page.margin * 2
        style = fit_title(text, style, width, self.style.page.height * 0.3, self.language)
        pen, written = Pen(canvas), TextLines(StructureElement("P", self.parent), style, self.language)
        lines = break_title(text, style, width, self.language)
        written.write(pen, lines, canvas.left(x, width), top - style.size, width)
        pen.end()
        return top - len(lines) * style.leading

    def _paint_logo(self, canvas: ReportCanvas, x: float, top: float) -> float:
        logo = self.cover.logo
        assert logo is not None
        height = 44.0 if logo.drawing else min(44.0, logo.height * 72 / 150)
        width = min(200.0, height * logo.width / logo.height)
        height = width * logo.height / logo.width
        element = StructureElement("Figure", self.parent, alt=self.cover.organization)
        element.attributes = canvas.bounds(x, top - height, width, height)
        x = canvas.left(x, width)
        with canvas.marked(element):
            if logo.drawing:
                canvas.draw_drawing(logo.drawing, x, top - height, width, height)
            else:
                canvas.draw_image(logo.data, x, top - height, width, height)
        return top - height - 10


class ChapterTitle(LayoutBox):
    """A chapter's title over the page's whole width: art, and a panel of the chapter's colour."""

    keep_with_next = True

    def __init__(
        self,
        text: str,
        element: StructureElement,
        color: Color,
        style: Style,
        language: str,
        kind: str = "band",
        picture: Painting | None = None,
    ) -> None:
        super().__init__()
        self.text, self.element, self.color, self.style, self.language = text, element, color, style, language
        self.kind, self.picture = kind, picture
        self.fills_page = kind == "page"
        """Whether its panel reaches down to the bottom of the page."""
        self.lines: list[Line] = []
        self.look = style.chapter_title

    def measure(self, width: float) -> None:
        """Break the title; the panel grows with its lines, and a very long title is set smaller."""
        page, look = self.style.page, self.style.chapter_title
        if self.fills_page:
            look = look.scaled(1.3)
        self.look = fit_title(self.text, look, page.full_width, page.height * 0.4, self.language)
        self.lines = break_title(self.text, self.look, page.full_width, self.language)
        self.height = self._art() + self._panel() - page.top + BAND_GAP

    def _art(self) -> float:
        return self.style.page.height * ART[self.kind]

    def _panel(self) -> float:
        return PANEL[self.kind] + (len(self.lines) - 1) * self.look.leading

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint art and panel from the page's edge down, then the title."""
        page = self.style.page
        low = top - self.height + BAND_GAP
        bottom = 0.0 if self.fills_page else low
        art = page.height - self._art()
        if self.kind != "band":
            self._paint_art(canvas, page, art)
        accent = rectangle(page.margin, low if self.kind == "band" else art - 4, 44, 4)
        panel = rectangle(0, bottom, page.width, art - bottom)
        canvas.decorate(fill(panel, self.color), fill(accent, self.style.accent))
        pen, baseline = Pen(canvas), low + 30 + (len(self.lines) - 1) * self.look.leading
        text, left = TextLines(self.element, self.look, self.language), canvas.left(page.margin, page.full_width)
        text.write(pen, self.lines, left, baseline, page.full_width)
        pen.end()

    def _paint_art(self, canvas: ReportCanvas, page: Page, low: float) -> None:
        if self.picture:
            self.picture.paint(canvas, 0, low, page.width, page.height - low)
            return
        area = (0.0, low, page.width, page.height - low)
        canvas.decorate(*draw_pattern(self.style.pattern, area, deep(self.color), self.style.accent))


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
        super().__init__(before=style.leading * 0.55 if level == 1 else 0, after=1.5)
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
        bar = rectangle(x, top - self.height + 1, BAR if self.level == 1 else 0.8, self.height)
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


BAR = 3.0
INDENT = 11.0
ROOM = 40.0
"""Width of an entry without its text: the indent and the number."""


def choose_contents(
    entries: tuple[tuple[int, str, str], ...], style: Style, language: str
) -> tuple[int, float, tuple[tuple[int, str, str], ...]]:
    """Return the number of columns, the scale and the entries with which the table of contents fits on one page.

    Sections are omitted only if they do not fit even in three narrow columns.
    """
    page = style.page
    room = page.height - PANEL["band"] - BAND_GAP - page.bottom
    chapters = tuple(entry for entry in entries if entry[0] == 1)
    tries = ((2, 1.0, entries), (3, 0.88, entries), (3, 0.78, entries), (2, 1.0, chapters))
    for count, scale, shown in tries:
        column = (page.full_width - GUTTER * (count - 1)) / count
        needed = sum(_entry_height(level, text, column, style, scale, language) for level, text, _ in shown)
        if needed <= count * room * 0.95:
            return count, scale, shown
    return 2, 1.0, entries


def contents_style(style: Style, level: int, scale: float, color: Color) -> TextStyle:
    """Return the style of an entry of the table of contents."""
    body = replace(style.body, align="left", hyphenate=False).scaled(scale)
    return replace(body, bold=level == 1, color=color if level == 1 else style.text, leading=body.leading * 0.98)


def _entry_height(level: int, text: str, width: float, style: Style, scale: float, language: str) -> float:
    look = contents_style(style, level, scale, style.text)
    lines = break_title(text, look, width - ROOM, language)
    return len(lines) * look.leading + 1.5 + (look.leading * 0.55 if level == 1 else 0)
