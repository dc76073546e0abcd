"""Columns of a table of facts: the values of its periods, their change, and their share of the total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from gri_builder.compose.blocks import cell
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import find_value_gap, list_wanted, mark_shortly
from gri_builder.compose.text.changes import describe_change
from gri_builder.compose.text.numbers import (
    MISSING,
    SHARE_DIGITS,
    choose_fact_digits,
    format_number,
    format_percent,
    format_relative_change,
    number_only,
)
from gri_builder.facts.fact_tables.rows import FactRow, can_show_change, find_base, find_parts
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.table_request import TableColumn, TableRequest
from gri_builder.model.rich_text import Cell, FactReference, Run, Runs

MARKED = ("estimated", "restated")
"""Statuses that get a mark beside the value."""
WHOLE = Decimal(100)
LEAST_CHANGE = Decimal("0.1")
"""The smallest change that is printed with one digit."""


class ValueColumn(Struct, frozen=True):
    """A column of values."""

    kind: TableColumn
    head: str
    period: str
    """Label of its period."""
    base: str | None = None
    """Label of the period that a change is from; None for the one before."""
    is_bare: bool = True
    """Whether its unit is in the head, not in the cells."""


def list_columns(
    context: ComposeContext, rows: Sequence[FactRow], request: TableRequest, periods: Sequence[str], own: str
) -> list[ValueColumn]:
    """Return the columns that are asked for, and that can be calculated."""
    columns: list[ValueColumn] = []
    for kind in request.shown_columns:
        match kind:
            case "years":
                columns += [ValueColumn("years", period, period) for period in periods]
            case "change" if can_show_change(rows, own, request.base_period):
                columns.append(make_change_column(context, rows, own, request.base_period))
            case "share" if find_parts(rows, own):
                head = context.translate("column-share")
                columns.append(ValueColumn("share", _with_unit(context, head, ("%",)), own))
            case _:
                pass
    return columns


def make_change_column(context: ComposeContext, rows: Sequence[FactRow], own: str, base: str | None) -> ValueColumn:
    """Return the column of the change to the report's own period, with its unit in the head if all have the same."""
    bases = {old for row in rows if (old := find_base(row, own, base))}
    first = next(iter(bases)) if len(bases) == 1 else None
    head = context.translate("column-change-on", period=first) if first else context.translate("column-change")
    points = {row.series.unit.printed == "%" for row in rows}
    is_bare = len(points) == 1
    unit = (context.translate("points") if points == {True} else "%",) if is_bare else ()
    return ValueColumn("change", _with_unit(context, head, unit), own, base, is_bare)


def _with_unit(context: ComposeContext, head: str, unit: Sequence[str]) -> str:
    return context.bracketed(head, unit[0]) if unit else head


def make_cell(context: ComposeContext, row: FactRow, column: ValueColumn, parts: Sequence[Fact]) -> Cell:
    """Return a row's cell in a column; `parts` add up to the total that shares are of."""
    match column.kind:
        case "years":
            return value_cell(context, row, column.period)
        case "change":
            return _change_cell(context, row, column)
        case "share":
            return _share_cell(context, row, column, parts)


def value_cell(context: ComposeContext, row: FactRow, period: str) -> Cell:
    """Return the value of a period, with the mark of its status."""
    facts, value = row.facts(period), row.value(period)
    if value is None:
        return _mark_cell(context, row, period)
    digits = max(choose_fact_digits(row.series, fact) for fact in facts)
    number = format_number(value, digits, context.locale)
    keys = tuple(fact.key for fact in facts)
    printed = FactReference(keys, "sum", decimals=digits) if row.parts else FactReference(keys)
    statuses = {fact.status for fact in facts}
    marks = [run for status in MARKED if status in statuses for run in status_mark(context, status)]
    return Cell(((Run(number, printed=printed), *marks),))


def _mark_cell(context: ComposeContext, row: FactRow, period: str) -> Cell:
    """Return the cell of a missing value: a dash, or a mark in a draft where the report asks for the value."""
    place = (row.series.id, period, row.members)
    wanted = list_wanted(context, (row.series,)) if context.draft and not row.parts else []
    if all((each.series, each.period, each.members) != place for each in wanted):
        return cell(MISSING)
    return Cell(((mark_shortly(context, find_value_gap(context, row.series.id, period, row.members)),),))


def status_mark(context: ComposeContext, status: str) -> Runs:
    """Return the mark of a status, if it has one."""
    return (Run(context.translate(f"{status}-mark"), script="sup"),) if status in MARKED else ()


def _change_cell(context: ComposeContext, row: FactRow, column: ValueColumn) -> Cell:
    base = find_base(row, column.period, column.base)
    if base is None:
        return cell(MISSING)
    new, old = row.facts(column.period), row.facts(base)
    found = _describe_sum(context, new, old) if row.parts else _describe(context, row.series, new[0], old[0])
    if found is None:
        return cell(MISSING)
    text, printed = found
    if text.strip("+−-\u200e\u200f\u061c")[:1].isdecimal() or not any(map(str.isalpha, text)):
        text = number_only(text) if column.is_bare else _shorten_points(context, row.series, text)
    return Cell(((Run(text, printed=printed),),))


def _describe(context: ComposeContext, series: Series, new: Fact, old: Fact) -> tuple[str, FactReference] | None:
    change = describe_change(context, series, new, old)
    return (change.text, change.printed) if change else None


def _describe_sum(
    context: ComposeContext, new: Sequence[Fact], old: Sequence[Fact]
) -> tuple[str, FactReference] | None:
    """Return the change of a sum, and the facts that it is calculated from: the new ones, then as many old ones."""
    after, before = (sum((fact.value for fact in facts), Decimal(0)) for facts in (new, old))
    printed = FactReference(tuple(fact.key for fact in (*new, *old)), "change", decimals=1)
    if after == before:
        return context.translate("unchanged"), printed
    text = format_relative_change(after, before, context.locale, 1)
    if not any(character in "123456789" for character in text):
        course = "up" if after > before else "down"
        least = format_percent(format_number(LEAST_CHANGE, 1, context.locale), context.locale)
        return (context.translate(f"change-{course}-below", number=least), printed) if before else None
    return text, printed


def _shorten_points(context: ComposeContext, series: Series, text: str) -> str:
    """Return a change with the short sign for percentage points."""
    number = number_only(text)
    return context.translate("points-short", number=number) if series.unit.printed == "%" else text


def _share_cell(context: ComposeContext, row: FactRow, column: ValueColumn, parts: Sequence[Fact]) -> Cell:
    """Return the share of the total; that of a printed total is 100."""
    facts = row.facts(column.period)
    total = sum((fact.value for fact in parts), Decimal(0))
    if not facts or not total:
        return cell(MISSING)
    if row.is_total:
        printed = None if row.parts else FactReference((facts[0].key,), "share", decimals=SHARE_DIGITS)
        return Cell(((Run(format_number(WHOLE, SHARE_DIGITS, context.locale), printed=printed),),))
    number = format_number(facts[0].value / total * WHOLE, SHARE_DIGITS, context.locale)
    keys = (facts[0].key, *(fact.key for fact in parts if fact is not facts[0]))
    return Cell(((Run(number, printed=FactReference(keys, "share", decimals=SHARE_DIGITS)),),))
