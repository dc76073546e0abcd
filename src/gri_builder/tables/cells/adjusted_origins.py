"""Note on aggregated facts which of their rows count as other numbers than the file states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from gri_builder.model.facts import CellAdjustment, Fact
from gri_builder.model.finding import Finding
from gri_builder.tables.cells.adjusted_tables import AdjustedCell, AdjustedRecords, unread_correction
from gri_builder.tables.cells.adjustment_notes import with_adjustments
from gri_builder.tables.cells.cell_adjustments import CellAdjustments
from gri_builder.tables.row_checks import LoadedRows
from gri_builder.tables.shapes.spread import SpreadValues, spread_all
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.statements import AggregateQuery, identifier

Key = tuple[str, ...]
"""Period and members of a fact."""
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
    for records, each in zip(loaded.tables.values(), rows.records, strict=True):
        keys = _find_keys(records, query, loaded, each) if each.cells else {}
        for cell in each.cells:
            found = keys.get(cell.row, {})
            for key in {found[cell.column]} if cell.column in found else _keys_of_text(found, cell):
                notes.setdefault(key, []).extend(cell.describe(records.sheet, rows.adjustments))
                used.update(step.key for step in cell.steps if step.kind == "correction")
    applied = {step.key for each in rows.records for cell in each.cells for step in cell.steps}
    sheet = next(iter(loaded.tables.values())).sheet
    unread = [each for each in rows.adjustments.corrections if each.key in applied - used]
    noted = [with_adjustments(fact, notes.get((fact.period, *fact.members), ())) for fact in facts]
    return noted, [unread_correction(each, sheet) for each in unread]


def number_and_text_columns(
    records: Records, columns: Mapping[str, int], spread: SpreadValues | None
) -> tuple[list[int], list[int]]:
    """Return the columns of a file with numbers and those with texts; `columns` are those that are named by purpose."""
    numbers = [column for key, column in columns.items() if key in ("value", "weight")]
    texts = list(columns.values())
    for wide in spread_all([records], spread)[0] if spread else ():
        numbers += [each.column for each in wide.spread]
        texts += [] if wide.year is None else [wide.year]
    return numbers, [column for column in dict.fromkeys(texts) if column not in numbers]


def _keys_of_text(found: Mapping[int, Key], cell: AdjustedCell) -> list[Key]:
    """Return the facts of a row whose changed cell is a text, such as the name of a site."""
    return sorted(set(found.values())) if all(step.kind == "correction" for step in cell.steps) else []


def _find_keys(
    records: Records, query: AggregateQuery, loaded: LoadedRows, adjusted: AdjustedRecords
) -> Mapping[int, Mapping[int, Key]]:
    """Return period and members of each changed row that counts, by its number and the column of its value."""
    parts = ", ".join(("rowid", query.period.label, *(identifier(column) for column in query.groups.values())))
    conditions = list(query.conditions)
    wanted = {cell.row for cell in adjusted.cells}
    if len(wanted) <= MAX_NAMED:
        places = [place for place, number in enumerate(records.numbers) if number in wanted]
        conditions.append(f"rowid IN ({', '.join(map(str, places))})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    columns = dict(zip(loaded.tables, loaded.columns, strict=True))[records.name]
    values = [columns[key] for key in ("value", "weight") if key in columns]
    found: dict[int, dict[int, Key]] = {}
    for record, *key in loaded.database.rows(f"SELECT {parts} FROM {identifier(records.name)}{where}"):
        row = found.setdefault(records.numbers[record], {})
        row |= {records.place(record, value): tuple(" ".join(str(part).split()) for part in key) for value in values}
    return found
