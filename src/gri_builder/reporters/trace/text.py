"""A trace as text for people: each fact with the places that print it, and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.model.facts import CellAdjustment, Origin
from gri_builder.model.provenance import FactRecord, Ledger, PageLocation
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap

LABEL_WIDTH = 11
"""Columns for the label of a line."""
HASH_DIGITS = 12
"""Number of shown digits of a hash."""
KINDS = {"TD": "table", "TH": "table", "Figure": "chart", "Span": "text", "P": "text"}
"""Where a number is printed, by the structure type of its element."""


def write_trace_text(
    ledger: Ledger,
    entries: Sequence[FactRecord],
    inputs: Sequence[FactRecord],
    width: int = MAX_WIDTH,
    color: bool = False,
) -> str:
    """Return the facts as text of at most `width` columns; `inputs` are those that they were derived from."""
    lines = [_head(ledger, entries, color)]
    for entry in entries:
        lines += ["", *_entry(ledger, entry, width, color)]
    if inputs:
        lines += ["", colorize("Derived from", "strong", color)]
    for entry in inputs:
        lines += ["", *_entry(ledger, entry, width, color)]
    return "".join(f"{line}\n" for line in lines)


def _head(ledger: Ledger, entries: Sequence[FactRecord], color: bool) -> str:
    places = sum(len(entry.places) for entry in entries)
    counts = f"{_count(len(entries), 'fact')}, printed in {_count(places, 'place')}" if ledger.labels else ""
    name = sanitize(f"{ledger.organization}, {ledger.start} to {ledger.end}")
    return f"{colorize(name, 'strong', color)}: {counts or _count(len(entries), 'fact')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _entry(ledger: Ledger, entry: FactRecord, width: int, color: bool) -> Iterator[str]:
    yield f"{colorize(sanitize(entry.key), 'strong', color)}  {sanitize(entry.title)}"
    for label, texts in _properties(ledger, entry):
        shown = [text for text in texts if text]
        for number, text in enumerate(shown):
            head = f"  {label if not number else '':<{LABEL_WIDTH}}"
            yield from wrap(text, width, head, " " * (LABEL_WIDTH + 2))


def _properties(ledger: Ledger, entry: FactRecord) -> Iterator[tuple[str, list[str]]]:
    """Yield the properties of a fact: the label of each line, and its texts."""
    unit = "" if entry.unit in ("count", "headcount") else f" {entry.unit}"
    yield "value", [f"{entry.value}{unit}" + (f", {entry.status}" if entry.status != "measured" else "")]
    if entry.restated_from is not None:
        yield "restated", [f"from {entry.restated_from}{unit}: {entry.restated_because or 'no reason given'}"]
    yield "printed", [_place(ledger, place) for place in entry.places] or (["nowhere"] if ledger.labels else [])
    yield from _origin(entry.origin)
    yield "unit", list(_describe_units(ledger, entry))
    yield "explained", list(entry.explained)
    for name in ("boundary", "method", "owner", "source"):
        yield name, [getattr(entry, name) or ""]


def _describe_units(ledger: Ledger, entry: FactRecord) -> Iterator[str]:
    """Yield the report's own units that a fact is in, or was converted from, each with its factor and source."""
    source = (entry.origin.source_value if entry.origin else None) or ""
    used = {*entry.unit.split("/"), *source.partition(" ")[2].split("/")}
    for unit in ledger.units:
        if unit.symbol in used and unit.factor:
            yield f"1 {unit.symbol} = {unit.factor} {unit.unit}: {unit.source}"


def _place(ledger: Ledger, place: PageLocation) -> str:
    label = ledger.labels.get(place.page, str(place.page))
    how = f" ({place.kind})" if place.kind != "value" else ""
    section = f" under '{place.section}'" if place.section else ""
    return f"page {label}{section}, {KINDS.get(place.role, 'text')}: {place.text}{how}"


def _adjustment(note: CellAdjustment) -> str:
    """Return what a cell counts as, and why."""
    why = note.reason or (f"'{note.mark}' is left out" if note.mark else "a number below zero")
    more = f", and {_count(note.cells - 1, 'more cell')}" if note.cells > 1 else ""
    return f"{note.cell} '{note.text}' counts as {note.value}{more}: {why}"


def _origin(origin: Origin | None) -> Iterator[tuple[str, list[str]]]:
    if origin is None:
        return
    place = [f"sheet {origin.sheet}" if origin.sheet else "", f"cell {origin.cell}" if origin.cell else ""]
    place += [f"line {origin.line}" if origin.line else "", f"{origin.rows} rows" if origin.rows is not None else ""]
    digest = f"SHA-256 {origin.sha256[:HASH_DIGITS]}…" if origin.sha256 else ""
    yield "file", [", ".join(filter(None, (origin.file, *place, digest)))]
    yield "in file", [origin.source_value or ""]
    yield "encoding", [origin.encoding or ""]
    yield "adjusted", [_adjustment(each) for each in origin.adjustments]
    yield "formula", [origin.formula or ""]
    yield "derived", [f"from {', '.join(origin.inputs)}" if origin.inputs else ""]
    yield "query", [origin.query or ""]
    if pulled := origin.pulled:
        count = f"{pulled.rows:,} {'row' if pulled.rows == 1 else 'rows'}"
        yield "pulled", [f"{pulled.time} from {pulled.source} ({pulled.engine}), {count}"]
        yield "asked", [pulled.query]
