"""Pages: their frames, running heads, page numbers and the mark of a draft. Platypus paginates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.platypus import BaseDocTemplate, PageTemplate

from gri_builder.produce.colour import WHITE, Colour
from gri_builder.produce.render.canvas import PAGINATION, Pen, ReportCanvas, box, line
from gri_builder.produce.render.fonts import load_face
from gri_builder.produce.render.front import ChapterTitle
from gri_builder.produce.render.notes import NoteBook, NoteFrame
from gri_builder.produce.render.style import Page, Style, deep
from gri_builder.produce.render.text import Look, shorten
from gri_builder.produce.stopwatch import Stopwatch

ALARM = "0.72 0.1 0.1"


class ReportTemplate(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """Lays a story out on pages: cover, imprint, and for text a narrow and a wide kind, each with its opening."""

    def __init__(
        self,
        canvas: ReportCanvas,
        style: Style,
        book: NoteBook,
        running_head: str,
        draft: str | None,
        progress: Callable[[int], None] | None,
        watch: Stopwatch,
    ) -> None:
        self.watch = watch
        self.report_canvas, self.style = canvas, style
        self.running_head, self.draft, self.progress = running_head, draft, progress
        self.chapter = ""
        self.breaks = False
        """Whether the page ends because a chapter does."""
        page = style.page
        super().__init__("", pagesize=(page.width, page.height), pageCompression=1)
        whole = (0.0, 0.0, page.width, page.height)
        turned = page.turned
        sideways = (turned.margin, turned.bottom, turned.full, turned.height - turned.top - turned.bottom)
        height = page.height - page.top - page.bottom
        narrow, wide = (
            (page.left, page.bottom, page.measure, height),
            (page.margin, page.bottom, page.full, height),
        )
        self.addPageTemplates(
            [
                self._template("cover", whole, book, furniture=False),
                self._template("opening", narrow, book, head=False, after="text"),
                self._template("text", narrow, book),
                self._template("wide-opening", wide, book, head=False, after="wide"),
                self._template("wide", wide, book),
                self._template("inside", wide, book, head=False, ground=style.primary),
                self._template("turned", sideways, book, page=turned),
            ]
        )

    def _template(
        self,
        name: str,
        area: tuple[float, float, float, float],
        book: NoteBook,
        furniture: bool = True,
        head: bool = True,
        after: str | None = None,
        page: Page | None = None,
        ground: Colour | None = None,
    ) -> PageTemplate:
        """Return a page template.

        `head` says whether it has a running head, `after` which one follows, `ground` what colour the page has.
        """
        page = page or self.style.page

        def begin(canvas: ReportCanvas, _: Any) -> None:
            if ground:
                canvas.decorate(f"{deep(ground)} rg {box(0, 0, page.width, page.height)} f")
            self._paint_draft(canvas, page)

        def end(canvas: ReportCanvas, _: Any) -> None:
            if not self.breaks:
                canvas.looks.see_page(canvas.page, frame.filled)
            self.breaks = False
            frame.paint_notes(canvas)
            if furniture:
                self._paint_furniture(canvas, page, head, pale=ground is not None)
            self._paint_draft_label(canvas, page)
            if self.progress:
                self.progress(canvas.page)

        frame = NoteFrame(book, *area)
        size = (page.width, page.height)
        return PageTemplate(name, [frame], onPage=begin, onPageEnd=end, pagesize=size, autoNextPageTemplate=after)

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802  # Platypus's name
        """Take the chapter's title for the running heads of its pages, and the time that a block took."""
        self.watch.pass_block(self.page, getattr(flowable, "heading", None))
        if isinstance(flowable, ChapterTitle):
            self.chapter = flowable.text

    def handle_pageBreak(self, slow: Any = None) -> None:  # noqa: N802  # Platypus's name
        """End a page at a chapter's end."""
        self.breaks = True
        super().handle_pageBreak(slow)
        self.chapter = ""

    def _paint_furniture(self, canvas: ReportCanvas, page: Page, head: bool, pale: bool) -> None:
        number, style = str(canvas.page), self.style.furniture
        colour = WHITE if pale else self.style.ink
        strong = Look(load_face(bold=True, tabular=True, family=style.family), style.size + 0.6, colour)
        if head:
            self._paint_head(canvas, page)
        pen = Pen(canvas)
        pen.move(page.width - page.right - strong.face.width(number) * strong.size, page.bottom - 32)
        pen.show(number, strong)
        canvas.emit(PAGINATION["Footer"])
        pen.end()
        canvas.emit("EMC")

    def _paint_head(self, canvas: ReportCanvas, page: Page) -> None:
        """Write report and chapter over a rule at the page's head."""
        style, pen = self.style.furniture, Pen(canvas)
        quiet = Look(load_face(family=style.family), style.size, style.colour)
        chapter = shorten(self.chapter, quiet.face, quiet.size, page.full * 0.5)
        owner = shorten(self.running_head, quiet.face, quiet.size, page.full * 0.45)
        y = page.height - 44
        pen.move(page.margin, y)
        pen.show(owner, quiet)
        pen.move(page.width - page.right - quiet.face.width(chapter) * quiet.size, y)
        pen.show(chapter, quiet)
        canvas.emit(PAGINATION["Header"])
        canvas.emit(f"q {self.style.rule} RG .5 w {line(page.margin, y - 7, page.width - page.right, y - 7)} S Q")
        pen.end()
        canvas.emit("EMC")

    def _paint_draft(self, canvas: ReportCanvas, page: Page) -> None:
        """Lay large pale words under the text of a draft's page."""
        if not self.draft:
            return
        large = Look(load_face(bold=True), 88, "0.93 0.93 0.93")
        pen = Pen(canvas)
        pen.operators.append(f"0.707 0.707 -0.707 0.707 {page.width * 0.24:.1f} {page.height * 0.3:.1f} Tm")
        pen.show(self.draft.split()[0], large)
        canvas.emit(PAGINATION["Watermark"])
        pen.end()
        canvas.emit("EMC")

    def _paint_draft_label(self, canvas: ReportCanvas, page: Page) -> None:
        """Mark the page of a draft at its head, over whatever stands there."""
        if not self.draft:
            return
        look = Look(load_face(bold=True), 8.4, WHITE)
        width = look.face.width(self.draft) * look.size + 16
        x, y = page.width - page.right - width, page.height - 30
        canvas.decorate(f"{ALARM} rg {box(x, y, width, 16)} f", kind=PAGINATION["Header"])
        pen = Pen(canvas)
        pen.move(x + 8, y + 5)
        pen.show(self.draft, look)
        canvas.emit(PAGINATION["Header"])
        pen.end()
        canvas.emit("EMC")

    def _makeCanvas(self, filename: Any = None, canvasmaker: Any = None) -> ReportCanvas:  # noqa: N802  # Platypus's
        """Return the canvas that the story was told with."""
        return self.report_canvas

    def _endBuild(self) -> None:  # noqa: N802  # Platypus's name
        """End the last page, and go on while footnotes are left over."""
        frame = self.frame
        while frame.overflows():
            self.handle_pageBreak()
            self.clean_hanging()
            frame = self.frame
        super()._endBuild()
