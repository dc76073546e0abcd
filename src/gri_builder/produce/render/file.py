"""The file: streams as PDF/A wants them, small objects packed into object streams (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Any

from msgspec import Struct, field
from reportlab.pdfbase import pdfdoc

PACK = 200
"""Objects in an object stream."""
ROW = struct.Struct(">BIH")
"""An entry of the cross-reference stream: its type, and two fields."""


class FileWriter(Struct):
    """Collects the bytes of a file, and where each object stands."""

    parts: list[bytes] = field(default_factory=list)
    position: int = 0
    places: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """Cross-reference entry of each object: type 1 with its offset, or type 2 with its object stream and index."""

    def put(self, data: bytes) -> None:
        """Append bytes."""
        self.parts.append(data)
        self.position += len(data)

    def put_object(self, number: int, body: bytes) -> None:
        """Append an indirect object."""
        self.places[number] = (1, self.position, 0)
        self.put(b"%d 0 obj\n%b\nendobj\n" % (number, body.rstrip(b"\n")))

    def put_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Append a compressed stream object."""
        packed = zlib.compress(data, 6)  # the highest level costs a quarter of what tags cost, for a hundredth of size
        head = b"<<%b/Filter/FlateDecode/Length %d>>" % (entries, len(packed))
        self.put_object(number, head + b"\nstream\n" + packed + b"\nendstream")

    def put_packed(self, number: int, objects: list[tuple[int, bytes]]) -> int:
        """Append objects in object streams, numbered from `number` on; return the number after the last."""
        for start in range(0, len(objects), PACK):
            head, body, offset = [], [], 0
            for index, (each, data) in enumerate(objects[start : start + PACK]):
                self.places[each] = (2, number, index)
                head.append(b"%d %d" % (each, offset))
                body.append(data)
                offset += len(data) + 1
            first = b" ".join(head) + b"\n"
            entries = b"/Type/ObjStm/N %d/First %d" % (len(body), len(first))
            self.put_stream(number, entries, first + b"\n".join(body))
            number += 1
        return number

    def put_cross_references(self, number: int, trailer: bytes) -> None:
        """Append the cross-reference stream, which is also the trailer, and the file's end."""
        start = self.position
        self.places[number] = (1, start, 0)
        rows = [ROW.pack(*self.places.get(each, (0, 0, 65535))) for each in range(number + 1)]
        entries = b"/Type/XRef/W[1 4 2]/Size %d%b/DecodeParms<</Predictor 12/Columns %d>>"
        self.put_stream(number, entries % (number + 1, trailer, ROW.size), _predict(rows))
        self.put(b"startxref\n%d\n%%%%EOF\n" % start)


def write_file(document: Any) -> bytes:
    """Return the file of a finished document; its identifier is made from its content alone (ISO 32000-1, 14.4)."""
    writer, packed, number = FileWriter(), [], 1
    writer.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    alone = {id(document.Catalog), id(document.info)}
    while number in document.numberToId:  # formatting an object may register further ones
        item = document.idToObject[document.numberToId[number]]
        body = pdfdoc.format(item, document, toplevel=1)
        if body.endswith(b"endstream\n"):
            writer.put_object(number, _end_stream(body))
        elif id(item) in alone:
            writer.put_object(number, body)
        else:
            packed.append((number, body.rstrip(b"\n")))
        number += 1
    number = writer.put_packed(number, packed)
    digest = hashlib.md5(b"".join(writer.parts), usedforsecurity=False).hexdigest().encode()
    catalog, info = (document.Reference(each).format(document) for each in (document.Catalog, document.info))
    writer.put_cross_references(number, b"/Root %b/Info %b/ID[<%b><%b>]" % (catalog, info, digest, digest))
    return b"".join(writer.parts)


def _end_stream(body: bytes) -> bytes:
    """Return a stream object with an end of line before `endstream` (ISO 19005-3, 6.1.7.1)."""
    return body.removesuffix(b"endstream\n") + b"\nendstream"


def _predict(rows: list[bytes]) -> bytes:
    """Return the rows as differences to the row above (PNG 'up' predictor)."""
    table = b"".join(rows)
    size = len(table)
    here, above = int.from_bytes(table), int.from_bytes(bytes(ROW.size) + table[: -ROW.size])
    # All bytes are subtracted at once: the highest bit of each is set aside, so that none borrows from the next.
    high = int.from_bytes(b"\x80" * size)
    low = (1 << 8 * size) - 1 ^ high
    differences = (((here | high) - (above & low)) ^ ((here ^ above ^ high) & high)).to_bytes(size)
    return b"".join(b"\x02" + differences[start : start + ROW.size] for start in range(0, size, ROW.size))
