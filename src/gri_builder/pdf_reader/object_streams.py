"""Objects in object streams, for pypdf: most objects of a tagged PDF, read several times as fast (ISO 32000-1, 7.5.7).

pypdf reads byte by byte, so that it can mend what is broken. Here an object stream is read only if all in it is written
so plainly that pypdf would read the same; any other is left to pypdf.
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    create_string_object,
    read_string_from_stream,
)

_REGULAR = rb"[^\0-\x20()<>\[\]{}/%\x7f-\xff]"
_WORD = re.compile(
    rb"[ \t\r\n]*+(<<|>>|\[|\]|/" + _REGULAR + rb"++|\d{1,7} \d{1,4} R(?!" + _REGULAR + rb")|" + _REGULAR + rb"++"
    rb"|\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f]*+>|.|\Z)",
    re.DOTALL,
)
"""A word; a single character, or none, is one too, so that nothing is passed over."""
_ELEMENT = re.compile(
    rb"<</S(/\w{1,100}+)/P (\d{1,7} \d{1,4} R)(?:/Pg (\d{1,7} \d{1,4} R))?"
    rb"/K(?: (\d{1,9}|\d{1,7} \d{1,4} R)|\[(\d{1,7} 0 R(?: \d{1,7} 0 R)*+)\])>>[ \t\r\n]*+"
)
"""A structure element as gri-builder writes most of them: these are read twice as fast."""
_NUMBER = re.compile(rb"[+-]?\d{1,9}(\.\d{0,9})?|[+-]?(\.\d{1,9})")
_HEAD = re.compile(rb"[\d \r\n]*+")
LONGEST = 1_000
"""Bytes of a name that is read here; pypdf refuses very long ones."""
MOST = 100_000
"""Words of an object that is read here; pypdf refuses very long lists."""
DEEPEST = 20
"""Levels of arrays and dictionaries that are read here."""


class _UnusualSyntaxError(Exception):
    """An object has syntax that is left to pypdf."""


class ObjectReader(PdfReader):
    """A reader that finds the same objects as pypdf's, faster."""

    def __init__(self, data: bytes) -> None:
        self._opened = set[int]()
        """Numbers of the object streams that were read, or left to pypdf."""
        self._words = _Words(self)
        super().__init__(io.BytesIO(data), strict=False)

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """Return an object; those in the same object stream are read with it."""
        if isinstance(indirect_reference, IndirectObject):
            number, generation = indirect_reference.idnum, indirect_reference.generation
            found = self.resolved_objects.get((generation, number))
            if found is not None:
                return found
            if generation == 0 and number in self.xref_objStm:
                self._open(self.xref_objStm[number][0])
        return super().get_object(indirect_reference)

    def _open(self, container: int) -> None:
        """Read the objects of an object stream, if all are written plainly."""
        if container in self._opened or container in self.xref_objStm:
            return
        self._opened.add(container)
        stream = IndirectObject(container, 0, self).get_object()
        if not isinstance(stream, DictionaryObject) or stream.get("/Type") != "/ObjStm":
            return
        try:
            found = self._read_all(stream)
        except _UnusualSyntaxError:
            return
        for number, value in found:  # an older version of an object does not count
            if self.xref_objStm.get(number, (0, 0))[0] == container and (0, number) not in self.resolved_objects:
                self.cache_indirect_object(0, number, value)

    def _read_all(self, stream: Any) -> list[tuple[int, PdfObject]]:
        data: bytes = stream.get_data()
        places = _read_head(data, stream.get("/N"), stream.get("/First"))
        ends = [place for _, place in places[1:]]
        return [
            (number, self._read_element(data, start, end) or _read(_WORD.findall(data, start, end), self._words))
            for (number, start), end in zip(places, [*ends, len(data)], strict=True)
        ]

    def _read_element(self, data: bytes, start: int, end: int) -> PdfObject | None:
        """Return a plain structure element; None for anything else."""
        match = _ELEMENT.fullmatch(data, start, end)
        if match is None:
            return None
        known = self._words
        role, parent, page, kid, kids = match.groups()
        made = {known[b"/S"]: known[role], known[b"/P"]: known[parent]}
        if page:
            made[known[b"/Pg"]] = known[page]
        made[known[b"/K"]] = known[kid] if kid else ArrayObject(known[b"%s 0 R" % each] for each in kids.split()[::3])
        return DictionaryObject(made)


def _read_head(data: bytes, count: Any, first: Any) -> list[tuple[int, int]]:
    """Return number and place of each object in an object stream, as its head states them."""
    if not isinstance(count, NumberObject) or not isinstance(first, NumberObject) or not 0 < first <= len(data):
        raise _UnusualSyntaxError
    head = data[:first]
    if not _HEAD.fullmatch(head):
        raise _UnusualSyntaxError
    stated = head.split()
    if not stated or len(stated) != 2 * count or max(map(len, stated)) > 9:
        raise _UnusualSyntaxError
    numbers = [int(each) for each in stated]
    places = [first + offset for offset in numbers[1::2]]
    if any(one >= other for one, other in pairwise([*places, len(data)])):
        raise _UnusualSyntaxError
    return list(zip(numbers[::2], places, strict=True))


class _Words(dict[bytes, PdfObject]):
    """What names, references and numbers are; each is made once."""

    def __init__(self, reader: PdfReader) -> None:
        super().__init__()
        self.reader = reader

    def __missing__(self, word: bytes) -> PdfObject:
        if word[:1] in (b"(", b"<"):
            return _read_string(word)
        value = self[word] = self._make(word)
        return value

    def _make(self, word: bytes) -> PdfObject:
        if word[:1] == b"/":
            if b"#" in word or not 1 < len(word) < LONGEST:
                raise _UnusualSyntaxError
            return NameObject(word.decode("ascii"))
        if b" " in word:
            number, generation, _ = word.split(b" ")
            return IndirectObject(int(number), int(generation), self.reader)
        if _NUMBER.fullmatch(word):
            return FloatObject(word) if b"." in word else NumberObject(word)
        if word in (b"true", b"false"):
            return BooleanObject(word == b"true")
        if word == b"null":
            return NullObject()
        raise _UnusualSyntaxError


def _read_string(word: bytes) -> PdfObject:
    if len(word) < 2:
        raise _UnusualSyntaxError
    if word[:1] == b"<":
        return create_string_object(bytes.fromhex((word[1:-1] + b"0" * (len(word) % 2)).decode()))
    if b"\\" in word:
        return read_string_from_stream(io.BytesIO(word))
    return create_string_object(word[1:-1])


def _read(words: list[bytes], known: _Words) -> PdfObject:
    """Return the dictionary or the array that words are."""
    if len(words) > MOST or words[0] not in (b"<<", b"["):
        raise _UnusualSyntaxError
    parts = list[Any]()
    above = list[tuple[list[Any], bytes]]()
    for word in words:
        if word == b"<<" or word == b"[":
            above.append((parts, word))
            parts = []
        elif word == b">>" or word == b"]":
            if not above or (above[-1][1] == b"[") != (word == b"]") or len(above) > DEEPEST:
                raise _UnusualSyntaxError
            closed = ArrayObject(parts) if word == b"]" else _make_dictionary(parts)
            parts, _ = above.pop()
            parts.append(closed)
        elif word:
            parts.append(known[word])
    if above or len(parts) != 1:
        raise _UnusualSyntaxError
    return parts[0]  # type: ignore[no-any-return]  # a dictionary or an array


def _make_dictionary(parts: list[Any]) -> DictionaryObject:
    keys = parts[::2]
    if len(parts) % 2 or set(map(type, keys)) - {NameObject}:
        raise _UnusualSyntaxError
    made = DictionaryObject(zip(keys, parts[1::2], strict=True))
    if len(made) != len(keys):
        raise _UnusualSyntaxError
    return made
