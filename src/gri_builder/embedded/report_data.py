"""The data that a report was made from, as JSON: `report-data.json` in the PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from gri_builder._version import NAME as PROGRAM
from gri_builder._version import VERSION
from gri_builder.embedded.codec import decode_json, encode_pieces
from gri_builder.embedded.drawn_charts import DrawnChart
from gri_builder.embedded.ledger_codec import LedgerData, decode_ledger, encode_ledger
from gri_builder.embedded.printed_text import PrintedStream, PrintedText
from gri_builder.model.provenance import Ledger
from gri_builder.source.approvals import SIGN_OFF_KEYS
from gri_builder.source.canonical import hash_files, plain_value
from gri_builder.source.nodes import Source

NAME = "report-data.json"
FORMAT: Literal["gri-builder/report-data/1"] = "gri-builder/report-data/1"

WHOLE = ""
"""In place of a letter: an answer to its disclosure as a whole."""


Texts = tuple[str, ...]


class ComposedText(Struct, frozen=True):
    """All texts of a report but for its content index, each in one place only."""

    front: Texts
    """Of the cover and the pages before the contents."""
    chapters: dict[str, Texts]
    """Of the story, by path of the Markdown file, without the parts that cover a disclosure."""
    disclosures: dict[str, Texts]
    """Of what covers a disclosure, by its id, with '/' and the letter for a lettered requirement."""
    others: Texts
    """Of the other chapters: headings, boundaries of material Aspects."""
    footnotes: Texts
    covers: dict[str, Texts]
    """What sections of the story cover: letters by disclosure id, '' for a disclosure as a whole."""
    pictures: dict[str, Texts] = {}
    """Alternative texts of pictures and charts, by the keys of `disclosures`; '' for those outside all of them."""


class ProgramVersion(Struct, frozen=True):
    """The program that made the report."""

    name: str
    version: str


class FileHash(Struct, frozen=True):
    """A file that the report was made from."""

    path: str
    sha256: str


class ListCell(Struct, frozen=True, omit_defaults=True):
    """A value that a template was filled with."""

    text: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None


class FilledFrom(Struct, frozen=True):
    """The row of a list that a template was filled from. The list itself, with the data of others, is not embedded."""

    list: str
    """Name of the list's file."""
    sha256: str
    row: int
    templates: dict[str, str]
    """SHA-256 of the files of the template that were filled, by path; `files` has that of the filled ones."""
    values: dict[str, ListCell]
    """The values that the template asks for, by name."""


UNITS_FILE = "figures/units.yaml"
"""Defines units; all other files of figures/ hold fact series."""


class ReportData(Struct, frozen=True, omit_defaults=True):
    """Everything that was validated: scalars are the text that is written in the data, but for true, false and null."""

    format: Literal["gri-builder/report-data/1"]
    program: ProgramVersion
    files: tuple[FileHash, ...]
    """Every file that the report was made from, by path."""
    report: dict[str, Any]
    """`report.yaml`."""
    disclosures: dict[str, dict[str, Any] | None]
    """The files of `disclosures/`, by path."""
    figures: dict[str, dict[str, Any] | None]
    """The files of `figures/`, by path."""
    chapters: dict[str, str]
    """The Markdown files, by path."""
    ledger: LedgerData
    pages: tuple[str, ...] = ()
    """SHA-256 of the content stream of each page; empty in PDFs of older versions."""
    words: dict[str, Any] | None = None
    """The report's own words, as written; None for a report without them."""
    text: ComposedText | None = None
    """The text that the pages print; None in PDFs of older versions."""
    printed: PrintedText | None = None
    """What the pages print, element by element; None in PDFs of older versions."""
    sealed: bool = False
    """Whether the PDF embeds a seal; False in PDFs of older versions."""
    opens_facts: bool = False
    """Whether the PDF embeds its facts as open data; False in PDFs of older versions."""
    charts: tuple[DrawnChart, ...] | None = None
    """Charts, with the shapes of the pages that show values; None in PDFs of older versions."""
    draft: Texts | None = None
    """Ids of the disclosures that a draft marks as missing in its content index; None for a final version."""
    filled: FilledFrom | None = None
    """The row of a list, for a report of a batch."""

    @property
    def answers(self) -> dict[str, Any]:
        """Answers as written, by disclosure id, without who is responsible for them."""
        files = (file for file in self.disclosures.values() if file)
        read = ((id, answer, _without_sign_off(answer)) for file in files for id, answer in file.items())
        return {id: rest for id, answer, rest in read if rest or not answer}

    @property
    def file_hashes(self) -> dict[str, str]:
        """SHA-256 of every file that the report was made from, by path."""
        return {file.path: file.sha256 for file in self.files}

    @property
    def series(self) -> Iterable[tuple[str, Any]]:
        """Fact series as written, each with its id."""
        files = (file for path, file in self.figures.items() if file and path != UNITS_FILE)
        return (each for file in files for each in _list_series(file))


def _list_series(file: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Yield the series of a file as written, also those that are below 'files'."""
    for id, series in file.items():
        if isinstance(series, list):
            yield from (each for item in series for each in item.get("series", {}).items())
        else:
            yield id, series


def make_data(
    source: Source,
    ledger: Ledger,
    text: ComposedText | None = None,
    page_hashes: Sequence[str] = (),
    charts: tuple[DrawnChart, ...] = (),
    draft: Texts | None = None,
) -> ReportData:
    """Return everything that was validated, in canonical form; what the pages print is added when it is encoded."""
    return ReportData(
        FORMAT,
        ProgramVersion(PROGRAM, VERSION),
        tuple(FileHash(path, digest) for path, digest in sorted(hash_files(source))),
        plain_value(source.report),
        {node.file.path: plain_value(node) for node in source.disclosures},
        {node.file.path: plain_value(node) for node in source.figures},
        {path: file.text for path, file in source.chapters.items() if file},
        encode_ledger(ledger),
        tuple(page_hashes),
        plain_value(source.words) if source.words else None,
        text,
        sealed=True,
        opens_facts=True,
        charts=charts,
        draft=draft,
        filled=_filled_from(source),
    )


def _filled_from(source: Source) -> FilledFrom | None:
    filled = source.filled
    if filled is None:
        return None
    used = [filled.row.parameters[name] for name in sorted(filled.used)]
    values = {each.name: ListCell(each.text, each.where.sheet, each.where.cell, each.where.line) for each in used}
    hashes = {path: file.sha256 for path, file in sorted(filled.files.items()) if file.lines.stretches}
    return FilledFrom(filled.row.list, filled.row.sha256, filled.row.row, hashes, values)


def encode_data(data: ReportData, printed: PrintedStream | None = None) -> Iterator[bytes]:
    """Yield the data as a JSON file in canonical form, keys sorted, nothing spaced; in pieces, as it is large."""
    yield from encode_pieces(data, {"printed": printed} if printed else {})
    yield b"\n"


def decode_data(data: bytes) -> tuple[ReportData, Ledger]:
    """Return the data in a JSON file, and its ledger; raises EmbeddedDataError where it has another shape."""
    decoded = decode_json(data, ReportData)
    language = decoded.report.get("language")
    ledger = decode_ledger(decoded.ledger)
    return decoded, replace(ledger, language=language) if isinstance(language, str) else ledger


def hash_answer(answer: Any) -> Mapping[str, str]:
    """Return the SHA-256 of an answer in canonical form, by letter; `answer` is plain data."""
    if not isinstance(answer, Mapping):
        return {WHOLE: _hash(answer)}
    return {letter: _hash(part) for letter, part in _without_sign_off(answer).items() if letter != "omissions"}


def _without_sign_off(answer: Any) -> Any:
    """Return an answer without the keys that say whose it is and who approved it."""
    if not isinstance(answer, Mapping):
        return answer
    return {key: value for key, value in answer.items() if key not in SIGN_OFF_KEYS}


def _hash(plain: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()
