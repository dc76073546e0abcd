"""A PDF as it was read: pages with words and links, places, attachments, the structure tree with its text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from gri_builder.pdf_reader.file_objects import FileObjects


class Word(Struct, frozen=True):
    """A word on a page, with its box in points from the page's upper left corner, as the page is shown."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Size of its font in points."""
    raised: int = 0
    """Characters at its end that are smaller and higher, as marks of footnotes are."""


class PageLink(Struct, frozen=True):
    """A link on a page."""

    box: tuple[float, float, float, float]
    """Left, top, right and bottom in points from the page's upper left corner, as the page is shown."""
    target: int | str
    """Physical page, name of a destination, or address."""
    outside: bool = False
    """Whether the target is an address."""
    element: int | None = None
    """Object number of the structure element that it belongs to, the same for all boxes of a link; None if it has
    none."""


class Page(Struct, dict=True):
    """A page; its words and its content are read when they are asked for."""

    number: int
    """Physical page, from 1."""
    label: str
    """Page label as viewers show it (ISO 32000-1, 12.4.2)."""
    width: float
    """In points, as the page is shown."""
    height: float
    links: tuple[PageLink, ...]
    read_content: Callable[[], bytes]
    read_words: Callable[[], tuple[Word, ...]]
    read_foot: Callable[[float], str]
    """Reads the text in the lowest strip of the page, of a height in points; quicker than all of its words."""
    read_numbers: Callable[[], tuple[Word, ...]] | None = None
    """Reads the words that hold a digit or can be Roman numbers; quicker than all of its words."""
    read_edges: Callable[[], tuple[tuple[float, float, float, float], ...]] = tuple
    """Reads the edges that it draws."""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Words in the order of the content."""
        return self.read_words()

    @property
    def numbers(self) -> tuple[Word, ...]:
        """Words that hold a digit or can be Roman numbers, perhaps with others."""
        return self.words if self.read_numbers is None or "words" in self.__dict__ else self.read_numbers()

    @cached_property
    def edges(self) -> tuple[tuple[float, float, float, float], ...]:
        """Level and upright lines, and sides of filled boxes: left, top, right, bottom as words have them."""
        return self.read_edges()

    @cached_property
    def text(self) -> str:
        """All its text, without places; quicker than its words."""
        return self.read_foot(self.height)

    @cached_property
    def sha256(self) -> str:
        """Hash of its content stream, unpacked, in hexadecimal."""
        return hashlib.sha256(self.read_content()).hexdigest()


class TaggedElement(Struct):
    """A structure element (ISO 32000-1, 14.7.2)."""

    role: str
    kids: tuple[TaggedElement | str, ...] = ()
    """Elements below it and the text of its own marked content, in order."""
    content: tuple[tuple[int, int], ...] = ()
    """Page and MCID of its own marked content."""
    alt: str | None = None
    id: str | None = None
    drawn: str | None = None
    """What its content shows, where the element states a text in its place (ISO 32000-1, 14.9.4)."""

    @property
    def children(self) -> tuple[TaggedElement, ...]:
        """The elements below it."""
        return tuple([kid for kid in self.kids if not isinstance(kid, str)])

    def walk(self) -> Iterator[TaggedElement]:
        """Yield it and all elements below it, in reading order."""
        todo = [self]
        while todo:
            element = todo.pop()
            yield element
            todo.extend(reversed(element.children))

    def walk_content(self) -> Iterator[tuple[int, int]]:
        """Yield page and MCID of all marked content of it and the elements below."""
        for element in self.walk():
            yield from element.content

    @property
    def text(self) -> str:
        """All text below it."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)


class Bookmark(Struct, frozen=True):
    """An entry of the outline."""

    title: str
    page: int | None
    """Physical page that it leads to; None where it leads nowhere."""
    level: int
    """1 for the uppermost."""


class PdfFile(Struct, frozen=True):
    """A PDF as it was read."""

    name: str
    sha256: str
    pages: tuple[Page, ...]
    title: str
    author: str
    producer: str
    language: str
    """BCP 47 tag of the document; empty where it states none."""
    destinations: Mapping[str, tuple[int, float]]
    """Physical page, and distance from its upper edge in points, of each named destination."""
    attachments: Mapping[str, bytes]
    checksums: Mapping[str, str]
    """MD5 that the PDF states for an attachment, in hexadecimal."""
    structure: TaggedElement | None
    """The uppermost element; None for a PDF without tags."""
    outline: tuple[Bookmark, ...]
    marked: Mapping[tuple[int, int], str]
    """Text of the marked content of tagged pages, by physical page and MCID."""
    readable: bytes = b""
    """What was read: the file, or what was repaired of it."""
    password: str | None = None
    """What opens `readable`."""
    creator: str = ""
    """The program that made the document, as its Info dictionary says."""
    read_objects: Callable[[], FileObjects] | None = None
    """Reads the objects of the file, strictly; it raises PdfSyntaxError where that is impossible."""
