"""Charts of fact series, with their description in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gri_builder.document import Chart, ChartSeries
from gri_builder.finding import Where
from gri_builder.produce.compose.blocks import plain
from gri_builder.produce.compose.numbers import MISSING, choose_digits, format_number, join_names, unit_text
from gri_builder.produce.compose.setting import Setting
from gri_builder.produce.compose.tables import describe_series, list_members, list_periods
from gri_builder.report import Fact, Series

Row = tuple[str, Series, tuple[Fact | None, ...]]
"""One line or colour: its name, the series it is of, a fact or None for each category."""


def make_charts(
    setting: Setting,
    series: Sequence[Series],
    kind: str,
    where: Where | None = None,
    caption: str | None = None,
    latest: int | None = None,
    described: bool = True,
) -> tuple[Chart, ...]:
    """Return the series as charts of that kind: one for each unit and number of dimensions.

    `latest` limits periods to that many; `described` puts note, boundary, method and source under the chart.
    """
    groups: dict[tuple[str, ...], list[Series]] = {}
    for one in series:
        alone = (one.id,) if one.dimensions else ()
        groups.setdefault((one.unit.symbol, *alone), []).append(one)
    charts: list[Chart] = []
    for group in groups.values():
        title = caption if caption and not charts else join_names([one.title for one in group], setting.locale)
        charts.append(_make_chart(setting, group, kind, where, title, latest, described))
    return tuple(charts)


def _make_chart(
    setting: Setting,
    series: list[Series],
    kind: str,
    where: Where | None,
    title: str,
    latest: int | None,
    described: bool,
) -> Chart:
    categories, rows, period = _arrange(series, latest)
    caption = f"{title}, {period}" if period else title
    return Chart(
        kind,
        plain(caption),
        categories,
        tuple(_chart_series(setting, row) for row in rows),
        unit_text(series[0].unit),
        _describe_chart(setting, kind, caption, categories, rows),
        where,
        describe_series(setting, series) if described else (),
    )


def _arrange(series: list[Series], latest: int | None) -> tuple[tuple[str, ...], list[Row], str | None]:
    """Return categories, rows, and the period where it is one only: that of a series with two dimensions."""
    first = series[0]
    if len(first.dimensions) < 2:
        periods = list_periods(series, latest)
        return periods, [row for one in series for row in _rows_over(one, periods)], None
    period = first.periods[-1]
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


def _chart_series(setting: Setting, row: Row) -> ChartSeries:
    name, series, facts = row
    values = tuple(float(fact.value) if fact else None for fact in facts)
    keys = tuple(fact.key if fact else None for fact in facts)
    return ChartSeries(name, values, tuple(_label(setting, series, fact) for fact in facts), keys)


def _label(setting: Setting, series: Series, fact: Fact | None) -> str:
    return format_number(fact.value, choose_digits(series, fact.value), setting.locale) if fact else MISSING


def _describe_chart(setting: Setting, kind: str, caption: str, categories: tuple[str, ...], rows: list[Row]) -> str:
    """Return what the chart shows: kind, caption, unit, range, then each row's first, last and extreme values."""
    unit = unit_text(rows[0][1].unit) if rows else ""
    head = setting.say("chart-alt", kind=setting.say(f"chart-{kind}"), caption=caption)
    scale = [setting.say("chart-alt-unit", unit=unit)] if unit else []
    span = [setting.say("chart-alt-span", first=categories[0], last=categories[-1])] if len(categories) > 1 else []
    return " ".join([head, *scale, *span, *(_describe_row(setting, categories, row) for row in rows)])


def _describe_row(setting: Setting, categories: tuple[str, ...], row: Row) -> str:
    name, series, facts = row
    known = [(fact, category) for fact, category in zip(facts, categories, strict=True) if fact]
    if not known:
        return setting.say("chart-alt-empty", name=name)
    if len(known) == 1:
        return setting.say("chart-alt-single", name=name, first=_point(setting, series, known[0]))
    return setting.say(
        "chart-alt-series",
        name=name,
        first=_point(setting, series, known[0]),
        last=_point(setting, series, known[-1]),
        lowest=_point(setting, series, min(known, key=_value_of)),
        highest=_point(setting, series, max(known, key=_value_of)),
    )


def _value_of(point: tuple[Fact, str]) -> Decimal:
    return point[0].value


def _point(setting: Setting, series: Series, point: tuple[Fact, str]) -> str:
    return f"{_label(setting, series, point[0])} ({point[1]})"
