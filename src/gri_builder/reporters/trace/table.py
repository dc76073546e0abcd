"""Traced facts as tables: the columns of `facts.csv` in the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.embedded.open_data.rows import tabulate_facts, tabulate_places
from gri_builder.embedded.open_data.tables import write_table, write_workbook
from gri_builder.model.provenance import FactRecord, Ledger


def write_trace_csv(ledger: Ledger, records: Sequence[FactRecord]) -> bytes:
    """Return the facts as a CSV file."""
    return write_table(tabulate_facts(_select(ledger, records)))


def write_trace_xlsx(ledger: Ledger, records: Sequence[FactRecord]) -> bytes:
    """Return the facts as a workbook, with the places that print them and the meaning of the columns."""
    chosen = _select(ledger, records)
    return write_workbook(tabulate_facts(chosen), tabulate_places(chosen), ledger.end)


def _select(ledger: Ledger, records: Sequence[FactRecord]) -> Ledger:
    return replace(ledger, entries={record.key: record for record in records})
