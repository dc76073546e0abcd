"""Pagination: blocks set on pages of several kinds, with running heads, page numbers and the mark of a draft."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from msgspec import Struct

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.footnotes import FootnoteStore
from gri_builder.layout.frame import Frame
from gri_builder.layout.layout_box import KeepWithNext, LayoutBox
from gri_builder.layout.line_breaking import TextFormat, shorten
from gri_builder.layout.page_break import PageBreak
from gri_builder.layout.style import Page, Style, deep
from gri_builder.model.color import WHITE, Color
from gri_builder.model.profiling import Profiler
from gri_builder.pdf.content_stream import RESTORE, SAVE, combine, fill, line, rectangle, stroke

ALARM, PALE = Color(0.72, 0.1, 0.1), Color(0.93, 0.93, 0.93)
MOST_SPLITS = 50
"""Splits in a row of which no part finds room, before it is plain that none ever will."""


class TooHighError(Exception):
    """A block is higher than a whole page, and can't be split."""


class PageKind(Struct, frozen=True):
    """A kind of page."""

    page: Page
    frame: Frame
    furniture: bool = True
    """Whether it has a number."""
    head: bool = True
    """Whether it has a running head."""
    after: str | None = None
    """The kind that follows; None for its own."""
    ground: Color | None = None
    """What colour the whole page has."""


def make_kinds(style: Style, book: FootnoteStore) -> dict[str, PageKind]:
    """Return the kinds of pages by name: cover, imprint, and for text a narrow and a wide one with their openings."""
    page, turned = style.page, style.page.turned
    height = page.height - page.top - page.bottom
    whole = Frame(book, 0.0, 0.0, page.width, page.height)
    narrow = Frame(book, page.left, page.bottom, page.measure, height)
    wide = Frame(book, page.margin, page.bottom, page.full, height)
    sideways = Frame(book, turned.margin, turned.bottom, turned.full, turned.height - turned.top - turned.bottom)
    return {
        "cover": PageKind(page, whole, furniture=False),
        "opening": PageKind(page, narrow, head=False, after="text"),
        "text": PageKind(page, narrow),
        "wide-opening": PageKind(page, wide, head=False, after="wide"),
        "wide": PageKind(page, wide),
        "inside": PageKind(page, wide, head=False, ground=deep(style.primary)),
        "turned": PageKind(turned, sideways),
    }


class Pagination:
    """Sets blocks on the pages of a canvas; `progress` is told the number of each page that is finished."""

    def __init__(
        self,
        canvas: ReportCanvas,
        style: Style,
        book: FootnoteStore,
        running_head: str,
        draft: str | None,
        progress: Callable[[int], None] | None,
        watch: Profiler,
    ) -> None:
        self.canvas, self.style, self.running_head, self.draft = canvas, style, running_head, draft
        self.progress, self.watch = progress, watch
        self.kinds = make_kinds(style, book)
        self.kind = self.kinds["cover"]
        self.chapter = ""
        """Title of the chapter, once it stands on a page."""
        self._is_open = False
        """Whether a page has been begun and not ended."""
        self.ground: Color | None = None
        """What colour the page has, and those on which it goes on; its number is pale then."""

    def lay_out(self, blocks: Iterable[LayoutBox]) -> None:
        """Set all blocks, and end the last page once it has no footnotes left over; raises TooHighError.

        Each block is asked for when there is room for it, so that those of a long report are not there all at once.
        """
        coming, waiting = iter(blocks), deque[LayoutBox]()
        moved: LayoutBox | None = None
        splits = 0
        while (block := waiting.popleft() if waiting else next(coming, None)) is not None:
            frame = self._open_page()
            if isinstance(block, PageBreak):
                self._end_page(block.ends_chapter, self.kinds[block.kind])
            elif isinstance(block, KeepWithNext):
                if not block.is_met(frame, self.canvas):
                    self._end_page()
            elif frame.add(block, self.canvas):
                self._pass(block)
                splits = 0
            elif splits < MOST_SPLITS and (parts := frame.split(block, self.canvas)):
                waiting.extendleft(reversed(parts))
                splits += 1
            elif block is moved or splits == MOST_SPLITS:
                raise TooHighError(f"{type(block).__name__} is too high for page {self.canvas.page}")
            else:
                moved = block
                waiting.appendleft(block)
                self._end_page()
        while self._open_page().overflows():
            self._end_page(ends_chapter=True)
        self._end_page(ends_chapter=True)

    def _pass(self, block: LayoutBox) -> None:
        """Take the chapter's title for the running heads of its pages, and the time that a block took."""
        self.watch.pass_block(self.canvas.page, block.heading)
        if isinstance(block, ChapterTitle):
            self.chapter = block.text
            self.ground = block.color if block.fills_page else self.ground

    def _open_page(self) -> Frame:
        """Return the frame of the page, which is begun if it is not yet."""
        kind, canvas = self.kind, self.canvas
        if not self._is_open:
            self._is_open, self.ground = True, kind.ground or self.ground
            canvas.resize_page(kind.page.width, kind.page.height)
            if self.ground:
                canvas.decorate(fill(rectangle(0, 0, kind.page.width, kind.page.height), self.ground))
            self._paint_draft(canvas, kind.page)
            kind.frame.begin()
        return kind.frame

    def _end_page(self, ends_chapter: bool = False, following: PageKind | None = None) -> None:
        """End the page; one of the kind that follows goes on."""
        kind, canvas = self.kind, self.canvas
        if not ends_chapter:
            canvas.layout_warnings.see_page(canvas.page, kind.frame.filled)
        kind.frame.paint_notes(canvas)
        if kind.furniture:
            self._paint_furniture(canvas, kind.page, kind.head and not self.ground, pale=self.ground is not None)
        self._paint_draft_label(canvas, kind.page)
        if self.progress:
            self.progress(canvas.page)
        canvas.end_page()
        self._is_open = False
        self.kind = following or (self.kinds[kind.after] if kind.after else kind)
        self.ground = None if following else self.ground
        if ends_chapter:
            self.chapter = ""

    def _paint_furniture(self, canvas: ReportCanvas, page: Page, head: bool, pale: bool) -> None:
        number, style = str(canvas.page), self.style.furniture
        color = WHITE if pale else self.style.text
        strong = TextFormat(load_face(bold=True, tabular=True, family=style.family), style.size + 0.6, color)
        if head:
            self._paint_head(canvas, page)
        pen = Pen(canvas)
        pen.move(page.width - page.right - strong.face.width(number) * strong.size, page.bottom - 32)
        pen.show(number, strong)
        with canvas.marked("Footer"):
            pen.end()

    def _paint_head(self, canvas: ReportCanvas, page: Page) -> None:
        """Write report and chapter over a rule at the page's head."""
        style, pen = self.style.furniture, Pen(canvas)
        quiet = TextFormat(load_face(family=style.family), style.size, style.color)
        chapter = shorten(self.chapter, quiet.face, quiet.size, page.full * 0.5)
        owner = shorten(self.running_head, quiet.face, quiet.size, page.full * 0.45)
        y = page.height - 44
        pen.move(page.margin, y)
        pen.show(owner, quiet)
        pen.move(page.width - page.right - quiet.face.width(chapter) * quiet.size, y)
        pen.show(chapter, quiet)
        rule = line(page.margin, y - 7, page.width - page.right, y - 7)
        with canvas.marked("Header"):
            canvas.emit(combine(SAVE, stroke(rule, color=self.style.border, width=0.5), RESTORE))
            pen.end()

    def _paint_draft(self, canvas: ReportCanvas, page: Page) -> None:
        """Lay large pale words under the text of a draft's page."""
        if not self.draft:
            return
        large = TextFormat(load_face(bold=True), 88, PALE)
        pen = Pen(canvas)
        pen.turn((0.707, 0.707, -0.707, 0.707), page.width * 0.24, page.height * 0.3)
        pen.show(self.draft.split()[0], large)
        with canvas.marked("Watermark"):
            pen.end()

    def _paint_draft_label(self, canvas: ReportCanvas, page: Page) -> None:
        """Mark the page of a draft at its head, over whatever stands there."""
        if not self.draft:
            return
        look = TextFormat(load_face(bold=True), 8.4, WHITE)
        width = look.face.width(self.draft) * look.size + 16
        x, y = page.width - page.right - width, page.height - 30
        canvas.decorate(fill(rectangle(x, y, width, 16), ALARM), kind="Header")
        pen = Pen(canvas)
        pen.move(x + 8, y + 5)
        pen.show(self.draft, look)
        with canvas.marked("Header"):
            pen.end()
