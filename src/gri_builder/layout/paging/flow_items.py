"""What flows through pages: groups of boxes that stay together, and page breaks. A page break has no height."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.layout_box import LayoutBox

PageKindName: TypeAlias = Literal[
    "cover", "inside-cover", "chapter-opening", "text", "wide-chapter-opening", "wide", "landscape", "back-cover"
]
"""The kinds of pages; each has a size, a frame, and headers and footers of its own."""


class PageBreak(Struct, frozen=True):
    """What follows starts on a new page of that kind."""

    kind: PageKindName


class Group(Struct, frozen=True):
    """A box, after the boxes that stay on the page of its start: headings, captions, margin notes, an icon."""

    leading: tuple[LayoutBox, ...]
    """The boxes before it, in order."""
    box: LayoutBox
    following: tuple[LayoutBox, ...] = ()
    """Boxes that belong to it and stay with it: the small print of a figure."""

    @property
    def kept(self) -> tuple[LayoutBox, ...]:
        """The boxes that are on one page, of the last one only its start."""
        return (*self.leading, self.box)

    @property
    def heading_level(self) -> int:
        """The highest level of its headings; 0 without any."""
        return min((box.heading_level for box in self.kept if box.heading_level), default=0)

    @property
    def floats(self) -> bool:
        """Whether its figure may move to the top of the next page; not with codes, which the text below it needs."""
        return any(box.floats for box in self.kept) and not self.has_codes

    @property
    def has_codes(self) -> bool:
        """Whether codes are beside it which the text below it needs, those of its headings not counted."""
        return any(box.marks for box in self.kept if not box.heading)

    def cut(self) -> tuple[tuple[LayoutBox, ...], Group]:
        """Return its headings with what is beside them, and the group of its box with the caption."""
        count = max((number for number, box in enumerate(self.leading, 1) if box.heading_level), default=0)
        return self.leading[:count], Group(self.leading[count:], self.box, self.following)


FlowItem: TypeAlias = Group | PageBreak


ChapterStart: TypeAlias = Literal["new-page", "if-short", "any"]
"""Where a chapter starts: on a new page always, below the one before it if it is short, or wherever there is room."""


class FlowChapter(Struct, frozen=True):
    """The flow of a chapter, or of another part that starts a page, such as the cover."""

    kind: PageKindName
    """Of its first page, if it starts a new one."""
    items: tuple[FlowItem, ...]
    start: ChapterStart = "new-page"
    """Whether it may start on the page on which the chapter before it ends."""
    least_pages: int = 0
    """Pages before it at least; after fewer it is left out."""
    number: int = 0
    """Of the chapter, from 1; 0 for the other parts."""
    is_left: bool = False
    """Whether it is on a left page, as the outside of the last sheet of facing pages is."""

    @property
    def is_wide(self) -> bool:
        """Whether it uses the whole width of the page, as the content index does."""
        return self.kind != "chapter-opening"

    @property
    def title(self) -> ChapterTitle | None:
        """The box of its title; None for parts without one, such as the imprint."""
        boxes = (box for item in self.items if isinstance(item, Group) for box in item.kept)
        return next((box for box in boxes if isinstance(box, ChapterTitle)), None)
