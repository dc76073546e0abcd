"""Selections from a ledger: the facts that a disclosure's answer prints, those of a series, or one by its key."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.model.provenance import FactRecord, Ledger


def select_records(ledger: Ledger, wanted: str | None = None) -> tuple[FactRecord, ...] | None:
    """Return the facts that are meant by a disclosure's id or code, a series' id, or a fact's key.

    Without `wanted` all facts that are printed; in a ledger that knows no pages, all. None when nothing has that name.
    """
    if wanted is None:
        printed = tuple(entry for entry in ledger.entries.values() if entry.places)
        return printed if ledger.labels else tuple(ledger.entries.values())
    name = wanted.casefold()
    states = [
        state for id, state in ledger.disclosures.items() if name in (id.casefold(), id.partition(":")[0].casefold())
    ]
    if states:
        keys = dict.fromkeys(key for state in states for key in state.facts)
        return tuple(ledger.entries[key] for key in keys if key in ledger.entries)
    found = tuple(e for e in ledger.entries.values() if name in (e.key.casefold(), e.series.casefold()))
    return found or None


def list_names(ledger: Ledger) -> tuple[str, ...]:
    """Return all names that can be selected by."""
    series = dict.fromkeys(entry.series for entry in ledger.entries.values())
    return (*ledger.disclosures, *series, *ledger.entries)


def list_inputs(ledger: Ledger, entries: Iterable[FactRecord]) -> tuple[FactRecord, ...]:
    """Return the facts that the given ones were derived from, directly or indirectly, without the given ones."""
    known = {entry.key for entry in entries}
    found: dict[str, FactRecord] = {}
    todo = [key for key in known for key in _inputs(ledger, key)]
    while todo:
        key = todo.pop()
        if key not in known and key not in found and key in ledger.entries:
            found[key] = ledger.entries[key]
            todo.extend(_inputs(ledger, key))
    return tuple(entry for key, entry in ledger.entries.items() if key in found)


def _inputs(ledger: Ledger, key: str) -> tuple[str, ...]:
    origin = ledger.entries[key].origin
    return origin.inputs if origin else ()
