"""What the charts of special kinds share: captions, values as printed, and their description in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from gri_builder.compose.blocks import plain
from gri_builder.compose.charts.axes import make_axis
from gri_builder.compose.charts.labels import print_number, print_value
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.tables import small_print
from gri_builder.compose.tables.value_columns import MARKED
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.facts.charts.special_rows import SpecialRow
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.chart import Axis, AxisChoice, Chart, ChartSeries, SeriesChartKind, SeriesRole
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.resources.sentences import join_sentences


class SpecialChart:
    """Makes the chart of one kind: what all of them need to know."""

    def __init__(
        self,
        context: ComposeContext,
        kind: SeriesChartKind,
        series: Sequence[Series],
        request: ChartRequest,
        title: str,
    ) -> None:
        self.context, self.kind, self.series, self.request, self.title = context, kind, series, request, title
        self.unit = unit_text(series[0].unit, context.words)

    def finish(
        self,
        span: str,
        categories: Sequence[str],
        rows: Sequence[ChartSeries],
        sentences: Iterable[str],
        facts: Iterable[Fact | None],
        axis: Axis | None = None,
        legend: tuple[str, ...] = (),
    ) -> Chart:
        """Return the chart; `span` are the periods of its caption, `sentences` its alternative text."""
        translate, named = self.context.translate, with_unit(self.title, self.series[0].unit, self.context.words)
        dated = self.context.join(self.title, span)
        head = [translate("chart-alt", kind=translate(f"chart-{self.kind}"), caption=dated)]
        if self.unit:
            head.append(translate("chart-alt-unit", unit=self.unit))
        if axis and axis.broken:
            head.append(translate("chart-alt-broken", value=axis.ticks[0].text))
        return Chart(
            self.kind,
            plain(self.context.join(named, span)),
            tuple(categories),
            tuple(rows),
            self.unit,
            join_sentences([*head, *sentences]),
            self.request.where,
            small_print(self.context, self.series if self.request.is_described else (), tuple(facts)),
            axis=axis,
            labelled=self.request.labelled or "all",
            highlighted=tuple(n for n, name in enumerate(categories) if name in self.request.highlighted),
            legend=legend,
        )

    def axis(self, values: Iterable[Decimal], choice: AxisChoice | None = None) -> Axis:
        """Return a scale of the values, from zero unless it may be broken."""
        return make_axis(values, self.context.locale, choice or "zero")

    def column(
        self, name: str, role: SeriesRole, cells: Sequence[tuple[Series, Fact | None]], periods: Sequence[str] = ()
    ) -> ChartSeries:
        """Return one value of each row as a series of the chart."""
        return ChartSeries(
            name,
            tuple(float(fact.value) if fact else None for _, fact in cells),
            tuple(print_value(self.context, one, fact) for one, fact in cells),
            tuple(fact.key if fact else None for _, fact in cells),
            role=role,
            periods=tuple(periods),
        )

    def spoken(self, series: Series, fact: Fact | None) -> str:
        """Return a value as the alternative text says it, with its status in words."""
        if fact is None:
            return self.context.translate("chart-alt-none")
        status = self.context.translate(fact.status) if fact.status in MARKED else ""
        return self.context.join(print_number(self.context, series, fact), status)

    def pairs(self, row: SpecialRow | str, parts: Iterable[tuple[str, str]]) -> str:
        """Return a sentence of what is shown of a row: 'Leeds: 2010 120; 2016 90.'"""
        name = row if isinstance(row, str) else row.name
        values = self.context.clauses(f"{head} {value}" for head, value in parts)
        return self.context.translate("chart-alt-single", name=name, first=values)


def span_text(first: str, last: str) -> str:
    """Return two periods as a caption has them."""
    return f"{first} – {last}" if first != last else last
