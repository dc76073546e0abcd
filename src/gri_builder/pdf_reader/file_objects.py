"""The objects of a PDF file as its cross-references place them, strictly (ISO 32000-1, 7.5).

Readers mend a broken file each in its own way, and may show different things. So nothing is mended here: what is not
written as the standard asks is a fault, and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from msgspec import Struct, field

from gri_builder.embedded.seal.element_syntax import parse_object
from gri_builder.embedded.seal.objects import PdfObjects
from gri_builder.embedded.seal.syntax import GENERATION, NULL, PdfSyntaxError, Stream, Value, find_stream, scan_value

MOST_SECTIONS = 1_000
HEADER_WITHIN = 1024
"""Leading bytes that contain the header (ISO 32000-2, annex I)."""
_START = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,12})[\0\t\n\f\r ]+%%EOF")
_HEADER = re.compile(r"[\0\t\n\f\r ]*(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj")
_SUBSECTION = re.compile(r"[\0\t\n\f\r ]*(\d{1,10}) (\d{1,10})[\0\t\r\n ]*")
_ROW = re.compile(r"(\d{10}) (\d{5}) ([fn])[ \r\n]{1,2}")
_END_OF_DATA = re.compile(r"[\r\n]{0,2}endstream")
_COMMENT = re.compile(r"%[^\r\n]*")
_SPACES = "\0\t\n\f\r "
_PADDING = b"\0\t\n\f\r "


class FileObjects(Struct):
    """The objects of a file, and what is wrong with how the file is built."""

    data: bytes
    objects: PdfObjects
    faults: tuple[str, ...] = ()
    """Each a sentence."""
    revisions: tuple[int, ...] = ()
    """Where each revision of the file ends, in bytes, the first first (7.5.6)."""
    is_encrypted: bool = False
    """Whether texts and streams are encrypted."""


class _Entry(Struct, frozen=True):
    """Where an object is: at an offset, or in an object stream at an index."""

    offset: int
    container: int = 0
    index: int = 0
    generation: int = 0


class _File(Struct, frozen=True):
    """The bytes of a file, and the same as a text whose characters they are."""

    data: bytes
    text: str


class _Tables(Struct):
    """The cross-references of all revisions, the newest first."""

    entries: dict[int, _Entry | None] = field(default_factory=dict)
    """None for a free object."""
    trailer: dict[str, Value] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_file_objects(data: bytes) -> FileObjects:
    """Return the objects of a file; raises PdfSyntaxError where its cross-references can't be followed."""
    front = max(0, data[:HEADER_WITHIN].find(b"%PDF-"))
    data = data[front:]
    file = _File(data, data.decode("latin-1"))
    starts = list(_START.finditer(data))
    if not starts:
        raise PdfSyntaxError("the file does not end as a PDF does")
    tables = _Tables()
    _read_sections(file, int(starts[-1][1]), tables)
    faults = [*_check_ends(front, data[starts[-1].end() :]), *tables.faults]
    reader = _Reader(file, tables)
    reader.objects = PdfObjects(reader.read, tables.trailer)
    ends = tuple(match.end() for match in starts)
    return FileObjects(data, reader.objects, tuple(faults), ends, "/Encrypt" in tables.trailer)


def _check_ends(front: int, rest: bytes) -> list[str]:
    faults = []
    if front:
        faults.append(f"{front} bytes are in front of the header of the PDF: something was put there")
    added = len(rest.strip(_PADDING))
    if added:
        faults.append(f"{added} bytes follow the end of the PDF: something was added behind it")
    return faults


def _read_sections(file: _File, start: int, tables: _Tables) -> None:
    """Read the cross-reference sections from the newest to the oldest; what a newer one has counts."""
    todo: list[int] = [start]
    seen: set[int] = set()
    while todo:
        place = todo.pop(0)
        if place in seen or len(seen) > MOST_SECTIONS:
            raise PdfSyntaxError("the cross-references lead in a circle")
        seen.add(place)
        is_table = file.text.startswith("xref", place)
        section, trailer = (_read_table if is_table else _read_xref_stream)(file, place)
        if "/XRefStm" in trailer:
            tables.faults.append(
                "the file has two cross-reference tables side by side: programs may show different things"
            )
            hidden, _ = _read_xref_stream(file, _whole(trailer["/XRefStm"]))
            section = {**{number: entry for number, entry in section.items() if entry}, **hidden}
        for number, entry in section.items():
            tables.entries.setdefault(number, entry)
        for key, value in trailer.items():
            tables.trailer.setdefault(key, value)
        if "/Prev" in trailer:
            todo.append(_whole(trailer["/Prev"]))


def _whole(value: Value | None) -> int:
    if isinstance(value, str) and value.isdigit():
        return int(value)
    raise PdfSyntaxError("a number is missing in the cross-references")


def _read_table(file: _File, start: int) -> tuple[dict[int, _Entry | None], dict[str, Value]]:
    """Return the entries of a cross-reference table, and its trailer (7.5.4)."""
    entries: dict[int, _Entry | None] = {}
    place = start + 4
    while match := _SUBSECTION.match(file.text, place):
        first, count = int(match[1]), int(match[2])
        place = match.end()
        for number in range(first, first + count):
            row = _ROW.match(file.text, place)
            if not row:
                raise PdfSyntaxError("the cross-reference table is damaged")
            entries[number] = _Entry(int(row[1]), generation=int(row[2])) if row[3] == "n" else None
            place = row.end()
    found = re.compile(r"[\0\s]*trailer").match(file.text, place)
    if not found:
        raise PdfSyntaxError("the cross-reference table has no trailer")
    trailer, _ = scan_value(file.text, found.end())
    if not isinstance(trailer, dict):
        raise PdfSyntaxError("the cross-reference table has no trailer")
    return entries, trailer


def _read_xref_stream(file: _File, start: int) -> tuple[dict[int, _Entry | None], dict[str, Value]]:
    """Return the entries of a cross-reference stream, and its dictionary (7.5.8)."""
    _, value = _read_object(file, start, PdfObjects(lambda number: NULL, {}))
    if not isinstance(value, Stream) or value.entries.get("/Type") != "/XRef":
        raise PdfSyntaxError("there are no cross-references where the file says that they are")
    packed, _ = PdfObjects(lambda number: NULL, {}).unpack(value)
    widths = [_whole(each) for each in cast("list[Value]", value.entries.get("/W", []))]
    listed = [_whole(each) for each in cast("list[Value]", value.entries.get("/Index", ["0", value.entries["/Size"]]))]
    if len(widths) != 3 or sum(widths) == 0:
        raise PdfSyntaxError("the cross-reference stream is damaged")
    entries: dict[int, _Entry | None] = {}
    numbers = (n for first, count in zip(listed[::2], listed[1::2], strict=True) for n in range(first, first + count))
    size = sum(widths)
    for number, place in zip(numbers, range(0, len(packed) - size + 1, size), strict=False):
        entries[number] = _read_row(packed[place : place + size], widths)
    return entries, value.entries


def _read_row(row: bytes | memoryview, widths: list[int]) -> _Entry | None:
    one, two = widths[0], widths[0] + widths[1]
    kind = int.from_bytes(row[:one]) if one else 1
    second, third = int.from_bytes(row[one:two]), int.from_bytes(row[two:])
    if kind == 2:
        return _Entry(0, second, third)
    return _Entry(second, generation=third) if kind == 1 else None


def _read_object(file: _File, start: int, objects: PdfObjects) -> tuple[int, Value | Stream]:
    """Return number and value of the indirect object at an offset (7.3.10)."""
    header = _HEADER.match(file.text, start)
    if not header:
        raise PdfSyntaxError("there is no object where the file says that one is")
    value, place = scan_value(file.text, header.end())
    data = find_stream(file.text, place)
    if data is None or not isinstance(value, dict):
        return int(header[1]), value
    length = _whole(cast("str", objects.resolve(value.get("/Length"))))
    if not _END_OF_DATA.match(file.text, data + length):
        raise PdfSyntaxError("the data of a stream does not end where the file says that it does")
    return int(header[1]), Stream(value, memoryview(file.data)[data : data + length])


class _Reader:
    """Reads objects when they are asked for."""

    objects: PdfObjects

    def __init__(self, file: _File, tables: _Tables) -> None:
        self.file, self.tables = file, tables
        self.containers: dict[int, tuple[list[int], list[str]]] = {}

    def read(self, number: int) -> Value | Stream:
        """Return an object; null if it is free or unknown."""
        generation, number = divmod(number, GENERATION)
        entry = self.tables.entries.get(number)
        if entry is None:
            return NULL
        if entry.generation != generation:
            raise PdfSyntaxError(f"object {number} is asked for in a generation that it does not have")
        if entry.container:
            return self._read_contained(number, entry)
        found, value = _read_object(self.file, entry.offset, self.objects)
        if found != number:
            raise PdfSyntaxError(f"object {number} is not where the file says that it is")
        return value

    def _read_contained(self, number: int, entry: _Entry) -> Value:
        numbers, texts = self._open_container(entry.container)
        if entry.index >= len(numbers) or numbers[entry.index] != number:
            raise PdfSyntaxError(f"object {number} is not where the file says that it is")
        return parse_object(texts[entry.index].rstrip(_SPACES))

    def _open_container(self, number: int) -> tuple[list[int], list[str]]:
        """Return the numbers and the texts of the objects in an object stream (7.5.7)."""
        if number not in self.containers:
            where = self.tables.entries.get(number)
            if where is None or where.container:
                raise PdfSyntaxError("a stream of objects is missing")
            stream = self.objects.get(number)
            if not isinstance(stream, Stream):
                raise PdfSyntaxError("a stream of objects is missing")
            packed, _ = self.objects.unpack(stream)
            self.containers[number] = _split(bytes(packed).decode("latin-1"), stream.entries)
        return self.containers[number]


def _split(text: str, entries: Mapping[str, Value]) -> tuple[list[int], list[str]]:
    first = _whole(entries.get("/First"))
    head = [int(each) for each in _COMMENT.sub("", text[:first]).replace("\0", " ").split()]
    numbers, offsets = head[::2], [first + offset for offset in head[1::2]]
    ends = [*offsets[1:], len(text)]
    return numbers, [text[start:end] for start, end in zip(offsets, ends, strict=True)]
