"""Lines, areas, panels and slopes: whatever the values, nothing overlaps, leaves its frame or is out of scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.model.chart import Chart, SeriesChartKind
from tests.support.chart_scenes import charts, check_scene, draw, make_chart, widths

KINDS: tuple[SeriesChartKind, ...] = ("line", "area", "multiples", "slope")


@pytest.mark.parametrize("kind", KINDS)
@given(st.data(), widths)
def test_any_values_are_drawn_by_the_rules(kind: SeriesChartKind, data: st.DataObject, width: float) -> None:
    chart: Chart = data.draw(charts([kind], max_series=9))
    check_scene(draw(chart, width))
    axis_choice = data.draw(st.sampled_from(["zero", "broken"]))
    values = {series.name: series.values for series in chart.series}
    labelled = data.draw(st.sampled_from(["all", "ends", "none"]))
    again = make_chart(kind, chart.categories, values, places=chart.places, axis_choice=axis_choice, labelled=labelled)
    check_scene(draw(again, width))
