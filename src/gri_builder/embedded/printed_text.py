"""What the pages print, element by element, as both the build and the audit read it from their content.

The elements are those of the structure tree in reading order: paragraphs, headings, captions, cells of tables with
their place, labels of charts, lines of the contents. The build reads them from the pages that it has drawn, before it
writes what it embeds; the audit reads them from the finished file, by the same code. So each text that was changed,
moved, taken away or added since is found at its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from gri_builder.model.texts.readable_text import readable

VERSION = 1
"""Of how text is read; texts that another version read are not compared."""
INLINE = frozenset({"Span", "Link", "Reference", "Em", "Strong", "Code", "Quote", "Lbl"})
"""Roles of elements whose text is part of the element around them."""
CELLS = frozenset({"TH", "TD"})

Place = tuple[int, int, int]
"""Number of a table in the report, row and cell, each from 1."""


class PrintedElement(Struct, frozen=True, array_like=True):
    """An element of the structure tree that prints text, or a cell that is empty."""

    role: str
    page: int
    """Physical page on which it starts; 0 for one that is drawn nowhere."""
    text: str
    cell: Place | None = None
    """The cell that it is, or is in."""


class PrintedLink(Struct, frozen=True, array_like=True):
    """A link of a page."""

    page: int
    target: str
    """Address, or name of a destination."""
    text: str
    """What the link is on; empty where it is not known."""


class PrintedText(Struct, frozen=True):
    """All that the pages print by their structure."""

    version: int
    elements: tuple[PrintedElement, ...]
    links: tuple[PrintedLink, ...] = ()
    """By page, in the order of its annotations."""


class PrintedStream(Struct, frozen=True):
    """The same while it is embedded: each element is made when its turn comes, so that all of them are nowhere."""

    version: int
    elements: Iterator[PrintedElement]
    links: tuple[PrintedLink, ...] = ()


class TextNode(Struct):
    """An element of a structure tree, with its text."""

    role: str
    kids: tuple[TextNode | str, ...]
    page: int = 0
    """Page of its own first content; 0 without any."""


def list_elements(root: TextNode) -> tuple[PrintedElement, ...]:
    """Return what the elements of a tree print, in reading order."""
    return tuple(walk_elements((root,)))


def walk_elements(roots: Iterable[TextNode]) -> Iterator[PrintedElement]:
    """Yield what the elements of several trees print, which follow one another."""
    lister = _Lister()
    for root in roots:
        yield from lister.walk(root, None)


class _Lister:
    """Walks a tree and counts its tables."""

    def __init__(self) -> None:
        self.tables = 0

    def walk(self, node: TextNode, cell: Place | None) -> Iterator[PrintedElement]:
        """Yield the element itself if it prints something, then those below it."""
        if node.role == "Table":
            self.tables += 1
            yield from self._walk_table(node, self.tables)
            return
        text = " ".join(readable("".join(_own_text(node))).split())
        if text or node.role in CELLS:
            yield PrintedElement(node.role, _first_page(node), text, cell)
        for kid in _blocks(node):
            yield from self.walk(kid, cell)

    def _walk_table(self, table: TextNode, number: int) -> Iterator[PrintedElement]:
        """Yield the cells of a table by row, and what else is in it."""
        row = 0
        for kid in _rows(table):
            if kid.role != "TR":
                yield from self.walk(kid, None)
                continue
            row += 1
            for column, cell in enumerate(_blocks(kid), 1):
                yield from self.walk(cell, (number, row, column))


def _rows(table: TextNode) -> Iterator[TextNode]:
    """Yield the rows of a table, whatever groups them, and its caption."""
    for kid in _blocks(table):
        if kid.role in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)
        else:
            yield kid


def _own_text(node: TextNode) -> Iterable[str]:
    """Yield the text of an element with what is part of it."""
    for kid in node.kids:
        if isinstance(kid, str):
            yield kid
        elif kid.role in INLINE:
            yield from _own_text(kid)


def _blocks(node: TextNode) -> Iterator[TextNode]:
    """Yield the elements below an element that are not part of its text."""
    for kid in node.kids:
        if isinstance(kid, str):
            continue
        if kid.role in INLINE:
            yield from _blocks(kid)
        else:
            yield kid


def _first_page(node: TextNode) -> int:
    """Return the page on which an element starts, by its own content or that of what is part of it."""
    if node.page:
        return node.page
    inline = (kid for kid in node.kids if isinstance(kid, TextNode) and kid.role in INLINE)
    return next((page for page in map(_first_page, inline) if page), 0)
