"""Compressed data waits outside of Python's heap, and its memory is given back when it is taken."""

from __future__ import annotations

import mmap

import pytest

from gri_builder.pdf.spool import SEGMENT, Spool


def test_data_is_taken_in_any_order() -> None:
    kept = Spool()
    pieces = [bytes([number]) * (number * 1000) for number in range(40)] + [b"x" * (SEGMENT + 1), b"y", b""]
    places = [kept.keep(piece) for piece in pieces]
    assert kept.size == sum(map(len, pieces))
    assert [place.take() for place in reversed(places)] == pieces[::-1]


def test_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, open_segment = list[mmap.mmap](), mmap.mmap

    def open_memory(file: int, size: int) -> mmap.mmap:
        opened.append(open_segment(file, size))
        return opened[-1]

    monkeypatch.setattr(mmap, "mmap", open_memory)
    kept = Spool()
    places = [kept.keep(b"z" * (SEGMENT // 2)) for _ in range(6)]
    assert len(opened) == 3
    for place in places:
        place.take()
    assert [memory.closed for memory in opened] == [True, True, False]  # the last one may be filled further
