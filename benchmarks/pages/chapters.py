"""The chapters of a PDF from its bookmarks: where each begins and ends, and which run on below another one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from benchmarks.pages.frames import Filling, Frame
from benchmarks.pages.runs import PageRuns


@dataclass(frozen=True)
class Chapter:
    """A chapter; pages from 1."""

    title: str
    first: int
    last: int
    runs_on: bool
    """Whether it begins below another chapter."""
    shares_last: bool
    """Whether another chapter begins on its last page: the blank there isn't its own."""
    blank: float
    """Share of the frame of its last page that is blank at the foot; 0 where another chapter follows there."""
    colored: bool
    """Whether that page has a ground down to the foot of the frame."""

    @property
    def pages(self) -> int:
        return self.last - self.first + 1


class Layout(NamedTuple):
    """The pages of a file, as far as they are measured."""

    pages: list[PageRuns]
    frames: list[Frame]
    fillings: list[Filling]


class _Start(NamedTuple):
    """Where a bookmark leads to."""

    title: str
    page: int
    y: float
    level: int


def find_chapters(path: Path, layout: Layout, titles: set[tuple[int, str]], ends: tuple[int, int]) -> list[Chapter]:
    """Return the chapters between two pages: the last one of the contents (or 0), and the last one of all chapters.

    `titles` are page and text of the titles that are printed: a bookmark of a chapter leads to one. A bookmark with
    chapters below it is one of a part, whose pages are nobody's.
    """
    starts = [start for start in _starts(path, titles) if start.page > ends[0]]
    found: list[Chapter] = []
    for start, following in zip_longest(starts, starts[1:]):
        if following is not None and following.level > start.level:
            continue
        shared = following is not None and _follows_text(following, layout)
        last = ends[1] if following is None else following.page - (0 if shared else 1)
        last = max(start.page, last)
        filling = layout.fillings[last - 1]
        runs_on, blank = _follows_text(start, layout), 0.0 if shared else filling.blank
        found.append(Chapter(start.title, start.page, last, runs_on, shared, blank, filling.colored))
    return found


def _starts(path: Path, titles: set[tuple[int, str]]) -> list[_Start]:
    """Return the bookmarks of parts and chapters, in order."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        found = []
        for bookmark in pdf.get_toc(max_depth=3):
            target = bookmark.get_dest()
            if target is None or bookmark.level > 1:
                continue
            place, page = target.get_view()[1], target.get_index() + 1
            if bookmark.level == 0 or (page, bookmark.get_title().strip()) in titles:
                y = place[1] if len(place) > 1 else inf
                found.append(_Start(bookmark.get_title(), page, y, bookmark.level))
        return found
    finally:
        pdf.close()


def _follows_text(start: _Start, layout: Layout) -> bool:
    """Return whether tagged text is on the page above the place where a chapter begins."""
    top = layout.frames[start.page - 1].top
    words = [word for word in layout.pages[start.page - 1].words if word.mcid is not None]
    return start.y < top - 60 and any(start.y + 4 < word.baseline <= top for word in words)
