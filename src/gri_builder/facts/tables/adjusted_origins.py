"""Note on aggregated facts which of their rows count as other numbers than the file states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from gri_builder.facts.sql.statements import AggregateQuery, identifier
from gri_builder.facts.tables.adjusted_tables import AdjustedRecords, unread_correction
from gri_builder.facts.tables.adjustment_notes import with_adjustments
from gri_builder.facts.tables.cell_adjustments import CellAdjustments
from gri_builder.facts.tables.row_checks import LoadedRows
from gri_builder.model.facts import CellAdjustment, Fact
from gri_builder.model.finding import Finding

MAX_NAMED = 500
"""Changed rows that a query names one by one."""


class AdjustedRows(Struct, frozen=True):
    """The records of a series, and what its description states about their cells."""

    adjustments: CellAdjustments
    records: Sequence[AdjustedRecords]


def note_rows(
    facts: Iterable[Fact],
    query: AggregateQuery,
    loaded: LoadedRows,
    rows: AdjustedRows,
) -> tuple[list[Fact], list[Finding]]:
    """Return facts with the adjustments of their rows, and errors for corrections in rows that none of them uses."""
    notes: dict[tuple[str, ...], list[CellAdjustment]] = {}
    used: set[str] = set()
    for (name, records), each in zip(loaded.tables.items(), rows.records, strict=True):
        keys = _find_keys(name, query, loaded, each) if each.cells else {}
        for cell in each.cells:
            if (key := keys.get(cell.row)) is not None:
                notes.setdefault(key, []).extend(cell.describe(records.sheet, rows.adjustments))
                used.update(step.key for step in cell.steps if step.kind == "correction")
    applied = {step.key for each in rows.records for cell in each.cells for step in cell.steps}
    sheet = next(iter(loaded.tables.values())).sheet
    unread = [each for each in rows.adjustments.corrections if each.key in applied - used]
    noted = [with_adjustments(fact, notes.get((fact.period, *fact.members), ())) for fact in facts]
    return noted, [unread_correction(each, sheet) for each in unread]


def _find_keys(
    name: str, query: AggregateQuery, loaded: LoadedRows, adjusted: AdjustedRecords
) -> Mapping[int, tuple[str, ...]]:
    """Return period and members of each changed row that counts, by its number."""
    parts = ", ".join(("rowid", query.period.label, *(identifier(column) for column in query.groups.values())))
    conditions = list(query.conditions)
    wanted = {cell.row for cell in adjusted.cells}
    if len(wanted) <= MAX_NAMED:
        places = [place for place, number in enumerate(adjusted.records.numbers) if number in wanted]
        conditions.append(f"rowid IN ({', '.join(map(str, places))})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = loaded.database.rows(f"SELECT {parts} FROM {identifier(name)}{where}")
    numbers = adjusted.records.numbers
    return {numbers[row[0]]: tuple(" ".join(str(part).split()) for part in row[1:]) for row in rows}
