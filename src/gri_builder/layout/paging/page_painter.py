"""Page painting: draws placed pages with their footnotes, headers, footers and the mark of a draft."""

from __future__ import annotations

import re
from collections.abc import Callable

from gri_builder.fonts.faces import Face, load_face
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.margins.side import MarginSide
from gri_builder.layout.paging.footnotes import INDENT
from gri_builder.layout.paging.placed_pages import PlacedNotes, PlacedPage
from gri_builder.model.color import WHITE, Color
from gri_builder.model.profiling import Profiler
from gri_builder.pdf.content_stream import fill, line, rectangle, stroke
from gri_builder.typesetting.line_breaking import TextFormat, shorten
from gri_builder.typesetting.style import Page, Style, tint

DRAFT_COLOR, WATERMARK_COLOR = Color(0.72, 0.1, 0.1), Color(0.93, 0.93, 0.93)


class PagePainter:
    """Paints pages on a canvas; calls `progress` with the number of each finished page."""

    def __init__(
        self,
        canvas: ReportCanvas,
        style: Style,
        running_head: str,
        draft: str | None,
        progress: Callable[[int], None] | None,
        profiler: Profiler,
    ) -> None:
        self.canvas, self.style, self.running_head, self.draft = canvas, style, running_head, draft
        self.progress, self.profiler = progress, profiler
        self._drawn: int | None = None
        """Boxes of the open page that are painted; None if no page is open."""

    def paint(self, placed: PlacedPage) -> None:
        """Paint a page, or what is not painted of it yet, and end it."""
        self.paint_boxes(placed)
        self._drawn = None
        canvas, kind, page = self.canvas, placed.kind, placed.kind.page
        if not placed.may_be_sparse:
            canvas.layout_warnings.check_page(canvas.page, placed.filled)
        self._paint_notes(placed.notes)
        if kind.has_footer:
            if kind.has_header and not placed.foot_ground:
                self._paint_header(page, placed.chapter)
            self._paint_footer(page, self.style.ink_on(placed.foot_ground) if placed.foot_ground else self.style.text)
        self._paint_draft_label(page)
        if self.progress:
            self.progress(canvas.page)
        canvas.end_page()
        placed.boxes.clear()  # a box knows its page, and the page its boxes: memory is freed only so

    def paint_blank(self, color: Color) -> None:
        """Paint a left page without text, in a tint of the colour of the chapter that starts on its right."""
        canvas, page = self.canvas, self.style.page
        canvas.resize_page(page.width, page.height)
        canvas.decorate(fill(rectangle(*canvas.bleed(0, 0, page.width, page.height)), tint(color)))
        self._paint_draft_label(page)
        canvas.end_page()

    def paint_boxes(self, placed: PlacedPage) -> None:
        """Paint the boxes of a page that may get more of them: pages that refer to them know where they are then."""
        canvas = self.canvas
        if self._drawn is None:
            self._drawn = 0
            self._start(placed)
        for each in placed.boxes[self._drawn :]:
            each.box.draw(canvas, each.x, each.y)
            self.profiler.record_block(canvas.page, each.box.heading)
        self._drawn = len(placed.boxes)
        canvas.page_map.pages = canvas.page

    def _start(self, placed: PlacedPage) -> None:
        """Start a page with its ground and the mark of a draft."""
        canvas, page = self.canvas, placed.kind.page
        canvas.resize_page(page.width, page.height)
        canvas.margin_side = MarginSide(page.margin_width, page.is_mirrored)
        if placed.ground:
            canvas.decorate(fill(rectangle(*canvas.bleed(0, 0, page.width, page.height)), placed.ground))
        self._paint_watermark(page)

    def _paint_notes(self, notes: PlacedNotes) -> None:
        """Write the footnotes below a rule."""
        if not notes.lines:
            return
        canvas, style, left, y = self.canvas, self.style.note, notes.left, notes.top
        canvas.decorate(stroke(line(left, y, left + 90, y), color=self.style.border, width=0.6))
        number = TextFormat(load_face(bold=True, family=style.family), style.size, style.color)
        pen, baseline = Pen(canvas), y - 4 - style.size
        for note_line in notes.lines:
            if note := note_line.note:
                canvas.add_destination(f"note/{note.label}", baseline + style.leading)
                pen.tag(note.number_element)
                label = f"{note.number} "
                pen.move(canvas.left(left, number.face.width(label.rstrip()) * number.size), baseline)
                pen.show(label, number)
            width = notes.width - INDENT
            note_line.paragraph.text.write(pen, [note_line.line], canvas.left(left + INDENT, width), baseline, width)
            baseline -= style.leading
        pen.end()

    def _paint_footer(self, page: Page, color: Color) -> None:
        """Write the page number."""
        canvas = self.canvas
        number, style = str(canvas.page), self.style.header_footer
        strong = TextFormat(load_face(bold=True, tabular=True, family=style.family), style.size, color)
        pen = Pen(canvas)
        width = strong.face.width(number) * strong.size
        x = page.margin if page.is_verso else page.width - page.right - width
        pen.move(canvas.left(x, width), page.bottom - 32)
        pen.show(number, strong)
        with canvas.marked("Footer"):
            pen.end()

    def _paint_header(self, page: Page, title: str) -> None:
        """Write the names of report and chapter over a rule at the page's head, the chapter's on the outer side."""
        canvas, style, pen = self.canvas, self.style.header_footer, Pen(self.canvas)
        muted = TextFormat(load_face(family=style.family), style.size, style.color)
        chapter = shorten(title, muted.face, muted.size, page.full_width * 0.5)
        owner = shorten(self.running_head, muted.face, muted.size, page.full_width * 0.45)
        first, last = (chapter, owner) if page.is_verso else (owner, chapter)
        y = page.height - 44
        pen.move(canvas.left(page.margin, muted.face.width(first) * muted.size), y)
        pen.show(first, muted)
        width = muted.face.width(last) * muted.size
        pen.move(canvas.left(page.width - page.right - width, width), y)
        pen.show(last, muted)
        rule = line(page.margin, y - 7, page.width - page.right, y - 7)
        with canvas.marked("Header"):
            canvas.draw(stroke(rule, color=self.style.border, width=0.5))
            pen.end()

    def _paint_watermark(self, page: Page) -> None:
        """Write a large pale word behind the text of a draft's page."""
        if not self.draft:
            return
        canvas = self.canvas
        word = re.split(r"[\s：]", self.draft, maxsplit=1)[0]
        large = TextFormat(self._find_draft_face(self.draft), 88, WATERMARK_COLOR)
        pen = Pen(canvas)
        pen.turn((0.707, 0.707, -0.707, 0.707), page.width * 0.24, page.height * 0.3)
        pen.show(word, large)
        with canvas.marked("Watermark"):
            pen.end()

    def _paint_draft_label(self, page: Page) -> None:
        """Label the page of a draft at its head, over everything else there."""
        if not self.draft:
            return
        canvas = self.canvas
        label_format = TextFormat(self._find_draft_face(self.draft), 8.4, WHITE)
        width = label_format.face.width(self.draft) * label_format.size + 16
        x, y = page.width - page.right - width, page.height - 30
        canvas.decorate(fill(rectangle(x, y, width, 16), DRAFT_COLOR), kind="Header")
        pen = Pen(canvas)
        pen.move(canvas.left(x + 8, width - 16), y + 5)
        pen.show(self.draft, label_format)
        with canvas.marked("Header"):
            pen.end()

    def _find_draft_face(self, text: str) -> Face:
        """Return the bold face for the mark of a draft: the bundled one, or that of the report if it has no letters."""
        bundled = load_face(bold=True)
        return bundled if all(map(bundled.has, text)) else load_face(bold=True, family=self.style.header_footer.family)
