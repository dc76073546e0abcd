"""Decode the JSON and CSV files embedded in a PDF, and say in plain words what is wrong with one.

The files may have been changed since the PDF was built: the content is untrusted, and errors are reported.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T")

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
