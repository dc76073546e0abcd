"""The finished document: catalog, metadata, outline, destinations and structure tree around ReportLab's objects."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from msgspec import Struct
from reportlab.pdfbase import pdfdoc

from gri_builder.model.document import Attachment
from gri_builder.pdf.icc_profile import make_srgb_profile
from gri_builder.pdf.object_writer import write_file
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.structure_tree import Root, StructureTree, pdf_text
from gri_builder.pdf.to_unicode import make_unicode_map


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An indirect object written out already."""

    __RefOnly__ = 1

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, document: Any) -> bytes:
        """Return it as written."""
        return self.text.encode("latin-1")


class OutlineEntry(Struct, frozen=True):
    """A bookmark."""

    level: int
    """1 for chapters."""
    title: str
    target: str
    """Name of its destination."""


class Metadata(Struct, frozen=True):
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    producer: str
    time: datetime
    """In UTC; never the clock's."""


class Stamp:
    """A fixed time, in the form in which ReportLab asks for it."""

    dhh = dmm = 0
    tzname = "UTC"

    def __init__(self, time: datetime) -> None:
        self.lt = time.astimezone(UTC).timetuple()
        self.YMDhms = tuple(self.lt)[:6]


class FinishedDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # ReportLab has no types
    """A document with a structure tree, named destinations, page labels and XMP metadata."""

    page_numbers: dict[int, int]
    """Object numbers of the pages, by page number."""

    def describe(self, metadata: Metadata) -> None:
        """Set what the file says of itself, in its Info dictionary and in XMP (ISO 14289-1, 7.1 and 5)."""
        self._timeStamp = Stamp(metadata.time)
        info = self.info
        info.title, info.author, info.subject = metadata.title, metadata.author, metadata.subject
        info.creator = info.producer = metadata.producer
        xmp = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), make_xmp(metadata).encode("utf-8")
        )
        self.Catalog.Metadata = xmp

    def finish(
        self,
        tree: StructureTree | None,
        places: PageMap,
        outline: list[OutlineEntry],
        attachments: Sequence[Attachment],
    ) -> None:
        """Register everything that is known only once all pages are drawn; without a tree the file is untagged."""
        numbers = self.idToObjectNumberAndVersion
        self.page_numbers = {page: numbers[f"Page{page}"][0] for page in range(1, places.pages + 1)}
        catalog = self.Catalog
        if tree:
            root = Root(tree)
            root.number = self._register(root)
            for element in tree.document.walk():
                element.number = self._register(element)
            catalog.StructTreeRoot = root
            catalog.MarkInfo = Raw("<</Marked true>>")
        catalog.ViewerPreferences = Raw("<</DisplayDocTitle true>>")
        catalog.PageLabels = Raw("<</Nums[0<</S/D>>]>>")
        files = [(each.name, self._embed(each)) for each in attachments]
        names = " ".join(f"{pdf_text(name)} {number} 0 R" for name, number in sorted(files))
        embedded = f"/EmbeddedFiles<</Names[{names}]>>" if files else ""
        catalog.Names = Raw(f"<</Dests {self._destinations(places)}{embedded}>>")
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
        catalog.OutputIntents = f"[{self._output_intent()}]"
        if files:
            catalog.AF = f"[{' '.join(f'{number} 0 R' for _, number in files)}]"
        catalog.PageMode = "/UseOutlines"
        catalog.Outlines = self._outline(outline)

    def _register(self, item: Any) -> int:
        """Return the object number that the item is written under."""
        reference = self.Reference(item)
        number: int = self.idToObjectNumberAndVersion[reference.name][0]
        return number

    def _destinations(self, places: PageMap) -> str:
        """Return the name tree of the destinations, with one for each page besides (ISO 32000-1, 12.3.2.3)."""
        named = dict(places.destinations)
        named.update({f"page-{page}": (page, 1e4) for page in self.page_numbers})
        rows = [
            f"{pdf_text(name)}[{self.page_numbers[page]} 0 R/XYZ 0 {min(top, 9999):.0f} null]"
            for name, (page, top) in sorted(named.items(), key=lambda item: _sort_key(item[0]))
        ]
        return f"<</Names[{chr(10).join(rows)}]>>"

    def _outline(self, entries: list[OutlineEntry]) -> Raw | None:
        """Return the root of the bookmarks, open to the first level (ISO 32000-1, 12.3.3)."""
        if not entries:
            return None
        items = [Raw("") for _ in entries]
        root = Raw("")
        numbers = {None: self._register(root)} | {i: self._register(item) for i, item in enumerate(items)}
        kids = _children([entry.level for entry in entries])
        for parent, siblings in kids.items():
            for at, index in enumerate(siblings):
                text = f"<</Title{pdf_text(entries[index].title)}/Parent {numbers[parent]} 0 R"
                text += f"/Prev {numbers[siblings[at - 1]]} 0 R" if at else ""
                text += f"/Next {numbers[siblings[at + 1]]} 0 R" if at + 1 < len(siblings) else ""
                if own := kids.get(index):
                    text += f"/First {numbers[own[0]]} 0 R/Last {numbers[own[-1]]} 0 R/Count {-len(own)}"
                items[index].text = f"{text}/Dest{pdf_text(entries[index].target)}>>"
        top = kids[None]
        root.text = f"<</Type/Outlines/First {numbers[top[0]]} 0 R/Last {numbers[top[-1]]} 0 R/Count {len(top)}>>"
        return root

    def _embed(self, attachment: Attachment) -> int:
        """Return the object number of the file specification of an embedded file (ISO 32000-1, 7.11.4)."""
        digest = hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()
        stream = _stream(
            attachment.data,
            Type="/EmbeddedFile",
            Subtype="/" + attachment.media_type.replace("/", "#2F"),
            Params=f"<</Size {len(attachment.data)}/CheckSum<{digest}>/ModDate{self._date()}>>",
        )
        number, name = self._register(stream), pdf_text(attachment.name)
        return self._register(
            Raw(
                f"<</Type/Filespec/F{name}/UF{name}/Desc{pdf_text(attachment.description)}"
                f"/AFRelationship/{attachment.relationship}/EF<</F {number} 0 R/UF {number} 0 R>>>>"
            )
        )

    def _add_font(self, font: Any) -> None:
        """Add the objects of a font, with maps to Unicode of our own: ReportLab's give unused codes the value 0."""
        state = font.state[self]
        name, subsets = state.internalName, state.subsets
        font.addObjects(self)
        for number, codes in enumerate(subsets):
            subset = self.idToObject["BasicFonts"].dict[f"{name}+{number}"]
            self.idToObject[subset.ToUnicode.name].content = make_unicode_map(subset.BaseFont, codes)

    def _date(self) -> str:
        """Return the document's time as a PDF date."""
        return "(D:{:04d}{:02d}{:02d}{:02d}{:02d}{:02d}+00'00')".format(*self._timeStamp.YMDhms)

    def _output_intent(self) -> str:
        """Return the output intent: sRGB, by a profile of our own (ISO 19005-3, 6.2.3)."""
        profile = self._register(_stream(make_srgb_profile(), N="3"))
        name = pdf_text("sRGB IEC61966-2.1")
        return (
            f"<</Type/OutputIntent/S/GTS_PDFA1/Info{name}/OutputConditionIdentifier{name}"
            f"/RegistryName(http://www.color.org)/DestOutputProfile {profile} 0 R>>"
        )

    def GetPDFData(self, canvas: Any) -> bytes:  # noqa: N802  # ReportLab's name
        """Return the file."""
        for font in self.delayedFonts:
            self._add_font(font)
        self.Reference(self.Catalog)
        self.Reference(self.info)
        return write_file(self)


def _stream(data: bytes, **entries: str) -> Any:
    """Return a compressed stream with those entries, written out already."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), data)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _children(levels: list[int]) -> dict[int | None, list[int]]:
    """Return the entries by the entry above them: the last one before with a smaller level, None for the top."""
    children: dict[int | None, list[int]] = {}
    stack: list[int] = []
    for index, level in enumerate(levels):
        while stack and levels[stack[-1]] >= level:
            stack.pop()
        children.setdefault(stack[-1] if stack else None, []).append(index)
        stack.append(index)
    return children


def _sort_key(name: str) -> bytes:
    """Return the bytes by which a name tree is sorted: those of the string as written."""
    return name.encode("ascii") if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def make_xmp(metadata: Metadata) -> str:
    """Return the XMP packet, with the same values as the Info dictionary (ISO 14289-1, clause 5)."""
    return XMP.format(
        title=escape(metadata.title, quote=False),
        author=escape(metadata.author, quote=False),
        subject=escape(metadata.subject, quote=False),
        language=escape(metadata.language, quote=False),
        producer=escape(metadata.producer, quote=False),
        time=metadata.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
    )
