"""The objects of a PDF to its seal: what each page, and the document as a whole, draws and does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.embedded.codec import encode_pieces
from gri_builder.embedded.seal import seal as seals
from gri_builder.embedded.seal.canonical import Canonical
from gri_builder.embedded.seal.metadata import read_properties
from gri_builder.embedded.seal.objects import PdfObjects, parse_written
from gri_builder.embedded.seal.pages import FoundPage, PageTree, read_pages
from gri_builder.embedded.seal.seal import FORMAT, Entries, PageSeal, Seal, encode_seal
from gri_builder.embedded.seal.signature_fields import list_field_numbers
from gri_builder.embedded.seal.structure import (
    OF_ROOT,
    PageStructure,
    describe_order,
    describe_pages,
    find_strays,
    list_ids,
    walk_structure,
)
from gri_builder.embedded.seal.syntax import Stream, Value, read_string
from gri_builder.embedded.seal.trees import walk_outline, walk_tree
from gri_builder.model.document import ReadObject

ITSELF = "the seal itself"
"""In place of the stream that holds the seal."""
OF_PAGE = frozenset({"/Type", "/Parent", "/Contents", "/Annots", "/StructParents"})
"""Entries of a page that are sealed in another way."""
OF_ANNOTATION = frozenset({"/Type", "/StructParent", "/P"})
ELEMENT = "structure element"
"""In place of a key: the structure element of an annotation."""
OF_CATALOG = frozenset({"/Type", "/Pages", "/Names", "/PageLabels", "/Outlines", "/StructTreeRoot", "/Metadata"})
OF_BOOKMARK = frozenset({"/Type", "/Parent", "/Prev", "/Next", "/First", "/Last"})
OF_TRAILER = frozenset(
    {
        *("/Size", "/Prev", "/Root", "/Info", "/ID", "/XRefStm", "/Encrypt"),
        *("/Type", "/W", "/Index", "/Filter", "/DecodeParms", "/Length"),
    }
)
OF_SIGNED_FORM = frozenset({"/Fields", "/SigFlags", "/DR", "/DA"})
"""Entries of a form that has nothing but signatures."""
_DATE = re.compile(r"\((D:\d{14})(?:Z(?:00'?00'?)?|[+-]00'?00'?)?\)")
"""A date in UTC."""
_DIGESTS = re.compile(r"#[0-9a-f]{32}")


class Inventory(Struct, frozen=True):
    """A seal, and what it was made from."""

    seal: Seal
    numbers: tuple[int, ...]
    """Number as built of each page; below zero for a page that was added: minus its present number."""
    texts: Mapping[str, str]
    """Long texts by digest."""
    faults: tuple[str, ...] = ()
    """Why programs may see other pages, each a part of a sentence."""


def make_seal_file(read: ReadObject, trailer: bytes) -> bytes:
    """Return the seal of a PDF whose other objects are written, as a file."""
    objects = parse_written(read, trailer)
    has_fields = "/AcroForm" in objects.mapping(objects.trailer.get("/Root"))
    left_out = list_field_numbers(objects) if has_fields else frozenset[int]()
    return encode_seal(make_inventory(objects, left_out).seal)


NumberPages = Callable[[Sequence[str]], Sequence[int]]
"""Returns the number of each page as it was built, given the hashes of the present pages' content."""


def make_inventory(
    objects: PdfObjects, left_out: frozenset[int] = frozenset(), number_pages: NumberPages | None = None
) -> Inventory:
    """Return what a PDF draws and does; `left_out` are the object numbers of annotations that count as missing.

    Without `number_pages`, pages have the numbers of their order.
    Raises PdfSyntaxError where objects are not written as ISO 32000 asks.
    """
    tree = read_pages(objects)
    for page in tree.pages:
        page.annotations = [each for each in page.annotations if each not in left_out]
    contents = [hashlib.sha256(read_content(objects, page)).hexdigest() for page in tree.pages]
    numbers = number_pages(contents) if number_pages else range(1, len(tree.pages) + 1)
    return _Assembly(objects, tree, contents, tuple(numbers), left_out).assemble()


class _Assembly:
    """Puts one seal together."""

    def __init__(
        self,
        objects: PdfObjects,
        tree: PageTree,
        contents: list[str],
        numbers: tuple[int, ...],
        left_out: frozenset[int],
    ) -> None:
        self.objects, self.tree, self.left_out = objects, tree, left_out
        self.contents, self.numbers = contents, numbers
        self.places = {number: numbers[place - 1] for number, place in tree.places.items()}
        self.root = objects.mapping(objects.trailer.get("/Root"))
        self.symbols = dict(self._name_objects())
        self.walk = walk_structure(objects, self.places, left_out)
        self.canonical = Canonical(objects, self._find_symbol)

    def assemble(self) -> Inventory:
        """Return the seal."""
        structures = describe_pages(self.walk, self.canonical)
        listed = zip(self.numbers, self.tree.pages, strict=True)
        strays: dict[int, list[str]] = {}
        for number, name in find_strays(self.objects, self.walk, listed):
            strays.setdefault(number, []).append(name)
        pages = tuple(
            self._seal_page(number, page, content, structures.get(number), tuple(strays.get(number, ())))
            for number, page, content in zip(self.numbers, self.tree.pages, self.contents, strict=True)
        )
        write = self.canonical.write_entries
        parts = {
            "catalog": self._seal_catalog(),
            "names": dict(self._seal_names()),
            "labels": dict(self._seal_pairs(self.root.get("/PageLabels"), "/Nums")),
            "outline": tuple(self._seal_outline()),
            "structure": self._seal_structure(structures),
            "info": self._seal_info(),
            "metadata": self._seal_metadata(),
            "trailer": write(self.objects.trailer, OF_TRAILER) | write(self.tree.extra),
        }
        seal = Seal(format=FORMAT, pages=pages, objects={}, **parts)  # type: ignore[arg-type]  # each has its type
        return Inventory(self._add_objects(seal), self.numbers, self.canonical.texts, tuple(self.tree.faults))

    def _find_symbol(self, number: int) -> str | None:
        """Return the name that an object has in place of what it is."""
        element = self.walk.by_number.get(number)
        return f"element {element.page}.{element.place}" if element else self.symbols.get(number)

    def _name_objects(self) -> Iterator[tuple[int, str]]:
        """Yield object numbers that lead back, each with a name."""
        for value, name in ((self.objects.trailer.get("/Root"), "the catalog"), *self._named_parts()):
            if isinstance(value, int):
                yield value, name
        for number in self.tree.nodes:
            yield number, "the pages"
        for number in self.left_out:
            yield number, "a signature"
        for place, page in zip(self.numbers, self.tree.pages, strict=True):
            for position, annotation in enumerate(page.annotations, 1):
                if isinstance(annotation, int):
                    yield annotation, f"annotation {place}.{position}"
        for number, place in self.places.items():
            yield number, f"page {place}"

    def _named_parts(self) -> Iterator[tuple[Value | None, str]]:
        yield self.root.get("/StructTreeRoot"), "the structure"
        files = self.objects.mapping(self.root.get("/Names")).get("/EmbeddedFiles")
        for name, specification in walk_tree(self.objects, files, "/Names"):
            streams = list(self.objects.mapping(self.objects.mapping(specification).get("/EF")).values())
            if read_string(name) == seals.NAME and streams and streams.count(streams[0]) == len(streams):
                yield streams[0], ITSELF

    def _seal_page(
        self, number: int, page: FoundPage, content: str, structure: PageStructure | None, strays: tuple[str, ...]
    ) -> PageSeal:
        return PageSeal(
            content=content,
            entries=self.canonical.write_entries(page.entries, OF_PAGE),
            annotations=tuple(self._seal_annotation(number, each) for each in page.annotations),
            roles=structure.roles if structure else "",
            texts=structure.texts if structure else (),
            attributes=structure.attributes if structure else {},
            strays=strays,
        )

    def _seal_annotation(self, number: int, annotation: Value) -> Entries:
        entries = self.objects.mapping(annotation)
        written = self.canonical.write_entries(entries, OF_ANNOTATION)
        if "/P" in entries and (home := self.canonical.write(entries["/P"])) != f"page {number}":
            written["/P"] = home
        owner = self.walk.annotations.get(annotation) if isinstance(annotation, int) else None
        if owner:
            written[ELEMENT] = self._find_symbol(owner) or ""
        return written

    def _seal_catalog(self) -> Entries:
        entries = self.canonical.write_entries(self.root, OF_CATALOG | {"/AcroForm"})
        form = dict(self.objects.mapping(self.root.get("/AcroForm")))
        fields = [each for each in self.objects.items(form.get("/Fields")) if each not in self.left_out]
        if form and (fields or not self.left_out or form.keys() - OF_SIGNED_FORM):
            entries["/AcroForm"] = self.canonical.write({**form, "/Fields": fields})
        return entries

    def _seal_names(self) -> Iterator[tuple[str, Entries]]:
        for name, tree in sorted(self.objects.mapping(self.root.get("/Names")).items()):
            yield name, dict(self._seal_pairs(tree, "/Names"))

    def _seal_pairs(self, tree: Value | None, key: str) -> Iterator[tuple[str, str]]:
        """Yield keys and values of a tree; a key that comes again gets a number."""
        seen: dict[str, int] = {}
        for name, value in walk_tree(self.objects, tree, key):
            text = read_string(name) if key == "/Names" else str(name)
            text = str(name) if text is None else text
            seen[text] = seen.get(text, 0) + 1
            yield (text if seen[text] == 1 else f"{text} ({seen[text]})"), self.canonical.write(value)

    def _seal_outline(self) -> Iterator[Entries]:
        for level, entries in walk_outline(self.objects, self.root.get("/Outlines")):
            yield {"level": str(level), **self.canonical.write_entries(entries, OF_BOOKMARK)}

    def _seal_structure(self, structures: Mapping[int, PageStructure]) -> Entries:
        root = self.objects.mapping(self.root.get("/StructTreeRoot"))
        entries = self.canonical.write_entries(root, OF_ROOT)
        if root:
            entries["order"] = describe_order(self.walk)
            entries["identifiers"] = list_ids(self.objects, root, self._find_symbol)
        if 0 in structures:
            entries["without content"] = self.canonical.write(structures[0].roles)
        return entries

    def _seal_info(self) -> Entries:
        """Return the properties that say something, with dates in one form (7.9.4)."""
        written = self.canonical.write_entries(self.objects.mapping(self.objects.trailer.get("/Info")))
        return {key: _DATE.sub(r"(\1+00'00')", text) for key, text in written.items() if text != "()"}

    def _seal_metadata(self) -> Entries:
        stream = self.objects.resolve(self.root.get("/Metadata"))
        return read_properties(bytes(self.objects.unpack(stream)[0])) if isinstance(stream, Stream) else {}

    def _add_objects(self, seal: Seal) -> Seal:
        """Return the seal with the entries of everything that its digests are of."""
        todo, found = set[str](), dict[str, Entries]()
        for piece in encode_pieces(seal):
            todo.update(_DIGESTS.findall(piece.decode()))
        while todo:
            digest = todo.pop()
            entries = self.canonical.entries.get(digest)
            if entries is not None and digest not in found:
                found[digest] = entries
                todo.update(each for text in entries.values() for each in _DIGESTS.findall(text))
        return replace(seal, objects=found)


def read_content(objects: PdfObjects, page: FoundPage) -> bytes:
    """Return the content of a page, put together of its streams (ISO 32000-1, 7.8.2)."""
    value = objects.resolve(page.entries.get("/Contents"))
    streams = [objects.resolve(each) for each in value] if isinstance(value, list) else [value]
    parts = (objects.unpack(stream)[0] for stream in streams if isinstance(stream, Stream))
    return b"\n".join(parts).strip(b"\0\t\n\f\r ")
