"""Kinds of chart that need values of a certain form, each with the function that says why values do not have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gri_builder.model.chart import SeriesChartKind
from gri_builder.model.chart_request import ChartRequest
from gri_builder.model.facts import Series

SPECIAL_KINDS: Mapping[SeriesChartKind, Callable[[Sequence[Series], ChartRequest], str | None]] = {}
"""By kind: why the series can't be shown in it; None if they can."""
