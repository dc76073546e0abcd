"""Rows of a table that are totals of other rows: named so in a column of members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.resources.total_words import total_kind
from gri_builder.spreadsheets.cells import Row, casefold_key
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.totals.totals import Total, TotalsMode, counted_totals, totals_hint


def leave_out_total_rows(
    rows: Sequence[Row], table: Table, columns: Sequence[int], mode: TotalsMode | None
) -> tuple[Sequence[Row], list[Finding]]:
    """Return the rows to read, without those that are called totals if the description excludes them.

    `columns` are those of the members. Where the description says nothing of totals, they are an error.
    """
    if mode in (TotalsMode.INCLUDE, TotalsMode.CHECK):
        return rows, []
    found = [each for column in columns for each in _find_named(rows, table, column)]
    if not found:
        return rows, []
    if mode is None:
        totals = list({(total.header, casefold_key(total.label)): total for _, total in reversed(found)}.values())
        return (), [counted_totals(totals[::-1], "rows", totals_hint("from"))]
    excluded = {number for number, _ in found}
    return [row for row in rows if row.number not in excluded], []


def find_total_periods(table: Table, periods: Mapping[str, int]) -> Iterator[Finding]:
    """Yield an error for a column that is called a total beside periods."""
    named = [name for name in periods if total_kind(name) and not any(map(str.isdecimal, name))]
    if len(named) < len(periods):
        for name in named:
            message = f"'{shorten(name)}' is a total of other columns, not a period"
            where = table.sheet.where(table.header.number, periods[name])
            yield error("total-row", message, where, "leave it out under 'periods'")


def _find_named(rows: Sequence[Row], table: Table, column: int) -> Iterator[tuple[int, Total]]:
    """Yield the number of each row whose cell in a column is called a total, with the total, unless all are."""
    header, sheet = table.names[column], table.sheet
    labels = {row.number: sheet.cell(row, column).text for row in rows}
    kinds = {text: kind for text in set(filter(None, labels.values())) if (kind := total_kind(text, header))}
    if set(filter(None, labels.values())) - kinds.keys():
        for number, text in labels.items():
            if text in kinds:
                yield number, Total(text, header, sheet.where(number, column), kinds[text])
