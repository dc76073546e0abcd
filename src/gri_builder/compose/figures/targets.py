"""Targets: base, target value and progress, as a chart and a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil

from gri_builder.compose.blocks import cell, header_row, plain, values_aligned
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import find_value_gap, list_value_gaps, mark_shortly, note_gaps
from gri_builder.compose.figures.progress import Progress, list_progress, print_percent, print_share
from gri_builder.compose.figures.tables import small_print
from gri_builder.compose.text.fact_values import print_fact
from gri_builder.compose.text.numbers import (
    MISSING,
    choose_digits,
    choose_fact_digits,
    format_number,
    format_percent,
    format_quantity,
)
from gri_builder.compose.text.units import with_unit
from gri_builder.model.document import Block
from gri_builder.model.facts import Fact, Series, Target
from gri_builder.model.figures.chart import Axis, Chart, ChartSeries, Way
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Cell, FactReference, Run, Table
from gri_builder.model.texts.web_addresses import link_addresses
from gri_builder.resources.sentences import join_sentences

MAX_BARS = 10
"""Bars of one chart; more targets are in several charts of one scale."""


def compose_targets(
    context: ComposeContext, series: Sequence[Series], where: Location | None = None, title: str | None = None
) -> tuple[Block, ...]:
    """Return the progress of the series towards their targets: charts of one scale, and the table of their data."""
    found = [progress for one in series for progress in list_progress(context, one)]
    if not found:
        return ()
    known = [each for each in found if each.share is not None]
    charts = _make_charts(context, known, where, title or context.translate("targets"))
    return (*charts, _make_table(context, found, where))


def _make_charts(context: ComposeContext, known: Sequence[Progress], where: Location | None, title: str) -> list[Chart]:
    """Return the progress as charts of about equal length."""
    if not known:
        return []
    count = ceil(len(known) / MAX_BARS)
    size = ceil(len(known) / count)
    axis = _make_axis(known)
    charts = []
    for number in range(count):
        part = context.translate("chart-part", title=title, number=str(number + 1), count=str(count))
        shown = known[number * size : (number + 1) * size]
        charts.append(_make_chart(context, shown, where, part if count > 1 else title, axis))
    return charts


def _make_axis(known: Sequence[Progress]) -> Axis:
    """Return the scale of all bars, in per cent: from the base, or below it, to the target, or beyond it."""
    shares = [each.share * 100 for each in known if each.share is not None]
    return Axis(float(min(Decimal(0), *shares)), float(max(Decimal(100), *shares)), ())


def _make_chart(
    context: ComposeContext, shown: Sequence[Progress], where: Location | None, title: str, axis: Axis
) -> Chart:
    labels = tuple(_print_status(context, each) for each in shown)
    values = tuple(float(each.share * 100) for each in shown if each.share is not None)
    head = context.translate("chart-alt", kind=context.translate("chart-progress"), caption=title)
    return Chart(
        "progress",
        plain(title),
        tuple(each.name(context) for each in shown),
        (ChartSeries(context.translate("target-progress"), values, labels),),
        format_percent("", context.locale).strip(),
        join_sentences([head, *(_describe(context, each) for each in shown)]),
        where,
        axis=axis,
        ways=tuple(_make_way(context, each) for each in shown),
    )


def _print_status(context: ComposeContext, progress: Progress) -> str:
    """Return the progress in per cent, and in words whether that is as expected."""
    share = print_share(context, progress)[0]
    return context.join(share, context.translate(f"status-{progress.status}")) if progress.status else share


def _make_way(context: ComposeContext, progress: Progress) -> Way:
    assert progress.base
    series, expected = progress.series, progress.expected
    return Way(
        _dated(context, series, progress.base),
        _aim(context, series, progress.target),
        None if expected is None else float(expected * 100),
        _print_expected(context, progress),
        tuple((float(share * 100), _aim(context, series, target)) for target, share in progress.interim),
        None if progress.status in ("", "level") else progress.status in ("reached", "ahead", "on-course"),
    )


def _print_expected(context: ComposeContext, progress: Progress) -> str:
    if progress.expected is None or progress.latest is None:
        return ""
    share = print_percent(context, progress.expected)
    return context.translate("expected-at", period=progress.latest.period, share=share)


def _describe(context: ComposeContext, progress: Progress) -> str:
    """Return a bar in words: name, share of the way, base, target and latest value, and what is expected."""
    series, base, latest = progress.series, progress.base, progress.latest
    assert base and latest
    said = context.translate(
        "chart-alt-progress",
        name=progress.name(context),
        share=print_share(context, progress)[0],
        base=_dated(context, series, base),
        target=_aim(context, series, progress.target),
        latest=_dated(context, series, latest),
    )
    if progress.expected is None or not progress.status:
        return said
    expected, status = print_percent(context, progress.expected), context.translate(f"status-{progress.status}")
    ahead = context.translate("chart-alt-expected", period=latest.period, share=expected, status=status)
    return join_sentences((said, ahead))


def _dated(context: ComposeContext, series: Series, fact: Fact) -> str:
    return context.bracketed(print_fact(context, series, fact), fact.period)


def _aim(context: ComposeContext, series: Series, target: Target) -> str:
    text = format_quantity(
        target.value, series.unit, choose_digits(series, target.value), context.locale, context.words
    )
    return context.bracketed(text, target.period)


def _make_table(context: ComposeContext, found: Sequence[Progress], where: Location | None) -> Table:
    """Return a row for each target, with its unit beside its name; a year that all rows have is in the header."""
    shared = [_shared(each.base for each in found), _shared(each.latest for each in found)]
    aims = {each.target.period for each in found}
    periods = [*shared, aims.pop() if len(aims) == 1 else None]
    heads = [
        " ".join(filter(None, (context.translate(key), period)))
        for key, period in zip(("target-base", "target-latest", "target-target"), periods, strict=True)
    ]
    columns = ("target-progress", "target-expected-now", "target-status")
    header = header_row(context.translate("metric"), *heads, *(context.translate(column) for column in columns))
    body = tuple(_make_row(context, each, periods) for each in found)
    series = tuple(dict.fromkeys(each.series.id for each in found))
    together = [next(each.series for each in found if each.series.id == id) for id in series]
    notes = tuple(
        link_addresses(context.named(one.title, target.note))
        for one in together
        for target in one.targets
        if target.note
    )
    alignments = (*values_aligned(5), "left")
    bases = [find_value_gap(context, each.series.id, each.target.base) for each in found if each.base is None]
    missing = note_gaps(context, tuple(dict.fromkeys((*bases, *list_value_gaps(context, together)))))
    return Table((header,), body, alignments, where, (), (*notes, *small_print(context, together, ()), *missing))


def _shared(facts: Iterable[Fact | None]) -> str | None:
    """Return the period that all facts have; None if there are several."""
    periods = {fact.period if fact else None for fact in facts}
    return periods.pop() if len(periods) == 1 else None


def _make_row(context: ComposeContext, progress: Progress, periods: Sequence[str | None]) -> tuple[Cell, ...]:
    series = progress.series
    name = with_unit(progress.name(context), series.unit, context.words)
    share, printed = print_share(context, progress)
    number = format_number(progress.target.value, choose_digits(series, progress.target.value), context.locale)
    expected = print_percent(context, progress.expected) if progress.expected is not None else MISSING
    status = context.translate(f"status-{progress.status}") if progress.status else MISSING
    return (
        cell(name, header=True),
        _fact_cell(context, series, progress.base, periods[0], progress.target.base),
        _fact_cell(context, series, progress.latest, periods[1]),
        cell(number if periods[2] else context.bracketed(number, progress.target.period)),
        Cell(((Run(share, printed=printed),),)),
        cell(expected),
        cell(status),
    )


def _fact_cell(
    context: ComposeContext, series: Series, fact: Fact | None, period: str | None, wanted: str | None = None
) -> Cell:
    """Return the cell of a value; without one a dash, or in a draft a mark for the period that is `wanted`."""
    if fact is None:
        gap = find_value_gap(context, series.id, wanted)
        return Cell(((mark_shortly(context, gap),),)) if context.draft else cell(MISSING)
    number = format_number(fact.value, choose_fact_digits(series, fact), context.locale)
    value = Run(number, printed=FactReference((fact.key,)))
    return Cell(((value,) if period else (value, Run(context.bracketed("", fact.period))),))
