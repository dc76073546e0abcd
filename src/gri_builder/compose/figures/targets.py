"""Targets: base, target value and progress, as a chart and a table."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.blocks import cell, header_row, plain, values_aligned
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.tables import small_print
from gri_builder.compose.text.fact_values import measure_progress, print_fact, print_progress
from gri_builder.compose.text.numbers import MISSING, choose_digits, format_quantity
from gri_builder.model.chart import Chart, ChartSeries
from gri_builder.model.document import Block
from gri_builder.model.facts import Fact, Series, Target
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Cell, FactReference, Run, Table
from gri_builder.model.texts.web_addresses import link_addresses


def compose_targets(
    context: ComposeContext, series: Sequence[Series], where: Location | None = None, title: str | None = None
) -> tuple[Block, ...]:
    """Return the progress of the series towards their targets: a chart and the table of its data."""
    if not series:
        return ()
    table = _make_table(context, series, where)
    known = [one for one in series if measure_progress(one)]
    return (_make_chart(context, known, where, title or context.translate("targets")), table) if known else (table,)


def _make_chart(context: ComposeContext, series: Sequence[Series], where: Location | None, title: str) -> Chart:
    """Return a progress bar for each series; all of them must have progress."""
    labels = tuple(print_progress(context, one)[0] for one in series)
    values = tuple(float(found[0] * 100) for one in series if (found := measure_progress(one)))
    head = context.translate("chart-alt", kind=context.translate("chart-progress"), caption=title)
    return Chart(
        "progress",
        plain(title),
        tuple(one.title for one in series),
        (ChartSeries(context.translate("target-progress"), values, labels),),
        "%",
        " ".join([head, *(_describe(context, one, label) for one, label in zip(series, labels, strict=True))]),
        where,
        details=tuple(_describe_range(context, one) for one in series),
    )


def _describe_range(context: ComposeContext, series: Series) -> str:
    found = measure_progress(series)
    assert found is not None
    base, aim = _dated(context, series, found[1]), _aim(context, series, _last(series))
    return context.translate("target-way", base=base, target=aim)


def _describe(context: ComposeContext, series: Series, share: str) -> str:
    found = measure_progress(series)
    assert found is not None
    base, latest = (_dated(context, series, fact) for fact in found[1:])
    aim = _aim(context, series, _last(series))
    return context.translate("chart-alt-progress", name=series.title, share=share, base=base, target=aim, latest=latest)


def _last(series: Series) -> Target:
    return series.targets[-1]


def _dated(context: ComposeContext, series: Series, fact: Fact) -> str:
    return f"{print_fact(context, series, fact)} ({fact.period})"


def _aim(context: ComposeContext, series: Series, target: Target) -> str:
    text = format_quantity(
        target.value, series.unit, choose_digits(series, target.value), context.locale, context.words
    )
    return f"{text} ({target.period})"


def _make_table(context: ComposeContext, series: Sequence[Series], where: Location | None) -> Table:
    columns = ("metric", "target-base", "target-latest", "target-target", "target-progress")
    body = tuple(_make_row(context, one) for one in series)
    notes = [one for one in series if any(target.note for target in one.targets)]
    remarks = tuple(
        link_addresses(f"{one.title}: {target.note}") for one in notes for target in one.targets if target.note
    )
    header = header_row(*(context.translate(column) for column in columns))
    return Table(
        (header,), body, values_aligned(len(columns) - 1), where, (), (*remarks, *small_print(context, series, ()))
    )


def _make_row(context: ComposeContext, series: Series) -> tuple[Cell, ...]:
    found = measure_progress(series)
    text, printed = print_progress(context, series)
    facts = [_fact_cell(context, series, fact) for fact in found[1:]] if found else [cell(MISSING), cell(MISSING)]
    aim = cell(_aim(context, series, _last(series)))
    return (cell(series.title, header=True), *facts, aim, Cell(((Run(text, printed=printed),),)))


def _fact_cell(context: ComposeContext, series: Series, fact: Fact) -> Cell:
    value = Run(print_fact(context, series, fact), printed=FactReference((fact.key,)))
    return Cell(((value, Run(f" ({fact.period})")),))
