"""The structure tree by page: roles and content in reading order, texts, attributes, and the way back to them.

ISO 32000-1, 14.7. An element belongs to the page of the first content in it, so that a change names a page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from gri_builder.embedded.seal.canonical import Canonical, FindSymbol, make_digest
from gri_builder.embedded.seal.objects import PdfObjects
from gri_builder.embedded.seal.pages import PARENT_KEY, FoundPage
from gri_builder.embedded.seal.syntax import NULL, PdfSyntaxError, Value
from gri_builder.embedded.seal.trees import walk_tree

TEXTS = ("/ActualText", "/Alt", "/E", "/Lang", "/T")
"""Entries of an element that are read aloud, or say in which language (14.9)."""
PLACED = frozenset({"/Type", "/S", "/P", "/Pg", "/K"})
"""Entries that say where an element is and what it holds."""
NEXT = "."
"""In place of the number of marked content: one more than that before."""
OUTSIDE = "."
OBJECT = "@"
"""In place of the number of marked content: an annotation, which names its element itself."""
OF_FORM_ELEMENT = PLACED | {"/Alt", "/Lang", "/T", "/A", "/ID"}
"""Entries that the element of a signature may have."""
OF_ROOT = frozenset({"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/IDTree"})
DEEPEST = 500


class FoundElement(Struct):
    """A structure element."""

    number: int
    """Object number; 0 for one that is no indirect object."""
    depth: int
    role: str
    own_page: int
    """The page that it names itself; 0 for none."""
    said: tuple[tuple[str, Value], ...]
    """Its entries but for those that say where it is and what it holds."""
    page: int = 0
    place: int = 0
    """Among the elements of its page, from 1."""


class StructureWalk(Struct):
    """A structure tree as it was walked."""

    elements: list[FoundElement] = field(default_factory=list)
    by_number: dict[int, FoundElement] = field(default_factory=dict)
    """Elements that are indirect objects, by object number."""
    items: list[FoundElement | tuple[int, str]] = field(default_factory=list)
    """In reading order: an element, or the page and the name of content."""
    owners: dict[int, dict[int, int]] = field(default_factory=dict)
    """Object number of the element of marked content, by page, then by MCID."""
    annotations: dict[int, int] = field(default_factory=dict)
    """Object number of the element of an annotation, by the annotation's."""


class PageStructure(Struct):
    """What a page's structure elements say."""

    roles: str
    texts: tuple[str, ...]
    attributes: dict[str, str]


def walk_structure(objects: PdfObjects, pages: Mapping[int, int], left_out: frozenset[int]) -> StructureWalk:
    """Return all elements; `pages` are numbers by object number, `left_out` annotations that count as missing."""
    walk = StructureWalk()
    root = objects.mapping(objects.mapping(objects.trailer.get("/Root")).get("/StructTreeRoot"))
    _Walker(objects, pages, left_out, walk).run(root.get("/K"))
    places: dict[int, int] = {}
    for element in walk.elements:
        places[element.page] = element.place = places.get(element.page, 0) + 1
    return walk


class _Walker:
    def __init__(
        self,
        objects: PdfObjects,
        pages: Mapping[int, int],
        left_out: frozenset[int],
        walk: StructureWalk,
    ) -> None:
        self.objects, self.pages, self.left_out, self.walk = objects, pages, left_out, walk
        self.pending: list[FoundElement] = []

    def run(self, kids: Value | None) -> None:
        """Walk the elements below the root."""
        todo: list[tuple[Value, int, FoundElement | None]] = [(kid, 0, None) for kid in reversed(self._kids(kids))]
        while todo:
            value, depth, parent = todo.pop()
            if isinstance(value, str):
                self._add_content(parent, self._page_of(parent), value)
                continue
            found = self.objects.get(value) if isinstance(value, int) else value
            entries = found if type(found) is dict else self.objects.mapping(value)
            if "/S" not in entries:
                self._add_reference(parent, entries)
            elif element := self._add_element(value, depth, entries):
                held = self._kids(entries.get("/K"))
                if len(held) == 1 and isinstance(held[0], str):
                    self._add_content(element, self._page_of(element), held[0])
                else:
                    todo += [(kid, depth + 1, element) for kid in reversed(held)]

    def _kids(self, value: Value | None) -> list[Value]:
        if value is None:
            return []
        found = self.objects.resolve(value) if isinstance(value, int) else value
        return found if isinstance(found, list) else [value]

    def _add_element(self, value: Value, depth: int, entries: dict[str, Value]) -> FoundElement | None:
        number = value if isinstance(value, int) else 0
        if number in self.walk.by_number or depth > DEEPEST:
            raise PdfSyntaxError("the structure tree leads in a circle")
        if self.left_out and self._is_left_out(entries):
            return None
        is_plain = entries.keys() <= PLACED
        said = () if is_plain else tuple((key, held) for key, held in entries.items() if key not in PLACED)
        role = sys.intern(str(entries["/S"]))
        element = FoundElement(number, depth, role, self._page_of(None, entries), said)
        self.walk.elements.append(element)
        if number:
            self.walk.by_number[number] = element
        self.walk.items.append(element)
        self.pending.append(element)
        return element

    def _is_left_out(self, entries: Mapping[str, Value]) -> bool:
        """Return whether an element is the form element of annotations that are left out, and nothing else."""
        kids = [self.objects.mapping(kid) for kid in self._kids(entries.get("/K"))]
        return (
            entries.get("/S") == "/Form"
            and entries.keys() <= OF_FORM_ELEMENT
            and bool(kids)
            and all(kid.get("/Type") == "/OBJR" and kid.get("/Obj") in self.left_out for kid in kids)
        )

    def _page_of(self, holder: FoundElement | None, entries: Mapping[str, Value] | None = None) -> int:
        found = entries.get("/Pg") if entries else None
        if found is None:
            return holder.own_page if holder is not None else 0
        return self.pages.get(found, 0) if isinstance(found, int) else 0

    def _add_reference(self, parent: FoundElement | None, entries: Mapping[str, Value]) -> None:
        """Add marked content of another page, or an object (14.7.4)."""
        page = self._page_of(parent, entries)
        if "/Obj" in entries:
            target = entries["/Obj"]
            number = target if isinstance(target, int) else 0
            self._add(page, OBJECT)
            self.walk.annotations[number] = parent.number if parent else 0
        elif "/Stm" in entries:
            self._add(page, f"{entries.get('/MCID')}!")
        else:
            self._add_content(parent, page, str(entries.get("/MCID")))

    def _add_content(self, parent: FoundElement | None, page: int, mcid: str) -> None:
        self._add(page, mcid)
        if mcid.isdigit() and parent:
            self.walk.owners.setdefault(page, {})[int(mcid)] = parent.number

    def _add(self, page: int, name: str) -> None:
        if self.pending:
            for element in self.pending:
                element.page = page
            self.pending.clear()
        self.walk.items.append((page, sys.intern(name)))


def describe_pages(walk: StructureWalk, canonical: Canonical) -> dict[int, PageStructure]:
    """Return what the elements of each page say, by page; elements without content are on page 0 if none has any."""
    roles: dict[int, list[str]] = {}
    expected: dict[int, int] = {}
    for item in walk.items:
        if isinstance(item, FoundElement):
            page, name = item.page, sys.intern(f"{item.depth}{item.role}")
        else:
            page, name = item
            if name.isdigit():
                number = int(name)
                name = NEXT if number == expected.get(page, 0) else name
                expected[page] = number + 1
        roles.setdefault(page, []).append(name)
    texts: dict[int, list[str]] = {}
    attributes: dict[int, dict[str, list[str]]] = {}
    for element in walk.elements:
        for key, value in element.said:
            if key in TEXTS:
                written = canonical.write(value)
                texts.setdefault(element.page, []).append(f"{element.role}{key} {written}")
            else:
                written = canonical.write_flat(value)
                attributes.setdefault(element.page, {}).setdefault(key, []).append(f"{element.place} {written}")
    return {
        page: PageStructure(
            " ".join(names),
            tuple(texts.get(page, ())),
            {key: make_digest("\n".join(each).encode()) for key, each in sorted(attributes.get(page, {}).items())},
        )
        for page, names in roles.items()
    }


def describe_order(walk: StructureWalk) -> str:
    """Return a digest of the order in which the pages' parts follow one another."""
    pages = [item.page if isinstance(item, FoundElement) else item[0] for item in walk.items]
    names = {page: str(page) for page in set(pages)}
    return make_digest(" ".join(map(names.__getitem__, pages)).encode())


def list_ids(objects: PdfObjects, root: Mapping[str, Value], find_symbol: FindSymbol) -> str:
    """Return a digest of the tree that leads from identifiers to elements (14.7.2)."""
    pairs = walk_tree(objects, root.get("/IDTree"), "/Names")
    found = ((name, (find_symbol(value) if isinstance(value, int) else None) or OUTSIDE) for name, value in pairs)
    lines = sorted(f"{name} {place}" for name, place in found)
    return make_digest("\n".join(lines).encode())


def find_strays(
    objects: PdfObjects, walk: StructureWalk, pages: Iterable[tuple[int, FoundPage]]
) -> Iterator[tuple[int, str]]:
    """Yield page and name of content whose entry in the parent tree is not its element (14.7.4.4).

    `pages` are given with their numbers.
    """
    root = objects.mapping(objects.mapping(objects.trailer.get("/Root")).get("/StructTreeRoot"))
    tree = dict(walk_tree(objects, root.get("/ParentTree"), "/Nums"))
    for number, page in pages:
        listed = objects.items(tree.get(str(page.entries.get("/StructParents", NULL))))
        owners = walk.owners.get(number, {})
        for mcid, owner in enumerate(listed):
            if owner != owners.get(mcid, NULL):
                yield number, f"marked content {mcid}"
        for place, annotation in enumerate(page.annotations, 1):
            key = page.keys[annotation] if isinstance(annotation, int) else objects.mapping(annotation).get(PARENT_KEY)
            element = walk.annotations.get(annotation) if isinstance(annotation, int) else None
            if (tree.get(str(key)) if key is not None else None) != element:
                yield number, f"annotation {place}"
