"""Ledgers as plain data, for JSON, and back: what `report-data.json` carries inside the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from gri_builder.ledger import Entry, Ledger, Place, Stand
from gri_builder.report import Origin


def plain_ledger(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as mappings, lists and texts; values are texts that keep their digits, defaults are left out."""
    threshold = ledger.restatement_threshold
    return {
        "name": ledger.name,
        "organization": ledger.organization,
        "period": {"start": ledger.start.isoformat(), "end": ledger.end.isoformat()},
        "facts": [plain_entry(entry) for entry in ledger.entries.values()],
        "disclosures": [_plain(stand) for stand in ledger.stands.values()],
        "files": dict(ledger.files),
        "labels": {str(page): label for page, label in ledger.labels.items()},
        **({} if threshold is None else {"restatement_threshold": str(threshold)}),
    }


def plain_entry(entry: Entry) -> dict[str, Any]:
    """Return a fact as plain data."""
    plain = _plain(entry)
    if entry.origin:
        plain["origin"] = _plain(entry.origin)
    if entry.places:
        plain["places"] = [_plain(place) for place in entry.places]
    return plain


def _plain(noun: Entry | Stand | Place | Origin) -> dict[str, Any]:
    """Return the fields of a noun that hold more than their default."""
    values = ((field, getattr(noun, field.name)) for field in fields(noun))
    return {field.name: _plain_value(value) for field, value in values if value != _default(field)}


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def read_ledger(plain: Mapping[str, Any]) -> Ledger:
    """Return the ledger in plain data; raises KeyError, ValueError, TypeError or ArithmeticError where it is none."""
    entries = [_read_entry(each) for each in plain["facts"]]
    stands = [_read_stand(each) for each in plain["disclosures"]]
    threshold = plain.get("restatement_threshold")
    return Ledger(
        plain["name"],
        plain["organization"],
        date.fromisoformat(plain["period"]["start"]),
        date.fromisoformat(plain["period"]["end"]),
        {entry.key: entry for entry in entries},
        {stand.id: stand for stand in stands},
        dict(plain["files"]),
        {int(page): str(label) for page, label in plain["labels"].items()},
        None if threshold is None else Decimal(threshold),
    )


def _read_entry(plain: Mapping[str, Any]) -> Entry:
    told = dict(plain)
    before = told.pop("restated_from", None)
    origin = told.pop("origin", None)
    return Entry(
        members=dict(told.pop("members", {})),
        value=Decimal(told.pop("value")),
        restated_from=None if before is None else Decimal(before),
        origin=Origin(**{**origin, "of": tuple(origin.get("of", ()))}) if origin else None,
        explained=tuple(told.pop("explained", ())),
        places=tuple(Place(**place) for place in told.pop("places", ())),
        **told,
    )


def _read_stand(plain: Mapping[str, Any]) -> Stand:
    lists = {name: tuple(plain.get(name, ())) for name in ("omissions", "facts", "pages")}
    return Stand(**{**plain, **lists, "sha256": dict(plain.get("sha256", {}))})
