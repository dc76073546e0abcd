"""Lines of figures: tables of one row, and those that follow each other as one table."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.compose.blocks import cell, header_row, plain, values_aligned
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.tables.value_columns import (
    ValueColumn,
    make_cell,
    make_change_column,
)
from gri_builder.compose.text.units import with_unit
from gri_builder.facts.fact_tables.rows import FactRow, can_show_change, find_base
from gri_builder.model.document import Block
from gri_builder.model.figures.table_request import TableRequest
from gri_builder.model.rich_text import Cell, Runs, Table, plain_text


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
    name = row.label if caption else with_unit(row.label, row.series.unit, context.words)
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


def join_lines(context: ComposeContext, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with lines of figures that follow each other, over the same periods, as one table.

    A line with a caption, or with a name to link to, stays alone.
    """
    joined: list[Block] = []
    lines: list[Table] = []
    for block in blocks:
        if isinstance(block, Table) and _may_join(block) and (not lines or lines[0].header == block.header):
            lines.append(block)
            continue
        joined += _join(context, lines)
        lines = [block] if isinstance(block, Table) and _may_join(block) else []
        joined += [] if lines else [block]
    return (*joined, *_join(context, lines))


def _may_join(table: Table) -> bool:
    return table.is_line and not table.caption and not table.anchor


def _join(context: ComposeContext, lines: Sequence[Table]) -> list[Table]:
    """Return the lines as one table, in which the head of changes says what they are."""
    if len(lines) < 2:
        return list(lines)
    first = lines[0]
    header = tuple(_name_change(context, head, first.header[0]) for head in first.header[0])
    return [
        replace(
            first,
            header=(header,),
            body=tuple(row for line in lines for row in line.body),
            units=tuple(unit for line in lines for unit in line.units),
            notes=tuple(dict.fromkeys(note for line in lines for note in line.notes)),
            is_line=False,
        )
    ]


def _name_change(context: ComposeContext, head: Cell, heads: Sequence[Cell]) -> Cell:
    """Return the head of a column of changes in full: 'Change on 2014' for 'on 2014'."""
    texts = (plain_text(each.paragraphs[0]) for each in heads)
    text = plain_text(head.paragraphs[0])
    base = next((each for each in texts if each and text == context.translate("change-on", period=each)), None)
    return cell(context.translate("column-change-on", period=base)) if base else head
