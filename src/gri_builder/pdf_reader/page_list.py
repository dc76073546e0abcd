"""The pages of a PDF in order, and what is wrong with the tree that lists them (ISO 32000-1, 7.7.3).

Programs that meet a flawed tree count pages in different ways. So a flaw is kept: what it says of the pages behind it
may not be what a viewer shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gri_builder.pdf_reader.trees import DEEPEST, MOST_NODES, as_list, as_mapping, reference_of, resolve

MOST_PAGES = 20_000
MOST_VISITS = 64
"""How often a branch of the tree may occur."""
INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
"""Entries that a page takes from the nodes above it (ISO 32000-1, 7.7.3.4)."""

Reference = tuple[int, int]


class ListedPage(NamedTuple):
    """A page of the tree; one that is listed twice is two pages."""

    reference: Reference | None
    """Key of its object; None for a direct object."""
    entries: dict[str, Any]
    """With what it inherits."""


class PageList(NamedTuple):
    """The pages, up to one more than are read, and the flaws of their tree."""

    pages: tuple[ListedPage, ...]
    flaws: tuple[str, ...]

    @property
    def numbers(self) -> Mapping[Reference, int]:
        """The number of each page, from 1, by its reference; the first of a page that is listed twice."""
        found: dict[Reference, int] = {}
        for number, page in enumerate(self.pages, 1):
            if page.reference:
                found.setdefault(page.reference, number)
        return found


def list_pages(root: Mapping[str, Any]) -> PageList:
    """Return the pages of a document's catalog; raises ValueError where the tree repeats itself without end."""
    walker = _Walker()
    pages = [page for page, _ in zip(walker.walk(root.get("/Pages")), range(MOST_PAGES + 1), strict=False)]
    return PageList(tuple(pages), tuple(walker.flaws))


class _Walker:
    """Walks a page tree, branch by branch."""

    def __init__(self) -> None:
        self.flaws: list[str] = []
        self.visits: Counter[Reference] = Counter()
        self.nodes = self.pages = self.empty = 0

    def walk(self, value: Any) -> Iterator[ListedPage]:
        """Yield the pages below the uppermost node."""
        yield from self._walk(value, {}, ())

    def _walk(self, value: Any, above: dict[str, Any], branch: tuple[Reference, ...]) -> Iterator[ListedPage]:
        reference, node = reference_of(value), as_mapping(value)
        self.nodes += 1
        if not node or len(branch) > DEEPEST or self.nodes > MOST_NODES:
            self.empty += 1
            self.flaws.append(f"an entry {self._place} leads to nothing")
            return
        inherited = above | {name: node[name] for name in INHERITED if name in node}
        if "/Kids" not in node:
            self.pages += 1
            yield ListedPage(reference, {**inherited, **node})
            return
        if reference in branch:
            self.flaws.append(f"an entry {self._place} leads back to a list that contains it")
            return
        self._count_visit(reference)
        before, empty = self.pages, self.empty
        for kid in as_list(node["/Kids"]):
            yield from self._walk(kid, inherited, (*branch, reference) if reference else branch)
        self._compare(resolve(node.get("/Count")), self.pages - before, self.empty - empty)

    def _count_visit(self, reference: Reference | None) -> None:
        if reference:
            self.visits[reference] += 1
            if self.visits[reference] > MOST_VISITS:
                raise ValueError("its list of pages repeats itself without end")

    def _compare(self, stated: Any, found: int, empty: int) -> None:
        """Compare the stated number of pages with those found; entries that lead to nothing are flaws already."""
        if not found <= (stated if isinstance(stated, int) else -1) <= found + empty:
            said = f"{int(stated)} pages" if isinstance(stated, int) else "no number of pages"
            self.flaws.append(f"a list that ends {self._place} states {said} and has {found}")

    @property
    def _place(self) -> str:
        return f"behind page {self.pages}" if self.pages else "before the first page"
