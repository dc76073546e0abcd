"""Charts of many rows, cut into parts for several pages."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.charts.kinds.lying import arrange_series
from gri_builder.model.figures.chart import Chart, ChartSeries


def cut_chart(chart: Chart, count: int) -> tuple[Chart, Chart]:
    """Return the chart with its first rows, and with the others; all its series are in both.

    Small multiples are cut between two series.
    """
    if chart.kind == "multiples":
        return replace(chart, series=chart.series[:count]), replace(chart, series=chart.series[count:])
    arranged = arrange_series(chart)
    return _take(arranged, 0, count), _take(arranged, count, len(arranged.categories))


def _take(chart: Chart, start: int, end: int) -> Chart:
    """Return the chart with some of its categories."""
    chosen = slice(start, end)
    return replace(
        chart,
        kind="lying" if chart.kind in ("bar", "grouped") else chart.kind,
        categories=chart.categories[chosen],
        series=tuple(_take_values(series, chosen) for series in chart.series),
        totals=chart.totals[chosen],
        places=(),
        highlighted=tuple(n - start for n in chart.highlighted if start <= n < end),
    )


def _take_values(series: ChartSeries, chosen: slice) -> ChartSeries:
    return replace(series, values=series.values[chosen], labels=series.labels[chosen], facts=series.facts[chosen])
