"""What flows through pages: boxes, page breaks and keep rules. A page break is not a box, and has no height."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from gri_builder.layout.layout_box import LayoutBox

PageKindName: TypeAlias = Literal[
    "cover", "inside-cover", "chapter-opening", "text", "wide-chapter-opening", "wide", "landscape"
]
"""The kinds of pages; each has a size, a frame, and headers and footers of its own."""


class PageBreak(Struct, frozen=True):
    """What follows starts on a new page of that kind."""

    kind: PageKindName
    ends_chapter: bool = False
    """Whether a chapter ends before the break, so that its last page may be sparse and takes all its footnotes."""


class KeepWithNext(Struct, frozen=True):
    """A new page starts here unless all these boxes, and the start of the last one, fit on this one.

    The boxes themselves follow in the flow.
    """

    boxes: tuple[LayoutBox, ...]


FlowItem: TypeAlias = LayoutBox | PageBreak | KeepWithNext
