"""The chapters of a PDF from its bookmarks: where each begins and ends, and which run on below another one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


def find_chapters(
    path: Path, pages: list[PageRuns], frames: list[Frame], fillings: list[Filling], contents: int
) -> list[Chapter]:
    """Return the chapters after the contents, which are on page `contents` (0 if there are none)."""
    starts = [start for start in _starts(path) if start[1] > contents]
    found: list[Chapter] = []
    for place, (title, first, y) in enumerate(starts):
        following = starts[place + 1] if place + 1 < len(starts) else None
        shared = following is not None and _follows_text(following, pages, frames)
        last = len(pages) if following is None else following[1] - (0 if shared else 1)
        last = max(first, last)
        if following is None:
            last = _last_of_text(pages, first)
        filling = fillings[last - 1]
        own = _follows_text((title, first, y), pages, frames)
        found.append(Chapter(title, first, last, own, shared, 0.0 if shared else filling.blank, filling.colored))
    return found


def _starts(path: Path) -> list[tuple[str, int, float]]:
    """Return title, page and height of each bookmark of a chapter, in order."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        found = []
        for bookmark in pdf.get_toc(max_depth=3):
            target = bookmark.get_dest()
            if bookmark.level == 0 and target is not None:
                place = target.get_view()[1]
                found.append((bookmark.get_title(), target.get_index() + 1, place[1] if len(place) > 1 else 1e9))
        return found
    finally:
        pdf.close()


def _follows_text(start: tuple[str, int, float], pages: list[PageRuns], frames: list[Frame]) -> bool:
    """Return whether tagged text is on the page above the place where a chapter begins."""
    _, number, y = start
    top = frames[number - 1].top
    return any(
        word.mcid is not None and y + 4 < word.baseline <= top and y < top - 60 for word in pages[number - 1].words
    )


def _last_of_text(pages: list[PageRuns], first: int) -> int:
    """Return the last page with tagged text of a file, from `first` on, without a back cover after a blank."""
    return max((n for n, page in enumerate(pages, 1) if any(w.mcid is not None for w in page.words)), default=first)
