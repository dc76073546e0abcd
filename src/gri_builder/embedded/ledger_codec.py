"""The ledger of facts as part of `report-data.json`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, field, to_builtins

from gri_builder.embedded.codec import EmbeddedDataError
from gri_builder.embedded.content_index import IndexPeriod, PageLabel
from gri_builder.model.provenance import DisclosureState, FactRecord, Ledger
from gri_builder.model.units import UnitDefinition

MAX_MAGNITUDE = 100
"""Largest power of ten in an embedded value, up or down; no fact of a report comes near."""


class LedgerData(Struct, frozen=True, omit_defaults=True):
    """A ledger as it is embedded: values are texts that keep their digits, defaults are left out."""

    name: str
    organization: str
    period: IndexPeriod
    facts: tuple[FactRecord, ...]
    disclosures: tuple[DisclosureState, ...]
    files: dict[str, str]
    """SHA-256 of every file that the report was made from, by path."""
    labels: dict[PageLabel, str]
    """Printed page number by physical page."""
    restatement_threshold: Decimal | None = None
    units: tuple[UnitDefinition, ...] = ()
    """The units that the report defines for itself."""
    unit_words: Mapping[str, str] = field(default_factory=dict)
    """Units of the facts as printed in the report's language, by symbol; empty in PDFs of older versions."""


def encode_ledger(ledger: Ledger) -> LedgerData:
    """Return a ledger as it is embedded."""
    return LedgerData(
        ledger.name,
        ledger.organization,
        IndexPeriod(ledger.start, ledger.end),
        tuple(ledger.entries.values()),
        tuple(ledger.disclosures.values()),
        dict(ledger.files),
        {str(page): label for page, label in ledger.labels.items()},
        ledger.restatement_threshold,
        ledger.units,
        dict(ledger.unit_words),
    )


def encode_record(entry: FactRecord) -> dict[str, Any]:
    """Return a fact as plain data."""
    plain: dict[str, Any] = to_builtins(entry)
    return plain


def decode_ledger(data: LedgerData) -> Ledger:
    """Return an embedded ledger; raises EmbeddedDataError for a value that is not a number of a report."""
    numbers = [data.restatement_threshold, *(n for entry in data.facts for n in (entry.value, entry.restated_from))]
    for number in numbers:
        if number is not None and not (number.is_finite() and abs(number.adjusted()) <= MAX_MAGNITUDE):
            raise EmbeddedDataError(f"'{str(number)[:40]}' is not a valid value of a fact")
    return Ledger(
        data.name,
        data.organization,
        data.period.start,
        data.period.end,
        {entry.key: entry for entry in data.facts},
        {state.id: state for state in data.disclosures},
        data.files,
        {int(page): label for page, label in data.labels.items()},
        restatement_threshold=data.restatement_threshold,
        units=data.units,
        unit_words=data.unit_words,
    )
