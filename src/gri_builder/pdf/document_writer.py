"""The document level of a PDF: catalog, outline, named destinations, embedded files, output intent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.document import Attachment, ReadObject
from gri_builder.pdf.icc_profile import make_srgb_profile
from gri_builder.pdf.object_writer import write_file
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.reportlab_adapter.objects import CompressedData, ObjectRegistry, RawObject, WrittenBlock
from gri_builder.pdf.structure_tree import StructureTree, StructureTreeRoot, pdf_text
from gri_builder.pdf.xmp import Metadata, make_xmp

PRINTED_AND_LOCKED = 4 | 128
"""Flags of an annotation (ISO 32000-1, table 165)."""


class OutlineEntry(Struct, frozen=True):
    """A bookmark."""

    level: int
    """1 for chapters."""
    title: str
    target: str
    """Name of its destination."""


class DocumentWriter:
    """Writes a document whose pages are drawn: with structure tree, destinations, page labels, files and metadata."""

    def __init__(self, registry: ObjectRegistry) -> None:
        self.registry = registry
        self.time = datetime(1970, 1, 1, tzinfo=UTC)
        self.is_facing = False
        """Whether readers show two pages side by side, the first one alone at the right."""
        self.signature_fields: list[RawObject] = []

    def make_signature_field(
        self, box: tuple[float, float, float, float], name: str, description: str, key: int
    ) -> RawObject:
        """Return a signature field on a page, with an empty appearance; `key` leads to its element.

        ISO 32000-1, 12.5.6.19 and 12.7.4.5; ISO 19005-3, 6.3.3 (printed, with an appearance).
        """
        width, height = box[2] - box[0], box[3] - box[1]
        bounds = f"[0 0 {width:.2f} {height:.2f}]"
        empty = self.registry.add_stream(b"", Type="/XObject", Subtype="/Form", BBox=bounds, Resources="<<>>")
        rect = " ".join(f"{value:.2f}" for value in box)
        field = RawObject(
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T{pdf_text(name)}/TU{pdf_text(description)}/F {PRINTED_AND_LOCKED}"
            f"/Rect[{rect}]/StructParent {key}/AP<</N {empty} 0 R>>>>"
        )
        self.signature_fields.append(field)
        return field

    def set_metadata(self, metadata: Metadata) -> None:
        """Set the metadata in the Info dictionary and in XMP (ISO 14289-1, 7.1 and 5)."""
        self.time = metadata.time
        self.registry.set_info(metadata.title, metadata.author, metadata.subject, metadata.producer, metadata.time)
        self.registry.set_creator(metadata.creator or metadata.producer)
        self.registry.set_xmp(make_xmp(metadata).encode("utf-8"))

    def write(
        self,
        tree: StructureTree | None,
        page_map: PageMap,
        outline: Sequence[OutlineEntry],
        attachments: Iterable[Attachment],
    ) -> bytes:
        """Return the file; without a tree it is untagged. Each attachment is compressed before the next is taken."""
        registry = self.registry
        registry.number_pages(page_map.pages)
        packed = [self._pack(each) for each in attachments]  # before the tree, of which they say what it prints
        if tree:
            self._add_structure(tree)
        files = [(each.name, self._add_file(each, stream)) for each, stream in packed]
        # Without a Direction (table 150): where it is R2L, PDFium turns around the words of English lines too.
        registry.set_catalog(
            ViewerPreferences=RawObject("<</DisplayDocTitle true>>"),
            PageLabels=RawObject("<</Nums[0<</S/D>>]>>"),
            Names=RawObject(self._names(page_map, files)),
            OutputIntents=f"[{self._add_output_intent()}]",
            AF=f"[{' '.join(f'{number} 0 R' for _, number in files)}]" if files else None,
            PageMode="/UseOutlines",
            PageLayout="/TwoPageRight" if self.is_facing else None,
            Outlines=self._add_outline(outline),
            AcroForm=self._add_form(),
        )
        registry.add_fonts()
        return write_file(registry)

    def _add_form(self) -> RawObject | None:
        """Return the form of the document, where it has signature fields (ISO 32000-1, 12.7.2)."""
        if not self.signature_fields:
            return None
        numbers = " ".join(f"{self.registry.add(field)} 0 R" for field in self.signature_fields)
        form = RawObject(f"<</Fields[{numbers}]>>")
        self.registry.add(form)
        return form

    def _add_structure(self, tree: StructureTree) -> None:
        root = StructureTreeRoot()
        root.number = self.registry.add(root)
        elements = list(tree.document.walk())
        first = self.registry.reserve(len(elements))
        for number, element in enumerate(elements, first):
            element.number = number
        root.take(tree, elements)
        self.registry.written[first] = WrittenBlock(
            element.write(self.registry.page_numbers, root.number) for element in elements
        )
        tree.release(elements)
        self.registry.set_catalog(StructTreeRoot=root, MarkInfo=RawObject("<</Marked true>>"))

    def _names(self, page_map: PageMap, files: Sequence[tuple[str, int]]) -> str:
        """Return the name dictionary: destinations and embedded files (ISO 32000-1, 7.7.4)."""
        names = " ".join(f"{pdf_text(name)} {number} 0 R" for name, number in sorted(files))
        embedded = f"/EmbeddedFiles<</Names[{names}]>>" if files else ""
        return f"<</Dests {self._destinations(page_map)}{embedded}>>"

    def _destinations(self, page_map: PageMap) -> str:
        """Return the name tree of the destinations, one for each page among them (ISO 32000-1, 12.3.2.3)."""
        pages = self.registry.page_numbers
        named = dict(page_map.destinations)
        named.update({f"page/{page}": (page, 1e4) for page in pages})  # '/' is in no anchor of an author
        rows = [
            f"{pdf_text(name)}[{pages[page]} 0 R/XYZ 0 {min(top, 9999):.0f} null]"
            for name, (page, top) in sorted(named.items(), key=lambda item: _sort_key(item[0]))
        ]
        return f"<</Names[{chr(10).join(rows)}]>>"

    def _add_outline(self, entries: Sequence[OutlineEntry]) -> RawObject | None:
        """Return the root of the bookmarks, open to the first level (ISO 32000-1, 12.3.3)."""
        if not entries:
            return None
        root, items = RawObject(), [RawObject() for _ in entries]
        numbers: dict[int | None, int] = {None: self.registry.add(root)}
        numbers |= {index: self.registry.add(item) for index, item in enumerate(items)}
        children = _children([entry.level for entry in entries])
        for parent, siblings in children.items():
            for position, index in enumerate(siblings):
                links = _outline_links(numbers, parent, siblings, position, children.get(index, []))
                entry = entries[index]
                items[index].text = f"<</Title{pdf_text(entry.title)}{''.join(links)}/Dest{pdf_text(entry.target)}>>"
        top = children[None]
        root.text = f"<</Type/Outlines/First {numbers[top[0]]} 0 R/Last {numbers[top[-1]]} 0 R/Count {len(top)}>>"
        return root

    def _add_file(self, attachment: Attachment, stream: Any) -> int:
        """Return the object number of the file specification of an embedded file (ISO 32000-1, 7.11.4)."""
        number = self._add_late(attachment, attachment.make) if attachment.make else self.registry.add(stream)
        name = pdf_text(attachment.name)
        return self.registry.add(
            RawObject(
                f"<</Type/Filespec/F{name}/UF{name}/Desc{pdf_text(attachment.description)}"
                f"/AFRelationship/{attachment.relationship}/EF<</F {number} 0 R/UF {number} 0 R>>>>"
            )
        )

    def _pack(self, attachment: Attachment) -> tuple[Attachment, Any]:
        """Return an embedded file without its data, and the stream of these, compressed piece by piece."""
        pieces = (attachment.data,) if isinstance(attachment.data, bytes) else attachment.data
        digest, size, packed = hashlib.md5(usedforsecurity=False), 0, CompressedData(self.registry.spool)
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            packed.add(piece)
        entries = self._describe_file(attachment, size, digest.hexdigest())
        return replace(attachment, data=b""), packed.finish(entries)

    def _add_late(self, attachment: Attachment, make: Callable[[ReadObject, bytes], bytes]) -> int:
        """Return the object number of an embedded file whose data is made when all other objects are written."""

        def make_stream(read: ReadObject, trailer: bytes) -> tuple[bytes, Mapping[str, str]]:
            data = make(read, trailer)
            digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
            return data, self._describe_file(attachment, len(data), digest)

        return self.registry.add_late(make_stream)

    def _describe_file(self, attachment: Attachment, size: int, digest: str) -> dict[str, str]:
        return {
            "Type": "/EmbeddedFile",
            "Subtype": "/" + attachment.media_type.replace("/", "#2F"),
            "Params": f"<</Size {size}/CheckSum<{digest}>/ModDate{_pdf_date(self.time)}>>",
        }

    def _add_output_intent(self) -> str:
        """Return the output intent: sRGB, with its profile (ISO 19005-3, 6.2.3)."""
        profile = self.registry.add_stream(make_srgb_profile(), N="3")
        name = pdf_text("sRGB IEC61966-2.1")
        return (
            f"<</Type/OutputIntent/S/GTS_PDFA1/Info{name}/OutputConditionIdentifier{name}"
            f"/RegistryName(http://www.color.org)/DestOutputProfile {profile} 0 R>>"
        )


def _outline_links(
    numbers: dict[int | None, int], parent: int | None, siblings: list[int], position: int, children: list[int]
) -> Iterator[str]:
    """Yield the entries of a bookmark that link it to its parent, siblings and children."""
    yield f"/Parent {numbers[parent]} 0 R"
    if position:
        yield f"/Prev {numbers[siblings[position - 1]]} 0 R"
    if position + 1 < len(siblings):
        yield f"/Next {numbers[siblings[position + 1]]} 0 R"
    if children:
        yield f"/First {numbers[children[0]]} 0 R/Last {numbers[children[-1]]} 0 R/Count {-len(children)}"


def _pdf_date(time: datetime) -> str:
    """Return a time as a PDF date in UTC (ISO 32000-1, 7.9.4)."""
    utc = time.astimezone(UTC)
    return f"(D:{utc.year:04d}{utc:%m%d%H%M%S}+00'00')"


def _children(levels: list[int]) -> dict[int | None, list[int]]:
    """Return the indexes of entries by their parent: the last one before with a smaller level, else None."""
    children: dict[int | None, list[int]] = {}
    stack: list[int] = []
    for index, level in enumerate(levels):
        while stack and levels[stack[-1]] >= level:
            stack.pop()
        children.setdefault(stack[-1] if stack else None, []).append(index)
        stack.append(index)
    return children


def _sort_key(name: str) -> bytes:
    """Return the sort key of a name in a name tree: its bytes as written."""
    return name.encode("ascii") if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")
