"""Charts of fact series: their kind, their values as drawn and printed, and their description in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from gri_builder.compose.blocks import plain
from gri_builder.compose.charts.axes import make_axis, make_share_axis
from gri_builder.compose.charts.describe import describe_chart
from gri_builder.compose.charts.kinds.registry import COMPOSERS
from gri_builder.compose.charts.labels import make_shares, make_values, print_totals
from gri_builder.compose.charts.time import place_periods
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.tables import small_print
from gri_builder.compose.text.numbers import choose_digits, format_number, join_names
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.facts.charts.arrangement import Arrangement
from gri_builder.facts.charts.choice import FROM_ZERO, ChartChoice, choose_kind, draws_targets
from gri_builder.facts.charts.waterfall_steps import group_charts
from gri_builder.facts.fact_tables.rows import is_amount
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import Axis, Chart, ChartSeries, ReferenceLine
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.periods.reporting_years import ReportingYears

SUMMED = ("stacked", "area")
"""Kinds whose axis has to reach the sum of the values."""


def make_charts(
    context: ComposeContext, series: Sequence[Series], request: ChartRequest | None = None
) -> tuple[Chart, ...]:
    """Return the series as charts: one for each unit and number of dimensions; the first has the title asked for."""
    request = request or ChartRequest()
    base = context.print_period(request.base_period)
    request = replace(request, highlighted=context.print_names(request.highlighted), base_period=base)
    charts: list[Chart] = []
    empty = [one for one in series if not one.facts]
    if empty and len(empty) == len(series):
        return (_make_empty(context, empty, request),)
    for group in group_charts([one for one in series if one.facts], request):
        asked = request if not charts else replace(request, title=None)
        title = asked.title or join_names([one.title for one in group], context.locale)
        choice = choose_kind(group, asked)
        compose = COMPOSERS.get(choice.kind)
        charts.append(
            compose(context, group, asked, title) if compose else _make_chart(context, group, asked, title, choice)
        )
    return tuple(charts)


def _make_empty(context: ComposeContext, series: Sequence[Series], request: ChartRequest) -> Chart:
    """Return a chart of series without values: its caption, and that it has none."""
    title = request.title or join_names([one.title for one in series], context.locale)
    alt = context.translate("chart-alt-empty", name=title)
    return Chart(
        request.kind or "bar", plain(title), (), (), unit_text(series[0].unit, context.words), alt, request.where
    )


def _make_chart(
    context: ComposeContext, series: Sequence[Series], request: ChartRequest, title: str, choice: ChartChoice
) -> Chart:
    kind, arrangement, unit = choice.kind, choice.arrangement, series[0].unit
    request = replace(request, shows_target=request.shows_target and draws_targets(kind, series))
    period = arrangement.period or (arrangement.categories[0] if len(arrangement.categories) == 1 else "")
    dated = context.join(title, period)
    caption = title if kind == "share" and unit.printed != "%" else with_unit(title, unit, context.words)
    shown = [fact for row in arrangement.rows for fact in row.facts]
    is_summed = kind in SUMMED and len(arrangement.rows) > 1 and is_amount(series[0])
    chart = Chart(
        kind,
        plain(context.join(caption, period)),
        arrangement.categories,
        _make_rows(context, request, kind, arrangement),
        "%" if kind == "share" else unit_text(unit, context.words),
        "",
        request.where,
        small_print(context, series if request.is_described else (), shown),
        print_totals(context, arrangement) if is_summed else (),
        axis=_make_axis(context, request, kind, arrangement, tuple(_target_values(series, request))),
        places=_place(context, arrangement),
        lines=tuple(_list_lines(context, series, request, arrangement)),
        labelled=request.labelled or "all",
        highlighted=tuple(n for n, name in enumerate(arrangement.categories) if name in request.highlighted),
    )
    return replace(chart, alt=describe_chart(context, chart, dated, arrangement))


def _make_rows(
    context: ComposeContext, request: ChartRequest, kind: str, arrangement: Arrangement
) -> tuple[ChartSeries, ...]:
    set_off = [row.name in request.highlighted for row in arrangement.rows]
    if kind == "share":
        return tuple(make_shares(context, arrangement, n, is_set_off) for n, is_set_off in enumerate(set_off))
    return tuple(make_values(context, row, on) for row, on in zip(arrangement.rows, set_off, strict=True))


def _make_axis(
    context: ComposeContext, request: ChartRequest, kind: str, arrangement: Arrangement, targets: Sequence[Decimal]
) -> Axis:
    if kind == "share":
        return make_share_axis(context.locale)
    values = arrangement.sums if kind in SUMMED and len(arrangement.rows) > 1 else arrangement.values
    start = "zero" if kind in FROM_ZERO else request.axis or "zero"
    return make_axis([*values, *targets], context.locale, start)


def _place(context: ComposeContext, arrangement: Arrangement) -> tuple[float, ...]:
    report = context.report
    years = ReportingYears(report.start, report.end)
    return place_periods(arrangement.categories, years) if arrangement.is_over_time else ()


def _target_values(series: Sequence[Series], request: ChartRequest) -> Iterator[Decimal]:
    if request.shows_target:
        yield from (target.value for one in series for target in one.targets if not target.members)


def _list_lines(
    context: ComposeContext, series: Sequence[Series], request: ChartRequest, arrangement: Arrangement
) -> Iterator[ReferenceLine]:
    """Yield the targets that are asked for, and the value of the base period of a single row."""
    years = ReportingYears(context.report.start, context.report.end)
    for one in series if request.shows_target else ():
        for target in one.targets:
            if not target.members:
                value = format_number(target.value, choose_digits(one, target.value), context.locale)
                label = context.translate("chart-target", period=target.period, value=value)
                named = context.named(one.title, label) if len(series) > 1 else label
                place = place_periods((target.period,), years)
                yield ReferenceLine(float(target.value), named, place[0] if place else None)
    base = request.base_period
    if base in arrangement.categories and len(arrangement.rows) == 1:
        row, place_of_base = arrangement.rows[0], arrangement.categories.index(base)
        fact = row.facts[place_of_base]
        if fact:
            printed = format_number(fact.value, choose_digits(row.series, fact.value), context.locale)
            yield ReferenceLine(float(fact.value), context.translate("chart-base", period=base, value=printed))
