"""Heat tables: the values of members over periods, or over another dimension."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.charts.kinds.special import SpecialChart, span_text
from gri_builder.compose.charts.labels import make_values
from gri_builder.compose.context import ComposeContext
from gri_builder.facts.charts.choice import choose_kind
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.chart_request import ChartRequest


def make_heat(context: ComposeContext, series: Sequence[Series], request: ChartRequest, title: str) -> Chart:
    """Return the rows and columns of a heat table; its shades are the steps of its axis."""
    maker, arrangement = SpecialChart(context, "heat", series, request, title), choose_kind(series, request).arrangement
    rows, categories = arrangement.rows, arrangement.categories
    sentences = [
        maker.pairs(
            row.name,
            [(name, maker.spoken(row.owner(n), row.facts[n])) for n, name in enumerate(categories)],
        )
        for row in rows
    ]
    span = arrangement.period if arrangement.period is not None else span_text(categories[0], categories[-1])
    facts = [fact for row in rows for fact in row.facts]
    values = [make_values(context, row) for row in rows]
    return maker.finish(span, categories, values, sentences, facts, maker.axis(arrangement.values))
