"""Ranges: the lowest and highest value of each series or member, or series of lowest and highest values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gri_builder.compose.charts.kinds.special import SpecialChart, span_text
from gri_builder.compose.context import ComposeContext
from gri_builder.facts.charts.arrangement import choose_chart_periods
from gri_builder.facts.charts.special_rows import list_special_rows, range_ends
from gri_builder.facts.fact_tables.rows import shown_period
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.chart import Chart, SeriesRole
from gri_builder.model.figures.chart_request import ChartRequest


def make_range(context: ComposeContext, series: Sequence[Series], request: ChartRequest, title: str) -> Chart:
    """Return a range of each period if the series are its ends, else one of each row over the periods."""
    maker = SpecialChart(context, "range", series, request, title)
    ends = range_ends(series, request)
    return _between_series(maker, ends) if ends else _over_periods(maker)


def _between_series(maker: SpecialChart, periods: Sequence[str]) -> Chart:
    roles: tuple[SeriesRole, ...] = ("low", "high") if len(maker.series) == 2 else ("low", "value", "high")
    columns = [
        maker.column(one.title, role, [(one, one.value(period)) for period in periods])
        for one, role in zip(maker.series, roles, strict=True)
    ]
    facts = [one.value(period) for one in maker.series for period in periods]
    sentences = [
        maker.pairs(period, [(one.title, maker.spoken(one, one.value(period))) for one in maker.series])
        for period in periods
    ]
    axis = maker.axis((fact.value for fact in facts if fact), maker.request.axis)
    return maker.finish("", periods, columns, sentences, facts, axis)


def _over_periods(maker: SpecialChart) -> Chart:
    """Return the extremes of each row over the periods that are shown, and its own value."""
    periods, own = choose_chart_periods(maker.series, maker.request), shown_period(*maker.series)
    rows = [row for row in list_special_rows(maker.series, maker.request) if any(map(row.fact, periods))]
    known = [[fact for period in periods if (fact := row.fact(period))] for row in rows]
    low, high = ([end(facts, key=_value) for facts in known] for end in (min, max))
    words = [maker.context.translate(key) for key in ("chart-lowest", "chart-highest")]
    columns = [
        maker.column(
            name,
            role,
            [(row.series, fact) for row, fact in zip(rows, facts, strict=True)],
            [fact.period for fact in facts],
        )
        for name, role, facts in ((words[0], _LOW, low), (words[1], _HIGH, high))
    ]
    columns.insert(1, maker.column(own, "value", [(row.series, row.fact(own)) for row in rows]))
    sentences = [
        maker.pairs(
            row,
            [
                (maker.context.bracketed(words[0], low[n].period), maker.spoken(row.series, low[n])),
                (own, maker.spoken(row.series, row.fact(own))),
                (maker.context.bracketed(words[1], high[n].period), maker.spoken(row.series, high[n])),
            ],
        )
        for n, row in enumerate(rows)
    ]
    axis = maker.axis((fact.value for fact in (*low, *high)), maker.request.axis)
    names, shown = [row.name for row in rows], [fact for facts in known for fact in facts]
    return maker.finish(span_text(periods[0], periods[-1]), names, columns, sentences, shown, axis)


_LOW: SeriesRole = "low"
_HIGH: SeriesRole = "high"


def _value(fact: Fact) -> Decimal:
    return fact.value
