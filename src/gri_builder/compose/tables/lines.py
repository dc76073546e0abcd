"""Lines of figures: tables of one row, and those that follow each other as one table."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.compose.blocks import cell, header_row, plain, values_aligned
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.tables.fact_rows import FactRow
from gri_builder.compose.tables.value_columns import (
    ValueColumn,
    can_show_change,
    find_base,
    make_cell,
    make_change_column,
)
from gri_builder.compose.text.units import with_unit
from gri_builder.model.document import Block
from gri_builder.model.rich_text import Runs, Table
from gri_builder.model.table_request import TableRequest


def make_line(
    context: ComposeContext,
    row: FactRow,
    request: TableRequest,
    columns: Sequence[ValueColumn],
    notes: tuple[Runs, ...],
    own: str,
    caption: Runs | None = None,
) -> Table:
    """Return a table of one row that is set as a line, with its unit beside its name; by default with its change.

    `own` is the period that the change is to. Without a caption, the title that is asked for is the caption.
    """
    shown = _add_change(context, row, request, columns, own)
    heads = [_short_head(context, column, row) for column in shown]
    current, earlier = set_off_columns(shown, request, own)
    name = with_unit(row.label, row.series.unit, context.words)
    body = (cell(name, header=True), *(make_cell(context, row, column, ()) for column in shown))
    return Table(
        (header_row("", *heads),),
        (body,),
        values_aligned(len(shown)),
        request.where,
        plain(request.title) if caption is None else caption,
        notes,
        current=tuple(1 + column for column in current),
        earlier=tuple(1 + column for column in earlier),
        units=(row.series.unit.symbol,),
        is_line=True,
    )


def _add_change(
    context: ComposeContext, row: FactRow, request: TableRequest, columns: Sequence[ValueColumn], own: str
) -> list[ValueColumn]:
    """Return the columns of a line; unless others are asked for, its change is one of them."""
    shown = [replace(column, is_bare=False) for column in columns]
    periods = [column.period for column in columns]
    if request.columns or len(periods) < 2 or own not in periods:
        return shown
    if not can_show_change([row], own, request.base_period):
        return shown
    change = make_change_column(context, [row], own, request.base_period)
    return [*shown, replace(change, is_bare=False)]


def _short_head(context: ComposeContext, column: ValueColumn, row: FactRow) -> str:
    """Return the head of a column of a line, in which the number has its unit: '2015', 'on 2014'."""
    if column.kind != "change":
        return column.head
    base = find_base(row, column.period, column.base)
    return context.translate("change-on", period=base) if base else context.translate("column-change")


def set_off_columns(
    columns: Sequence[ValueColumn], request: TableRequest, own: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns of the report's own period, or of those that the author sets off, and those of the others.

    A single period is not set off.
    """
    periods = [column.period for column in columns if column.kind == "years"]
    chosen = {period for period in periods if period in request.highlighted} or {own}
    if len(periods) < 2 or not chosen & {*periods}:
        return (), ()
    years = [number for number, column in enumerate(columns) if column.kind == "years"]
    current = tuple(number for number in years if columns[number].period in chosen)
    return current, tuple(number for number in years if number not in current)


def join_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with lines of figures that follow each other, over the same periods, as one table."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(last, Table) and _can_follow(last, block):
            joined[-1] = _join(last, block)
        else:
            joined.append(block)
    return tuple(joined)


def _can_follow(first: Table, second: Table) -> bool:
    """Return whether a line belongs to the table before it: it has no caption and no name to link to."""
    is_same = first.header == second.header and bool(first.units)
    return is_same and second.is_line and not (second.caption or second.anchor)


def _join(first: Table, second: Table) -> Table:
    notes = tuple(dict.fromkeys((*first.notes, *second.notes)))
    return replace(
        first, body=(*first.body, *second.body), units=(*first.units, *second.units), notes=notes, is_line=False
    )
