"""Slabs: boxes of a given height, for tests of pagination."""

from __future__ import annotations

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.flow_items import FlowChapter, FlowItem, Group
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.page_kinds import make_both_kinds
from gri_builder.layout.paging.page_sequence import PageSequence
from gri_builder.layout.paging.placed_pages import PlacedPage
from gri_builder.layout.paging.placing import Placement, Placer
from gri_builder.layout.paging.spread import AS_DESIGNED
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style

STYLE = make_style(load_theme())
ROOM = STYLE.page.height - STYLE.page.top - STYLE.page.bottom
"""Height of a page of text."""


class Slab(LayoutBox):
    """A box of a height; it may be split anywhere into pieces of a height."""

    def __init__(self, name: str, height: float, piece: float = 0, before: float = 0, after: float = 0) -> None:
        super().__init__(before, after)
        self.name, self.height, self.piece = name, height, piece

    def measure(self, width: float) -> None:
        """Keep the height."""

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint nothing."""

    def min_height(self, width: float) -> float:
        """Return the height of the smallest part."""
        return self.piece or self.height

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the pieces that fit and the others, one at least."""
        fitting = min(int(height / self.piece) * self.piece, self.height - self.piece) if self.piece else 0
        return [self.part(True, height=fitting), self.part(False, height=self.height - fitting)] if fitting else []


def figure(name: str, height: float, covers: tuple[str, ...] = ()) -> Group:
    """Return a figure that may wait for the next page."""
    slab = Slab(name, height)
    slab.floats, slab.covers = True, covers
    return Group((), slab)


def text(name: str, height: float, covers: tuple[str, ...] = ()) -> Group:
    """Return text, which is split into lines of ten points."""
    slab = Slab(name, height, piece=10)
    slab.covers = covers
    return Group((), slab)


def headed(level: int, name: str, height: float) -> Group:
    """Return text below a heading of that level."""
    heading = Slab(f"h{level}", 20)
    heading.heading, heading.heading_level = "Heading", level
    return Group((heading,), Slab(name, height, piece=10))


def leading_in(name: str, height: float, heading: str = "") -> Group:
    """Return text, below a heading or not, that leads to the list "items"."""
    lead = Slab(name, height, piece=10)
    lead.keep_with_next = lead.leads_in = True
    heads = (Slab(heading, 20),) if heading else ()
    return Group((*heads, lead), Slab("items", 50, piece=10))


def place(*items: FlowItem, floats: bool = True) -> Placement:
    """Return where the items of a chapter are placed."""
    canvas, footnotes = ReportCanvas((STYLE.page.width, STYLE.page.height), "en"), FootnoteStore(STYLE)
    pages = PageSequence(make_both_kinds(STYLE, is_facing=False), footnotes, canvas, AS_DESIGNED, 1)
    return Placer(pages, floats).place(FlowChapter("text", items))


def list_pages(placement: Placement) -> list[PlacedPage]:
    """Return all pages, the last one closed."""
    return [*placement.closed, placement.last.close(may_be_sparse=True)]


def names(placement: Placement) -> list[str]:
    """Return the names of the boxes of each page, in order."""
    return [
        " ".join(placed.box.name for placed in page.boxes if isinstance(placed.box, Slab))
        for page in list_pages(placement)
    ]
