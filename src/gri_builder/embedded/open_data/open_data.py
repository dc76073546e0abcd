"""The open data of a report: its facts as tables, with their schema, and as linked data; the same in PDF and web."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from gri_builder.embedded.codec import decode_csv, decode_json
from gri_builder.embedded.open_data.linked_data import describe_facts
from gri_builder.embedded.open_data.package import Resource, describe_package
from gri_builder.embedded.open_data.rows import Table, tabulate_facts, tabulate_places
from gri_builder.embedded.open_data.tables import write_table, write_workbook
from gri_builder.model.provenance import Ledger
from gri_builder.model.report import Report
from gri_builder.model.texts.control_characters import escape_controls
from gri_builder.model.texts.readable_text import readable

FACTS = "facts.csv"
PLACES = "fact-places.csv"
LINKED = "facts.json"
PACKAGE = "datapackage.json"
WORKBOOK = "facts.xlsx"
NAMES = (FACTS, PLACES, LINKED, PACKAGE)
"""The files that a PDF embeds."""
DESCRIPTIONS: Mapping[str, str] = {
    FACTS: "Facts of this report as a table",
    PLACES: "Places of this PDF that print the facts",
    LINKED: "Facts of this report as JSON-LD",
    PACKAGE: "Columns of the tables (Frictionless Data Package)",
    WORKBOOK: "Facts of this report as a workbook",
}
MEDIA_TYPES: Mapping[str, str] = {
    FACTS: "text/csv",
    PLACES: "text/csv",
    LINKED: "application/ld+json",
    PACKAGE: "application/json",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Edition(Struct, frozen=True):
    """The report whose facts are published, in one language."""

    name: str
    """Name of its files."""
    title: str
    language: str
    """BCP 47 tag."""
    published: date


def describe_edition(report: Report) -> Edition:
    """Return what the open data says of its report."""
    return Edition(report.name, readable(report.title), report.language, report.published)


class OpenData(Struct, frozen=True):
    """The open data of a report, as made for one PDF."""

    edition: Edition
    ledger: Ledger
    """With the pages of the PDF."""
    facts: Table
    places: Table
    facts_csv: bytes
    places_csv: bytes
    linked: bytes

    def list_files(self, prefix: str = "") -> dict[str, bytes]:
        """Return the files by name, with `prefix` before each; they differ by it only in the paths of the package."""
        resources = (
            Resource("facts", f"{prefix}{FACTS}", DESCRIPTIONS[FACTS], self.facts, self.facts_csv),
            Resource("fact-places", f"{prefix}{PLACES}", DESCRIPTIONS[PLACES], self.places, self.places_csv, "facts"),
        )
        package = describe_package(self.edition.name, self.edition.title, self.ledger.organization, resources)
        files = {FACTS: self.facts_csv, PLACES: self.places_csv, LINKED: self.linked, PACKAGE: _write_json(package)}
        return {f"{prefix}{name}": data for name, data in files.items()}

    def write_workbook(self) -> bytes:
        """Return the facts as a workbook, which takes longer than all other files."""
        return write_workbook(self.facts, self.places, self.edition.published)


def make_open_data(ledger: Ledger, edition: Edition) -> OpenData:
    """Return the open data of a ledger with the pages of the finished PDF; equal facts give equal bytes."""
    facts, places = tabulate_facts(ledger), tabulate_places(ledger)
    linked = describe_facts(ledger, facts, places, edition.title, edition.language, edition.published.isoformat())
    return OpenData(edition, ledger, facts, places, write_table(facts), write_table(places), _write_json(linked))


def _write_json(document: Mapping[str, Any]) -> bytes:
    return escape_controls(msgspec.json.encode(document).decode()).encode() + b"\n"


class LinkedFacts(Struct, frozen=True):
    """`facts.json`, as far as it is compared."""

    facts: tuple[dict[str, Any], ...]


class PackagedTable(Struct, frozen=True):
    """A table of `datapackage.json`, as far as it is compared."""

    path: str
    bytes: int
    hash: str


class Package(Struct, frozen=True):
    """`datapackage.json`, as far as it is compared."""

    resources: tuple[PackagedTable, ...]


def read_facts(data: bytes) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `facts.csv` by column; raises EmbeddedDataError for another file."""
    return decode_csv(data, ("key", "value", "unit"))


def read_places(data: bytes) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `fact-places.csv` by column; raises EmbeddedDataError for another file."""
    return decode_csv(data, ("key", "page", "mcid", "printed"))


def read_linked(data: bytes) -> tuple[Mapping[str, Any], ...]:
    """Return the facts of `facts.json`; raises EmbeddedDataError for another file."""
    return decode_json(data, LinkedFacts).facts


def read_package(data: bytes) -> tuple[PackagedTable, ...]:
    """Return the tables that `datapackage.json` describes; raises EmbeddedDataError for another file."""
    return decode_json(data, Package).resources
