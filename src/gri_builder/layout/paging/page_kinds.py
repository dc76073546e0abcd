"""Kinds of pages: the size, the frame, and headers and footers of each."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.layout.paging.flow_items import PageKindName
from gri_builder.model.color import Color
from gri_builder.typesetting.style import Page, Style


class Area(Struct, frozen=True):
    """Where boxes are set on a page; lengths in points."""

    left: float
    bottom: float
    width: float
    height: float


class PageKind(Struct, frozen=True):
    """The layout of one kind of page."""

    page: Page
    area: Area
    has_footer: bool = True
    """Whether the page number is printed."""
    has_header: bool = True
    """Whether report and chapter are printed at the head."""
    next_kind: PageKindName | None = None
    """The kind of the page that follows without a break; None for the same kind."""
    background: Color | None = None
    """Colour of the whole page."""


class PageKinds(Struct, frozen=True):
    """The kinds of a report's left and right pages, which are the same unless they face each other.

    The first page is a right one, as a book's is; where text is read from right to left, "right" means left.
    """

    left: Mapping[PageKindName, PageKind]
    right: Mapping[PageKindName, PageKind]

    def find(self, name: PageKindName, number: int) -> PageKind:
        """Return the kind with that name of the page with that number."""
        return (self.right if is_right(number) else self.left)[name]

    def name_of(self, kind: PageKind) -> PageKindName:
        """Return the name of a kind."""
        both = (*self.left.items(), *self.right.items())
        return next(name for name, each in both if each is kind)


def is_right(number: int) -> bool:
    """Return whether the page with that number is a right-hand one."""
    return number % 2 == 1


def make_both_kinds(style: Style, is_facing: bool) -> PageKinds:
    """Return the kinds of pages, mirrored on right pages if they face each other."""
    page = style.page
    if not is_facing:
        return PageKinds(kinds := make_page_kinds(style, page), kinds)
    return PageKinds(make_page_kinds(style, replace(page, is_verso=True)), make_page_kinds(style, page.mirrored))


def make_page_kinds(style: Style, page: Page) -> dict[PageKindName, PageKind]:
    """Return the kinds of pages by name, all with the margins of that page."""
    landscape = page.landscape
    height = page.height - page.top - page.bottom
    whole = Area(0.0, 0.0, page.width, page.height)
    narrow = Area(page.left, page.bottom, page.text_width, height)
    wide = Area(page.margin, page.bottom, page.full_width, height)
    low = landscape.height - landscape.top - landscape.bottom
    across = Area(landscape.margin, landscape.bottom, landscape.full_width, low)
    return {
        "cover": PageKind(page, whole, has_footer=False),
        "back-cover": PageKind(page, whole, has_footer=False),
        "inside-cover": PageKind(page, wide, has_header=False, background=style.ground().color),
        "chapter-opening": PageKind(page, narrow, has_header=False, next_kind="text"),
        "text": PageKind(page, narrow),
        "wide-chapter-opening": PageKind(page, wide, has_header=False, next_kind="wide"),
        "wide": PageKind(page, wide),
        "landscape": PageKind(landscape, across),
    }
