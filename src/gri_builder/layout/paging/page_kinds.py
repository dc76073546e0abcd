"""Kinds of pages: the size, the frame, and headers and footers of each."""

from __future__ import annotations

from msgspec import Struct

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


def make_page_kinds(style: Style) -> dict[PageKindName, PageKind]:
    """Return the kinds of pages by name."""
    page, landscape = style.page, style.page.landscape
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
