"""All measures of a PDF's pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pikepdf
from benchmarks.pages.chapters import Chapter, Layout, find_chapters
from benchmarks.pages.figure_colors import closest_colors
from benchmarks.pages.frames import Filling, find_frames, measure_fillings
from benchmarks.pages.lines import Text, measure_text
from benchmarks.pages.paragraphs import find_paragraphs
from benchmarks.pages.runs import read_runs
from benchmarks.pages.splits import Split, find_splits, sizes_of_type
from tests.support.page_geometry import stranded_headings
from tests.support.tag_tree import Node, read_tree

SPARSE, THIN = 0.2, 0.3
"""Filled shares under which a page holds too little, or little."""


@dataclass(frozen=True)
class Quality:
    """What was measured of a file."""

    chapters: tuple[Chapter, ...]
    fillings: tuple[Filling, ...]
    """Of each page."""
    first: int
    """Page after the contents; what is before isn't counted as running text, sparse or thin."""
    text: Text
    splits: tuple[Split, ...]
    headings: tuple[str, ...]
    """Headings alone at the foot of a page."""
    sizes: dict[float, int]
    """Characters by size of type, in points; figures and the pages before the chapters aside."""
    closest: float
    """Smallest difference (CIEDE2000) of two colours of a chart; 0 if no chart has two."""
    closest_page: int

    @property
    def blank(self) -> float:
        """Mean blank share of the last pages of chapters; a page on which several end counts once."""
        own = [each.blank for each in self.chapters if not each.shares_last]
        return sum(own) / len(own) if own else 0.0

    @property
    def blank_by_chapter(self) -> float:
        """Mean of all chapters, of which those that another one follows on the same page have no blank."""
        return sum(each.blank for each in self.chapters) / len(self.chapters) if self.chapters else 0.0

    def pages_under(self, share: float) -> list[int]:
        """Return the pages from the first chapter on that are filled less than that."""
        return [n for n, each in enumerate(self.fillings, 1) if n >= self.first and each.filled < share]

    def pages_with_hole(self, share: float) -> list[int]:
        """Return the pages from the first chapter on that have a blank of that share between what is printed."""
        return [
            n for n, each in enumerate(self.fillings, 1) if n >= self.first and each.hole > share and not each.colored
        ]

    def as_json(self) -> dict[str, Any]:
        """Return all that was measured as plain data."""
        return {
            **asdict(self),
            "fillings": [round(each.filled, 3) for each in self.fillings],
            "blank": round(self.blank, 3),
            "blank_by_chapter": round(self.blank_by_chapter, 3),
            "under_20_percent": self.pages_under(SPARSE),
            "under_30_percent": self.pages_under(THIN),
        }


def measure_pages(path: Path) -> Quality:
    """Return what is measured of a file that gri-builder has built."""
    with pikepdf.open(path) as pdf:
        pages = read_runs(pdf)
    data = path.read_bytes()
    tree = read_tree(data)
    frames = find_frames(pages)
    fillings = measure_fillings(path, frames)
    contents = _contents(tree)
    chapters = find_chapters(path, Layout(pages, frames, fillings), _titles(tree), (contents, _end(tree)))
    first = chapters[0].first if chapters else 1
    last = chapters[-1].last if chapters else len(pages)
    paragraphs = [each for each in find_paragraphs(tree, pages) if first <= each.lines[0].page <= last]
    distance, where = closest_colors(tree, pages)
    return Quality(
        tuple(chapters),
        tuple(fillings[:last]),
        first,
        measure_text(paragraphs),
        tuple(split for split in find_splits(tree, paragraphs) if split.page >= first),
        tuple(stranded_headings(data)),
        sizes_of_type(paragraphs),
        distance,
        where,
    )


def _contents(tree: Node) -> int:
    """Return the last page of the table of contents, or 0; lists of the chapters of a part are no such table."""
    tables = tree.find("TOC")[:1]
    return max((page for toc in tables for node in toc.walk() for page in node.pages), default=0)


def _end(tree: Node) -> int:
    """Return the last page of the last chapter; a back cover may follow."""
    chapters = [kid for kid in tree.kids if isinstance(kid, Node) and kid.find("H1")]
    return max((page for node in chapters[-1].walk() for page in node.pages), default=0) if chapters else 0


def _titles(tree: Node) -> set[tuple[int, str]]:
    """Return page and text of the titles of chapters and parts."""
    return {(min(node.pages), node.text.strip()) for node in tree.find("H1") if node.pages}
