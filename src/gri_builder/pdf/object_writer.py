"""The file structure (ISO 32000-1, 7.5): objects, object streams and the cross-reference stream."""

from __future__ import annotations

import hashlib
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from io import BytesIO
from itertools import chain

from msgspec import Struct, field

from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry

OBJECTS_PER_STREAM = 200
XREF_ROW = struct.Struct(">BIH")
"""An entry of the cross-reference stream: its type, and two fields."""
PREDICTED_ROWS = 10_000
"""Rows whose differences are calculated together."""
FREE_ENTRY = XREF_ROW.pack(0, 0, 65535)


class ObjectStream(Struct, frozen=True):
    """Several objects in one compressed stream: their numbers, ascending, and the stream (ISO 32000-1, 7.5.7)."""

    numbers: array[int]
    body: bytes

    def unpack(self) -> dict[int, bytes]:
        """Return its objects by number."""
        start = self.body.index(b"stream\n") + 7
        data = zlib.decompress(memoryview(self.body)[start : -len(_END)])
        head, _, rest = data.partition(b"\n")
        offsets = [int(word) for word in head.split()[1::2]]
        ends = [*(offset - 1 for offset in offsets[1:]), len(rest)]
        return {number: rest[start:end] for number, start, end in zip(self.numbers, offsets, ends, strict=True)}


class FileWriter(Struct):
    """The bytes of a file, and the place of each object; what was written can be read again, so nobody keeps it."""

    file: BytesIO = field(default_factory=BytesIO)
    rows: bytearray = field(default_factory=bytearray)
    """Cross-reference entries by number: type 1 with an offset, or type 2 with an object stream and an index."""
    bodies: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Where objects outside object streams start and end."""
    streams: list[ObjectStream] = field(default_factory=list)
    """Object streams that are packed, and not yet in the file."""
    _unpacked: tuple[int, dict[int, bytes]] = (-1, {})
    """The object stream that was read last, by its index, and its objects."""

    def reserve(self, size: int) -> None:
        """Take the memory for that many bytes at once: as it grows, the file would move and leave gaps behind."""
        self.file.seek(size)
        self.file.write(b"\0")
        self.file.seek(0)

    def finish(self) -> bytes:
        """Return the file."""
        self.file.truncate()
        return self.file.getvalue()

    def put(self, data: bytes) -> None:
        """Append bytes."""
        self.file.write(data)

    def put_object(self, number: int, body: bytes) -> None:
        """Append an indirect object."""
        self.put_pieces(number, (body.rstrip(b"\n"),))

    def put_pieces(self, number: int, pieces: Iterable[bytes]) -> None:
        """Append an indirect object that comes in pieces."""
        position = self.file.tell()
        self._note(number, XREF_ROW.pack(1, position, 0))
        start = position + self.file.write(b"%d 0 obj\n" % number)
        self.file.writelines(pieces)
        self.bodies[number] = start, self.file.tell()
        self.put(b"\nendobj\n")

    def pack(self, objects: list[tuple[int, bytes]]) -> None:
        """Compress objects, each a number and its body, as one object stream."""
        if objects:
            self.streams.append(_pack(objects))

    def read(self, number: int) -> bytes | None:
        """Return an object that was written or packed; None if that number is missing."""
        place = self.bodies.get(number)
        if place:
            return bytes(self.file.getbuffer()[slice(*place)])
        index = bisect_right(self.streams, number, key=lambda stream: stream.numbers[0]) - 1
        if index < 0:
            return None
        if self._unpacked[0] != index:
            self._unpacked = index, self.streams[index].unpack()
        return self._unpacked[1].get(number)

    def digest(self) -> bytes:
        """Return the MD5 of all bytes so far, in hexadecimal."""
        with self.file.getbuffer() as written:
            return hashlib.md5(written[: self.file.tell()], usedforsecurity=False).hexdigest().encode()

    def put_object_streams(self, number: int) -> int:
        """Append the object streams, and note the index of each of their objects; return the number of the last.

        `number` is that of the last object before them.
        """
        self.streams.reverse()
        while self.streams:
            stream = self.streams.pop()
            number += 1
            for index, each in enumerate(stream.numbers):
                self._note(each, XREF_ROW.pack(2, number, index))
            self.put_object(number, stream.body)
        return number

    def put_cross_references(self, number: int, trailer: bytes) -> None:
        """Append the cross-reference stream, which is the trailer too, and the end of the file."""
        start = self.file.tell()
        self._note(number, XREF_ROW.pack(1, start, 0))
        entries = b"/Type/XRef/W[1 4 2]/Size %d%b/DecodeParms<</Predictor 12/Columns %d>>"
        self.put_object(number, _make_stream(entries % (number + 1, trailer, XREF_ROW.size), _predict(self.rows)))
        self.put(b"startxref\n%d\n%%%%EOF\n" % start)

    def _note(self, number: int, row: bytes) -> None:
        """Set a cross-reference entry; those that are left out before it are free."""
        start = number * XREF_ROW.size
        missing = start + XREF_ROW.size - len(self.rows)
        if missing > 0:
            self.rows += FREE_ENTRY * (missing // XREF_ROW.size)
        self.rows[start : start + XREF_ROW.size] = row


def write_file(registry: ObjectRegistry) -> bytes:
    """Return the file of a finished document; its identifier depends on its content alone (ISO 32000-1, 14.4)."""
    writer, small, number = FileWriter(), list[tuple[int, bytes]](), 0
    writer.reserve(registry.spool.size * 5 // 4)
    writer.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    trailer = registry.add_trailer()
    late = {place for place, _ in registry.late}
    for number, body, stays_outside in registry.write_objects():
        if number in late:
            continue
        if not isinstance(body, bytes):
            writer.put_pieces(number, chain(body, (_END,)))
        elif body.endswith(b"endstream\n"):
            writer.put_object(number, _end_stream(body))
        elif stays_outside:
            writer.put_object(number, body)
        else:
            small.append((number, body.rstrip(b"\n")))
            if len(small) == OBJECTS_PER_STREAM:
                writer.pack(small)
                small = []
    writer.pack(small)
    for place, body in registry.write_late(writer.read, trailer):
        writer.put_object(place, _end_stream(body))
    number = writer.put_object_streams(number)
    digest = writer.digest()
    writer.put_cross_references(number + 1, b"%b/ID[<%b><%b>]" % (trailer, digest, digest))
    return writer.finish()


def _pack(objects: list[tuple[int, bytes]]) -> ObjectStream:
    """Return the objects, each a number and its body, as one stream."""
    head, offset = [], 0
    for number, body in objects:
        head.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    first = b" ".join(head) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(first))
    stream = _make_stream(entries, first + b"\n".join(body for _, body in objects))
    return ObjectStream(array("L", (number for number, _ in objects)), stream)


_END = b"\nendstream"
"""Ends a stream, with the end of line before it that ISO 19005-3, 6.1.7.1 asks for."""


def _make_stream(entries: bytes, data: bytes) -> bytes:
    """Return a compressed stream with those entries."""
    packed = zlib.compress(data, 6)  # the highest level costs a quarter of what tags cost, for a hundredth of size
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n" % (entries, len(packed)) + packed + _END


def _end_stream(body: bytes) -> bytes:
    """Return a stream object as it is in a file."""
    return body.removesuffix(b"endstream\n") + _END


def _predict(table: bytes | bytearray) -> bytes:
    """Return the rows of a table as differences to the row above (PNG 'up' predictor)."""
    step, padded = XREF_ROW.size * PREDICTED_ROWS, bytes(XREF_ROW.size) + table
    pieces = (padded[start : start + step + XREF_ROW.size] for start in range(0, len(table), step))
    return b"".join(map(_predict_rows, pieces))


def _predict_rows(table: bytes) -> bytes:
    """Return all rows but the first as differences."""
    size = len(table) - XREF_ROW.size
    here, above = int.from_bytes(table[XREF_ROW.size :]), int.from_bytes(table[:size])
    # All bytes are subtracted at once: the highest bit of each is set aside, so that none borrows from the next.
    high = int.from_bytes(b"\x80" * size)
    low = (1 << 8 * size) - 1 ^ high
    differences = (((here | high) - (above & low)) ^ ((here ^ above ^ high) & high)).to_bytes(size)
    return b"".join(b"\x02" + differences[start : start + XREF_ROW.size] for start in range(0, size, XREF_ROW.size))
