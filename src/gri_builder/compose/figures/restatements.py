"""Restatements: changed values of earlier reports, each with the old value and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gri_builder.compose.blocks import cell, header_row, paragraph, plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.fact_values import print_change, print_fact
from gri_builder.model.document import Block
from gri_builder.model.facts import Fact, Restatement, Series
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Alignment, Cell, Directive, FactReference, Run, Runs, Table, walk_blocks

COLUMNS = ("metric", "period", "restated-before", "restated-now", "restated-change", "reason")


def compose_restatements(context: ComposeContext, where: Location | None = None) -> tuple[Block, ...]:
    """Return the table of all restatements of the report, or a sentence that nothing was restated."""
    rows = tuple(_row(context, *each) for each in _list_restated(context.report.series.values()))
    if not rows:
        return (paragraph(context.translate("restated-none")),)
    header = header_row(*(context.translate(key) for key in COLUMNS))
    align: tuple[Alignment, ...] = ("left", "left", "right", "right", "right", "left")
    return (Table((header,), rows, align, where, plain(context.translate("restatements"))),)


def _list_restated(all_series: Iterable[Series]) -> Iterator[tuple[Series, Fact, Restatement]]:
    for series in all_series:
        for fact in series.facts:
            if fact.restated:
                yield series, fact, fact.restated


def list_unplaced_restatements(context: ComposeContext) -> tuple[Block, ...]:
    """Return the table for the answer on restatements; nothing if a chapter prints it or nothing is restated."""
    blocks = (block for chapter in context.report.chapters for block in walk_blocks(chapter.prose.blocks))
    is_placed = any(isinstance(block, Directive) and block.name == "restatements" for block in blocks)
    has_any = any(True for _ in _list_restated(context.report.series.values()))
    return compose_restatements(context) if has_any and not is_placed else ()


def _row(context: ComposeContext, series: Series, fact: Fact, restated: Restatement) -> tuple[Cell, ...]:
    before = _as_published(fact, restated)
    now = Run(print_fact(context, series, fact), printed=FactReference((fact.key,)))
    return (
        cell(context.join(series.title, *fact.members), header=True),
        cell(fact.period),
        cell(print_fact(context, series, before)),
        Cell(((now,),)),
        cell(print_change(context, series, fact, before, _count_digits(series, fact, before))),
        cell(restated.reason),
    )


def _as_published(fact: Fact, restated: Restatement) -> Fact:
    return replace(fact, value=restated.before, restated=None, digits=None)


def _count_digits(series: Series, new: Fact, old: Fact) -> int | None:
    """Return enough digits for a change in per cent to print a small one as more than 0; None for the default."""
    if series.unit.printed == "%" or not old.value or new.value == old.value:
        return None
    return max(1, -((new.value - old.value) / old.value * 100).adjusted())


def explain_restatements(
    context: ComposeContext, series: Iterable[Series], shown: Iterable[Fact | None]
) -> tuple[Runs, ...]:
    """Return the small print on the restated values in a table: the old value and the reason."""
    keys = {fact.key for fact in shown if fact}
    together = tuple(series)
    notes: list[Runs] = []
    for one, fact, restated in _list_restated(together):
        if fact.key in keys:
            names = (*([one.title] if len(together) > 1 else []), fact.period, *fact.members)
            before = print_fact(context, one, _as_published(fact, restated))
            said = context.translate("restated-from", name=context.join(*names), before=before, reason=restated.reason)
            notes.append(plain(said))
    return tuple(notes)
