"""A comparison of two reports as a document of `schemas/outputs/diff.schema.json`."""

from __future__ import annotations

from typing import Any

from gri_builder.model.provenance import FactRecord, Ledger
from gri_builder.provenance.compare import Difference, DisclosureChange, FactChange
from gri_builder.reporters.findings.json import finding_object
from gri_builder.reporters.json_document import dump_json


def write_diff_json(difference: Difference) -> str:
    """Return a comparison as JSON text."""
    return dump_json(
        {
            "format": "gri-builder/diff/1",
            "old": _side(difference.old),
            "new": _side(difference.new),
            "threshold": str(difference.threshold),
            "texts_compared": difference.are_texts_compared,
            "facts": [_fact(change) for change in difference.facts],
            "disclosures": [_disclosure(change) for change in difference.states],
            "findings": [finding_object(finding) for finding in difference.findings],
        }
    )


def _side(ledger: Ledger) -> dict[str, Any]:
    period = {"start": ledger.start.isoformat(), "end": ledger.end.isoformat()}
    language = ledger.language or None
    return {"name": ledger.name, "organization": ledger.organization, "language": language, "period": period}


def _fact(change: FactChange) -> dict[str, Any]:
    return {
        "key": change.key,
        "change": change.kind,
        "old": _value(change.old, change.old_pages),
        "new": _value(change.new, change.new_pages),
        "percent": None if change.percent is None else str(round(change.percent, 4)),
        "earlier_period": change.is_prior,
    }


def _value(entry: FactRecord | None, pages: tuple[str, ...]) -> dict[str, Any] | None:
    if entry is None:
        return None
    before = None if entry.restated_from is None else str(entry.restated_from)
    return {
        "value": str(entry.value),
        "unit": entry.unit,
        "status": entry.status,
        "restated_from": before,
        "pages": list(pages),
    }


def _disclosure(change: DisclosureChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "old_status": change.old_status,
        "new_status": change.new_status,
        "changed": list(change.changed),
        "added": list(change.added),
        "removed": list(change.removed),
        "omissions_added": list(change.omissions_added),
        "omissions_removed": list(change.omissions_removed),
        "old_assured": change.old_assured,
        "new_assured": change.new_assured,
    }
