"""Waterfalls, dumbbells, ranges, bullets, heat tables and rings: readable and true at every width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.charts.kinds.heat import text_on
from gri_builder.charts.kinds.ring import draw_ring
from gri_builder.charts.waterfall_steps import list_steps
from gri_builder.model.color import BLACK, WHITE, Color, contrast, mix
from gri_builder.model.figures.chart import Chart, SeriesChartKind
from tests.support.chart_scenes import (
    assert_scene,
    charts,
    check_scene,
    draw,
    make_chart,
    make_space,
    numbers,
    widths,
    words,
)

SITES = ("Halifax works", "Kiln works at Barnsley and the quarry", "Hull", "York")
FALL = make_chart(
    "waterfall",
    ["2010", "New kiln", "Electricity", "Lorries", "Not explained", "2016"],
    {"Emissions": [5200, -900, -400, 120, -30, 3990]},
    steps=("total", "change", "change", "change", "change", "total"),
    legend=("Total", "Rise (worse)", "Fall (better)"),
)
DUMBBELL = make_chart("dumbbell", SITES, {"2010": [120, 80, None, 33], "2016": [90, 84, 45, 33]})
HEAT = make_chart(
    "heat", [str(year) for year in range(2010, 2017)], {"Halifax": [9, 8, None, 6, 5, 300, 0], "Colne": [1] * 7}
)
RING = make_chart(
    "donut",
    [*SITES, "Other"],
    {"2016": [120, 80, 45, 33, 1]},
    totals=("279",),
    details=("43.0%", "28.7%", "16.1%", "11.8%", "0.4%"),
    legend=("In all",),
)


def _range() -> Chart:
    made = make_chart(
        "range", SITES, {"Lowest": [20, 60, 10, 33], "2016": [33, 84, 45, 33], "Highest": [120, 84, 450, 33]}
    )
    low, own, high = made.series
    years = ("2010", "2011", "2012", "2016")
    return replace(
        made, series=(replace(low, role="low", periods=years), own, replace(high, role="high", periods=years))
    )


def _bullet() -> Chart:
    made = make_chart(
        "bullet", SITES, {"2016": [120, 80, 45, 33], "Target 2020": [90, 84, None, 40], "Base 2010": [150, 75, 60, 20]}
    )
    value, target, base = made.series
    return replace(made, series=(value, replace(target, role="target"), replace(base, role="base")))


EXAMPLES = {"waterfall": FALL, "dumbbell": DUMBBELL, "range": _range(), "bullet": _bullet(), "heat": HEAT, "ring": RING}


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden(name: str) -> None:
    assert_scene(name, draw(EXAMPLES[name]), draw(EXAMPLES[name], 120))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [120, 160, 229, 231, 330, 401, 760])
def test_examples_keep_the_rules(name: str, width: float) -> None:
    check_scene(draw(EXAMPLES[name], width))


@settings(max_examples=60)
@given(charts(["heat"], max_series=8), widths)
def test_heat_tables(chart: Chart, width: float) -> None:
    check_scene(draw(chart, width))


@settings(max_examples=60)
@given(st.data(), widths)
def test_pairs_and_ranges(data: st.DataObject, width: float) -> None:
    kind: SeriesChartKind = data.draw(st.sampled_from(("dumbbell", "range", "bullet")))
    names = data.draw(st.lists(words, min_size=1, max_size=12, unique=True))
    sign = data.draw(st.sampled_from((1.0, -1.0)))
    cells = [sorted(sign * data.draw(numbers) for _ in range(3)) for _ in names]
    made = make_chart(
        kind, names, {name: [row[n] for row in cells] for n, name in enumerate(("Lowest", "2016", "Highest"))}
    )
    roles = {
        "dumbbell": ("base", "base", "value"),
        "range": ("low", "value", "high"),
        "bullet": ("base", "value", "target"),
    }
    series = tuple(replace(one, role=role) for one, role in zip(made.series, roles[kind], strict=True))
    check_scene(draw(replace(made, series=series), width))


@settings(max_examples=60)
@given(st.lists(numbers | numbers.map(lambda n: -n), min_size=1, max_size=10), numbers, widths, st.data())
def test_waterfalls(changes: list[float], start: float, width: float, data: st.DataObject) -> None:
    names = data.draw(st.lists(words, min_size=len(changes), max_size=len(changes)))
    values = [start, *changes, start + sum(changes)]
    chart = make_chart(
        "waterfall",
        ["2010", *(f"{name} {n}" for n, name in enumerate(names)), "2016"],
        {"CO2": values},
        steps=("total", *["change"] * len(changes), "total"),
        legend=("Total", "Rise", "Fall"),
    )
    steps = list_steps(chart)
    assert all(one.end == other.start for one, other in pairwise(steps[:-1]))
    check_scene(draw(chart, width))


@settings(max_examples=60)
@given(st.lists(numbers, min_size=2, max_size=6), widths, st.data())
def test_rings(values: list[float], width: float, data: st.DataObject) -> None:
    names = data.draw(st.lists(words, min_size=len(values), max_size=len(values)))
    shares = tuple(f"{value / (sum(values) or 1):.1%}" for value in values)
    whole = f"{sum(values):,.1f}"
    ring = make_chart("donut", [f"{name} {n}" for n, name in enumerate(names)], {"2016": values}, totals=(whole,))
    check_scene(draw(replace(ring, details=shares, legend=("In all",)), width))


@given(st.tuples(*[st.floats(0, 1)] * 3), st.floats(0, 1))
def test_numbers_can_be_read_on_every_shade(channels: tuple[float, float, float], share: float) -> None:
    shade = mix(Color(*channels), WHITE, share)
    assert contrast(text_on(shade, BLACK), shade) >= 4.5


def test_every_value_of_a_heat_table_is_printed() -> None:
    for width in (120, 401, 760):
        printed = [label.fact for label in draw(HEAT, width).labels if label.fact]
        assert sorted(printed) == sorted(fact for series in HEAT.series for fact in series.facts if fact)


def test_a_bullet_prints_its_value_before_its_target_and_base() -> None:
    facts = [[label.fact for label in draw(_bullet(), width).labels if label.role == "value"] for width in (120, 500)]
    assert all("2016[Hull]" in shown for shown in facts)
    assert len(facts[0]) < len(facts[1])


def test_long_words_around_a_ring_are_hyphenated() -> None:
    names = ["Donaudampfschifffahrtsgesellschaftskapitänswitwenrente", "Gas", "Power"]
    made = make_chart("donut", names, {"2016": [5, 3, 4]})
    scene = draw_ring(made, replace(make_space(made), language="de-DE"))
    check_scene(scene)
    text = "".join(label.text for label in scene.labels).replace("\u00ad", "")
    assert names[0] in text
