"""JSON in pieces is the same JSON."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec import Struct

from gri_builder.embedded.codec import BATCH, encode_pieces


class Row(Struct, array_like=True):
    name: str
    size: int = 0


class Inner(Struct, omit_defaults=True):
    rows: tuple[Row, ...] = ()
    names: dict[str, Any] = {}


class Outer(Struct, omit_defaults=True):
    title: str
    inner: Inner | None = None
    other: tuple[str, ...] = ()
    empty: tuple[str, ...] | None = None
    files: dict[str, str] = {}


ROWS = tuple(Row(f"ü{number}\0", number) for number in range(BATCH * 2 + 1))
FULL = Outer("a", Inner(ROWS, {"z": [1, {"b": 2, "a": 1}], "a": "\0"}), ("x",), (), {"é": "1", "b.md": "2"})


@pytest.mark.parametrize("value", [Outer("a"), FULL, Outer("b", Inner()), {}, {"b": 1, "a": 2}, ROWS, [1], "text"])
def test_pieces_are_the_whole(value: Any) -> None:
    assert b"".join(encode_pieces(value)) == msgspec.json.encode(value, order="sorted")


@pytest.mark.parametrize("rows", [ROWS, ROWS[:BATCH], ROWS[:1], ()])
def test_items_may_be_made_one_by_one(rows: tuple[Row, ...]) -> None:
    made = b"".join(encode_pieces(Inner(), {"rows": iter(rows)}))
    assert made == b'{"rows":' + msgspec.json.encode(rows) + b"}"


def test_no_piece_is_the_whole() -> None:
    assert max(map(len, encode_pieces(FULL))) < len(msgspec.json.encode(FULL)) * 0.6
