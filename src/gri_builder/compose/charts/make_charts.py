"""Charts of fact series, with their description in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gri_builder.compose.blocks import plain
from gri_builder.compose.charts.axes import make_axis
from gri_builder.compose.charts.choice import choose_kind
from gri_builder.compose.charts.request import ChartRequest
from gri_builder.compose.charts.time import place_periods
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.tables import MARKED, list_members, list_periods, shown_period, small_print
from gri_builder.compose.text.numbers import (
    MISSING,
    NO_BREAK,
    choose_fact_digits,
    format_number,
    format_percent,
    join_names,
)
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.model.chart import Chart, ChartSeries, SeriesChartKind
from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Location
from gri_builder.model.periods.reporting_years import ReportingYears

MAX_RING_PARTS = 8
"""Maximum number of parts of a ring; with more, bars are drawn."""
SHARE_DIGITS = 1
Row = tuple[str, Series, tuple[Fact | None, ...]]
"""One line or colour of bars: its name, its series, a fact or None for each category."""


def make_charts(
    context: ComposeContext, series: Sequence[Series], request: ChartRequest | None = None
) -> tuple[Chart, ...]:
    """Return the series as charts: one for each unit and number of dimensions."""
    request = request or ChartRequest()
    charts: list[Chart] = []
    for group in group_series(series):
        title = (
            request.title if request.title and not charts else join_names([one.title for one in group], context.locale)
        )
        charts.append(_make_chart(context, group, request, title))
    return tuple(charts)


def group_series(series: Sequence[Series]) -> list[list[Series]]:
    """Return the series by chart: those of one unit without dimensions together, others alone."""
    groups: dict[tuple[str, ...], list[Series]] = {}
    for one in series:
        alone = (one.id,) if one.dimensions else ()
        groups.setdefault((one.unit.symbol, *alone), []).append(one)
    return list(groups.values())


def _make_chart(context: ComposeContext, series: list[Series], request: ChartRequest, title: str) -> Chart:
    kind: SeriesChartKind = choose_kind(series, request).kind
    if kind == "donut" and (ring := arrange_ring(series)):
        return _make_ring(context, series, ring, request.where, title, request.is_described)
    categories, rows, period = _arrange(series, request.latest)
    if kind == "donut" or (kind == "stacked" and not _stackable(rows)):
        kind = "bar"
    named = with_unit(title, series[0].unit, context.words)
    caption = f"{named}, {period}" if period else named
    shown = [fact for _, _, facts in rows for fact in facts]
    report = context.report
    return Chart(
        kind,
        plain(caption),
        categories,
        tuple(_chart_series(context, row) for row in rows),
        unit_text(series[0].unit, context.words),
        _describe_chart(context, kind, f"{title}, {period}" if period else title, categories, rows),
        request.where,
        small_print(context, series if request.is_described else (), shown),
        _stack_totals(context, rows) if kind == "stacked" else (),
        axis=make_axis((fact.value for fact in shown if fact), context.locale, request.axis or "zero"),
        places=() if period else place_periods(categories, ReportingYears(report.start, report.end)),
        labelled=request.labelled or "all",
    )


def _stackable(rows: Sequence[Row]) -> bool:
    """Return whether all values can be stacked: none is negative."""
    return all(fact is None or fact.value >= 0 for _, _, facts in rows for fact in facts)


def _stack_totals(context: ComposeContext, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the printed total of each stack, with the digits of its values; nothing if the unit can't be summed."""
    if not rows or rows[0][1].unit.dimension in ("share", "intensity", "ratio"):
        return ()
    columns = zip(*(facts for _, _, facts in rows), strict=True)
    return tuple(_print_total(context, rows[0][1], [fact for fact in column if fact]) for column in columns)


def _print_total(context: ComposeContext, series: Series, facts: Sequence[Fact]) -> str:
    digits = max((choose_fact_digits(series, fact) for fact in facts), default=0)
    return format_number(sum((fact.value for fact in facts), Decimal(0)), digits, context.locale)


def arrange_ring(series: Sequence[Series]) -> tuple[str, list[tuple[str, Series, Fact]]] | None:
    """Return the report's own period with its parts (members, or several series); None if they make no ring."""
    first = series[0]
    period = shown_period(*series)
    if len(series) == 1 and len(first.dimensions) == 1:
        parts = [(fact.members[0], first, fact) for fact in first.facts if fact.period == period]
    elif len(series) > 1 and not any(one.dimensions for one in series):
        parts = [(one.title, one, fact) for one in series if (fact := one.value(period))]
    else:
        return None
    fits = 1 < len(parts) <= MAX_RING_PARTS and all(fact.value >= 0 for _, _, fact in parts)
    return (period, parts) if fits and any(fact.value for _, _, fact in parts) else None


def _make_ring(
    context: ComposeContext,
    series: list[Series],
    ring: tuple[str, list[tuple[str, Series, Fact]]],
    where: Location | None,
    title: str,
    described: bool,
) -> Chart:
    period, parts = ring
    caption = f"{with_unit(title, series[0].unit, context.words)}, {period}"
    facts = [fact for _, _, fact in parts]
    total = sum((fact.value for fact in facts), Decimal(0))
    shares = [
        format_percent(format_number(fact.value / total * 100, SHARE_DIGITS, context.locale), context.locale)
        for fact in facts
    ]
    labels = tuple(_label(context, one, fact) for _, one, fact in parts)
    unit = unit_text(series[0].unit, context.words)
    whole = _print_total(context, series[0], facts)
    names = tuple(name for name, _, _ in parts)
    descriptions = [
        context.translate("chart-alt-part", name=name, value=label, share=share)
        for name, label, share in zip(names, labels, shares, strict=True)
    ]
    head = context.translate("chart-alt", kind=context.translate("chart-donut"), caption=f"{title}, {period}")
    scale = [context.translate("chart-alt-unit", unit=unit)] if unit else []
    is_share = series[0].unit.dimension == "share"
    return Chart(
        "donut",
        plain(caption),
        names,
        (ChartSeries(title, tuple(float(fact.value) for fact in facts), labels, tuple(fact.key for fact in facts)),),
        unit,
        " ".join(
            [head, *scale, *descriptions, *([] if is_share else [context.translate("chart-alt-total", total=whole)])]
        ),
        where,
        small_print(context, series if described else (), facts),
        () if is_share else (whole,),
        () if is_share else tuple(shares),
    )


def _arrange(series: list[Series], latest: int | None) -> tuple[tuple[str, ...], list[Row], str | None]:
    """Return categories and rows; for a series with two dimensions also the only period shown."""
    first = series[0]
    if len(first.dimensions) < 2:
        periods = list_periods(series, latest)
        return periods, [row for one in series for row in _rows_over(one, periods)], None
    period = shown_period(first)
    down = list_members(series, 0)
    rows = [
        (other, first, tuple(first.value(period, (member, other)) for member in down))
        for other in list_members(series, 1)
    ]
    return down, rows, period


def _rows_over(series: Series, periods: tuple[str, ...]) -> list[Row]:
    if not series.dimensions:
        return [(series.title, series, tuple(series.value(period) for period in periods))]
    return [
        (member, series, tuple(series.value(period, (member,)) for period in periods))
        for member in list_members((series,), 0)
    ]


def _chart_series(context: ComposeContext, row: Row) -> ChartSeries:
    name, series, facts = row
    values = tuple(float(fact.value) if fact else None for fact in facts)
    keys = tuple(fact.key if fact else None for fact in facts)
    return ChartSeries(name, values, tuple(_label(context, series, fact) for fact in facts), keys)


def _label(context: ComposeContext, series: Series, fact: Fact | None) -> str:
    """Return the value as printed, followed by the mark of its status."""
    if fact is None:
        return MISSING
    number = format_number(fact.value, choose_fact_digits(series, fact), context.locale)
    return f"{number}{NO_BREAK}{context.translate(f'{fact.status}-mark')}" if fact.status in MARKED else number


def _describe_chart(
    context: ComposeContext, kind: str, caption: str, categories: tuple[str, ...], rows: list[Row]
) -> str:
    """Return the alternative text: kind, caption, unit, range, then first, last and extreme values of each row."""
    unit = unit_text(rows[0][1].unit, context.words) if rows else ""
    head = context.translate("chart-alt", kind=context.translate(f"chart-{kind}"), caption=caption)
    scale = [context.translate("chart-alt-unit", unit=unit)] if unit else []
    span = (
        [context.translate("chart-alt-span", first=categories[0], last=categories[-1])] if len(categories) > 1 else []
    )
    return " ".join([head, *scale, *span, *(_describe_row(context, categories, row) for row in rows)])


def _describe_row(context: ComposeContext, categories: tuple[str, ...], row: Row) -> str:
    name, series, facts = row
    known = [(fact, category) for fact, category in zip(facts, categories, strict=True) if fact]
    if not known:
        return context.translate("chart-alt-empty", name=name)
    if len(known) == 1:
        return context.translate("chart-alt-single", name=name, first=_point(context, series, known[0]))
    return context.translate(
        "chart-alt-series",
        name=name,
        first=_point(context, series, known[0]),
        last=_point(context, series, known[-1]),
        lowest=_point(context, series, min(known, key=_value_of)),
        highest=_point(context, series, max(known, key=_value_of)),
    )


def _value_of(point: tuple[Fact, str]) -> Decimal:
    return point[0].value


def _point(context: ComposeContext, series: Series, point: tuple[Fact, str]) -> str:
    fact, category = point
    number = format_number(fact.value, choose_fact_digits(series, fact), context.locale)
    status = f", {context.translate(fact.status)}" if fact.status in MARKED else ""
    return f"{number} ({category}{status})"
