"""The kind of chart that fits a group of series, and why it is not the one that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.compose.charts.request import ChartRequest
from gri_builder.model.chart import SeriesChartKind
from gri_builder.model.facts import Series


class ChartChoice(Struct, frozen=True):
    """The kind of a chart."""

    kind: SeriesChartKind
    reason: str | None = None
    """Why it is another one than its author asked for; None where it is that one, or none was asked for."""


def choose_kind(series: Sequence[Series], request: ChartRequest) -> ChartChoice:
    """Return the kind in which series of one unit are drawn."""
    return ChartChoice(request.kind or "bar")
