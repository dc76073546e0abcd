"""Dumbbells: the value of a base period and the own one of each series or member."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.charts.kinds.special import SpecialChart, span_text
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.changes import describe_change
from gri_builder.facts.charts.special_rows import SpecialRow, compared_periods, list_special_rows
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import Chart, SeriesRole
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.resources.sentences import join_sentences


def make_dumbbell(context: ComposeContext, series: Sequence[Series], request: ChartRequest, title: str) -> Chart:
    """Return the two values of each row that has one of them."""
    maker, (base, own) = SpecialChart(context, "dumbbell", series, request, title), compared_periods(series, request)
    rows = [row for row in list_special_rows(series, request) if row.fact(base) or row.fact(own)]
    columns = [
        maker.column(period, role, [(row.series, row.fact(period)) for row in rows])
        for period, role in _roles(base, own)
    ]
    facts = [row.fact(period) for row in rows for period in (base, own)]
    axis = maker.axis((fact.value for fact in facts if fact), request.axis)
    sentences = [_describe(maker, row, base, own) for row in rows]
    return maker.finish(span_text(base, own), [row.name for row in rows], columns, sentences, facts, axis)


def _describe(maker: SpecialChart, row: SpecialRow, base: str, own: str) -> str:
    """Return both values of a row, and its change."""
    said = maker.pairs(row, [(period, maker.spoken(row.series, row.fact(period))) for period in (base, own)])
    old, new = row.fact(base), row.fact(own)
    change = describe_change(maker.context, row.series, new, old) if old and new else None
    return join_sentences((said, maker.context.translate("chart-alt-change", change=change.text))) if change else said


def _roles(base: str, own: str) -> tuple[tuple[str, SeriesRole], ...]:
    return (base, "base"), (own, "value")
