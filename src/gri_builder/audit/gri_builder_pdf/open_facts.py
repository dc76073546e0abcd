"""Open data against the ledger: the tables and the linked data of a PDF state its facts as the embedded data does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gri_builder.embedded.embedded_files import OpenFacts
from gri_builder.embedded.open_data.open_data import FACTS, LINKED, PACKAGE, PLACES, read_facts, read_places
from gri_builder.embedded.open_data.rows import tabulate_facts, tabulate_places
from gri_builder.embedded.open_data.tables import write_table
from gri_builder.model.provenance import Ledger

MAX_QUOTED = 60
"""Characters of a value that a message shows."""
Rows = tuple[Mapping[str, str], ...]


def compare_open_facts(open: OpenFacts, ledger: Ledger, attachments: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a message for each difference between the open data and the ledger; `attachments` are files by name."""
    if open.facts is not None:
        yield from _compare_rows(FACTS, open.facts, read_facts(write_table(tabulate_facts(ledger))))
    if open.places is not None:
        yield from _compare_rows(PLACES, open.places, read_places(write_table(tabulate_places(ledger))))
    if open.linked is not None:
        yield from _compare_linked(open.linked, ledger)
    for resource in open.resources or ():
        data = attachments.get(resource.path)
        if data is None or resource.hash != f"sha256:{hashlib.sha256(data).hexdigest()}":
            yield f"'{PACKAGE}' describes another '{resource.path[:MAX_QUOTED]}' than the PDF embeds"


def _compare_rows(name: str, rows: Rows, expected: Rows) -> Iterator[str]:
    """Compare a table with that of the ledger, by the columns that both have: older versions have fewer."""
    if [row["key"] for row in rows] != [row["key"] for row in expected]:
        yield f"'{name}' does not list the same facts in the same order as the embedded data"
        return
    for row, right in zip(rows, expected, strict=True):
        column = next((each for each in right if each in row and row[each] != right[each]), None)
        if column is not None:
            stated = f"'{name}' has '{row[column][:MAX_QUOTED]}' as {column} of '{right['key']}'"
            yield f"{stated}, the embedded data has '{right[column][:MAX_QUOTED]}'"


def _compare_linked(facts: tuple[Mapping[str, Any], ...], ledger: Ledger) -> Iterator[str]:
    if [fact.get("key") for fact in facts] != list(ledger.entries):
        yield f"'{LINKED}' does not list the same facts in the same order as the embedded data"
        return
    for fact, record in zip(facts, ledger.entries.values(), strict=True):
        stated: dict[str, tuple[object, object]] = {
            "value": (_read_number(fact.get("value")), record.value),
            "unit": (fact.get("unit"), record.unit),
            "period": (fact.get("period"), record.period),
            "dimensions": (fact.get("dimensions"), dict(record.members)),
            "places": (_list_places(fact.get("places")), [(each.page, each.mcid) for each in record.places]),
        }
        for name, (found, right) in stated.items():
            if found != right:
                shown = str(fact.get(name))[:MAX_QUOTED]
                yield f"'{LINKED}' has '{shown}' as {name} of '{record.key}', which the embedded data does not have"
                break


def _read_number(text: object) -> Decimal | None:
    try:
        return Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None


def _list_places(places: object) -> list[tuple[object, object]]:
    listed = places if isinstance(places, list) else ()
    return [(each.get("page"), each.get("mcid")) for each in listed if isinstance(each, Mapping)]
