"""The file structure (ISO 32000-1, 7.5): objects, object streams and the cross-reference stream."""

from __future__ import annotations

import hashlib
import struct
import zlib

from msgspec import Struct, field

from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry

OBJECTS_PER_STREAM = 200
XREF_ROW = struct.Struct(">BIH")
"""An entry of the cross-reference stream: its type, and two fields."""
FREE_ENTRY = XREF_ROW.pack(0, 0, 65535)


class ObjectStream(Struct, frozen=True):
    """Several objects in one compressed stream: their numbers, and the stream (ISO 32000-1, 7.5.7)."""

    numbers: tuple[int, ...]
    body: bytes


class FileWriter(Struct):
    """The bytes of a file, and the position of each object."""

    parts: list[bytes] = field(default_factory=list)
    position: int = 0
    rows: dict[int, bytes] = field(default_factory=dict)
    """Cross-reference entry of each object: type 1 with its offset, or type 2 with its object stream and index."""

    def put(self, data: bytes) -> None:
        """Append bytes."""
        self.parts.append(data)
        self.position += len(data)

    def put_object(self, number: int, body: bytes) -> None:
        """Append an indirect object."""
        self.rows[number] = XREF_ROW.pack(1, self.position, 0)
        self.put(b"%d 0 obj\n%b\nendobj\n" % (number, body.rstrip(b"\n")))

    def digest(self) -> bytes:
        """Return the MD5 of all bytes so far, in hexadecimal."""
        digest = hashlib.md5(usedforsecurity=False)
        for part in self.parts:
            digest.update(part)
        return digest.hexdigest().encode()

    def put_object_stream(self, number: int, stream: ObjectStream) -> None:
        """Append an object stream, and note the index of each of its objects."""
        for index, each in enumerate(stream.numbers):
            self.rows[each] = XREF_ROW.pack(2, number, index)
        self.put_object(number, stream.body)

    def put_cross_references(self, number: int, trailer: bytes) -> None:
        """Append the cross-reference stream, which is the trailer too, and the end of the file."""
        start = self.position
        self.rows[number] = XREF_ROW.pack(1, start, 0)
        rows = [self.rows.get(each, FREE_ENTRY) for each in range(number + 1)]
        entries = b"/Type/XRef/W[1 4 2]/Size %d%b/DecodeParms<</Predictor 12/Columns %d>>"
        self.put_object(number, _make_stream(entries % (number + 1, trailer, XREF_ROW.size), _predict(rows)))
        self.put(b"startxref\n%d\n%%%%EOF\n" % start)


def write_file(registry: ObjectRegistry) -> bytes:
    """Return the file of a finished document; its identifier depends on its content alone (ISO 32000-1, 14.4)."""
    writer, small, streams, number = FileWriter(), list[tuple[int, bytes]](), list[ObjectStream](), 0
    writer.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    trailer = registry.add_trailer()
    late, bodies = {place for place, _ in registry.late}, dict[int, bytes]()
    for number, body, stays_outside in registry.write_objects():
        if number in late:
            continue
        bodies[number] = body
        if body.endswith(b"endstream\n"):
            writer.put_object(number, _end_stream(body))
        elif stays_outside:
            writer.put_object(number, body)
        else:
            small.append((number, body.rstrip(b"\n")))
            if len(small) == OBJECTS_PER_STREAM:
                streams.append(_pack(small))
                small = []
    for place, body in registry.write_late(bodies, trailer):
        writer.put_object(place, _end_stream(body))
    for stream in [*streams, *([_pack(small)] if small else [])]:
        number += 1
        writer.put_object_stream(number, stream)
    digest = writer.digest()
    writer.put_cross_references(number + 1, b"%b/ID[<%b><%b>]" % (trailer, digest, digest))
    return b"".join(writer.parts)


def _pack(objects: list[tuple[int, bytes]]) -> ObjectStream:
    """Return the objects, each a number and its body, as one stream."""
    head, offset = [], 0
    for number, body in objects:
        head.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    first = b" ".join(head) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(first))
    stream = _make_stream(entries, first + b"\n".join(body for _, body in objects))
    return ObjectStream(tuple(number for number, _ in objects), stream)


def _make_stream(entries: bytes, data: bytes) -> bytes:
    """Return a compressed stream with those entries."""
    packed = zlib.compress(data, 6)  # the highest level costs a quarter of what tags cost, for a hundredth of size
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n" % (entries, len(packed)) + packed + b"\nendstream"


def _end_stream(body: bytes) -> bytes:
    """Return a stream object with an end of line before `endstream` (ISO 19005-3, 6.1.7.1)."""
    return body.removesuffix(b"endstream\n") + b"\nendstream"


def _predict(rows: list[bytes]) -> bytes:
    """Return the rows as differences to the row above (PNG 'up' predictor)."""
    table = b"".join(rows)
    size = len(table)
    here, above = int.from_bytes(table), int.from_bytes(bytes(XREF_ROW.size) + table[: -XREF_ROW.size])
    # All bytes are subtracted at once: the highest bit of each is set aside, so that none borrows from the next.
    high = int.from_bytes(b"\x80" * size)
    low = (1 << 8 * size) - 1 ^ high
    differences = (((here | high) - (above & low)) ^ ((here ^ above ^ high) & high)).to_bytes(size)
    return b"".join(b"\x02" + differences[start : start + XREF_ROW.size] for start in range(0, size, XREF_ROW.size))
