"""Changes of page: what follows stands on a new one of another kind."""

from __future__ import annotations

from gri_builder.layout.layout_box import LayoutBox


class PageBreak(LayoutBox):
    """What follows stands on a new page of a `kind`; `ends_chapter` where a chapter ends with the page before it."""

    def __init__(self, kind: str, ends_chapter: bool = False) -> None:
        super().__init__()
        self.kind, self.ends_chapter = kind, ends_chapter
