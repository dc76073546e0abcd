"""Read the files that gri-builder embeds in a PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from gri_builder.embedded import chart_table, content_index, index_table, report_data
from gri_builder.embedded.codec import EmbeddedDataError
from gri_builder.embedded.content_index import ContentIndex
from gri_builder.embedded.open_data import open_data
from gri_builder.embedded.report_data import ReportData
from gri_builder.embedded.seal import seal
from gri_builder.embedded.seal.seal import Seal
from gri_builder.model.provenance import Ledger

NAMES = (content_index.NAME, index_table.NAME, report_data.NAME)
"""Files that every PDF of gri-builder contains."""

T = TypeVar("T")


class ReadFile(Protocol):
    """Reads an embedded file by its name; None with an error where that fails."""

    def __call__(self, name: str, decode: Callable[[bytes], T], /) -> T | None:
        """Return what the file holds."""
        ...


class OpenFacts(Struct, frozen=True):
    """The facts as open data; None for each file that is missing or can't be read."""

    facts: tuple[Mapping[str, str], ...] | None
    """Rows of `facts.csv` by column."""
    places: tuple[Mapping[str, str], ...] | None
    """Rows of `fact-places.csv` by column."""
    linked: tuple[Mapping[str, Any], ...] | None
    """Facts of `facts.json`."""
    resources: tuple[open_data.PackagedTable, ...] | None
    """The tables that `datapackage.json` describes."""


class EmbeddedFiles(Struct, frozen=True):
    """The embedded files; None for each that is missing or can't be read."""

    index: ContentIndex | None
    table: tuple[Mapping[str, str], ...] | None
    """The index as CSV: each row by column."""
    data: ReportData | None
    ledger: Ledger | None
    """The facts in the data."""
    seal: Seal | None
    """What the pages draw and do; None in PDFs of older versions."""
    charts: tuple[Mapping[str, str], ...] | None
    """The values of the charts: each row by column; None where there are none."""
    facts: OpenFacts | None
    """The facts as open data; None in PDFs of older versions."""
    errors: Mapping[str, str]
    """Files that are missing or can't be read, each with a sentence that says why."""


def read_embedded_files(attachments: Mapping[str, bytes]) -> EmbeddedFiles:
    """Read the embedded files; what can't be read is an error with a sentence, and nothing is raised."""
    errors: dict[str, str] = {}

    def read(name: str, decode: Callable[[bytes], T]) -> T | None:
        if name not in attachments:
            errors[name] = f"the PDF does not contain '{name}'"
            return None
        try:
            return decode(attachments[name])
        except EmbeddedDataError as error:
            errors[name] = f"the embedded file '{name}' is not as gri-builder writes it ({error})"
            return None

    index = read(content_index.NAME, content_index.decode_index)
    table = read(index_table.NAME, index_table.read_csv)
    data, ledger = read(report_data.NAME, report_data.decode_data) or (None, None)
    sealed = read(seal.NAME, seal.decode_seal) if seal.NAME in attachments or (data and data.sealed) else None
    has_facts = not attachments.keys().isdisjoint(open_data.NAMES) or (data and data.opens_facts)
    facts = _read_facts(read) if has_facts else None
    charts = read(chart_table.NAME, chart_table.read_chart_table) if chart_table.NAME in attachments else None
    return EmbeddedFiles(index, table, data, ledger, sealed, charts, facts, errors)


def _read_facts(read: ReadFile) -> OpenFacts:
    return OpenFacts(
        read(open_data.FACTS, open_data.read_facts),
        read(open_data.PLACES, open_data.read_places),
        read(open_data.LINKED, open_data.read_linked),
        read(open_data.PACKAGE, open_data.read_package),
    )
