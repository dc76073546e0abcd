"""The sequence of pages that boxes are placed on: opens and closes pages of several kinds."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.paging.flow_items import PageKindName
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.page_kinds import PageKind, PageKinds
from gri_builder.layout.paging.placed_pages import PlacedPage
from gri_builder.layout.paging.spread import Spread
from gri_builder.model.color import Color


class OpenPage(Struct, frozen=True):
    """A page that further boxes may be placed on, with its frame."""

    page: PlacedPage
    frame: Frame

    @property
    def so_far(self) -> PlacedPage:
        """The page with the boxes that it has."""
        return replace(self.page, boxes=self.frame.boxes)

    def close(self, may_be_sparse: bool) -> PlacedPage:
        """Return the page with its boxes and footnotes; notes without room continue on the next page."""
        frame = self.frame
        return replace(
            self.page, boxes=frame.boxes, notes=frame.close(), filled=frame.filled, may_be_sparse=may_be_sparse
        )


class PageSequence:
    """The pages of one placement, in order."""

    def __init__(
        self,
        kinds: PageKinds,
        footnotes: FootnoteStore,
        canvas: ReportCanvas,
        spread: Spread,
        number: int,
    ) -> None:
        """Start with no page; `number` is that of the first one."""
        self.kinds, self.footnotes, self.canvas, self.spread = kinds, footnotes, canvas, spread
        self.number = number
        self.kind_name: PageKindName = "text"
        """Of the open page, or of the next one."""
        self.chapter = ""
        """Title of the chapter, once it is on a page."""
        self.closed: list[PlacedPage] = []
        self.current: OpenPage | None = None
        self._ground: Color | None = None
        """Colour of the page and of those that continue it."""

    def resume(self, start: OpenPage) -> None:
        """Continue on a page of text that has boxes already."""
        self.kind_name = "text"
        self.chapter = start.page.chapter
        self.current = OpenPage(replace(start.page), start.frame.fork(self.spread))

    @property
    def is_turned(self) -> bool:
        """Whether the page is a landscape one."""
        return self.kind_name == "landscape"

    @property
    def kind(self) -> PageKind:
        """The kind of the open page, or of the next one."""
        return self.kinds.find(self.kind_name, self.current.page.number if self.current else self.number)

    def open(self) -> Frame:
        """Return the frame of the page; start the page if it is not started yet."""
        if self.current is None:
            self._ground = self.kind.background or self._ground
            page = PlacedPage(self.number, self.kind, self.chapter, self._ground, self._ground)
            self.number += 1
            self.current = OpenPage(page, Frame(page.kind.area, self.footnotes, self.canvas, self.spread))
        return self.current.frame

    def start_chapter(self, title: str, ground: Color | None) -> None:
        """Record the title of a chapter that starts on the open page, and the colour of its whole page, if any."""
        assert self.current is not None
        self.chapter = title
        page = self.current.page
        page.chapter = page.chapter or title
        if ground:
            self._ground = page.foot_ground = ground

    def turn(self, following: PageKindName) -> None:
        """Let pages of another kind follow; a page ends if one is open."""
        if self.current:
            self.close(following)
        else:
            self.kind_name, self._ground = following, None

    def close(self, following: PageKindName | None = None, may_be_sparse: bool = False) -> None:
        """End the page; one of the kind that follows comes next."""
        self.open()
        assert self.current is not None
        self.closed.append(self.current.close(may_be_sparse))
        self.current = None
        self.kind_name = following or self.kind.next_kind or self.kind_name
        self._ground = None if following else self._ground
