"""Waterfalls: the way from the total of a base period to the own one, by its causes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from gri_builder.compose.charts.kinds.special import SpecialChart, span_text
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import choose_fact_digits, format_difference, format_number
from gri_builder.facts.charts.waterfall_steps import Waterfall, make_waterfall
from gri_builder.model.facts import Direction, Series
from gri_builder.model.figures.chart import Chart, ChartSeries
from gri_builder.model.figures.chart_request import ChartRequest

ZERO = Decimal(0)


def make_waterfall_chart(context: ComposeContext, series: Sequence[Series], request: ChartRequest, title: str) -> Chart:
    """Return the totals and changes; what the changes do not explain is a change of its own."""
    way = make_waterfall(series, request)
    assert isinstance(way, Waterfall), way
    title = request.title or series[0].title
    maker = SpecialChart(context, "waterfall", series, request, title)
    digits = max(choose_fact_digits(_owner(series, fact.metric), fact) for fact in way.facts)
    changes = [(change.name, change.value, change.fact.key if change.fact else None) for change in way.changes]
    if way.unexplained:
        changes.append((context.translate(_rest(way)), way.unexplained, None))
    totals = [fact.key if fact else None for fact in way.totals]
    labels = [format_difference(value, ZERO, digits, context.locale) for _, value, _ in changes]
    ends = [format_number(value, digits, context.locale) for value in (way.start, way.end)]
    row = ChartSeries(
        title,
        tuple(float(value) for value in (way.start, *(value for _, value, _ in changes), way.end)),
        (ends[0], *labels, ends[1]),
        (totals[0], *(key for _, _, key in changes), totals[1]),
    )
    names = (way.base, *(name for name, _, _ in changes), way.own)
    sentences = [
        context.translate("chart-alt-single", name=name, first=label)
        for name, label in zip(names, row.labels, strict=True)
    ]
    sentences.append(
        context.translate("chart-alt-change", change=format_difference(way.end, way.start, digits, context.locale))
    )
    legend = _name_looks(context, series[0].better)
    chart = maker.finish(span_text(way.base, way.own), names, [row], sentences, way.facts, legend=legend)
    return replace(chart, steps=("total", *(["change"] * len(changes)), "total"))


def _owner(series: Sequence[Series], id: str) -> Series:
    return next((one for one in series if one.id == id), series[0])


def _rest(way: Waterfall) -> str:
    return "chart-rounding" if way.is_rounding else "chart-unexplained"


def _name_looks(context: ComposeContext, better: Direction | None) -> tuple[str, str, str]:
    """Return the words for a total, a rise and a fall, with which of them is better."""
    rise, fall = context.translate("chart-rise"), context.translate("chart-fall")
    if better:
        words = (context.translate("better"), context.translate("worse"))
        rise = context.bracketed(rise, words[better == "lower"])
        fall = context.bracketed(fall, words[better == "higher"])
    return context.translate("total"), rise, fall
