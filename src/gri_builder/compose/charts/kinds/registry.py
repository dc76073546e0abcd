"""Composers of kinds of charts whose data are of a form of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gri_builder.compose.charts.kinds.ring import make_ring
from gri_builder.compose.context import ComposeContext
from gri_builder.model.chart import Chart, SeriesChartKind
from gri_builder.model.chart_request import ChartRequest
from gri_builder.model.facts import Series

COMPOSERS: Mapping[SeriesChartKind, Callable[[ComposeContext, Sequence[Series], ChartRequest, str], Chart]] = {
    "donut": make_ring,
}
"""By kind: returns the chart of series of one unit, with a title."""
