"""`facts.json`: the facts as JSON-LD, in the terms of schema.org where it has one, with no context to be fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from gri_builder.embedded.open_data.columns import DIMENSION
from gri_builder.embedded.open_data.rows import Table, Value
from gri_builder.embedded.open_data.tables import write_value
from gri_builder.model.provenance import FactRecord, Ledger

FORMAT = "gri-builder/facts/1"
SCHEMA_ORG = "https://schema.org/"
OWN = "urn:gri-builder:facts:"
"""Precedes the terms that schema.org does not have."""
CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    "@vocab": OWN,
    "schema": SCHEMA_ORG,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Dataset": "schema:Dataset",
    "Organization": "schema:Organization",
    "StatisticalVariable": "schema:StatisticalVariable",
    "Observation": "schema:Observation",
    "name": "schema:name",
    "creator": "schema:creator",
    "inLanguage": "schema:inLanguage",
    "datePublished": {"@id": "schema:datePublished", "@type": "xsd:date"},
    "temporalCoverage": "schema:temporalCoverage",
    "variableMeasured": {"@id": "schema:variableMeasured", "@type": "@id"},
    "fact_series": {"@id": "schema:hasPart", "@container": "@set"},
    "facts": {"@id": "schema:mainEntity", "@container": "@set"},
    "key": "schema:identifier",
    "label": "schema:name",
    "value": {"@id": "schema:value", "@type": "xsd:decimal"},
    "restated_from": {"@type": "xsd:decimal"},
    "unit": "schema:unitText",
    "observationPeriod": "schema:observationPeriod",
    "method": "schema:measurementMethod",
    "dimensions": {"@type": "@json"},
    "disclosures": {"@container": "@set"},
    "places": {"@container": "@list"},
    "derived_from": {"@type": "@id", "@container": "@list"},
}
"""The names of a report, such as those of dimensions, are values only: none of them is a term."""


def describe_facts(
    ledger: Ledger, facts: Table, places: Table, title: str, language: str, published: str
) -> dict[str, Any]:
    """Return the facts as a JSON-LD document, as plain data; exact decimals are texts of the type xsd:decimal.

    `facts` and `places` are the tables of the ledger, `published` is the day of publication. What a fact does not have
    is left out.
    """
    printed: dict[Value, list[dict[str, Any]]] = {}
    for row in places.rows:
        given = {name: value for name, value in row.items() if name != "key" and value is not None}
        printed.setdefault(row["key"], []).append(given)
    return {
        "@context": dict(CONTEXT),
        "type": "Dataset",
        "format": FORMAT,
        "name": title,
        "creator": {"type": "Organization", "name": ledger.organization},
        "inLanguage": language,
        "datePublished": published,
        "temporalCoverage": f"{ledger.start}/{ledger.end}",
        "fact_series": list(_describe_series(ledger)),
        "facts": [
            _describe_fact(row, ledger.entries[str(row["key"])], printed.get(row["key"], [])) for row in facts.rows
        ],
    }


def _describe_series(ledger: Ledger) -> Iterator[dict[str, Any]]:
    titles = {record.series: record.title for record in ledger.entries.values()}
    for id, title in titles.items():
        yield {"id": identify(id), "type": "StatisticalVariable", "key": id, "label": title}


def identify(key: str) -> str:
    """Return the identifier of a fact or series in the document, as a fragment (RFC 3986, 3.5)."""
    return f"#{quote(key, safe='')}"


def _describe_fact(row: Mapping[str, Value], record: FactRecord, places: list[dict[str, Any]]) -> dict[str, Any]:
    values = {name: _plain(value) for name, value in row.items() if value is not None and name not in OTHERWISE}
    origin = {name[len(SOURCE) :]: value for name, value in values.items() if name.startswith(SOURCE)}
    own = {name: value for name, value in values.items() if not name.startswith((SOURCE, DIMENSION))}
    start, end = row.get("start"), row.get("end")
    return {
        "id": identify(record.key),
        "type": "Observation",
        **own,
        "variableMeasured": identify(record.series),
        **({"observationPeriod": f"{start}/{end}"} if start and end else {}),
        "disclosures": write_value(row.get("disclosures")).split(),
        "dimensions": dict(record.members),
        **({"origin": origin} if origin else {}),
        "derived_from": [identify(key) for key in record.origin.inputs] if record.origin else [],
        "places": places,
    }


SOURCE = "source_"
OTHERWISE = frozenset({"disclosures", "derived_from", "places", "page", "mcid", "printed"})
"""Columns that are written as lists, or as the first of the places."""


def _plain(value: Value) -> str | int | bool:
    """Return a value of JSON; a decimal as a text, so that no program rounds it."""
    return value if isinstance(value, bool | int) else write_value(value)
