"""Bullets: the own value of each series or member against its target, with the value of its base period."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.charts.kinds.special import SpecialChart
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import MISSING, choose_digits, format_number
from gri_builder.facts.charts.special_rows import SpecialRow, base_of, list_special_rows, next_target
from gri_builder.facts.fact_tables.rows import shown_period
from gri_builder.model.facts import Fact, Series, Target
from gri_builder.model.figures.chart import Chart, ChartSeries
from gri_builder.model.figures.chart_request import ChartRequest


def make_bullet(context: ComposeContext, series: Sequence[Series], request: ChartRequest, title: str) -> Chart:
    """Return value, target and base of each row that has a value or a target."""
    maker, own = SpecialChart(context, "bullet", series, request, title), shown_period(*series)
    rows = [row for row in list_special_rows(series, request) if row.fact(own) or next_target(row, own)]
    targets = [next_target(row, own) for row in rows]
    bases = [base_of(row, target, own, request) for row, target in zip(rows, targets, strict=True)]
    columns = [
        maker.column(own, "value", [(row.series, row.fact(own)) for row in rows]),
        _target_column(maker, rows, targets),
    ]
    if any(bases):
        columns.append(_base_column(maker, rows, bases))
    values = [fact.value for fact in (*(row.fact(own) for row in rows), *bases) if fact]
    axis = maker.axis([*values, *(target.value for target in targets if target)])
    sentences = [maker.pairs(row, _describe(maker, columns, n)) for n, row in enumerate(rows)]
    facts = [*(row.fact(own) for row in rows), *bases]
    return maker.finish(own, [row.name for row in rows], columns, sentences, facts, axis)


def _target_column(maker: SpecialChart, rows: Sequence[SpecialRow], targets: Sequence[Target | None]) -> ChartSeries:
    word, locale = maker.context.translate("target-target"), maker.context.locale
    known = {target.period for target in targets if target}
    labels = [
        format_number(target.value, choose_digits(row.series, target.value), locale) if target else MISSING
        for row, target in zip(rows, targets, strict=True)
    ]
    return ChartSeries(
        f"{word} {min(known)}" if len(known) == 1 else word,
        tuple(float(target.value) if target else None for target in targets),
        tuple(labels),
        role="target",
        periods=() if len(known) == 1 else tuple(target.period if target else "" for target in targets),
    )


def _base_column(maker: SpecialChart, rows: Sequence[SpecialRow], bases: Sequence[Fact | None]) -> ChartSeries:
    word, known = maker.context.translate("target-base"), {base.period for base in bases if base}
    cells = [(row.series, base) for row, base in zip(rows, bases, strict=True)]
    periods = () if len(known) == 1 else tuple(base.period if base else "" for base in bases)
    return maker.column(f"{word} {min(known)}" if len(known) == 1 else word, "base", cells, periods)


def _describe(maker: SpecialChart, columns: Sequence[ChartSeries], n: int) -> list[tuple[str, str]]:
    """Return the name and value of each column that has one for a row."""
    return [
        (maker.context.bracketed(one.name, one.periods[n]) if one.periods else one.name, one.labels[n])
        for one in columns
        if one.values[n] is not None
    ]
