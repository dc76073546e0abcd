"""Pagination: sets boxes on pages of several kinds, with headers, footers and the mark of a draft."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import assert_never

from msgspec import Struct

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.flow_items import FlowItem, KeepWithNext, PageBreak, PageKindName
from gri_builder.layout.footnotes import FootnoteStore
from gri_builder.layout.frame import Frame
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import WHITE, Color
from gri_builder.model.profiling import Profiler
from gri_builder.pdf.content_stream import fill, line, rectangle, stroke
from gri_builder.typesetting.line_breaking import TextFormat, shorten
from gri_builder.typesetting.style import Page, Style

DRAFT_COLOR, WATERMARK_COLOR = Color(0.72, 0.1, 0.1), Color(0.93, 0.93, 0.93)
MAX_SPLITS = 50
"""Splits in a row of which no part fits, before layout gives up: no further split would help."""


class TooHighError(Exception):
    """A box is higher than a whole page and can't be split."""


class PageKind(Struct, frozen=True):
    """The layout of one kind of page."""

    page: Page
    frame: Frame
    has_footer: bool = True
    """Whether the page number is printed."""
    has_header: bool = True
    """Whether report and chapter are printed at the head."""
    next_kind: PageKindName | None = None
    """The kind of the page that follows without a break; None for the same kind."""
    background: Color | None = None
    """Colour of the whole page."""


def make_page_kinds(style: Style, footnotes: FootnoteStore) -> dict[PageKindName, PageKind]:
    """Return the kinds of pages by name."""
    page, landscape = style.page, style.page.landscape
    height = page.height - page.top - page.bottom
    whole = Frame(footnotes, 0.0, 0.0, page.width, page.height)
    narrow = Frame(footnotes, page.left, page.bottom, page.text_width, height)
    wide = Frame(footnotes, page.margin, page.bottom, page.full_width, height)
    low = landscape.height - landscape.top - landscape.bottom
    across = Frame(footnotes, landscape.margin, landscape.bottom, landscape.full_width, low)
    return {
        "cover": PageKind(page, whole, has_footer=False),
        "inside-cover": PageKind(page, wide, has_header=False, background=style.ground().color),
        "chapter-opening": PageKind(page, narrow, has_header=False, next_kind="text"),
        "text": PageKind(page, narrow),
        "wide-chapter-opening": PageKind(page, wide, has_header=False, next_kind="wide"),
        "wide": PageKind(page, wide),
        "landscape": PageKind(landscape, across),
    }


class Pagination:
    """Sets boxes on the pages of a canvas; calls `progress` with the number of each finished page."""

    def __init__(
        self,
        canvas: ReportCanvas,
        style: Style,
        footnotes: FootnoteStore,
        running_head: str,
        draft: str | None,
        progress: Callable[[int], None] | None,
        profiler: Profiler,
    ) -> None:
        self.canvas, self.style, self.running_head, self.draft = canvas, style, running_head, draft
        self.progress, self.profiler = progress, profiler
        self.kinds = make_page_kinds(style, footnotes)
        self.kind = self.kinds["cover"]
        self.chapter = ""
        """Title of the chapter, once it is on a page."""
        self._is_open = False
        """Whether a page is started and not ended."""
        self.background: Color | None = None
        """Colour of the page and of those that continue it."""

    def lay_out(self, items: Iterable[FlowItem]) -> None:
        """Set all boxes, and end the last page once all footnotes are set; raises TooHighError.

        Each item is taken when there is room for it, so that those of a long report are never in memory all at once.
        """
        for item in items:
            frame = self._open_page()
            match item:
                case LayoutBox():
                    self._place(item)
                case PageBreak():
                    self._break_page(item)
                case KeepWithNext():
                    if not frame.has_room(item.boxes, self.canvas):
                        self._end_page()
                case _:
                    assert_never(item)
        self._open_page()
        self._finish_footnotes()
        self._end_page(may_be_sparse=True)

    def _place(self, whole: LayoutBox) -> None:
        """Draw a box on this page, or on as many pages as its parts need."""
        waiting = deque([whole])
        moved: LayoutBox | None = None
        splits = 0
        while waiting:
            box, frame = waiting.popleft(), self._open_page()
            if frame.add(box, self.canvas):
                self._record(box)
                splits = 0
            elif splits < MAX_SPLITS and (parts := frame.split(box, self.canvas)):
                waiting.extendleft(reversed(parts))
                splits += 1
            elif (box is moved and not frame.is_reduced) or splits == MAX_SPLITS:
                raise TooHighError(f"{type(box).__name__} is too high for page {self.canvas.page}")
            else:
                moved = box
                waiting.appendleft(box)
                self._end_page()

    def _record(self, box: LayoutBox) -> None:
        """Record the time that a box took, and the chapter's title for the headers of its pages."""
        self.profiler.record_block(self.canvas.page, box.heading)
        if isinstance(box, ChapterTitle):
            self.chapter = box.text
            self.background = box.ground.color if box.fills_page else self.background

    def _break_page(self, page_break: PageBreak) -> None:
        """End the page, and let one of another kind follow."""
        if page_break.ends_chapter:
            self._finish_footnotes()
        self._end_page(self.kinds[page_break.kind], may_be_sparse=page_break.ends_chapter)
        if page_break.ends_chapter:
            self.chapter = ""

    def _finish_footnotes(self) -> None:
        """Add pages until all footnotes of the chapter are set."""
        while self._open_page().overflows:
            self._end_page(may_be_sparse=True)

    def _open_page(self) -> Frame:
        """Return the frame of the page; start the page if it is not started yet."""
        kind, canvas = self.kind, self.canvas
        if not self._is_open:
            self._is_open, self.background = True, kind.background or self.background
            canvas.resize_page(kind.page.width, kind.page.height)
            if self.background:
                canvas.decorate(fill(rectangle(0, 0, kind.page.width, kind.page.height), self.background))
            self._paint_watermark(canvas, kind.page)
            kind.frame.start_page()
        return kind.frame

    def _end_page(self, following: PageKind | None = None, may_be_sparse: bool = False) -> None:
        """End the page; one of the kind that follows comes next."""
        kind, canvas = self.kind, self.canvas
        if not may_be_sparse:
            canvas.layout_warnings.check_page(canvas.page, kind.frame.filled)
        kind.frame.paint_notes(canvas)
        if kind.has_footer:
            if kind.has_header and not self.background:
                self._paint_header(canvas, kind.page)
            self._paint_footer(canvas, kind.page, self._ink())
        self._paint_draft_label(canvas, kind.page)
        if self.progress:
            self.progress(canvas.page)
        canvas.end_page()
        self._is_open = False
        self.kind = following or (self.kinds[kind.next_kind] if kind.next_kind else kind)
        self.background = None if following else self.background

    def _ink(self) -> Color:
        """Return the colour of the page number."""
        return self.style.ink_on(self.background) if self.background else self.style.text

    def _paint_footer(self, canvas: ReportCanvas, page: Page, color: Color) -> None:
        """Write the page number."""
        number, style = str(canvas.page), self.style.header_footer
        strong = TextFormat(load_face(bold=True, tabular=True, family=style.family), style.size + 0.6, color)
        pen = Pen(canvas)
        width = strong.face.width(number) * strong.size
        pen.move(canvas.left(page.width - page.right - width, width), page.bottom - 32)
        pen.show(number, strong)
        with canvas.marked("Footer"):
            pen.end()

    def _paint_header(self, canvas: ReportCanvas, page: Page) -> None:
        """Write the names of report and chapter over a rule at the page's head."""
        style, pen = self.style.header_footer, Pen(canvas)
        muted = TextFormat(load_face(family=style.family), style.size, style.color)
        chapter = shorten(self.chapter, muted.face, muted.size, page.full_width * 0.5)
        owner = shorten(self.running_head, muted.face, muted.size, page.full_width * 0.45)
        y = page.height - 44
        pen.move(canvas.left(page.margin, muted.face.width(owner) * muted.size), y)
        pen.show(owner, muted)
        width = muted.face.width(chapter) * muted.size
        pen.move(canvas.left(page.width - page.right - width, width), y)
        pen.show(chapter, muted)
        rule = line(page.margin, y - 7, page.width - page.right, y - 7)
        with canvas.marked("Header"):
            canvas.draw(stroke(rule, color=self.style.border, width=0.5))
            pen.end()

    def _paint_watermark(self, canvas: ReportCanvas, page: Page) -> None:
        """Write a large pale word behind the text of a draft's page."""
        if not self.draft:
            return
        large = TextFormat(load_face(bold=True), 88, WATERMARK_COLOR)
        pen = Pen(canvas)
        pen.turn((0.707, 0.707, -0.707, 0.707), page.width * 0.24, page.height * 0.3)
        pen.show(self.draft.split()[0], large)
        with canvas.marked("Watermark"):
            pen.end()

    def _paint_draft_label(self, canvas: ReportCanvas, page: Page) -> None:
        """Label the page of a draft at its head, over everything else there."""
        if not self.draft:
            return
        label_format = TextFormat(load_face(bold=True), 8.4, WHITE)
        width = label_format.face.width(self.draft) * label_format.size + 16
        x, y = page.width - page.right - width, page.height - 30
        canvas.decorate(fill(rectangle(x, y, width, 16), DRAFT_COLOR), kind="Header")
        pen = Pen(canvas)
        pen.move(canvas.left(x + 8, width - 16), y + 5)
        pen.show(self.draft, label_format)
        with canvas.marked("Header"):
            pen.end()
