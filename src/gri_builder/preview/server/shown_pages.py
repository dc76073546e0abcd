"""The pages that are shown: each with its PDF, and with an identity that it keeps while it moves and changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import count
from threading import Lock

from msgspec import Struct

from gri_builder.pdf_reader.marked_boxes import Box
from gri_builder.pdf_reader.page_pictures import ClosedError, PagePictures
from gri_builder.preview.view import PageRange, PreviewPage

CACHE_BYTES = 24 << 20
"""Bytes of pictures that are kept."""


class ShownPage(Struct, frozen=True):
    """A page, and where its picture comes from."""

    id: int
    """Names the page while it is shown: what takes its place has the same."""
    page: PreviewPage
    document: PagePictures
    index: int
    """Number of the page in the document, from 0."""


class ShownPages:
    """All pages in their order; pictures may be drawn by several threads."""

    def __init__(self) -> None:
        self.pages: tuple[ShownPage, ...] = ()
        self._replaced: tuple[ShownPage, ...] = ()
        """Pages that the last change took away; a browser asks for them until it knows of the change."""
        self._ids = count(1)
        self._pictures: OrderedDict[tuple[str, float], bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def replace(self, change: PageRange, everything: bool = False) -> tuple[int, ...]:
        """Let pages take the place of others, or of all that were shown; return the ids of those that look new."""
        first, end = (0, len(self.pages)) if everything else (change.first, change.first + change.replaced)
        old = self.pages[first:end]
        document = PagePictures(change.pdf)
        ids = [each if each is not None else next(self._ids) for each in _match(old, change.pages)]
        new = tuple(
            ShownPage(id, page, document, index) for index, (id, page) in enumerate(zip(ids, change.pages, strict=True))
        )
        before = {each.id: each.page.key for each in old}
        self.pages, left, self._replaced = (*self.pages[:first], *new, *self.pages[end:]), self._replaced, old
        self._close(left)
        return tuple(each.id for each in new if before.get(each.id) != each.page.key)

    def _close(self, left: Sequence[ShownPage]) -> None:
        """Free the memory of the documents of pages, but for those of which pages may still be asked for."""
        kept = {id(each.document) for each in (*self.pages, *self._replaced)}
        for document in {id(each.document): each.document for each in left}.values():
            if id(document) not in kept:
                document.close()

    def find(self, key: str) -> ShownPage | None:
        """Return a page that shows what the key names."""
        return next((each for each in self.pages if each.page.key == key), None)

    def draw(self, key: str, scale: float) -> bytes | None:
        """Return the picture of a page with `scale` pixels per point; None if no page with that key is shown.

        Pages that the last change has replaced can be asked for too.
        """
        with self._lock:
            if known := self._pictures.get((key, scale)):
                self._pictures.move_to_end((key, scale))
                return known
        found = self.find(key) or next((each for each in self._replaced if each.page.key == key), None)
        try:
            picture = found.document.draw(found.index, scale) if found else None
        except ClosedError:
            return None
        if picture is not None:
            self._keep((key, scale), picture)
        return picture

    def _keep(self, name: tuple[str, float], picture: bytes) -> None:
        with self._lock:
            self._bytes += len(picture) - len(self._pictures.pop(name, b""))
            self._pictures[name] = picture
            while self._bytes > CACHE_BYTES:
                self._bytes -= len(self._pictures.popitem(last=False)[1])

    def find_numbers(self, found: ShownPage) -> Mapping[int, Box]:
        """Return the boxes of the numbers on a page by their marked content; none if it is not shown any more."""
        try:
            return found.document.find_content(found.index, {fact.mcid for fact in found.page.facts})
        except ClosedError:
            return {}

    def close(self) -> None:
        """Free the memory of all documents."""
        left, self.pages, self._replaced = (*self.pages, *self._replaced), (), ()
        self._close(left)


Signature = tuple[tuple[str, int, int], ...]


def _match(old: Sequence[ShownPage], new: Sequence[PreviewPage]) -> list[int | None]:
    """Return for each new page the id of the old one that it continues, or None.

    A page is found again by its key; where each page number has changed, by the files and sizes of its blocks. Between
    two pages that are found, the others follow each other.
    """
    ids: list[int | None] = [None] * len(new)
    first, second = [each.page.key for each in old], [each.key for each in new]
    for left, right in _gaps(first, second, 0, 0, old, ids):
        signs = [_sign(each.page) for each in old[left.start : left.stop]]
        others = [_sign(each) for each in new[right.start : right.stop]]
        for rest, place in _gaps(signs, others, left.start, right.start, old, ids):
            for one, other in zip(rest, place, strict=False):
                ids[other] = old[one].id
    return ids


def _gaps(
    first: Sequence[object],
    second: Sequence[object],
    start: int,
    place: int,
    old: Sequence[ShownPage],
    ids: list[int | None],
) -> Iterator[tuple[range, range]]:
    """Give what is equal the same ids, and yield the ranges between, from `start` and `place` on."""
    done, other = 0, 0
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        yield range(start + done, start + block.a), range(place + other, place + block.b)
        for step in range(block.size):
            ids[place + block.b + step] = old[start + block.a + step].id
        done, other = block.a + block.size, block.b + block.size


def _sign(page: PreviewPage) -> Signature:
    """Return what a page still has in common with itself after the lines of its file and its number have moved."""
    sizes = ((block.file, block.box[2] - block.box[0], block.box[3] - block.box[1]) for block in page.blocks)
    return tuple((file, round(width), round(height)) for file, width, height in sizes)
