"""Paragraphs of a finished PDF with their lines, from the structure tree and the words that are drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from benchmarks.pages.runs import PageRuns, Word
from tests.support.tag_tree import Node

BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "Lbl", "TD", "TH", "Caption", "Note", "TOCI", "Title"}
"""Elements that hold the text of one paragraph; what is in a row of text within them belongs to them."""
HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True)
class Line:
    """Words on one baseline; lengths in points."""

    page: int
    """From 1."""
    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def baseline(self) -> float:
        return self.words[0].baseline

    @cached_property
    def parts(self) -> list[str]:
        """Its words as they are read: those that touch are one."""
        parts = [self.words[0].text]
        for one, other in pairwise(self.words):
            if one.spaced or other.left - one.right > one.space / 2:
                parts.append(other.text)
            else:
                parts[-1] += other.text
        return parts

    @property
    def text(self) -> str:
        return " ".join(self.parts)

    @property
    def hyphenated(self) -> bool:
        return self.text[-1:] in HYPHENS

    @property
    def gaps(self) -> Iterator[tuple[float, float]]:
        """Yield each space between words as it would be and as it is, in points."""
        for one, other in pairwise(self.words):
            if one.spaced or other.left - one.right > one.space / 2:
                yield one.space, other.left - one.right


@dataclass(frozen=True)
class Paragraph:
    """The text of an element."""

    path: tuple[str, ...]
    """Roles from the outermost element to its own."""
    lines: tuple[Line, ...]
    """In the order of pages, and from the top of each down."""

    @property
    def role(self) -> str:
        return self.path[-1]

    @property
    def sizes(self) -> set[float]:
        """Sizes in which its lines begin: several in the tile of a key figure."""
        return {line.words[0].size for line in self.lines}

    @cached_property
    def size(self) -> float:
        """Of most of its characters, in points."""
        count: dict[float, int] = defaultdict(int)
        for line in self.lines:
            for word in line.words:
                count[word.size] += len(word.text)
        return max(count, key=lambda size: (count[size], size))


def find_paragraphs(tree: Node, pages: list[PageRuns]) -> list[Paragraph]:
    """Return the paragraphs of a document in the order of its tree; what has no text is left out."""
    words: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for number, page in enumerate(pages, 1):
        for word in page.words:
            if word.mcid is not None:
                words[number, word.mcid].append(word)
    return list(_paragraphs(tree, (), words))


def _paragraphs(node: Node, path: tuple[str, ...], words: dict[tuple[int, int], list[Word]]) -> Iterator[Paragraph]:
    path = (*path, node.role)
    kids = [kid for kid in node.kids if isinstance(kid, Node)]
    if node.role in BLOCKS and not any(each.role in BLOCKS for kid in kids for each in kid.walk()):
        found: dict[int, list[Word]] = defaultdict(list)
        for each in node.walk():
            for place in each.content:
                found[place[0]] += words.get(place, [])
        lines = tuple(line for page in sorted(found) for line in lines_of(page, found[page]))
        if lines:
            yield Paragraph(path, lines)
        return
    for kid in kids:
        yield from _paragraphs(kid, path, words)


def lines_of(page: int, words: list[Word]) -> Iterator[Line]:
    """Yield the lines of a paragraph's words on a page; a raised word belongs to the line it is in."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.baseline, word.left)):
        if rows and rows[-1][0].baseline - word.baseline < 0.45 * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        yield Line(page, tuple(sorted(row, key=lambda word: word.left)))
