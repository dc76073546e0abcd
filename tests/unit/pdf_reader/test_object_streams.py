"""Objects in object streams are read as pypdf reads them, whatever they are."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Sequence
from typing import Any

import pypdf
import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject, TextStringObject

from gri_builder.pdf_reader.object_streams import ObjectReader
from tests.support.broken_pdfs import BROKEN

FIRST = 10
"""Number of the first object in the object stream."""
PLAIN = (
    b"<</S/P/P 11 0 R/Pg 3 0 R/K[0 1 12 0 R]>>",
    b"<< /S /Span\r\n/K 4 /ActualText (x) /E <FEFF00E9> /A<</O/Layout/BBox[0 -.5 +2. 3.25]>>>>",
    b"[null true false 1 0 R(a\\051b\\(\\\n\\8)(\xfe\xff\0a)<>(c)<0>[]<<>>]",
    b"<</Empty()/Dest(G4-1)/N null>>",
    b"[1 2 3 4 R]",
    b"<</S/TD/P 11 0 R/Pg 3 0 R/K 7>>",
    b"<</S/L/P 11 0 R/K[12 0 R 013 0 R]>> \n",
    b"<</S/L/P 11 0 R/K 12 0 R>>",
    b"<</S/S/P 11 0 R/K[12 0 R]>>",
    b"<</S/L_1/P 11 1 R/K 3>>",
)
ODD = (
    b"<</S/P%comment\n/K 1>>",
    b"<</S/P#20Q/K 1>>",
    b"<</S/P/S/Q>>",
    b"<</S/P/K>>",
    b"<</S/P/K 1",
    b"<</S/P/K 1]",
    b"<</S/P>>>>",
    b"<</S(a(b(c)))>>",
    b"<</S(open/P 1>>",
    b"<</S/P 1 2>>",
    b"<<null/P/S 1>>",
    b"<</S <12G4>>>",
    b"<</S +1 0 R/K 1  0  R/Q 1 0 R2>>",
    b"<</S/P/P 1 0 R/K[1 0 R2 0 R]>>",
    b"<</S/P/P 1 0 R/K[1 0 R 2 0  R]>>",
    b"<</S/P/P 1 0 R/K 1>>>",
    b"<</S 12R/K 1-2/Q 1.2.3>>",
    b"<</S/\xe9/K\x001>>",
    b"<</S/P/Length 3>>stream\nabc\nendstream",
    b"<</S nullx/K truefalse>>",
    b"<</S/ /K 1>>",
    b"<</" + b"S" * 1_100 + b" 1>>",
    b"[" * 25 + b"]" * 25,
    b"17",
    b"/Name",
    b"(text)",
    b"5 0 R",
    b"null",
    b"",
    b"{}",
    b"endobj",
    b"xyz",
)

PIECES = (b"", b"(", b">", b"[", b"/", b" 0 R", b"\\", b"%", b"\0")


def pack(objects: Sequence[bytes], count: int | None = None, head: bytes | None = None) -> bytes:
    """Return a PDF with those objects in one object stream, object 4; catalog and pages are outside of it."""
    body = b"\n".join(objects)
    places = [sum(map(len, objects[:n])) + n for n in range(len(objects))]
    stated = b" ".join(b"%d %d" % (FIRST + n, place) for n, place in enumerate(places)) if head is None else head
    packed = zlib.compress(stated + b"\n" + body)
    number = len(objects) if count is None else count
    whole = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (number, len(stated) + 1, len(packed), packed),
    }
    out, rows = b"%PDF-1.5\n", {0: b"\0\0\0\0\0\0"}
    for n, each in whole.items():
        rows[n] = b"\1" + len(out).to_bytes(4, "big") + b"\0"
        out += b"%d 0 obj\n%s\nendobj\n" % (n, each)
    rows |= {FIRST + n: b"\2" + (4).to_bytes(4, "big") + bytes([n]) for n in range(len(objects))}
    rows[5] = b"\1" + len(out).to_bytes(4, "big") + b"\0"
    table = b"".join(rows[n] for n in sorted(rows))
    size = FIRST + len(objects)
    entries = b"/Type/XRef/Root 1 0 R/W[1 4 1]/Size %d/Index[0 6 %d %d]" % (size, FIRST, len(objects))
    made = b"5 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (entries, len(table), table)
    return out + made + b"startxref\n%d\n%%%%EOF\n" % len(out)


def describe(value: Any) -> Any:
    """Return types and values of an object and of all in it."""
    kind = type(value).__name__
    if isinstance(value, IndirectObject):
        return kind, value.idnum, value.generation
    if isinstance(value, dict):
        return kind, [(describe(key), describe(dict.__getitem__(value, key))) for key in value]
    if isinstance(value, list):
        return kind, [describe(item) for item in value]
    if isinstance(value, TextStringObject):
        return kind, str(value), value.original_bytes
    return kind, repr(value)


def read_all(reader: PdfReader) -> list[Any]:
    """Return what each object in an object stream is, or the fault that it raises; each is asked for twice."""
    found: list[Any] = []
    for number in sorted(reader.xref_objStm) * 2:
        try:
            found.append((number, describe(IndirectObject(number, 0, reader).get_object())))
        except Exception as fault:
            found.append((number, type(fault).__name__, str(fault)))
    return [*found, sorted(reader.resolved_objects)]


def check_same(data: bytes) -> None:
    try:
        expected = read_all(PdfReader(io.BytesIO(data), strict=False))
    except Exception as fault:
        with pytest.raises(type(fault)):
            ObjectReader(data)
        return
    assert read_all(ObjectReader(data)) == expected


def test_plain_objects_are_read_without_pypdf(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack(PLAIN)
    expected = read_all(PdfReader(io.BytesIO(data)))
    assert len(expected) == 2 * len(PLAIN) + 1
    reader = ObjectReader(data)
    stream = IndirectObject(4, 0, reader).get_object()
    assert stream is not None

    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("pypdf reads it")

    monkeypatch.setattr(pypdf._reader, "read_object", refuse)
    assert read_all(reader) == expected


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", [0, 2, len(PLAIN)])
def test_odd_objects_are_read_by_pypdf(odd: bytes, place: int) -> None:
    check_same(pack([*PLAIN[:place], odd, *PLAIN[place:]]))


@pytest.mark.parametrize(
    "head",
    [
        b"10 0 11 41",
        b"10 0 11 41 12 41 13 7 14 9 15 10 16 11 17 12 18 13 19 14",
        b"10 0 11 41 12 9999 13 10000 14 10001",
        b"10 0 11 -1 12 80 13 120 14 200",
        b"10 0 10 41 10 80 13 120 14 200",
        b"10 0 11 41 % 12 80",
        b"",
    ],
)
@pytest.mark.parametrize("count", [None, 0, -1, 99])
def test_odd_heads_are_read_by_pypdf(head: bytes, count: int | None) -> None:
    check_same(pack(PLAIN, count, head))


def test_changed_bytes_are_read_by_pypdf() -> None:
    """Each file has some bytes changed, left out or added in its objects."""
    chance = random.Random(3)
    for _ in range(400):
        objects = list(PLAIN)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(objects))
            changed = bytearray(objects[place])
            at = chance.randrange(len(changed) or 1)
            changed[at : at + chance.randint(0, 2)] = chance.choice(PIECES)
            objects[place] = bytes(changed)
        check_same(pack(objects))


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_read_as_pypdf_does(name: str) -> None:
    check_same(BROKEN[name])


def test_a_stream_within_itself_is_left_to_pypdf() -> None:
    """The cross-references say that the object stream is in an object stream: in itself."""
    data = pack(PLAIN)
    here = b"\1" + data.index(b"4 0 obj").to_bytes(4, "big") + b"\0"
    assert data.count(here) == 1
    check_same(data.replace(here, b"\2\0\0\0\4\0"))
