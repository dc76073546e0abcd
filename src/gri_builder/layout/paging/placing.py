"""Placing: gives each box of a chapter its page and its place there, without painting anything.

A figure that has no room waits for the top of the next page, and text that follows it fills this one; so it is with
landscape pages. No text overtakes a figure of another section, and figures keep their order.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import assert_never

from msgspec import Struct

from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.flow_items import FlowChapter, FlowItem, Group, PageBreak, PageKindName
from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.page_sequence import OpenPage, PageSequence
from gri_builder.layout.paging.placed_pages import PlacedPage

MAX_SPLITS = 50
"""Splits in a row of which no part fits, before layout gives up: no further split would help."""
MIN_FILLABLE = 0.08
"""Share of a page's height that must be free for text to fill it before a figure that waits."""
MAX_WAITING = 2
"""Figures that wait for the next page at most."""
SECTION = 2
"""Level of the headings that figures do not wait over."""


class TooHighError(Exception):
    """A box is higher than a whole page and can't be split."""


class Placement(Struct, frozen=True):
    """Where the boxes of a chapter are."""

    closed: tuple[PlacedPage, ...]
    last: OpenPage
    """The page on which the chapter ends, and the next one may start."""
    splits: int = 0
    """How many boxes are divided by page breaks, paragraphs not counted."""
    has_waited: bool = False
    """Whether a figure or landscape page waited for text to fill the page before it."""

    def discard(self) -> None:
        """Take all boxes off its pages. A box knows its page, and the page its boxes: memory is freed only so."""
        for boxes in (*(page.boxes for page in self.closed), self.last.frame.boxes):
            boxes.clear()


class Placer:
    """Places the boxes of one chapter on a sequence of pages."""

    def __init__(self, pages: PageSequence, floats: bool = True) -> None:
        self.pages, self.floats = pages, floats
        self.splits = 0
        self._items: deque[FlowItem] = deque()
        """What is not placed yet."""
        self._figures: deque[Group] = deque()
        """Figures that wait for the top of the next page."""
        self._turned: list[tuple[FlowItem, ...]] = []
        """What waits for landscape pages behind this one."""
        self._has_waited = False
        self._is_ending = False
        """Whether nothing is left to place but what waits."""

    def place(self, chapter: FlowChapter) -> Placement:
        """Place all boxes, and all their footnotes; raises TooHighError. The last page stays open."""
        self._items.extend(chapter.items)
        while self._items:
            self._place_item(self._items.popleft())
        self._is_ending = True
        self._release()
        upright: PageKindName = "wide" if chapter.is_wide else "text"
        while self._open().overflows:
            self.pages.close(upright if self.pages.is_turned else None, may_be_sparse=True)
        assert self.pages.current is not None
        return Placement(tuple(self.pages.closed), self.pages.current, self.splits, self._has_waited)

    def _place_item(self, item: FlowItem) -> None:
        match item:
            case Group():
                self._place_group(item)
            case PageBreak():
                self._break_page(item)
            case _:
                assert_never(item)

    # -- groups -------------------------------------------------------------------------------------------------------

    def _place_group(self, group: Group) -> None:
        """Place a group on this page, or where it has no room on the next one; a figure may wait for it.

        What is on landscape pages overtakes the figures that wait for an upright one.
        """
        is_turned = self.pages.is_turned
        if not is_turned and not self._may_overtake(group):
            self._release()
        frame = self._open()
        if not is_turned and self._figures and _is_figure(group):
            self._figures.append(group)
            return
        is_alone = not group.leading and not group.floats  # it may be split further than where it starts
        if is_alone or frame.has_room(group.kept):
            self._set(group)
        elif not self._let_wait(group, frame):
            rest = self._divide_lead_in(group, frame)
            self._end_page()
            self._set(rest)

    def _divide_lead_in(self, group: Group, frame: Frame) -> Group:
        """Set what has room of a paragraph that leads to a list; return its last lines with the list's start."""
        *heads, lead = group.leading or (group.box,)
        parts = frame.split(lead, heads) if lead.leads_in else []
        if not parts:
            return group
        for box in (*heads, parts[0]):
            self._place_box(box)
        return Group(tuple(parts[1:]), group.box, group.following)

    def _may_overtake(self, group: Group) -> bool:
        """Return whether a group may be placed before what waits.

        No text overtakes a figure of another section, or of another requirement; and none that answers a requirement
        overtakes a landscape page.
        """
        if self._turned and any("/" in id for id in group.box.covers):
            return False
        if not self._figures:
            return True
        if _is_figure(group):
            return len(self._figures) < MAX_WAITING
        is_section = 0 < group.heading_level <= SECTION
        return not is_section and self._figures[-1].box.covers == group.box.covers

    def _let_wait(self, group: Group, frame: Frame) -> bool:
        """Let the figure of a group wait if the text after it has room on this page; return whether it does."""
        following = next((item for item in islice(self._items, MAX_WAITING + 1) if not _is_figure(item)), None)
        if not self.floats or not group.floats or self.pages.is_turned or not self._is_fillable(frame):
            return False
        heads, figure = group.cut()
        if not isinstance(following, Group) or 0 < following.heading_level <= SECTION:
            return False
        if following.box.covers != group.box.covers:
            return False
        if (heads and following.heading_level) or not frame.has_room((*heads, *following.kept)):
            return False
        for box in heads:
            self._place_box(box)
        self._figures.append(figure)
        self._has_waited = True
        return True

    def _is_fillable(self, frame: Frame) -> bool:
        return not frame.at_top and frame.room >= MIN_FILLABLE * frame.height

    def _set(self, group: Group) -> None:
        for box in (*group.kept, *group.following):
            self._place_box(box)

    def _place_box(self, whole: LayoutBox) -> None:
        """Place a box on this page, or on as many pages as its parts need."""
        waiting = deque([whole])
        moved: LayoutBox | None = None
        splits = 0
        while waiting:
            box, frame = waiting.popleft(), self._open()
            if frame.add(box):
                self._note_title(box)
                splits = 0
            elif splits < MAX_SPLITS and (parts := frame.split(box)):
                waiting.extendleft(reversed(parts))
                splits += 1
                self.splits += len(parts) > 1 and not isinstance(box, Paragraph)
            elif (box is moved and frame.at_top and not frame.is_reduced) or splits == MAX_SPLITS:
                raise TooHighError(f"{type(box).__name__} is too high for page {self.pages.number - 1}")
            else:
                moved = box
                waiting.appendleft(box)
                self._end_page()

    def _note_title(self, box: LayoutBox) -> None:
        if isinstance(box, ChapterTitle):
            self.pages.start_chapter(box.text, box.ground.color if box.fills_page else None)

    # -- pages --------------------------------------------------------------------------------------------------------

    def _open(self) -> Frame:
        """Return the frame of the page; a page that is started gets the figures that wait for it."""
        if self.pages.current is None:
            self.pages.open()
            if not self.pages.is_turned:
                self._place_figures()
        return self.pages.open()

    def _place_figures(self) -> None:
        """Place the figures that wait, as many as this page has room for."""
        while self._figures and self.pages.open().has_room(self._figures[0].kept):
            self._set(self._figures.popleft())

    def _end_page(self) -> None:
        """End the page, and let the landscape pages follow that wait for its end."""
        self.pages.close()
        turned, self._turned = self._turned, []
        upright = self.pages.kind_name
        for items in turned:
            self.pages.kind_name = "landscape"
            for item in items:
                self._place_item(item)
            if not (self._is_ending and items is turned[-1] and not self._figures):
                self.pages.close(upright)

    def _release(self) -> None:
        """Start new pages until nothing waits any more."""
        while self._figures or self._turned:
            self._end_page()
            if self._figures:
                self._open()

    def _break_page(self, page_break: PageBreak) -> None:
        """End the page, and let one of another kind follow; landscape pages may wait until text has filled it."""
        if page_break.kind == "landscape" and self._let_pages_wait():
            return
        self._release()
        self.pages.turn(page_break.kind)

    def _let_pages_wait(self) -> bool:
        """Let landscape pages wait if text that may overtake them has room on this page; return whether they do."""
        items = list(self._items)
        end = next((number for number, item in enumerate(items) if isinstance(item, PageBreak)), len(items))
        pages, rest = items[:end], items[end + 1 :]
        if not self.floats or not self._is_fillable(self._open()) or not rest:
            return False
        if any(isinstance(item, Group) and (item.heading_level or item.has_codes) for item in pages):
            return False
        if end < len(items) and isinstance(back := items[end], PageBreak) and back.kind == "landscape":
            return False
        first = rest[0]
        if not isinstance(first, Group) or not self._open().has_room(first.kept):
            return False
        self._turned.append(tuple(pages))
        self._items = deque(rest)
        self._has_waited = True
        return True


def _is_figure(item: FlowItem) -> bool:
    """Return whether an item is a figure without a heading, which waits with the one before it."""
    return isinstance(item, Group) and item.floats and not item.heading_level
