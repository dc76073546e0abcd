"""The tagged content of a gri-builder PDF as blocks of text in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.texts.readable_text import readable
from gri_builder.pdf_reader.pdf_file import PdfFile, TaggedElement

BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "TH", "TD", "Caption", "Figure", "Lbl"})
"""Roles whose elements hold the text of one block."""
ASIDE = frozenset({"Reference", "Note"})
"""Roles inside a block that are no part of its text: marks of footnotes, and the notes themselves."""
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
_NO_LETTERS = re.compile(r"[\W_]+")
_NO_ASCII_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}


class TaggedBlock(Struct, frozen=True):
    """A paragraph, heading, cell, caption or figure with its text."""

    role: str
    text: str
    """With spaces evened out, and without soft hyphens and marks of footnotes."""
    pages: tuple[int, ...]
    """Physical pages that hold it, ascending."""
    sections: tuple[str, ...] = ()
    """Headings of the sections that contain it, the outermost first."""
    is_note: bool = False
    """Whether it is a footnote, which may continue on the pages after its mark."""

    @property
    def page(self) -> int | None:
        """Its first page; None for one that is drawn nowhere."""
        return self.pages[0] if self.pages else None


class TaggedText(Struct, dict=True):
    """Views of the tagged content of a PDF."""

    pdf: PdfFile
    _printed: dict[tuple[int, ...] | None, tuple[Counter[str], str]] = field(default_factory=dict)
    """Letters and digits of the blocks of some pages, each by itself, and all of them, a line for each block."""

    @cached_property
    def blocks(self) -> tuple[TaggedBlock, ...]:
        """All blocks in reading order."""
        return tuple(_walk(self.pdf.structure, ())) if self.pdf.structure else ()

    @cached_property
    def by_page(self) -> Mapping[int, tuple[TaggedBlock, ...]]:
        """Blocks by the pages that hold them."""
        return {page: tuple(self.blocks[place] for place in places) for page, places in self._places.items()}

    @cached_property
    def elements(self) -> Mapping[tuple[int, int], TaggedElement]:
        """The element of each marked content, by physical page and MCID."""
        return {content: element for element in self._all_elements() for content in element.content}

    @cached_property
    def pictures(self) -> Mapping[str, frozenset[int]]:
        """Pages of pictures, by their alternative texts."""
        found: dict[str, set[int]] = {}
        for element in self._all_elements():
            if element.role == "Figure" and element.alt:
                found.setdefault(normalize_whitespace(element.alt), set()).update(pages_of(element))
        return {alt: frozenset(pages) for alt, pages in found.items()}

    def _all_elements(self) -> Iterator[TaggedElement]:
        return self.pdf.structure.walk() if self.pdf.structure else iter(())

    def prints(self, letters: str, pages: Iterable[int] | None = None) -> bool:
        """Return whether a block on those pages, or on any page, contains those letters and digits."""
        blocks, everything = self._letters_on(pages)
        return letters in blocks or letters in everything  # whole blocks, as most texts are, are found at once

    def prints_often(self, letters: str, times: int, pages: Iterable[int] | None = None) -> bool:
        """Return whether the blocks on those pages, or on all pages, contain those letters that many times."""
        blocks, everything = self._letters_on(pages)
        return blocks[letters] >= times or everything.count(letters) >= times

    def count_blocks(self, pages: Iterable[int] | None = None) -> Counter[str]:
        """Return how many blocks on those pages, or on all pages, have the same letters and digits, by these."""
        return self._letters_on(pages)[0]

    def _letters_on(self, pages: Iterable[int] | None) -> tuple[Counter[str], str]:
        """Return letters and digits of the blocks on those pages: how often each, and of all, a line each."""
        key = None if pages is None else tuple(sorted(set(pages)))
        if key not in self._printed:
            places = (
                range(len(self.blocks))
                if key is None
                else sorted({n for page in key for n in self._places.get(page, ())})
            )
            texts = [self._letters[place] for place in places]
            self._printed[key] = Counter(texts), "\n".join(texts)
        return self._printed[key]

    @cached_property
    def _letters(self) -> tuple[str, ...]:
        """Letters and digits of each block."""
        return tuple(alphanumeric_only(block.text) for block in self.blocks)

    @cached_property
    def _places(self) -> Mapping[int, tuple[int, ...]]:
        """Positions of the blocks that a page holds, by page."""
        found: dict[int, list[int]] = {}
        for place, block in enumerate(self.blocks):
            for page in block.pages:
                found.setdefault(page, []).append(place)
        return {page: tuple(places) for page, places in found.items()}


def _walk(element: TaggedElement, sections: tuple[str, ...]) -> Iterator[TaggedBlock]:
    if element.role == "TOCI":
        line = "".join(kid if isinstance(kid, str) else kid.text for kid in element.kids if not _is_contents(kid))
        pages = {page for kid in element.children if not _is_contents(kid) for page in pages_of(kid)}
        yield TaggedBlock("TOCI", normalize_whitespace(line), tuple(sorted(pages)), sections)
        for child in filter(_is_contents, element.children):
            yield from _walk(child, sections)
        return
    if element.role == "Note":
        yield from (replace(block, is_note=True) for block in _walk_children(element, sections))
        return
    if element.role in BLOCKS and not any(child.role in BLOCKS for child in element.children):
        text = normalize_whitespace("".join(_texts(element)))
        if text or element.role == "Figure":
            yield TaggedBlock(element.role, text, tuple(sorted(set(_pages_without_notes(element)))), sections)
        for note in _asides(element):
            yield from _walk(note, sections)
        return
    if element.role == "Sect":
        heading = next((normalize_whitespace(child.text) for child in element.children if child.role in HEADINGS), "")
        sections = (*sections, heading)
    yield from _walk_children(element, sections)


def _is_contents(kid: TaggedElement | str) -> bool:
    return isinstance(kid, TaggedElement) and kid.role == "TOC"


def _walk_children(element: TaggedElement, sections: tuple[str, ...]) -> Iterator[TaggedBlock]:
    for child in element.children:
        yield from _walk(child, sections)


def _texts(element: TaggedElement) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid
        elif kid.role not in ASIDE:
            yield from _texts(kid)


def _asides(element: TaggedElement) -> Iterator[TaggedElement]:
    for child in element.children:
        if child.role == "Note":
            yield child
        else:
            yield from _asides(child)


def _pages_without_notes(element: TaggedElement) -> Iterator[int]:
    """Yield the pages of an element's content; its footnotes may continue on further ones."""
    yield from (page for page, _ in element.content)
    for child in element.children:
        if child.role != "Note":
            yield from _pages_without_notes(child)


def pages_of(element: TaggedElement) -> tuple[int, ...]:
    """Return the pages that hold content of an element, ascending."""
    return tuple(sorted({page for page, _ in element.walk_content()}))


def normalize_whitespace(text: str) -> str:
    """Return a text with single spaces, and without what only breaks lines."""
    return " ".join(readable(text).split())


def alphanumeric_only(text: str) -> str:
    """Return only the letters and digits of a text, in compatible forms: what is said, however it is set."""
    if text.isascii():  # ten times as fast
        return text.translate(_NO_ASCII_LETTERS)
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text))
