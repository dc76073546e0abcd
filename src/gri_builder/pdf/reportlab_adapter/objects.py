"""The registry of a document's objects, and how each is written."""

from __future__ import annotations

import codecs
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from reportlab.pdfbase import pdfdoc

from gri_builder.model.document import ReadObject
from gri_builder.pdf.spool import Kept, Spool
from gri_builder.pdf.to_unicode import make_unicode_map

MakeStream = Callable[[ReadObject, bytes], tuple[bytes, Mapping[str, str]]]
"""Makes data and entries of a stream from all other objects and the entries of the trailer."""
NULL = "null"
BATCH = 256
"""Small objects that are kept together."""


class IndirectObject(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """A numbered object; subclasses return its bytes in `write`."""

    __RefOnly__ = 1

    def write(self, registry: ObjectRegistry) -> bytes:
        """Return the object; it may register further ones."""
        raise NotImplementedError

    def format(self, document: Any) -> bytes:
        """Return the object (ReportLab's hook)."""
        return self.write(document.registry)


class RawObject(IndirectObject):
    """An object whose text is known when it is made, or set later."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def write(self, registry: ObjectRegistry) -> bytes:
        """Return the text."""
        return self.text.encode("latin-1")


class KeptStream(pdfdoc.PDFStream):  # type: ignore[misc]  # ReportLab has no types
    """A stream whose compressed data waits in a spool until it is written, which happens once."""

    def __init__(self, entries: Mapping[str, str], kept: Sequence[Kept]) -> None:
        super().__init__(pdfdoc.PDFDictionary({**entries, "Filter": _FLATE}))
        self.kept = kept

    def take(self, document: Any) -> Iterator[bytes]:
        """Yield the object in pieces, up to the end of its data."""
        dictionary = pdfdoc.PDFDictionary({**self.dictionary.dict, "Length": sum(each.size for each in self.kept)})
        yield pdfdoc.format(dictionary, document) + b"\nstream\n"
        for each in self.kept:
            yield each.take()


class CompressedContent(KeptStream):
    """The content of a page, compressed at once (ISO 32000-1, 7.8.2)."""

    def __init__(self, operators: str, spool: Spool) -> None:
        code = operators.encode("latin-1")
        self.digest = hashlib.sha256(code).hexdigest()
        """SHA-256 of the operators."""
        super().__init__({}, (spool.keep(zlib.compress(code)),))


class CompressedData:
    """Data of a stream, compressed piece by piece."""

    def __init__(self, spool: Spool) -> None:
        self.spool, self.packer = spool, zlib.compressobj()
        self.kept: list[Kept] = []

    def add(self, data: bytes) -> None:
        """Append data."""
        if packed := self.packer.compress(data):
            self.kept.append(self.spool.keep(packed))

    def finish(self, entries: Mapping[str, str]) -> KeptStream:
        """Return the stream, which has no number yet; the values of its entries are PDF syntax."""
        self.kept.append(self.spool.keep(self.packer.flush()))
        return KeptStream(entries, self.kept)


class FixedTime:
    """A time in the form that ReportLab asks for, in UTC."""

    dhh = dmm = 0
    tzname = "UTC"

    def __init__(self, time: datetime) -> None:
        self.lt = time.astimezone(UTC).timetuple()
        self.YMDhms = tuple(self.lt)[:6]


class WrittenBlock:
    """Objects as bytes in a spool of their own; none of them holds a zero byte. They can be read once."""

    def __init__(self, bodies: Iterable[bytes]) -> None:
        left, spool = iter(bodies), Spool()
        self.kept = [spool.keep(b"\0".join(some)) for some in iter(lambda: tuple(islice(left, BATCH)), ())]

    def __iter__(self) -> Iterator[bytes]:
        """Yield the objects."""
        for each in self.kept:
            yield from each.take().split(b"\0")


class ObjectRegistry:
    """The objects of one document by number, in the order in which they were added."""

    page_numbers: Mapping[int, int]
    """Object numbers of the pages by page number; set by `number_pages`."""

    def __init__(self, document: Any) -> None:
        self.document = document
        """ReportLab's document, for this package only."""
        document.registry = self
        self.late: list[tuple[int, MakeStream]] = []
        """Streams that are made from all other objects."""
        self._characters: dict[str, tuple[int, dict[int, str]]] = {}
        """The characters of each subset, with how many codes it had."""
        self.spool = Spool()
        self.written: dict[int, WrittenBlock] = {}
        """Objects that were written before all others, by the number of the first of each block."""

    def reserve(self, count: int) -> int:
        """Reserve the next numbers for a block of `written`, of which ReportLab knows nothing; return the first."""
        first: int = self.document.objectcounter + 1
        self.document.objectcounter += count
        return first

    def add(self, item: Any) -> int:
        """Return the object number of an item, which is added unless it has one."""
        reference = self.document.Reference(item)
        number: int = self.document.idToObjectNumberAndVersion[reference.name][0]
        return number

    def add_stream(self, data: bytes, **entries: str) -> int:
        """Return the object number of a new compressed stream; the values of its entries are PDF syntax."""
        return self.add(self.make_stream(data, entries))

    def add_late(self, make: MakeStream) -> int:
        """Return the object number of a stream that is made when all other objects are written."""
        number = self.add(RawObject(NULL))
        self.late.append((number, make))
        return number

    def write_late(self, read: ReadObject, trailer: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield number and bytes of the streams that are made from the other objects."""
        for number, make in self.late:
            data, entries = make(read, trailer)
            yield number, pdfdoc.format(self.make_stream(data, entries), self.document, toplevel=1)

    def make_stream(self, data: bytes, entries: Mapping[str, str]) -> Any:
        """Return a compressed stream that has no number yet."""
        return _make_stream(zlib.compress(data), {**entries, "Filter": _FLATE})

    def number_pages(self, count: int) -> None:
        """Note the object numbers of the pages; all of them must be finished."""
        numbers = self.document.idToObjectNumberAndVersion
        self.page_numbers = {page: numbers[f"Page{page}"][0] for page in range(1, count + 1)}

    def set_info(self, title: str, author: str, subject: str, producer: str, time: datetime) -> None:
        """Set the Info dictionary."""
        self.document._timeStamp = FixedTime(time)
        info = self.document.info
        info.title, info.author, info.subject = map(_text_string, (title, author, subject))
        info.creator = info.producer = producer

    def set_creator(self, creator: str) -> None:
        """Set the program in the Info dictionary that made the document."""
        self.document.info.creator = creator

    def set_xmp(self, packet: bytes) -> None:
        """Set the metadata stream; it stays uncompressed, so that any tool can read it."""
        self.document.Catalog.Metadata = _make_stream(packet, {"Type": "/Metadata", "Subtype": "/XML"})

    def set_catalog(self, **entries: IndirectObject | str | None) -> None:
        """Set entries of the catalog (ISO 32000-1, table 28): objects, text in PDF syntax, or None to leave one out."""
        catalog = self.document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, *(key for key in entries if key not in catalog.__NoDefault__)]
        for key, value in entries.items():
            setattr(catalog, key, value)

    def add_fonts(self) -> None:
        """Add the objects of all fonts that text was encoded with."""
        document = self.document
        for font in document.delayedFonts:
            state = font.state[document]
            name, subsets = state.internalName, state.subsets
            font.addObjects(document)
            for number, codes in enumerate(subsets):
                subset = document.idToObject["BasicFonts"].dict[f"{name}+{number}"]
                document.idToObject[subset.ToUnicode.name].content = make_unicode_map(
                    subset.BaseFont, codes, font.glyph_texts
                )

    def read_characters(self) -> dict[str, tuple[dict[int, str], int]]:
        """Return the characters of the codes that text was encoded with so far, as the ToUnicode maps will give them.

        By the name of a font's subset in the resources of pages, with the number of bytes of a code.
        """
        found = {}
        for font in self.document.delayedFonts:
            state, texts = font.state[self.document], font.glyph_texts
            for number, codes in enumerate(state.subsets):
                name = f"{font.getSubsetInternalName(number, self.document)}"
                used = len(codes) - codes.count(0)
                count, table = self._characters.get(name, (0, {}))
                if count < used:
                    table = {place: texts.get(code) or chr(code) for place, code in enumerate(codes) if code}
                    self._characters[name] = used, table
                found[name] = table, 1
        return found

    def add_trailer(self) -> bytes:
        """Add the catalog and the Info dictionary; return the trailer's entries that refer to them."""
        document = self.document
        root, info = (document.Reference(each).format(document) for each in (document.Catalog, document.info))
        return b"/Root %b/Info %b" % (root, info)

    def write_objects(self) -> Iterator[tuple[int, bytes | Iterator[bytes], bool]]:
        """Yield each object: its number, its bytes, and whether it must stay outside object streams.

        Of a stream that was kept compressed, the bytes come in pieces, without the word that ends it.
        """
        document, number = self.document, 1
        outside = {id(document.Catalog), id(document.info)}
        while number <= document.objectcounter:  # writing an object may register further ones
            if number in self.written:
                for body in self.written.pop(number):
                    yield number, body, False
                    number += 1
                continue
            item = document.idToObject[document.numberToId[number]]
            is_kept = isinstance(item, KeptStream)
            body = item.take(document) if is_kept else pdfdoc.format(item, document, toplevel=1)
            yield number, body, id(item) in outside
            number += 1


def _text_string(text: str) -> Any:
    """Return a text string; beyond ASCII in UTF-16, as not all readers know PDFDocEncoding (ISO 32000-1, 7.9.2.2)."""
    if text.isascii():
        return text
    return pdfdoc.PDFString(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), enc="raw")


def _make_stream(data: bytes, entries: Mapping[str, Any]) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), data)


_FLATE = pdfdoc.PDFArray([pdfdoc.PDFName("FlateDecode")])
