"""Bars and stacks keep the rules of charts for any values, names and widths."""

from __future__ import annotations

from hypothesis import given

from gri_builder.model.figures.chart import Chart
from tests.support.chart_scenes import charts, check_scene, check_zero, draw, widths

BARS = charts(["bar", "grouped", "lying"]) | charts(["bar", "grouped", "lying"], lines=True)
STACKS = charts(["stacked", "share"], negative=False) | charts(["stacked"], negative=False, lines=True)


@given(BARS, widths)
def test_bars_keep_the_rules(chart: Chart, width: float) -> None:
    scene = draw(chart, width)
    check_scene(scene)
    check_zero(scene)


@given(STACKS, widths)
def test_stacks_keep_the_rules(chart: Chart, width: float) -> None:
    check_scene(draw(chart, width))
