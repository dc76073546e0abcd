"""The pages of a PDF, each with what it takes from the nodes above it (ISO 32000-1, 7.7.3)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gri_builder.embedded.seal.objects import PdfObjects
from gri_builder.embedded.seal.syntax import PdfSyntaxError, Value

INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
DEFAULTS: Mapping[str, Value] = {"/Rotate": "0", "/UserUnit": "1"}
"""Entries that are the same as if they were missing."""
OF_NODES = frozenset({"/Type", "/Parent", "/Kids", "/Count", *INHERITED})
DEEPEST = 64
PARENT_KEY = "/StructParent"


class FoundPage(Struct):
    """A page."""

    number: int
    """Object number; 0 for a page that is no indirect object."""
    entries: dict[str, Value]
    annotations: list[Value] = []
    keys: dict[int, Value | None] = {}
    """Key in the parent tree of each annotation that is an indirect object, by object number."""


class PageTree(Struct):
    """The pages in order, and what is odd about their tree."""

    pages: list[FoundPage] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    """Number of each page by its object number."""
    nodes: list[int] = field(default_factory=list)
    """Object numbers of the nodes above the pages."""
    extra: dict[str, Value] = field(default_factory=dict)
    """Entries that nodes hold beside those of the tree."""
    faults: list[str] = field(default_factory=list)
    """Why programs may see other pages, each a part of a sentence."""


def read_pages(objects: PdfObjects) -> PageTree:
    """Return the pages; raises PdfSyntaxError where there are none."""
    tree = PageTree()
    root = objects.mapping(objects.trailer.get("/Root"))
    if not objects.mapping(root.get("/Pages")):
        raise PdfSyntaxError("there is no tree of pages")
    _walk(objects, root["/Pages"], {}, tree, 0)
    for page in tree.pages:
        listed = [(each, objects.resolve(each)) for each in objects.items(page.entries.get("/Annots"))]
        page.annotations = [each for each, found in listed if isinstance(found, dict)]
        page.keys = {
            each: found.get(PARENT_KEY) for each, found in listed if isinstance(each, int) and isinstance(found, dict)
        }
    if len(set(tree.nodes)) != len(tree.nodes):
        tree.faults.append("a node of the page tree is listed twice")
    return tree


def _walk(objects: PdfObjects, value: Value, above: dict[str, Value], tree: PageTree, depth: int) -> int:
    """Add the pages below a node; return how many they are."""
    entries = objects.mapping(value)
    number = value if isinstance(value, int) else 0
    if not entries or depth > DEEPEST:
        tree.faults.append("the page tree lists something that is no page")
        return 0
    inherited = {**above, **{name: entries[name] for name in INHERITED if name in entries}}
    if "/Kids" not in entries:
        if number in tree.places:
            tree.faults.append(f"the page tree lists page {tree.places[number]} twice")
        elif number:
            tree.places[number] = len(tree.pages) + 1
        tree.pages.append(FoundPage(number, {**DEFAULTS, **inherited, **entries}))
        return 1
    if number in tree.nodes:
        raise PdfSyntaxError("the page tree leads in a circle")
    tree.nodes.append(number)
    tree.extra.update({key: held for key, held in entries.items() if key not in OF_NODES})
    count = sum(_walk(objects, kid, inherited, tree, depth + 1) for kid in objects.items(entries["/Kids"]))
    if objects.resolve(entries.get("/Count")) != str(count):
        tree.faults.append(f"the page tree states another number of pages than the {count} that it lists")
    return count
