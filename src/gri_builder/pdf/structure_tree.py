"""The structure tree of a tagged PDF (ISO 32000-1, 14.7): elements, their content, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject

from gri_builder.model.provenance import PageLocation
from gri_builder.model.rich_text import FactReference


def pdf_text(text: str) -> str:
    """Return a text string as PDF writes it (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


KEPT = frozenset({"TD", "TH", "Figure"})
"""Roles whose elements mean something even when they are empty."""


class Content:
    """Marked content of an element on a page."""

    __slots__ = ("mcid", "page")

    def __init__(self, page: int, mcid: int) -> None:
        self.page, self.mcid = page, mcid


class Annotation:
    """An annotation that belongs to an element (OBJR)."""

    __slots__ = ("page", "reference")

    def __init__(self, page: int, reference: str) -> None:
        self.page, self.reference = page, reference


class StructureElement(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """A structure element. Made in reading order when the story is told, filled with content when pages are drawn.

    `parent` None makes a root. Written as one indirect object.
    """

    __RefOnly__ = 1

    def __init__(
        self, role: str, parent: StructureElement | None, alt: str | None = None, attributes: str | None = None
    ) -> None:
        self.role, self.alt, self.attributes = role, alt, attributes
        self.parent: StructureElement | Root | None = parent
        self.kids: list[StructureElement | Content | Annotation] = []
        self.id: str | None = None
        self.language: str | None = None
        self.expansion: str | None = None
        """What an abbreviation stands for (ISO 32000-1, 14.9.5)."""
        self.prints: tuple[tuple[FactReference, str], ...] = ()
        """The facts that its content prints, each with its text."""
        self.heading = ""
        """Text of the heading that opens it, for a section."""
        self.number = 0
        if parent is not None:
            parent.kids.append(self)

    def section(self) -> str:
        """Return the heading of the innermost section that it stands in; empty where there is none."""
        element: StructureElement | Root | None = self
        while type(element) is StructureElement:
            if element.heading:
                return element.heading
            element = element.parent
        return ""

    def walk(self) -> Iterator[StructureElement]:
        """Yield the element and everything below it, in reading order."""
        todo = [self]
        while todo:
            element = todo.pop()
            yield element
            todo.extend(kid for kid in reversed(element.kids) if type(kid) is StructureElement)

    def format(self, document: Any) -> bytes:
        """Return the element's dictionary (ISO 32000-1, table 323)."""
        assert self.parent is not None
        pages = document.page_numbers
        first = next((kid.page for kid in self.kids if type(kid) is Content), None)
        kids = [self._kid(kid, first, pages) for kid in self.kids]
        out = [f"<</S/{self.role}/P {self.parent.number} 0 R"]
        if first is not None:
            out.append(f"/Pg {pages[first]} 0 R")
        if kids:
            out.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]")
        for name, value in (("Alt", self.alt), ("ID", self.id), ("Lang", self.language), ("E", self.expansion)):
            if value is not None:
                out.append(f"/{name}{pdf_text(value)}")
        if self.attributes:
            out.append(f"/A{self.attributes}")
        return ("".join(out) + ">>").encode("latin-1")

    @staticmethod
    def _kid(kid: StructureElement | Content | Annotation, first: int | None, pages: dict[int, int]) -> str:
        if type(kid) is StructureElement:
            return f"{kid.number} 0 R"
        if type(kid) is Content:
            if kid.page == first:
                return str(kid.mcid)
            return f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.mcid}>>"
        assert type(kid) is Annotation
        return f"<</Type/OBJR/Pg {pages[kid.page]} 0 R/Obj {kid.reference}>>"


class StructureTree:
    """The structure tree of a document, and the way back from content to elements (ISO 32000-1, 14.7.4.4)."""

    def __init__(self) -> None:
        self.document = StructureElement("Document", None)
        self.parents: dict[int, StructureElement | list[StructureElement]] = {}

    def key(self, owner: StructureElement | list[StructureElement]) -> int:
        """Return a new key of the parent tree for an annotation's element or for a page's elements by MCID."""
        self.parents[len(self.parents)] = owner
        return len(self.parents) - 1

    def places_of_facts(self) -> dict[str, tuple[PageLocation, ...]]:
        """Return where each fact is printed, by its key, in reading order; pages and marked content are those drawn."""
        found: dict[str, list[PageLocation]] = {}
        for element in self.document.walk():
            drawn = next((kid for kid in element.kids if type(kid) is Content), None)
            for printed, text in element.prints if drawn else ():
                assert drawn is not None
                place = PageLocation(drawn.page, drawn.mcid, element.role, text, printed.kind, element.section())
                for key in printed.facts:
                    found.setdefault(key, []).append(place)
        return {key: tuple(places) for key, places in found.items()}

    def prune(self) -> None:
        """Drop elements that hold nothing, such as a link whose text never came to be drawn."""
        for element in reversed(list(self.document.walk())):
            element.kids = [
                kid for kid in element.kids if type(kid) is not StructureElement or kid.kids or kid.role in KEPT
            ]


class Root(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """The StructTreeRoot dictionary (ISO 32000-1, table 322)."""

    __RefOnly__ = 1
    number = 0

    def __init__(self, tree: StructureTree) -> None:
        self.tree = tree
        tree.document.parent = self

    def format(self, document: Any) -> bytes:
        """Return the dictionary."""
        tree = self.tree
        ids = sorted((element.id, element.number) for element in tree.document.walk() if element.id)
        names = " ".join(f"{pdf_text(name)} {number} 0 R" for name, number in ids)
        parent_tree = document.Reference(ParentTree(tree)).format(document).decode()
        return (
            f"<</Type/StructTreeRoot/K[{tree.document.number} 0 R]/ParentTree {parent_tree}"
            f"/ParentTreeNextKey {len(tree.parents)}" + (f"/IDTree<</Names[{names}]>>" if names else "") + ">>"
        ).encode("latin-1")


class ParentTree(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """The number tree from content and annotations to their elements."""

    __RefOnly__ = 1

    def __init__(self, tree: StructureTree) -> None:
        self.tree = tree

    def format(self, document: Any) -> bytes:
        """Return the tree, as one node."""
        rows = []
        for key, owner in sorted(self.tree.parents.items()):
            if isinstance(owner, StructureElement):
                rows.append(f"{key} {owner.number} 0 R")
            else:
                rows.append(f"{key}[{' '.join(f'{element.number} 0 R' for element in owner)}]")
        return f"<</Nums[{chr(10).join(rows)}]>>".encode("latin-1")
