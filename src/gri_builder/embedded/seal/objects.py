"""The objects of a PDF by number, and the data of its streams, unpacked (ISO 32000-1, 7.3.8 and 7.4)."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping

from gri_builder.embedded.seal.element_syntax import parse_objects
from gri_builder.embedded.seal.predictors import undo_predictor
from gri_builder.embedded.seal.syntax import (
    NULL,
    Atoms,
    PdfSyntaxError,
    Stream,
    Value,
    find_stream,
    parse_value,
    scan_value,
)
from gri_builder.model.document import ReadObject

Resolved = str | list[Value] | dict[str, Value] | Stream
"""A value that is no reference."""
DEEPEST = 50
"""References that follow one another."""
STRETCH = 256
"""Objects that are read together; so many numbers follow one another where structure elements do."""
MOST_STRETCHES = 8
LARGE = 10_000
"""Bytes of an object that is read alone, such as a name tree."""
END_OF_STREAM = (b"endstream", b"endstream\n")
PIECE = 1 << 16
"""Bytes that are unpacked at a time."""
OTHER_DATA = frozenset({"/F", "/DecodeParms"})
"""Entries of streams whose data is elsewhere, or is not only compressed."""
MOST_DATA = 400_000_000
"""Bytes of a stream that are unpacked."""


class PdfObjects:
    """The objects of a PDF by number; each is read when it is asked for, and once if they are kept."""

    def __init__(self, read: Callable[[int], Value | Stream], trailer: Mapping[str, Value], keeps: bool = True) -> None:
        self._read, self._keeps = read, keeps
        self._known: dict[int, Value | Stream] = {}
        self.trailer = trailer
        """Entries of the trailer: Root, Info and others."""

    def get(self, number: int) -> Value | Stream:
        """Return an object; null if that number is missing (7.3.10)."""
        if not self._keeps:
            return self._read(number)
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = self._read(number)
        return found

    def resolve(self, value: Value | Stream | None) -> Resolved:
        """Return what references lead to."""
        for _ in range(DEEPEST):
            if not isinstance(value, int):
                return NULL if value is None else value
            value = self.get(value)
        raise PdfSyntaxError("references lead in a circle")

    def mapping(self, value: Value | Stream | None) -> dict[str, Value]:
        """Return the entries of a dictionary or a stream; none for anything else."""
        found = self.resolve(value)
        if isinstance(found, Stream):
            return found.entries
        return found if isinstance(found, dict) else {}

    def items(self, value: Value | Stream | None) -> list[Value]:
        """Return the items of an array, references unresolved; none for anything else."""
        found = self.resolve(value)
        return found if isinstance(found, list) else []

    def unpack(self, stream: Stream) -> tuple[bytes | memoryview, list[tuple[str, Value]]]:
        """Return the data without the filters that only pack it, and those that remain, each with its parameters."""
        return _unpack(self, stream)

    def digest(self, stream: Stream) -> tuple[str, list[tuple[str, Value]]]:
        """Return the SHA-256 of the data that `unpack` returns, in hexadecimal, and the filters that remain."""
        if stream.entries.keys().isdisjoint(OTHER_DATA) and self._is_deflated(stream.entries.get("/Filter")):
            digest = hashlib.sha256()
            for piece in _inflate_pieces(stream.data):
                digest.update(piece)
            return digest.hexdigest(), []
        data, filters = self.unpack(stream)
        return hashlib.sha256(data).hexdigest(), filters

    def _is_deflated(self, filters: Value | None) -> bool:
        found = self.resolve(filters)
        return found in ("/FlateDecode", ["/FlateDecode"])


def parse_written(read: ReadObject, trailer: bytes) -> PdfObjects:
    """Return the objects of a file that is being written; `trailer` are the entries of its trailer."""
    entries = parse_value(f"<<{trailer.decode('latin-1')}>>")
    assert isinstance(entries, dict)
    return PdfObjects(_WrittenReader(read).get, entries, keeps=False)


class _WrittenReader:
    """Reads objects in stretches of numbers, which is quicker than one by one, and keeps the last few stretches."""

    def __init__(self, read: ReadObject) -> None:
        self._read = read
        self._stretches: dict[int, dict[int, Value]] = {}
        self._attributes: dict[str, Value] = {}
        """Attributes of structure elements, by their text."""
        self._atoms = Atoms()

    def get(self, number: int) -> Value | Stream:
        """Return an object."""
        stretch = number // STRETCH
        found = self._stretches.get(stretch)
        if found is None:
            if len(self._stretches) == MOST_STRETCHES:
                del self._stretches[next(iter(self._stretches))]
            found = self._stretches[stretch] = self._read_stretch(stretch * STRETCH)
        value = found.get(number)
        if value is not None:
            return value
        body = self._read(number)
        if body is None:
            return NULL
        return _parse_stream(body) if body.endswith(END_OF_STREAM) else parse_value(body.decode("latin-1"))

    def _read_stretch(self, start: int) -> dict[int, Value]:
        """Return the objects of a stretch that are neither streams nor large."""
        read = ((number, self._read(number)) for number in range(start, start + STRETCH))
        texts = {
            number: body.decode("latin-1")
            for number, body in read
            if body is not None and len(body) < LARGE and not body.endswith(END_OF_STREAM)
        }
        return dict(zip(texts, parse_objects(list(texts.values()), self._attributes, self._atoms), strict=True))


def _parse_stream(body: bytes) -> Stream:
    text = body[: body.find(b"stream\n") + 7].decode("latin-1")
    value, place = scan_value(text, 0)
    start = find_stream(text, place)
    length = value.get("/Length") if isinstance(value, dict) else None
    if start is None or not isinstance(value, dict) or not isinstance(length, str):
        raise PdfSyntaxError("a stream without data")
    return Stream(value, memoryview(body)[start : start + int(length)])


def _unpack(objects: PdfObjects, stream: Stream) -> tuple[bytes | memoryview, list[tuple[str, Value]]]:
    entries, data = stream.entries, stream.data
    if "/F" in entries:
        raise PdfSyntaxError("the data of a stream is in another file")
    filters = objects.resolve(entries.get("/Filter"))
    given = objects.resolve(entries.get("/DecodeParms"))
    names = [str(objects.resolve(each)) for each in filters] if isinstance(filters, list) else [str(filters)]
    parameters = given if isinstance(given, list) else [given if isinstance(given, dict) else NULL]
    left = [(name, parameters[i] if i < len(parameters) else NULL) for i, name in enumerate(names) if name != NULL]
    while left and (undo := _FILTERS.get(left[0][0])):
        data = undo(data)
        mapping = objects.mapping(left[0][1])
        if mapping:
            settings = {name: str(objects.resolve(value)) for name, value in mapping.items()}
            data = undo_predictor(bytes(data), settings)
        left.pop(0)
    return data, left


def _inflate(data: bytes | memoryview) -> bytes:
    return b"".join(_inflate_pieces(data))


def _inflate_pieces(data: bytes | memoryview) -> Iterator[bytes]:
    unpacker, left = zlib.decompressobj(), MOST_DATA
    packed, place = memoryview(data), 0
    if not packed:
        return
    while place < len(packed) and left > 0 and not unpacker.eof:
        try:
            found = unpacker.decompress(packed[place : place + PIECE], left)
        except zlib.error as fault:
            raise PdfSyntaxError("the data of a stream is damaged") from fault
        left -= len(found)
        place += PIECE
        yield found
    if not unpacker.eof:
        raise PdfSyntaxError("the data of a stream is not complete, or far too large")
    if unpacker.unused_data.strip() or bytes(packed[place:]).strip():
        raise PdfSyntaxError("more data follows the end of a stream's data")


def _read_hex(data: bytes | memoryview) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", bytes(data).partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _read_base85(data: bytes | memoryview) -> bytes:
    try:
        return base64.a85decode(
            bytes(data).strip().removesuffix(b"~>").removeprefix(b"<~"), ignorechars=b" \t\n\r\x0b\0\f"
        )
    except ValueError as fault:
        raise PdfSyntaxError("the data of a stream is damaged") from fault


_FILTERS: Mapping[str, Callable[[bytes | memoryview], bytes]] = {
    "/FlateDecode": _inflate,
    "/Fl": _inflate,
    "/ASCIIHexDecode": _read_hex,
    "/AHx": _read_hex,
    "/ASCII85Decode": _read_base85,
    "/A85": _read_base85,
}
"""Filters that only pack data; those of pictures, which change it, stay."""
