"""Placed pages: which boxes are where on which page, before anything is painted."""

from __future__ import annotations

from msgspec import Struct, field

from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.footnotes import NoteLine
from gri_builder.layout.paging.page_kinds import PageKind
from gri_builder.model.color import Color


class PlacedBox(Struct, frozen=True):
    """A box at its place."""

    box: LayoutBox
    x: float
    y: float
    """Lower edge."""


class PlacedNotes(Struct, frozen=True):
    """The footnotes of a page."""

    lines: tuple[NoteLine, ...] = ()
    left: float = 0.0
    top: float = 0.0
    """Height of the rule above them."""
    width: float = 0.0


class PlacedPage(Struct):
    """A page with everything that is set on it."""

    number: int
    kind: PageKind
    chapter: str = ""
    """Title of the chapter, for the header: that of the one at the page's top."""
    ground: Color | None = None
    """Colour that is painted over the whole page."""
    foot_ground: Color | None = None
    """Colour behind the page number; None for white."""
    boxes: list[PlacedBox] = field(default_factory=list)
    notes: PlacedNotes = field(default_factory=PlacedNotes)
    filled: float = 0.0
    """Share of its height that text and footnotes take."""
    may_be_sparse: bool = False
    """Whether a chapter ends on it, or its footnotes continue."""
