"""Restatements: values of earlier reports that were changed, each with the old value and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.document import Block
from gri_builder.finding import Where
from gri_builder.produce.compose.blocks import cell, header_row, paragraph, plain
from gri_builder.produce.compose.numbers import choose_digits, format_number, unit_text
from gri_builder.produce.compose.setting import Setting
from gri_builder.prose import Cell, Directive, Printed, Run, Runs, Table, walk_blocks
from gri_builder.report import Fact, Restatement, Series

COLUMNS = ("metric", "period", "unit", "restated-before", "restated-now", "reason")


def compose_restatements(setting: Setting, where: Where | None = None) -> tuple[Block, ...]:
    """Return the table of all restatements of the report; a sentence where there is none."""
    rows = tuple(_row(setting, *each) for each in _list_restated(setting.report.series.values()))
    if not rows:
        return (paragraph(setting.say("restated-none")),)
    header = header_row(*(setting.say(key) for key in COLUMNS))
    align = ("left", "left", "left", "right", "right", "left")
    return (Table((header,), rows, align, where, plain(setting.say("restatements"))),)


def _list_restated(all_series: Iterable[Series]) -> Iterator[tuple[Series, Fact, Restatement]]:
    for series in all_series:
        for fact in series.facts:
            if fact.restated:
                yield series, fact, fact.restated


def list_open_restatements(setting: Setting) -> tuple[Block, ...]:
    """Return the table for the answer that asks for it; nothing where a chapter prints it, or nothing is restated."""
    blocks = (block for chapter in setting.report.chapters for block in walk_blocks(chapter.prose.blocks))
    is_placed = any(isinstance(block, Directive) and block.name == "restatements" for block in blocks)
    has_any = any(True for _ in _list_restated(setting.report.series.values()))
    return compose_restatements(setting) if has_any and not is_placed else ()


def _row(setting: Setting, series: Series, fact: Fact, restated: Restatement) -> tuple[Cell, ...]:
    now = Run(_number(setting, series, fact), printed=Printed((fact.key,)))
    return (
        cell(", ".join((series.title, *fact.members)), header=True),
        cell(fact.period),
        cell(unit_text(series.unit) or setting.say("number")),
        cell(_before(setting, series, restated)),
        Cell(((now,),)),
        cell(restated.reason),
    )


def _number(setting: Setting, series: Series, fact: Fact) -> str:
    return format_number(fact.value, choose_digits(series, fact.value), setting.locale)


def _before(setting: Setting, series: Series, restated: Restatement) -> str:
    return format_number(restated.before, choose_digits(series, restated.before), setting.locale)


def explain_restatements(setting: Setting, series: Iterable[Series], shown: Iterable[Fact | None]) -> tuple[Runs, ...]:
    """Return the small print on the restated values that a table shows: the old value, and the reason."""
    keys = {fact.key for fact in shown if fact}
    together = tuple(series)
    said: list[Runs] = []
    for one, fact, restated in _list_restated(together):
        if fact.key in keys:
            names = (*([one.title] if len(together) > 1 else []), fact.period, *fact.members)
            before = " ".join(filter(None, (_before(setting, one, restated), unit_text(one.unit))))
            reason = restated.reason.rstrip(".")
            said.append(plain(setting.say("restated-from", name=", ".join(names), before=before, reason=reason)))
    return tuple(said)
