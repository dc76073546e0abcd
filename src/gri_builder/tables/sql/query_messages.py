"""What this program and the process that runs the queries of a report say to each other, as MessagePack."""

from __future__ import annotations

import struct
from decimal import Decimal
from typing import IO, Any

import msgspec
from msgspec import Struct

from gri_builder.tables.sql.query_tree import Refusal
from gri_builder.tables.sql.table_files import TableFile

_DECIMAL = 1
"""Code of a decimal number."""
_LARGE = 1 << 63
"""Integers from here on don't fit into a cell of a message."""


class OpenTables(Struct, frozen=True, tag=True):
    """Make a database with some tables."""

    files: tuple[TableFile, ...]
    replaced: int | None = None
    """Number of a database that is not needed any more."""


class JudgeQuery(Struct, frozen=True, tag=True):
    """Judge a query that may read some tables, by their names."""

    sql: str
    tables: tuple[str, ...]


class RunQuery(Struct, frozen=True, tag=True):
    """Run a query in a database, and return its first rows."""

    database: int
    sql: str
    most: int | None = None


class Opened(Struct, frozen=True, tag=True):
    """The number of a new database."""

    database: int


class Judged(Struct, frozen=True, tag=True):
    """What is not allowed in a query, and whether the order of its rows is stated."""

    refusals: tuple[Refusal, ...]
    is_sorted: bool = True


class Rows(Struct, frozen=True, tag=True):
    """Column names and rows."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Failed(Struct, frozen=True, tag=True):
    """Why a query has no result."""

    reason: str
    is_memory: bool = False
    """Whether it needs more memory than it may use."""


Request = OpenTables | JudgeQuery | RunQuery
Reply = Opened | Judged | Rows | Failed


class Answer(Struct, frozen=True):
    """The reply to a request, and the processor time that the process took so far, in seconds."""

    reply: Reply
    seconds: float


def write_message(stream: IO[bytes], message: Request | Answer) -> None:
    """Write one message; raises OSError where nobody reads it."""
    data = msgspec.msgpack.encode(message)
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def read_request(stream: IO[bytes]) -> Request | None:
    """Return the next request; None at the end."""
    data = _read(stream)
    return msgspec.msgpack.decode(data, type=Request) if data else None


def read_answer(stream: IO[bytes]) -> Answer | None:
    """Return the next answer; None where the other side has ended."""
    data = _read(stream)
    return msgspec.msgpack.decode(data, type=Answer, ext_hook=_decode) if data else None


def _read(stream: IO[bytes]) -> bytes | None:
    head = stream.read(8)
    if len(head) < 8:
        return None
    (length,) = struct.unpack("<Q", head)
    data = stream.read(length)
    return data if len(data) == length else None


def encode_cell(value: Any) -> Any:
    """Return a cell of a result as a message can hold it: numbers stay numbers, all else becomes text."""
    if value is None or isinstance(value, str | bool | float):
        return value
    if isinstance(value, int):
        return value if -_LARGE <= value < _LARGE else msgspec.msgpack.Ext(_DECIMAL, str(value).encode())
    if isinstance(value, Decimal):
        return msgspec.msgpack.Ext(_DECIMAL, str(value).encode())
    return list(map(encode_cell, value)) if isinstance(value, list) else str(value)


def _decode(code: int, data: memoryview) -> Decimal:
    return Decimal(bytes(data).decode())
