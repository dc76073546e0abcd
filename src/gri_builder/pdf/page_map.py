"""The page map: the pages of everything that has a name, for the content index, the table of contents and links."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gri_builder.model.provenance import PageLocation


class PageMap(Struct):
    """Pages of disclosures, requirements and headings, by name."""

    found: dict[str, list[int]] = field(default_factory=dict)
    """Pages by name, ascending."""
    destinations: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Page and height of each named destination."""
    facts: Mapping[str, tuple[PageLocation, ...]] = field(default_factory=dict)
    """Locations of each printed fact by its key; known when the document is finished."""
    pages: int = 0
    """Pages finished so far."""
    page_digests: tuple[str, ...] = ()
    """SHA-256 of the content stream of each page; known when the document is finished."""

    chapters: dict[int, tuple[int, int]] = field(default_factory=dict)
    """First and last page of each chapter, by its number from 1."""
    known: Mapping[str, int] = field(default_factory=dict)
    """Pages of what is not in this document, but in the one that it is a part of."""

    def record(self, keys: tuple[str, ...], page: int) -> None:
        """Record that a page contains something of each key."""
        for key in keys:
            found = self.found.setdefault(key, [])
            if not found or found[-1] != page:
                found.append(page)

    def add_destination(self, key: str, page: int, top: float) -> None:
        """Add a named destination, unless the name has one."""
        self.destinations.setdefault(key, (page, top))

    def first(self, key: str) -> int | None:
        """Return the first page of a key, if it is known."""
        if key in self.found:
            return self.found[key][0]
        return self.destinations[key][0] if key in self.destinations else self.known.get(key)
