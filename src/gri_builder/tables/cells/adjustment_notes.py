"""Note on facts which of their cells count as another number than the file states, and in which encoding it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.model.facts import CellAdjustment, Fact
from gri_builder.model.finding import Finding
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.tables.cells.adjusted_tables import AdjustedTable, unread_correction
from gri_builder.tables.cells.cell_adjustments import CellAdjustments
from gri_builder.tables.series_context import ReadContext


def with_adjustments(fact: Fact, notes: Sequence[CellAdjustment]) -> Fact:
    """Return a fact that states which of its cells were changed; one with a value below a limit is an estimate."""
    if not notes or fact.origin is None:
        return fact
    is_estimate = fact.status == "measured" and any(note.kind == "below" for note in notes)
    origin = replace(fact.origin, adjustments=merge_adjustments(notes))
    return replace(fact, origin=origin, status="estimated" if is_estimate else fact.status)


def merge_adjustments(notes: Iterable[CellAdjustment]) -> tuple[CellAdjustment, ...]:
    """Return the adjustments with those of one kind as one, with the number of cells; corrections stay apart."""
    merged: dict[tuple[str, ...], CellAdjustment] = {}
    for note in notes:
        parts = {"correction": note.cell, "below": f"{note.text}", "negative": ""}
        key = (note.kind, parts.get(note.kind, note.mark or ""))
        first = merged.get(key)
        merged[key] = replace(first, cells=first.cells + 1) if first else note
    return tuple(merged.values())


def with_encoding(facts: Iterable[Fact], context: ReadContext) -> list[Fact]:
    """Return facts that state the encoding of their file, where it is not UTF-8."""
    encodings = {path: file.encoding for path, file in context.sheets.items() if file.encoding}
    return [
        replace(fact, origin=replace(fact.origin, encoding=encodings[fact.origin.file]))
        if fact.origin and fact.origin.file in encodings
        else fact
        for fact in facts
    ]


def note_cells(
    facts: Iterable[Fact],
    adjusted: AdjustedTable,
    places: Mapping[tuple[str, ...], tuple[int, int]],
    texts: Collection[int],
    adjustments: CellAdjustments,
) -> tuple[list[Fact], list[Finding]]:
    """Return facts with the adjustments of their cells, and errors for corrections that none of them uses.

    `places` are row and column of each value by period and members, case-folded; `texts` are the columns of keys.
    """
    noted: list[Fact] = []
    used: set[str] = set()
    for fact in facts if adjusted.cells else ():
        row, column = places[(casefold_key(fact.period), *map(casefold_key, fact.members))]
        cells = [found for each in (column, *texts) if (found := adjusted.by_place.get((row, each)))]
        used.update(step.key for cell in cells for step in cell.steps if step.kind == "correction")
        noted.append(
            with_adjustments(fact, [n for cell in cells for n in cell.describe(adjusted.table.sheet, adjustments)])
        )
    applied = {step.key for step in adjusted.steps if step.kind == "correction"}
    unread = [each for each in adjustments.corrections if each.key in applied - used]
    return (
        noted if adjusted.cells else list(facts),
        [unread_correction(each, adjusted.table.sheet) for each in unread],
    )
