"""Composers of kinds of charts whose data are of a form of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gri_builder.compose.charts.kinds.bullet import make_bullet
from gri_builder.compose.charts.kinds.dumbbell import make_dumbbell
from gri_builder.compose.charts.kinds.heat import make_heat
from gri_builder.compose.charts.kinds.ranges import make_range
from gri_builder.compose.charts.kinds.ring import make_ring
from gri_builder.compose.charts.kinds.waterfall import make_waterfall_chart
from gri_builder.compose.context import ComposeContext
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import Chart, SeriesChartKind
from gri_builder.model.figures.chart_request import ChartRequest

COMPOSERS: Mapping[SeriesChartKind, Callable[[ComposeContext, Sequence[Series], ChartRequest, str], Chart]] = {
    "bullet": make_bullet,
    "donut": make_ring,
    "dumbbell": make_dumbbell,
    "heat": make_heat,
    "range": make_range,
    "waterfall": make_waterfall_chart,
}
"""By kind: returns the chart of series of one unit, with a title."""
