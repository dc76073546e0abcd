"""Pagination: the chapters of a report become pages, each chapter in the best of several placements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.paging.flow_items import FlowChapter, Group
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.page_kinds import PageKinds, is_right
from gri_builder.layout.paging.page_painter import PagePainter
from gri_builder.layout.paging.page_sequence import OpenPage, PageSequence
from gri_builder.layout.paging.placing import Placement, Placer
from gri_builder.layout.paging.scoring import RUN_ON_SHARE, Attempt
from gri_builder.layout.paging.search import choose_placement
from gri_builder.model.color import WHITE

SHORT = 1.4
"""Pages that a chapter fills at most if it may start on the page on which the one before it ends."""


class Ending(Struct, frozen=True):
    """The page on which a chapter ends, before it is known whether the next one continues there."""

    page: OpenPage
    title: str
    """Of the chapter; empty for parts without one."""
    has_more_pages: bool
    """Whether the chapter has pages before that one."""


class Pagination:
    """Places chapters on pages, and paints them in order."""

    def __init__(
        self,
        canvas: ReportCanvas,
        kinds: PageKinds,
        footnotes: FootnoteStore,
        painter: PagePainter,
        starts_right: bool = False,
    ) -> None:
        """Make it; `starts_right` lets each chapter start on a right-hand page."""
        self.canvas, self.kinds, self.footnotes, self.painter = canvas, kinds, footnotes, painter
        self.starts_right = starts_right

    def lay_out(self, chapters: Iterable[FlowChapter]) -> None:
        """Place and paint all chapters; raises TooHighError.

        Only two chapters are in memory at once: the next one is built before the last page of the present one ends.
        """
        last: Ending | None = None
        for chapter, following in _pair_with_next(chapters):
            if last and last.page.page.number < chapter.least_pages:
                continue
            needed = None if following is None or chapter.is_wide else self._room_needed(following)
            last = self._lay_out_chapter(chapter, last, needed)
        if last:
            self._finish(last)

    def _finish(self, last: Ending) -> None:
        """Paint the page on which a chapter ends, as no other chapter starts there; report it if it is nearly empty."""
        page = last.page.close(may_be_sparse=True)
        self.painter.paint(page)
        if last.title and last.has_more_pages and not page.kind.page.is_landscape:
            line = self.footnotes.style.body.leading
            self.canvas.layout_warnings.check_ending(page.number, page.filled, last.title, line, page.kind.area.height)

    def _lay_out_chapter(self, chapter: FlowChapter, before: Ending | None, needed: float | None) -> Ending:
        """Place a chapter and paint its finished pages; return the page on which it ends.

        `needed` is the room that the next chapter needs to start there; None if it starts on a new page.
        """
        start = before.page if before and self._starts_on(before.page, chapter) else None
        if before and not start:
            self._finish(before)
        if chapter.title and start:
            chapter.title.kind = "run-on"
            self.painter.paint_boxes(start.so_far)
        if chapter.title and not start and self.starts_right and not is_right(self.canvas.page):
            self.painter.paint_blank(chapter.title.color)
        if chapter.is_left and is_right(self.canvas.page):
            self.painter.paint_blank(WHITE)

        def place(attempt: Attempt) -> Placement:
            self.footnotes.reset()
            number = start.page.number + 1 if start else self.canvas.page
            pages = PageSequence(self.kinds, self.footnotes, self.canvas, attempt.spread, number)
            pages.kind_name = chapter.kind
            if start:
                pages.resume(start)
            return Placer(pages, attempt.floats).place(chapter)

        placement = choose_placement(place, needed) if chapter.title else place(Attempt())
        if chapter.number:
            first = start.page.number if start else self.canvas.page
            self.canvas.page_map.chapters[chapter.number] = first, placement.last.page.number
        for page in placement.closed:
            self.painter.paint(page)
        self.footnotes.commit()
        title = chapter.title.text if chapter.title else ""
        return Ending(placement.last, title, bool(placement.closed))

    def _starts_on(self, open_page: OpenPage, chapter: FlowChapter) -> bool:
        """Return whether a chapter starts on the page on which the one before it ends; not below notes only."""
        page, needed = open_page.page, self._room_needed(chapter)
        if open_page.frame.at_top and open_page.frame.is_reduced:
            return False
        is_upright = page.kind.area == self.kinds.find("text", page.number).area and not page.foot_ground
        return is_upright and needed is not None and open_page.frame.room >= needed

    def _room_needed(self, chapter: FlowChapter) -> float | None:
        """Return the room that a chapter needs to start on the page on which the one before it ends.

        None if it starts on a new page: it must be short, or be the sequel of the one before.
        """
        if self.starts_right or chapter.start == "new-page" or chapter.is_wide:
            return None
        is_short = chapter.start == "any" or self._is_short(chapter)
        return RUN_ON_SHARE * self.kinds.left["text"].area.height if is_short else None

    def _is_short(self, chapter: FlowChapter) -> bool:
        """Return whether a chapter, without its title, is no higher than `SHORT` pages of text."""
        frame = Frame(self.kinds.left["text"].area, self.footnotes, self.canvas)
        height = 0.0
        for item in chapter.items:
            if not isinstance(item, Group):
                return False
            for box in (*item.kept, *item.following):
                frame.assign(box)
                if box is not chapter.title:
                    height += box.wrap(frame.width) + max(box.before, box.after)
                if height > SHORT * frame.height:
                    return False
        return True


def _pair_with_next(chapters: Iterable[FlowChapter]) -> Iterator[tuple[FlowChapter, FlowChapter | None]]:
    """Yield each chapter with the one that follows it."""
    iterator = iter(chapters)
    before = next(iterator, None)
    while before is not None:
        following = next(iterator, None)
        yield before, following
        before = following
