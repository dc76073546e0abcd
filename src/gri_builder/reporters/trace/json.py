"""A trace as a document of `schemas/outputs/trace.schema.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from gri_builder.embedded.ledger_codec import encode_record
from gri_builder.model.provenance import FactRecord, Ledger
from gri_builder.reporters.json_document import dump_json


def write_trace_json(ledger: Ledger, records: Sequence[FactRecord], inputs: Sequence[FactRecord]) -> str:
    """Return the facts as JSON text; `inputs` are those that they were derived from."""
    return dump_json(
        {
            "format": "gri-builder/trace/1",
            "organization": ledger.organization,
            "period": {"start": ledger.start.isoformat(), "end": ledger.end.isoformat()},
            **({"units": [to_builtins(unit) for unit in ledger.units]} if ledger.units else {}),
            "facts": [_fact_object(ledger, record) for record in records],
            "inputs": [_fact_object(ledger, record) for record in inputs],
        }
    )


def _fact_object(ledger: Ledger, record: FactRecord) -> dict[str, Any]:
    """Return a fact, with the printed number of each page."""
    plain = encode_record(record)
    places = [{**place, "label": ledger.labels.get(place["page"])} for place in plain.get("places", ())]
    return {**plain, "places": places}
