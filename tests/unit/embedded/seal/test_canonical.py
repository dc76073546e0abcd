"""The one form of objects: independent of numbers, order, packing and directness; dependent on everything else."""

from __future__ import annotations

import gc
import hashlib
import random
import zlib

import pytest

from gri_builder.embedded.seal.canonical import Canonical
from gri_builder.embedded.seal.objects import MOST_STRETCHES, STRETCH, PdfObjects, parse_written
from gri_builder.embedded.seal.predictors import undo_predictor
from gri_builder.embedded.seal.syntax import NULL, PdfSyntaxError, Stream


def write(objects: dict[int, bytes], symbols: dict[int, str] | None = None) -> str:
    """Return object 1 in its one form."""
    return Canonical(parse_written(objects.get, b""), (symbols or {}).get).write(1)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%bendstream" % (entries, len(data), data)


def test_equal_objects_have_one_form() -> None:
    direct = write({1: b"<</A<</B[1 2.0]>>/C(x)>>"})
    assert direct == write({1: b"<</C 7 0 R/A 5 0 R>>", 5: b"<</B 9 0 R>>", 7: b"<78>", 9: b"[1 2]"})
    assert direct != write({1: b"<</A<</B[1 2.5]>>/C(x)>>"})
    assert direct != write({1: b"<</A<</B[1 2]>>/C(x)/D 1>>"})


def test_a_stream_is_its_data_however_it_is_packed() -> None:
    plain = write({1: stream(b"q Q")})
    assert plain == write({1: stream(zlib.compress(b"q Q"), b"/Filter/FlateDecode")})
    assert plain == write({1: stream(b"712051>", b"/Filter[/ASCIIHexDecode]")})
    assert plain != write({1: stream(b"q  Q")})
    assert plain != write({1: stream(b"q Q", b"/Filter/DCTDecode")})


def test_circles_end() -> None:
    assert write({1: b"<</Next 2 0 R>>", 2: b"<</Back 1 0 R>>"}).startswith("#")
    assert write({1: b"[2 0 R]", 2: b"<<>>"}, {2: "page 4"}) == "[page 4]"


def test_what_is_nested_too_deeply_or_damaged_is_an_error() -> None:
    with pytest.raises(PdfSyntaxError):
        write({1: b"[" * 400 + b"]" * 400})
    with pytest.raises(PdfSyntaxError):
        write({1: stream(b"xx", b"/Filter/FlateDecode")})
    with pytest.raises(PdfSyntaxError):
        write({1: stream(b"", b"/F(other.bin)")})


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 4])
def test_predictors_are_undone(kind: int) -> None:
    rows = [bytes([3, 1, 4, 1, 5, 9]), bytes([2, 6, 5, 3, 5, 8])]
    packed, above = b"", bytes(6)
    for row in rows:
        packed += bytes([kind]) + bytes((row[i] - _guess(kind, row, above, i)) & 0xFF for i in range(6))
        above = row
    parameters = {"/Predictor": "15", "/Colors": "3", "/Columns": "2"}
    assert undo_predictor(packed, parameters) == b"".join(rows)


def _guess(kind: int, row: bytes, above: bytes, i: int) -> int:
    left, up, corner = (row[i - 3] if i > 2 else 0), above[i], (above[i - 3] if i > 2 else 0)
    ideal = left + up - corner
    paeth = min((left, up, corner), key=lambda each: abs(ideal - each))
    return (0, left, up, (left + up) // 2, paeth)[kind]


def test_an_object_is_read_once() -> None:
    asked = list[int]()

    def read(number: int) -> str:
        asked.append(number)
        return "1"

    objects = PdfObjects(read, {})
    assert (objects.resolve(4), objects.resolve(4), asked) == ("1", "1", [4])


@pytest.mark.parametrize("size", [0, 10, 3_000_000])
@pytest.mark.parametrize("entries", [b"/Filter/FlateDecode", b"/Filter[/FlateDecode]"])
def test_a_digest_is_that_of_the_unpacked_data(size: int, entries: bytes) -> None:
    data = random.Random(size).randbytes(size)
    objects = parse_written({1: stream(zlib.compress(data), entries)}.get, b"")
    found = objects.get(1)
    assert isinstance(found, Stream)
    assert objects.unpack(found)[0] == data
    assert objects.digest(found) == (hashlib.sha256(data).hexdigest(), [])


@pytest.mark.parametrize("packed", [zlib.compress(b"text" * 90_000)[:-1], zlib.compress(b"text") + b"more", b"text"])
def test_damaged_data_has_no_digest(packed: bytes) -> None:
    objects = parse_written({1: stream(packed, b"/Filter/FlateDecode")}.get, b"")
    found = objects.get(1)
    assert isinstance(found, Stream)
    with pytest.raises(PdfSyntaxError):
        objects.digest(found)


def test_objects_of_a_file_in_the_making_are_not_kept() -> None:
    asked = list[int]()

    def read(number: int) -> bytes | None:
        asked.append(number)
        return b"[/Kept%d]" % number if number < 10_000 else None

    objects = parse_written(read, b"/Root 1 0 R")
    assert all(objects.get(number) == [f"/Kept{number}"] for number in range(1, 10_000))
    assert len(asked) < 11_000
    assert objects.get(20_000) == NULL
    lists = (each for each in gc.get_objects() if type(each) is list and len(each) == 1)
    assert sum(str(each[0]).startswith("/Kept") for each in lists) <= STRETCH * MOST_STRETCHES
