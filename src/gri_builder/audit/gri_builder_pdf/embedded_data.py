"""What a PDF of ours carries: its content index and the data that it was made from, read from the embedded files.

The files may have been changed since: nothing in them is believed, and what can't be read is a fault with a sentence.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from gri_builder.embedded.ledger_codec import decode_ledger
from gri_builder.model.claim import Claim
from gri_builder.model.finding import Location
from gri_builder.model.provenance import Ledger
from gri_builder.model.report import ExternalReference, Omission

INDEX, TABLE, DATA = "content-index.json", "content-index.csv", "report-data.json"
INDEX_FORMAT, DATA_FORMAT = "gri-builder/index/1", "gri-builder/report-data/1"

Unreadable = (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What goes wrong when plain data has another shape than ours."""


class IndexRow(Struct, frozen=True):
    """A row of the embedded content index."""

    claim: Claim
    labels: tuple[str, ...]
    """Its pages as printed."""


class EmbeddedIndex(Struct, frozen=True):
    """The embedded content index."""

    framework: str
    organization: str
    title: str
    language: str
    option: str | None
    start: date
    end: date
    rows: tuple[IndexRow, ...]


class EmbeddedData(Struct, frozen=True):
    """The embedded data of the report."""

    report: Mapping[str, Any]
    """`report.yaml`, every scalar as text."""
    answers: Mapping[str, Any]
    """By disclosure id, as written."""
    figures: Mapping[str, Mapping[str, Any]]
    """Fact series by path and id, as written."""
    chapters: Mapping[str, str]
    """Text by path."""
    files: Mapping[str, str]
    """SHA-256 of every file that the report was made from, by path."""
    ledger: Ledger
    seals: tuple[str, ...]
    """SHA-256 of the content stream of each page; none where the data comes without them."""


class EmbeddedFiles(Struct, frozen=True):
    """The embedded files; None for what can't be read."""

    index: EmbeddedIndex | None
    table: tuple[Mapping[str, str], ...] | None
    """The index as CSV, each row by column."""
    data: EmbeddedData | None
    faults: tuple[tuple[str, str], ...]
    """Files that are missing or unreadable, each with a sentence that says why."""


def read_embedded_files(attachments: Mapping[str, bytes]) -> EmbeddedFiles:
    """Read the embedded files."""
    faults: list[tuple[str, str]] = []

    def read(name: str, reader: Any) -> Any:
        if name not in attachments:
            faults.append((name, f"the PDF does not carry '{name}'"))
            return None
        try:
            return reader(attachments[name])
        except Unreadable as fault:
            faults.append((name, f"the embedded file '{name}' is not as gri-builder writes it ({_say(fault)})"))
            return None

    return EmbeddedFiles(read(INDEX, _read_index), read(TABLE, _read_table), read(DATA, _read_data), tuple(faults))


def _say(fault: BaseException) -> str:
    """Return in a few words what is wrong with plain data."""
    if isinstance(fault, KeyError):
        return f"it lacks {str(fault)[:60]}"
    if isinstance(fault, json.JSONDecodeError):
        return f"no JSON at line {fault.lineno}, column {fault.colno}"
    return str(fault).split("\n")[0][:80] or type(fault).__name__


def _load(data: bytes, form: str) -> Mapping[str, Any]:
    plain = json.loads(data.decode("utf-8"))
    if plain["format"] != form:
        raise ValueError(f"its format is '{str(plain['format'])[:40]}', not '{form}'")
    return _mapping(plain)


def _read_index(data: bytes) -> EmbeddedIndex:
    plain = _load(data, INDEX_FORMAT)
    period = plain["period"]
    return EmbeddedIndex(
        framework=_text(plain["framework"]),
        organization=_text(plain["organization"]),
        title=_text(plain["title"]),
        language=_text(plain["language"]),
        option=None if plain["option"] is None else _text(plain["option"]),
        start=date.fromisoformat(period["start"]),
        end=date.fromisoformat(period["end"]),
        rows=tuple(_read_row(_mapping(row)) for row in plain["rows"]),
    )


def _read_row(row: Mapping[str, Any]) -> IndexRow:
    assurance = row["assurance_page"]
    claim = Claim(
        id=_text(row["id"]),
        code=_text(row["code"]),
        title=_text(row["title"]),
        group=_text(row["group"]),
        aspect=None if row["aspect"] is None else _text(row["aspect"]),
        physical_pages=tuple(_number(page) for page in row["physical_pages"]),
        references=tuple(_read_elsewhere(each) for each in row["reference"]),
        omissions=tuple(_read_omission(each) for each in row["omissions"]),
        assured=row["assured"] is True,
        assurance_page=None if assurance is None else int(_text(assurance)),
        linkage=tuple((_text(name), _text(text)) for name, text in row["linkage"].items()),
    )
    return IndexRow(claim, tuple(_text(label) for label in row["pages"]))


_HERE = Location(INDEX)


def _read_elsewhere(plain: Mapping[str, Any]) -> ExternalReference:
    pages, url = plain["pages"], plain["url"]
    return ExternalReference(
        _text(plain["document"]), _HERE, None if pages is None else _text(pages), None if url is None else _text(url)
    )


def _read_omission(plain: Mapping[str, Any]) -> Omission:
    part = plain["part"]
    details = {_text(name): _text(said) for name, said in plain["details"].items()}
    return Omission(
        () if part is None else (_text(part),), _text(plain["reason"]), _text(plain["explanation"]), _HERE, details
    )


def _read_table(data: bytes) -> tuple[Mapping[str, str], ...]:
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except csv.Error as fault:
        raise ValueError(str(fault)) from fault
    if not all("id" in row and "pages" in row for row in rows):
        raise ValueError("it lacks columns")
    return tuple({name: text or "" for name, text in row.items() if name is not None} for row in rows)


def _read_data(data: bytes) -> EmbeddedData:
    plain = _load(data, DATA_FORMAT)
    answers: dict[str, Any] = {}
    for file in _mapping(plain["disclosures"]).values():
        answers.update(_mapping(file or {}))
    return EmbeddedData(
        report=_mapping(plain["report"]),
        answers=answers,
        figures={path: _mapping(file or {}) for path, file in _mapping(plain["figures"]).items()},
        chapters={path: _text(text) for path, text in _mapping(plain["chapters"]).items()},
        files={_text(file["path"]): _text(file["sha256"]) for file in plain["files"]},
        ledger=decode_ledger(plain["ledger"]),
        seals=tuple(_text(seal) for seal in plain.get("pages", ())),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"'{str(value)[:40]}' stands where names with values are expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"'{str(value)[:40]}' stands where a text is expected")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError(f"'{str(value)[:40]}' stands where a page number is expected")
    return value
