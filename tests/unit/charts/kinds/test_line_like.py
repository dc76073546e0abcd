"""Lines, areas, panels and slopes: whatever the values, nothing overlaps, leaves its frame or is out of scale."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.charts.bars.cutting import cut_chart
from gri_builder.charts.end_labels import spread
from gri_builder.charts.kinds.panels import draw_panels
from gri_builder.charts.scene import Scene, Shape
from gri_builder.model.figures.chart import Chart, ReferenceLine, SeriesChartKind
from tests.support.chart_scenes import assert_scene, charts, check_scene, draw, make_chart, make_space, widths

KINDS: tuple[SeriesChartKind, ...] = ("line", "area", "multiples", "slope")


@pytest.mark.parametrize("kind", KINDS)
@given(st.data(), widths)
def test_any_values_are_drawn_by_the_rules(kind: SeriesChartKind, data: st.DataObject, width: float) -> None:
    chart: Chart = data.draw(charts([kind], max_series=7, max_categories=8))
    check_scene(draw(chart, width))
    axis_choice = data.draw(st.sampled_from(["zero", "broken"]))
    values = {series.name: series.values for series in chart.series}
    labelled = data.draw(st.sampled_from(["all", "ends", "none"]))
    again = make_chart(kind, chart.categories, values, places=chart.places, axis_choice=axis_choice, labelled=labelled)
    check_scene(draw(again, width))


YEARS = [2005, 2006, 2013, 2015]


def over_years(
    kind: SeriesChartKind, values: dict[str, list[float | None]], years: list[int] = YEARS, **more: Any
) -> Chart:
    return make_chart(kind, [str(year) for year in years], values, places=tuple(year + 0.5 for year in years), **more)


def lines_of(scene: Scene) -> list[Shape]:
    return [shape for shape in scene.shapes if shape.measure == "y" and not shape.contours[0].is_closed]


def dashed(scene: Scene) -> list[Shape]:
    return [shape for shape in scene.shapes if shape.dash and shape.role == "data" and not shape.data]


def test_years_are_at_their_distances_and_gaps_are_dashed() -> None:
    scene = draw(over_years("line", {"Gas": [120, 110, 100, 90]}))
    xs = [(shape.box[0] + shape.box[2]) / 2 for shape in scene.shapes if shape.measure == "y" and len(shape.data) == 1]
    steps = [other - one for one, other in pairwise(xs)]
    assert [step / steps[0] for step in steps] == pytest.approx([1, 7, 2])
    assert len(dashed(scene)) == 2
    (solid,) = lines_of(scene)
    assert [datum.value for datum in solid.data] == [120, 110]


def test_a_missing_value_is_no_solid_line() -> None:
    scene = draw(over_years("line", {"Gas": [1, None, 3, 4]}, [2012, 2013, 2014, 2015]))
    assert len(dashed(scene)) == 1
    assert [datum.value for datum in lines_of(scene)[0].data] == [3, 4]


def test_ticks_are_written_where_values_are_not() -> None:
    everything = draw(over_years("line", {"Gas": [120, 110, 100, 90]}))
    ends = draw(over_years("line", {"Gas": [120, 110, 100, 90]}, labelled="ends"))
    assert not [label for label in everything.labels if label.role == "tick"]
    assert next(label.text for label in ends.labels if label.role == "tick") == "0"
    assert [label.fact for label in ends.labels if label.fact] == ["Gas[2015]", "Gas[2005]"]


@pytest.mark.parametrize("kind", ["line", "multiples", "slope"])
def test_a_broken_axis_says_so(kind: SeriesChartKind) -> None:
    values: dict[str, list[float | None]] = {"Gas": [1000, 990, 985, 986], "Power": [999, 998, 997, 996]}
    scene = draw(over_years(kind, values, axis_choice="broken"))
    assert all(scale.is_broken and scale.base > 0 for scale in scene.scales)
    assert any(len(shape.contours[0].points) == 6 and shape.role == "axis" for shape in scene.shapes)
    assert [label for label in scene.labels if label.role == "tick"]


def test_an_area_starts_at_zero_though_its_axis_is_asked_to_be_broken() -> None:
    scene = draw(over_years("area", {"Gas": [1000, 990, 985, 986]}, axis_choice="broken"))
    assert not any(scale.is_broken for scale in scene.scales)


@pytest.mark.parametrize("kind", ["line", "area", "multiples"])
def test_zeros_alone_need_no_height(kind: SeriesChartKind) -> None:
    scene = draw(over_years(kind, {"Gas": [0, 0, 0, 0]}))
    check_scene(scene)
    assert scene.height < 60
    assert draw(over_years(kind, {"Gas": [0, 0, 0, 1]})).height > 100


def test_values_beside_each_other_are_apart() -> None:
    values: list[float | None] = [1234567.0] * 12
    values[1], values[4], values[7] = 2234567, 1334567, 1534567
    for width in (300.0, 343.0, 401.0, 420.0, 500.0):
        boxes = [
            label.box
            for label in draw(over_years("line", {"Gas": values}, list(range(2009, 2021))), width).labels
            if label.fact
        ]
        for one, other in combinations(sorted(boxes), 2):
            if one[1] < other[3] and other[1] < one[3]:
                assert other[0] - one[2] >= 2.3
    assert len(boxes) == 12


def test_one_value_is_a_filled_mark_without_a_line() -> None:
    scene = draw(over_years("line", {"Gas": [12]}, [2015]))
    assert not lines_of(scene)
    (mark,) = [shape for shape in scene.shapes if shape.data]
    assert mark.fill == make_space(over_years("line", {"Gas": [12]}, [2015])).series_styles[0].color


def test_names_without_order_get_no_line() -> None:
    scene = draw(make_chart("line", ["Gas", "Power", "Heat"], {"2015": [1, 2, 3]}))
    assert not lines_of(scene)
    assert len([shape for shape in scene.shapes if shape.data]) == 3


def test_near_ends_have_leaders_in_the_order_of_their_lines() -> None:
    values: dict[str, list[float | None]] = {name: [9, 8, 7, 100 + n] for n, name in enumerate("ABCD")}
    scene = draw(over_years("line", values))
    names = [label for label in scene.labels if label.text in values]
    assert [label.text for label in sorted(names, key=lambda label: label.y)] == list("ABCD")
    assert [shape for shape in scene.shapes if shape.role == "decoration" and shape.width == 0.5]


def test_panels_have_one_scale_and_go_on_over_pages() -> None:
    values: dict[str, list[float | None]] = {f"Country {n}": [n, n + 1, 3, 40 - n] for n in range(40)}
    chart = over_years("multiples", values)
    scene = draw(chart)
    assert len({(round(scale.unit, 6), scale.base) for scale in scene.scales}) == 1
    assert len(scene.cuts) == 40
    upper, lower = cut_chart(chart, 12)
    assert [len(part.series) for part in (upper, lower)] == [12, 28]
    part = draw_panels(upper, replace(make_space(chart), whole=chart))
    check_scene(part)
    assert part.scales[0].unit == pytest.approx(scene.scales[0].unit)


def test_boxes_are_spread_as_little_as_needed() -> None:
    assert spread([10, 12, 50], [8, 8, 8], (0, 100)) == pytest.approx([7, 15, 50])
    assert spread([1, 2, 3], [10, 10, 10], (0, 30)) == pytest.approx([5, 15, 25])
    assert spread([99], [10], (0, 100)) == pytest.approx([95])


def test_goldens() -> None:
    two: dict[str, list[float | None]] = {"Gas": [120, 110, None, 90], "Power": [60, 61, 64, 66]}
    target = (ReferenceLine(70, "Target 2020: 70", 2020.5),)
    assert_scene("line", draw(over_years("line", two)), draw(over_years("line", {"Gas": [4, 3, 2, 1]}, lines=target)))
    assert_scene("area", draw(over_years("area", {"Gas": [4, 3, 2, 1], "Power": [1, 1, 2, 2]})))
    assert_scene("multiples", draw(over_years("multiples", two)))
    assert_scene("slope", draw(over_years("slope", two)))
