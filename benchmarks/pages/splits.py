"""Boxes and tables that are on more than one page, and the sizes of type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.pages.paragraphs import Paragraph
from tests.support.tag_tree import Node

BOXES = {"Div", "Aside", "BlockQuote"}
SMALL_BOX, SMALL_TABLE, FEWEST_ROWS = 12, 10, 3
"""Lines and rows under which a box or table is kept whole, and rows that each part of a table has."""

APART = {"Figure", "Lbl"}
"""Elements whose sizes are not counted: drawings, and raised numbers of notes."""
RAISED = 0.5
"""Points between the baselines of a line and of its raised characters."""


@dataclass(frozen=True)
class Split:
    """A box or table on more than one page."""

    kind: str
    """'box' or 'table'."""
    page: int
    parts: tuple[int, ...]
    """Lines (of a box) or rows (of a table, without repeated heads) on each page."""

    @property
    def bad(self) -> bool:
        """Whether it should have been kept whole, or leaves too few rows on a page."""
        if self.kind == "box":
            return sum(self.parts) < SMALL_BOX or min(self.parts) < 2
        return sum(self.parts) < SMALL_TABLE or min(self.parts) < FEWEST_ROWS

    def __str__(self) -> str:
        return f"p. {self.page} {self.kind} {'+'.join(map(str, self.parts))}"


def find_splits(tree: Node, paragraphs: list[Paragraph]) -> list[Split]:
    """Return the boxes and tables that are on more than one page, in order."""
    lines: dict[tuple[int, int | None], set[float]] = defaultdict(set)
    for each in paragraphs:
        for line in each.lines:
            for word in line.words:
                lines[line.page, word.mcid].add(line.baseline)
    return list(_splits(tree, lines))


def _splits(node: Node, lines: dict[tuple[int, int | None], set[float]]) -> Iterator[Split]:
    count: dict[int, int] = {}
    if node.role == "Table":
        count = _rows(node)
    elif node.role in BOXES and not node.find("Table"):
        count = _lines(node, lines)
    if len(count) > 1:
        yield Split(
            "table" if node.role == "Table" else "box", min(count), tuple(count[page] for page in sorted(count))
        )
    if node.role != "Table":
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from _splits(kid, lines)


def _rows(table: Node) -> dict[int, int]:
    """Return how many rows begin on each page."""
    rows: Counter[int] = Counter()
    for row in table.find("TR"):
        pages = {page for node in row.walk() for page in node.pages}
        if pages and not all(kid.role == "TH" for kid in row.kids if isinstance(kid, Node)):
            rows[min(pages)] += 1
    return dict(rows)


def _lines(box: Node, lines: dict[tuple[int, int | None], set[float]]) -> dict[int, int]:
    found: dict[int, set[float]] = defaultdict(set)
    for node in box.walk():
        for page, mcid in node.content:
            found[page] |= lines.get((page, mcid), set())
    return {page: len(baselines) for page, baselines in found.items() if baselines}


def sizes_of_type(paragraphs: list[Paragraph]) -> dict[float, int]:
    """Return the sizes of all text outside figures, in points, with the number of their characters.

    Raised and lowered characters belong to the size of their line.
    """
    sizes: Counter[float] = Counter()
    for each in paragraphs:
        for line in each.lines if not APART.intersection(each.path) else ():
            places = Counter(word.baseline for word in line.words for _ in word.text)
            baseline = max(places, key=lambda place: (places[place], place))
            for word in line.words:
                if abs(word.baseline - baseline) < RAISED:
                    sizes[round(word.size, 1)] += len(word.text)
    return dict(sorted(sizes.items()))
