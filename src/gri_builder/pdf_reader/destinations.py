"""Places of a PDF: where links, bookmarks and named destinations lead (ISO 32000-1, 12.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gri_builder.pdf_reader.pdf_file import Bookmark, PageLink
from gri_builder.pdf_reader.trees import as_list, as_mapping, reference_of, resolve, walk_names, walk_outline
from gri_builder.pdf_reader.words import turn_box

MOST_LINKS = 5_000
"""Links of a page that are read."""


class Places:
    """Resolves where things lead to pages."""

    def __init__(
        self, root: Mapping[str, Any], pages: Mapping[tuple[int, int], int], heights: tuple[float, ...]
    ) -> None:
        self.pages, self.heights = pages, heights
        names = as_mapping(root.get("/Names")).get("/Dests")
        listed = [*walk_names(names), *as_mapping(root.get("/Dests")).items()]
        found = ((str(name).removeprefix("/"), self._arrive(value)) for name, value in listed)
        self.named = {name: place for name, place in found if place}
        self.elements = _list_owners(root)

    def _arrive(self, value: Any) -> tuple[int, float] | None:
        """Return page and distance from its upper edge of an explicit destination."""
        value = resolve(value)
        steps = as_list(value) or as_list(as_mapping(value).get("/D"))
        if not steps:
            return None
        page = self.pages.get(reference_of(steps[0]))  # type: ignore[arg-type]
        if page is None and isinstance(steps[0], int) and 0 <= steps[0] < len(self.heights):
            page = int(steps[0]) + 1
        if page is None:
            return None
        kind = str(resolve(steps[1])) if len(steps) > 1 else ""
        top = resolve(steps[{"/XYZ": 3, "/FitH": 2}.get(kind, 0)]) if len(steps) > 3 or kind == "/FitH" else None
        height = self.heights[page - 1]
        return page, max(0.0, height - float(top)) if isinstance(top, int | float) else 0.0

    def lead(self, node: Mapping[str, Any]) -> int | str | None:
        """Return where an annotation or a bookmark leads: a page, a name, or an address; None where nowhere."""
        action = as_mapping(node.get("/A"))
        if "/URI" in action:
            return _text(action["/URI"])
        target = resolve(node.get("/Dest") if "/Dest" in node else action.get("/D"))
        if isinstance(target, str | bytes):
            return _text(target).removeprefix("/")
        place = self._arrive(target)
        return place[0] if place else None

    def links(
        self, page: Mapping[str, Any], box: tuple[float, float, float, float], rotation: int
    ) -> Iterator[PageLink]:
        """Yield the links of a page."""
        for value in as_list(page.get("/Annots"))[:MOST_LINKS]:
            node = as_mapping(value)
            if node.get("/Subtype") != "/Link":
                continue
            corners = [
                float(each) for each in map(resolve, as_list(node.get("/Rect"))) if isinstance(each, int | float)
            ]
            target = self.lead(node)
            if len(corners) == 4 and target is not None:
                left, bottom, right, top = corners
                outside = "/URI" in as_mapping(node.get("/A"))
                key = resolve(node.get("/StructParent"))
                owner = self.elements.get(key) if isinstance(key, int) else None
                yield PageLink(turn_box((left, bottom, right, top), box, rotation), target, outside, owner)

    def outline(self, root: Mapping[str, Any]) -> Iterator[Bookmark]:
        """Yield the bookmarks."""
        for level, node in walk_outline(root.get("/Outlines")):
            target = self.lead(node)
            if isinstance(target, str):
                target = self.named[target][0] if target in self.named else None
            yield Bookmark(str(resolve(node.get("/Title")) or ""), target, level)


def _list_owners(root: Mapping[str, Any]) -> dict[int, int]:
    """Return the object number of the structure element of each annotation, by its key (ISO 32000-1, 14.7.4.4)."""
    tree = as_mapping(root.get("/StructTreeRoot")).get("/ParentTree")
    pairs = ((key, reference_of(value)) for key, value in walk_names(tree, "/Nums"))
    return {int(key): owner[0] for key, owner in pairs if owner and isinstance(key, int)}


def _text(value: Any) -> str:
    value = resolve(value)
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
