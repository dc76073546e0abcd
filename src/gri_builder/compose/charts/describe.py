"""The alternative text of a chart: what is seen, in words (ISO 14289-1, 7.3)."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.charts.labels import print_number
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.tables.value_columns import MARKED
from gri_builder.compose.text.changes import describe_change
from gri_builder.compose.text.numbers import join_names
from gri_builder.facts.charts.arrangement import Arrangement, ChartRow
from gri_builder.model.facts import Fact
from gri_builder.model.figures.chart import Chart
from gri_builder.resources.sentences import end_sentence, join_sentences

MOST_ROWS = 12
"""Rows that are described one by one; of more, the highest and lowest last values are."""
Point = tuple[int, str, Fact]
"""Place of a value in its row, its category, and its fact."""


def describe_chart(context: ComposeContext, chart: Chart, title: str, arrangement: Arrangement) -> str:
    """Return kind, title, unit and span of a chart, then its rows, totals, target and axis."""
    categories = arrangement.categories
    parts = [context.translate("chart-alt", kind=context.translate(f"chart-{chart.kind}"), caption=title)]
    if chart.unit:
        parts.append(context.translate("chart-alt-unit", unit=chart.unit))
    if len(categories) > 1 and arrangement.is_over_time:
        parts.append(context.translate("chart-alt-span", first=categories[0], last=categories[-1]))
    if chart.axis and chart.axis.broken:
        parts.append(context.translate("chart-alt-broken", value=chart.axis.ticks[0].text))
    parts += _describe_rows(context, arrangement)
    if chart.totals and len(chart.series) > 1:
        totals = (context.bracketed(total, name) for name, total in zip(categories, chart.totals, strict=True))
        parts.append(context.translate("chart-alt-totals", totals=context.clauses(totals)))
    set_off = [series.name for series in chart.series if series.highlighted]
    set_off += [categories[number] for number in chart.highlighted]
    if set_off:
        parts.append(context.translate("chart-alt-highlighted", names=join_names(set_off, context.locale)))
    parts += [end_sentence(line.label, context.words) for line in chart.lines]
    return join_sentences(parts)


def _describe_rows(context: ComposeContext, arrangement: Arrangement) -> list[str]:
    rows = arrangement.rows
    if not arrangement.is_over_time:
        return [_list_values(context, row, arrangement.categories, len(rows) > 1) for row in rows]
    if len(rows) <= MOST_ROWS:
        return [describe_row(context, row, arrangement.categories) for row in rows]
    ends = sorted((row for row in rows if row.facts[-1]), key=lambda row: row.facts[-1].value if row.facts[-1] else 0)
    counted = context.translate("chart-alt-many", number=str(len(rows)))
    return [counted, *(describe_row(context, row, arrangement.categories) for row in (*ends[:1], *ends[-1:]))]


def _list_values(context: ComposeContext, row: ChartRow, categories: Sequence[str], is_named: bool) -> str:
    """Return the values of all categories, which are no periods."""
    known = enumerate(zip(categories, row.facts, strict=True))
    values = context.clauses(
        context.named(name, _print(context, row, n, fact) if fact else context.translate("chart-alt-none"))
        for n, (name, fact) in known
    )
    return end_sentence(context.named(row.name, values) if is_named else values, context.words)


def describe_row(context: ComposeContext, row: ChartRow, categories: Sequence[str]) -> str:
    """Return the course of a row over periods: its first and last value, the extremes, the change, and gaps."""
    points = [(n, name, fact) for n, (name, fact) in enumerate(zip(categories, row.facts, strict=True)) if fact]
    if not points:
        return context.translate("chart-alt-empty", name=row.name)
    if len(points) == 1:
        parts = [context.translate("chart-alt-single", name=row.name, first=_point(context, row, points[0]))]
    else:
        parts = [_describe_course(context, row, points)]
    missing = [name for name, fact in zip(categories, row.facts, strict=True) if fact is None]
    if missing:
        parts.append(context.translate("chart-alt-gaps", periods=join_names(missing, context.locale)))
    return join_sentences(parts)


def _describe_course(context: ComposeContext, row: ChartRow, points: Sequence[Point]) -> str:
    said = context.translate(
        "chart-alt-series",
        name=row.name,
        first=_point(context, row, points[0]),
        last=_point(context, row, points[-1]),
        lowest=_point(context, row, min(points, key=lambda point: point[2].value)),
        highest=_point(context, row, max(points, key=lambda point: point[2].value)),
    )
    change = describe_change(context, row.owner(points[-1][0]), points[-1][2], points[0][2])
    return join_sentences((said, context.translate("chart-alt-change", change=change.text))) if change else said


def _point(context: ComposeContext, row: ChartRow, point: Point) -> str:
    number, category, fact = point
    return context.bracketed(
        print_number(context, row.owner(number), fact), context.join(category, _status(context, fact))
    )


def _print(context: ComposeContext, row: ChartRow, number: int, fact: Fact) -> str:
    return context.join(print_number(context, row.owner(number), fact), _status(context, fact))


def _status(context: ComposeContext, fact: Fact) -> str:
    return context.translate(fact.status) if fact.status in MARKED else ""
