"""Encode large JSON files in pieces; decode the JSON and CSV files embedded in a PDF, and say what is wrong with one.

Embedded files may have been changed since the PDF was built: the content is untrusted, and errors are reported.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from msgspec.structs import asdict, replace

T = TypeVar("T")

BATCH = 500
"""Items of a list that are encoded together."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
MAX_QUOTED = 60
"""Characters of a field's path or of an offending text that a message shows."""
KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "array": "a list",
    "object": "names with values",
    "decimal": "a number",
    "date": "a date",
}
"""Types of JSON in plain words."""

_PATH = re.compile(r" - at `(?:key in )?\$?\.?(.*)`$")
_MISSING = re.compile(r"missing required field `(.*?)`")
_UNKNOWN = re.compile(r"contains unknown field `(.*?)`")
_EXPECTED = re.compile(r"Expected `(.*?)`, got `(.*?)`")


class EmbeddedDataError(ValueError):
    """An embedded file is not as gri-builder writes it; the message says why in plain words."""


def encode_pieces(value: Any, more: Mapping[str, Any] = NOTHING) -> Iterator[bytes]:
    """Yield a value as JSON with sorted keys, in pieces, so that the whole text is nowhere in memory.

    Iterators are lists whose items are made when their turn comes. `more` are fields of a struct in place of its own.
    """
    match value:
        case Iterator():
            yield from _join(b"[", map(_encode_inner, iter(lambda: tuple(islice(value, BATCH)), ())), b"]")
        case tuple() if len(value) > BATCH:
            parts = (value[start : start + BATCH] for start in range(0, len(value), BATCH))
            yield from _join(b"[", map(_encode_inner, parts), b"]")
        case dict() if value:
            yield from _join(b"{", (_encode_inner({key: value[key]}) for key in sorted(value)), b"}")
        case msgspec.Struct() if not value.__struct_config__.array_like:
            inner = {name: each for name, each in (asdict(value) | dict(more)).items() if each and _is_large(each)}
            start, *rest = _encode(replace(value, **dict.fromkeys(inner, _PLACE))).split(b"\0")
            yield start
            for name, following in zip(sorted(inner), rest, strict=True):
                yield from encode_pieces(inner[name])
                yield following
        case _:
            yield _encode(value)


_PLACE = msgspec.Raw(b"\0")
"""In place of a value that is encoded apart: a byte that no JSON has."""


def _is_large(value: Any) -> bool:
    return isinstance(value, tuple | dict | Iterator | msgspec.Struct)


def _join(start: bytes, pieces: Iterator[bytes], end: bytes) -> Iterator[bytes]:
    yield start + next(pieces, b"")
    for piece in pieces:
        yield b"," + piece
    yield end


def _encode(value: Any) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _encode_inner(value: Any) -> bytes:
    """Return a list or an object without its brackets."""
    return _encode(value)[1:-1]


def decode_json(data: bytes, type: type[T]) -> T:
    """Return the JSON data as that type; raises EmbeddedDataError where it has another shape."""
    try:
        return msgspec.json.decode(data, type=type)
    except RecursionError as error:
        raise EmbeddedDataError("its data is nested too deeply") from error
    except (msgspec.MsgspecError, ValueError, ArithmeticError) as error:
        raise EmbeddedDataError(_explain(str(error))) from error


def decode_csv(data: bytes, needed: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a CSV file by column; raises EmbeddedDataError where it is none or has not those columns."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except (csv.Error, ValueError) as error:
        raise EmbeddedDataError(f"it is not valid CSV: {str(error)[:MAX_QUOTED]}") from error
    if not all(name in row for row in rows for name in needed):
        raise EmbeddedDataError(f"the columns {' and '.join(map(repr, needed))} are missing")
    return tuple({name: text or "" for name, text in row.items() if name is not None} for row in rows)


def _explain(message: str) -> str:
    """Return a message of msgspec in plain words."""
    path = _PATH.search(message)
    field = path[1][:MAX_QUOTED] if path else ""
    if missing := _MISSING.search(message):
        return f"'{missing[1]}' is missing{f' in {field!r}' if field else ''}"
    if unknown := _UNKNOWN.search(message):
        return f"'{unknown[1][:MAX_QUOTED]}' is not a known field{f' in {field!r}' if field else ''}"
    if expected := _EXPECTED.search(message):
        wanted, given = (_name_kinds(kinds) for kinds in expected.groups())
        return f"{f'{field!r}' if field else 'the file'} is {given}, but should be {wanted}"
    if field == "format":
        return "its 'format' is unknown"
    if path:
        return f"{field!r} has an invalid value"
    return f"it is not valid JSON: {message[:MAX_QUOTED]}"


def _name_kinds(kinds: str) -> str:
    return " or ".join(KINDS.get(kind.strip(), kind.strip()) for kind in kinds.split("|"))
