"""Ledgers as plain data, for JSON, and back: what `report-data.json` carries inside the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import ValidationError, convert, to_builtins

from gri_builder.model.provenance import DisclosureState, FactRecord, Ledger


def encode_ledger(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as mappings, lists and texts; values are texts that keep their digits, defaults are left out."""
    threshold = ledger.restatement_threshold
    return {
        "name": ledger.name,
        "organization": ledger.organization,
        "period": {"start": ledger.start.isoformat(), "end": ledger.end.isoformat()},
        "facts": [encode_record(entry) for entry in ledger.entries.values()],
        "disclosures": [to_builtins(stand) for stand in ledger.disclosures.values()],
        "files": dict(ledger.files),
        "labels": {str(page): label for page, label in ledger.labels.items()},
        **({} if threshold is None else {"restatement_threshold": str(threshold)}),
    }


def encode_record(entry: FactRecord) -> dict[str, Any]:
    """Return a fact as plain data."""
    plain: dict[str, Any] = to_builtins(entry)
    return plain


def decode_ledger(plain: Mapping[str, Any]) -> Ledger:
    """Return the ledger in plain data; raises KeyError, ValueError, TypeError or ArithmeticError where it is none."""
    try:
        entries, stands = (
            convert(plain["facts"], list[FactRecord]),
            convert(plain["disclosures"], list[DisclosureState]),
        )
    except ValidationError as fault:  # which is a ValueError in newer versions only
        raise ValueError(str(fault)) from fault
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
