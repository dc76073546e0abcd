"""Front matter: the cover, chapter titles, and the entries of the table of contents."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.blocks.pattern_variation import make_seed
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line, TextFormat
from gri_builder.typesetting.style import GUTTER, Page, Style, TextStyle, deep
from gri_builder.typesetting.title_fitting import break_title, fit_title

PANEL = {"band": 168.0, "half": 108.0, "page": 108.0}
"""Height of the panel behind a title of one line: from the page's edge down for a band, else below the art."""
ART = {"band": 0.0, "half": 0.2, "page": 0.42}
"""Share of the page's height for the pattern or picture."""
BAND_GAP = 26


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
        self.kind, self.picture, self.ground = kind, picture, style.ground(color)
        self.fills_page = kind == "page"
        """Whether its panel reaches down to the bottom of the page."""
        self.lines: list[Line] = []
        self.look = style.chapter_title

    def measure(self, width: float) -> None:
        """Break the title; the panel grows with its lines, and a very long title is set smaller."""
        page, look = self.style.page, self.style.chapter_title
        if self.fills_page:
            look = look.scaled(1.3)
        look = replace(look, color=self.ground.ink)
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
        canvas.decorate(fill(panel, self.ground.color), fill(accent, self.ground.accent))
        pen, baseline = Pen(canvas), low + 30 + (len(self.lines) - 1) * self.look.leading
        text, left = TextLines(self.element, self.look, self.language), canvas.left(page.margin, page.full_width)
        text.write(pen, self.lines, left, baseline, page.full_width)
        pen.end()

    def _paint_art(self, canvas: ReportCanvas, page: Page, low: float) -> None:
        if self.picture:
            self.picture.paint(canvas, 0, low, page.width, page.height - low)
            return
        area = (0.0, low, page.width, page.height - low)
        base, seed = deep(self.ground.color), make_seed(self.text)
        canvas.decorate(*draw_pattern(self.style.pattern, area, base, self.ground.accent, seed))


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
