"""The structure tree of a tagged PDF (ISO 32000-1, 14.7).

A tagged PDF holds its content twice: as marks on pages, and as a tree of elements (headings, paragraphs, tables) in
reading order, which assistive technology reads. `StructureElement` is a node of that tree. Layout makes the elements in
reading order, before anything is drawn. When text is drawn, the page's content stream encloses it in a marked-content
sequence with a number (MCID), and the element notes page and MCID as `Content`. Links are noted as `Annotation`.

The parent tree leads the other way, from a page's MCIDs and from annotations to their elements (14.7.4.4).
`StructureTree` keeps it while pages are drawn, and `ParentTree` writes it. `StructureTreeRoot` is the entry point from
the catalog. All of them are indirect objects that are written when the document is finished.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.model.provenance import PageLocation
from gri_builder.model.rich_text import FactReference
from gri_builder.model.texts.readable_text import readable
from gri_builder.pdf.reportlab_adapter.objects import IndirectObject, ObjectRegistry, RawObject


def pdf_text(text: str) -> str:
    """Return a text string in PDF syntax, without what only breaks lines (ISO 32000-1, 7.9.2.2)."""
    text = readable(text)
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def make_writing_mode(right_to_left: bool) -> str:
    """Return the attributes of an element whose text runs in that direction, as its kids inherit it (14.8.5.4)."""
    return f"<</O/Layout/WritingMode/{'RlTb' if right_to_left else 'LrTb'}>>"


KEPT_EMPTY = frozenset({"TD", "TH", "Figure"})
"""Roles of elements that have a meaning without content."""

MAX_OPERANDS = 2
"""Facts of a number that each of its locations lists."""


class Content:
    """Marked content of an element on a page."""

    __slots__ = ("mcid", "page")

    def __init__(self, page: int, mcid: int) -> None:
        self.page, self.mcid = page, mcid


class Annotation:
    """An annotation that belongs to an element (OBJR)."""

    __slots__ = ("number", "page")

    def __init__(self, page: int, number: int) -> None:
        self.page, self.number = page, number


class StructureElement:
    """A structure element: made in reading order, filled with content when pages are drawn; `parent` None is the top.

    `alt` is its alternative text, `attributes` its attribute dictionary in PDF syntax.
    """

    __slots__ = (
        *("role", "alt", "attributes", "parent", "kids", "id", "language", "expansion", "actual", "prints"),
        *("heading", "number"),
    )

    def __init__(
        self, role: str, parent: StructureElement | None, alt: str | None = None, attributes: str | None = None
    ) -> None:
        self.role, self.alt, self.attributes = role, alt, attributes
        self.parent = parent
        self.kids: list[Kid] = []
        self.id: str | None = None
        self.language: str | None = None
        self.expansion: str | None = None
        """Expansion of an abbreviation (ISO 32000-1, 14.9.5)."""
        self.actual: str | None = None
        """Text that readers hear in place of its content (ISO 32000-1, 14.9.4)."""
        self.prints: tuple[tuple[FactReference, str], ...] = ()
        """The facts that its content shows, each with its text."""
        self.heading = ""
        """Text of a section's heading."""
        self.number = 0
        """Object number; set when the document is finished."""
        if parent is not None:
            parent.kids.append(self)

    def section(self) -> str:
        """Return the heading of the innermost section around it; empty without one."""
        element: StructureElement | None = self
        while element is not None:
            if element.heading:
                return element.heading
            element = element.parent
        return ""

    def walk(self) -> Iterator[StructureElement]:
        """Yield the element and its descendants, in reading order."""
        pending = [self]
        while pending:
            element = pending.pop()
            yield element
            pending.extend(kid for kid in reversed(element.kids) if type(kid) is StructureElement)

    def write(self, pages: Mapping[int, int], root: int) -> bytes:
        """Return the element's dictionary (ISO 32000-1, table 323).

        `pages` are the object numbers of the pages, `root` is that of the root of the tree.
        """
        first = next((kid.page for kid in self.kids if type(kid) is Content), None)
        kids = [_write_kid(kid, first, pages) for kid in self.kids]
        out = [f"<</S/{self.role}/P {self.parent.number if self.parent else root} 0 R"]
        if first is not None:
            out.append(f"/Pg {pages[first]} 0 R")
        if kids:
            out.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]")
        named = (
            ("Alt", self.alt),
            ("ActualText", self.actual),
            ("ID", self.id),
            ("Lang", self.language),
            ("E", self.expansion),
        )
        for name, value in named:
            if value is not None:
                out.append(f"/{name}{pdf_text(value)}")
        if self.attributes:
            out.append(f"/A{self.attributes}")
        return ("".join(out) + ">>").encode("latin-1")


def _write_kid(kid: Kid, first: int | None, pages: Mapping[int, int]) -> str:
    """Return one of an element's kids; content on the element's first page is its MCID alone."""
    if type(kid) is StructureElement:
        return f"{kid.number} 0 R"
    if type(kid) is Content:
        return str(kid.mcid) if kid.page == first else f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.mcid}>>"
    assert type(kid) is Annotation
    return f"<</Type/OBJR/Pg {pages[kid.page]} 0 R/Obj {kid.number} 0 R>>"


Kid = StructureElement | Content | Annotation
"""What an element can hold."""


class StructureTree:
    """The structure tree of a document, and its parent tree (ISO 32000-1, 14.7.4.4)."""

    def __init__(self) -> None:
        self.document = StructureElement("Document", None)
        """The top element."""
        self.parents: dict[int, StructureElement | list[StructureElement]] = {}
        """By key: the element of an annotation, or a page's elements by MCID."""

    def add_parent(self, owner: StructureElement | list[StructureElement]) -> int:
        """Add an annotation's element, or a page's elements by MCID; return the key (StructParent or StructParents)."""
        self.parents[len(self.parents)] = owner
        return len(self.parents) - 1

    def release(self, elements: Sequence[StructureElement]) -> None:
        """Take the tree apart: its elements refer to each other, so that none would be freed by itself."""
        for element in elements:
            element.kids, element.parent = [], None
        self.parents = {}

    def fact_locations(self) -> dict[str, tuple[PageLocation, ...]]:
        """Return where each fact is printed, by its key, in reading order."""
        found: dict[str, list[PageLocation]] = {}
        for element in self.document.walk():
            drawn = next((kid for kid in element.kids if type(kid) is Content), None) if element.prints else None
            for printed, text in element.prints if drawn else ():
                assert drawn is not None
                location = _locate(drawn, element, printed, text)
                calculated = replace(location, operands=() if printed.kind == "value" else printed.facts)
                # a number calculated from many facts lists them once
                each = location if len(printed.facts) > MAX_OPERANDS else calculated
                for key in printed.facts:
                    found.setdefault(key, []).append(calculated if key == printed.facts[0] else each)
        return {key: tuple(locations) for key, locations in found.items()}

    def prune(self) -> None:
        """Remove elements without content, such as a link whose text was not drawn."""
        for element in reversed(list(self.document.walk())):
            element.kids = [
                kid for kid in element.kids if type(kid) is not StructureElement or kid.kids or kid.role in KEPT_EMPTY
            ]


def _locate(drawn: Content, element: StructureElement, printed: FactReference, text: str) -> PageLocation:
    """Return where and how an element prints facts as a text."""
    return PageLocation(
        drawn.page,
        drawn.mcid,
        element.role,
        text,
        printed.kind,
        element.section(),
        printed.unit,
        printed.decimals,
        printed.unsigned,
    )


class StructureTreeRoot(IndirectObject):
    """The StructTreeRoot dictionary (ISO 32000-1, table 322)."""

    number = 0
    """Object number; set when the document is finished."""

    def __init__(self) -> None:
        self._top = self._next_key = 0
        self._names, self._parents = "", RawObject()

    def take(self, tree: StructureTree, elements: Sequence[StructureElement]) -> None:
        """Note what it says of a tree whose elements have their numbers."""
        self._top, self._next_key = tree.document.number, len(tree.parents)
        ids = sorted((element.id, element.number) for element in elements if element.id)
        self._names = " ".join(f"{pdf_text(name)} {number} 0 R" for name, number in ids)
        self._parents.text = _write_parents(tree.parents)

    def write(self, registry: ObjectRegistry) -> bytes:
        """Return the dictionary."""
        parent_tree = registry.add(self._parents)
        return (
            f"<</Type/StructTreeRoot/K[{self._top} 0 R]/ParentTree {parent_tree} 0 R"
            f"/ParentTreeNextKey {self._next_key}" + (f"/IDTree<</Names[{self._names}]>>" if self._names else "") + ">>"
        ).encode("latin-1")


def _write_parents(parents: Mapping[int, StructureElement | list[StructureElement]]) -> str:
    """Return the number tree from content and annotations to their elements, as one node."""
    rows = []
    for key, owner in sorted(parents.items()):
        if isinstance(owner, StructureElement):
            rows.append(f"{key} {owner.number} 0 R")
        else:
            rows.append(f"{key}[{' '.join(f'{element.number} 0 R' for element in owner)}]")
    return f"<</Nums[{chr(10).join(rows)}]>>"
