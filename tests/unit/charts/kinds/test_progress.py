"""Progress charts: bars as long as their progress, also below zero and beyond the target, and no label on another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.charts.kinds.progress import wrap
from gri_builder.model.figures.chart import Axis, Chart, ChartSeries, Way
from tests.support.chart_scenes import (
    NARROW,
    assert_scene,
    check_scene,
    check_zero,
    draw,
    make_chart,
    make_space,
    widths,
    words,
)

shares = st.floats(-300, 400).map(lambda value: round(value, 1)) | st.sampled_from([0.0, 100.0, -1.0, 101.0, 5000.0])
ways = st.builds(
    Way,
    start=st.sampled_from(["3.06 GJ/t (2014)", "104,335 t CO₂e (2014)", "1 (2010)"]),
    end=st.sampled_from(["78,250 t CO₂e (2020)", "2.0% (2020)", "123,456,789 million tonnes (31 December 2030)"]),
    expected=st.none() | st.floats(0, 100).map(lambda value: round(value, 1)),
    expected_label=st.just("expected 2016: 33%"),
    interim=st.lists(st.tuples(st.floats(-20, 120), st.just("80,000 t CO₂e (2018)")), max_size=2).map(tuple),
    is_as_expected=st.sampled_from([True, False, None]),
)


@st.composite
def progress_charts(pick: st.DrawFn) -> Chart:
    count = pick(st.integers(1, 10))
    values = pick(st.lists(shares, min_size=count, max_size=count))
    names = pick(st.lists(words, min_size=count, max_size=count))
    labels = tuple(f"{value:.0f}%, moved away" for value in values)
    made = replace(make_chart("progress", names, {"Progress": values}), axis=None)
    return replace(
        made,
        series=(ChartSeries("Progress", tuple(values), labels),),
        ways=tuple(pick(st.lists(ways, min_size=count, max_size=count))),
    )


@given(progress_charts(), widths)
def test_bars_are_true_and_labels_are_free(chart: Chart, width: float) -> None:
    scene = draw(chart, width)
    check_scene(scene)
    check_zero(scene)
    bars = [shape for shape in scene.shapes if shape.measure == "width"]
    assert [bar.data[0].value for bar in bars] == list(chart.series[0].values)


def _example(*values: float) -> Chart:
    made = make_chart("progress", [f"Goal {n}" for n in range(len(values))], {"Progress": list(values)})
    way = Way("100 t (2010)", "50 t (2020)", 50.0, "expected 2015: 50%", ((20.0, "90 t (2012)"),), True)
    labels = tuple(f"{value:g}%, ahead" for value in values)
    return replace(made, axis=None, series=(ChartSeries("Progress", values, labels),), ways=(way,) * len(values))


def test_progress_beyond_the_target_is_drawn_beyond_its_mark() -> None:
    scene = draw(_example(50, 200, -50))
    half, double, away = (shape.box for shape in scene.shapes if shape.measure == "width")
    assert abs((double[2] - double[0]) / (half[2] - half[0]) - 4) < 0.02
    assert half[0] == double[0] == away[2]
    assert away[0] < away[2]
    first, second, third = (shape for shape in scene.shapes if shape.measure == "width")
    assert first.fill == second.fill != third.fill
    assert third.pattern


def test_what_is_expected_is_marked_and_said_on_each_bar() -> None:
    scene = draw(_example(30, 60))
    zero, unit = scene.scales[1].origin, scene.scales[1].unit
    marks = [shape for shape in scene.shapes if shape.measure == "x" and shape.data[0].value == 50]
    assert [round((mark.box[0] + mark.box[2]) / 2, 3) for mark in marks] == [round(zero + 50 * unit, 3)] * 2
    assert sum(label.text == "expected 2015: 50%" for label in scene.labels) == 2


def test_charts_on_one_scale_have_bars_of_one_unit() -> None:
    axis = Axis(-50.0, 200.0, ())
    first, second = (draw(replace(_example(value), axis=axis)) for value in (10.0, 190.0))
    assert first.scales == second.scales


def test_long_names_are_set_in_lines() -> None:
    space = make_space(_example(1), NARROW)
    lines = wrap("Employees with a performance and career review in all countries of the group", 100, space)
    assert len(lines) == 3
    assert all(space.text_width(line, bold=True) <= 100.1 for line in lines)


def test_golden_scene() -> None:
    assert_scene("progress", draw(_example(30, 120, -40)), draw(_example(30), NARROW))
