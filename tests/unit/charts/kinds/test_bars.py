"""Bars, lying bars and stacks: what is drawn for typical charts, and the choice between them."""

from __future__ import annotations

import pytest
from msgspec import Struct

from gri_builder.charts.bars.names import wrap_name
from gri_builder.charts.bars.slots import find_offsets, place_slots
from gri_builder.charts.bars.spreading import spread
from gri_builder.charts.scene import Scene
from gri_builder.layout.blocks.chart import ChartBlock
from gri_builder.layout.paging.spread import AS_DESIGNED
from gri_builder.model.figures.chart import Chart, ChartKind, ReferenceLine
from gri_builder.pdf.structure_tree import StructureElement
from tests.support.chart_scenes import NARROW, WIDE, assert_scene, check_scene, check_zero, draw, load_style, make_space
from tests.support.chart_scenes import make_chart as chart

YEARS = ("2013", "2014", "2015", "2016")
PLACES = (2013.5, 2014.5, 2015.5, 2016.5)
SOURCES = {"Gas": [420, 395, 380, 310], "Power": [210, 215, 190, 205], "Heat": [12, 9, 7, 4]}
LINES = (ReferenceLine(300, "Target 2020: 300", 2020.5), ReferenceLine(420, "Base year 2013: 420"))


def lengths(scene: Scene) -> dict[float, float]:
    """Return the lengths of bars by their values."""
    found = {}
    for shape in scene.shapes:
        if shape.data and shape.measure in ("width", "height"):
            left, bottom, right, top = shape.box
            found[shape.data[0].value] = right - left if shape.measure == "width" else top - bottom
    return found


def printed(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels if label.role == "value"]


def is_lying(scene: Scene) -> bool:
    return any(shape.measure == "width" for shape in scene.shapes)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("bar", chart("bar", YEARS, {"Gas": [420, 395, None, 0]}, places=PLACES)),
        ("bar-gap", chart("bar", ("2005", "2006", "2013", "2015"), {"Gas": [1, 2, 3, 4]}, places=(5, 6, 13, 15))),
        ("bar-target", chart("bar", YEARS, {"Gas": [420, 395, 380, 310]}, places=PLACES, lines=LINES)),
        ("grouped", chart("grouped", YEARS, {"Gas": [4, -2, 3, 1], "Power": [2, 1, -4, 0]}, places=PLACES)),
        ("lying", chart("lying", ("Berlin works", "Rome"), {"Gas": [4, 2]}, highlighted=(1,))),
        ("stacked", chart("stacked", YEARS, SOURCES, places=PLACES, totals=("642", "619", "577", "519"))),
        ("share", chart("share", YEARS, SOURCES, places=PLACES)),
    ],
)
def test_typical_charts(name: str, made: Chart) -> None:
    scene = draw(made)
    check_scene(scene)
    if made.kind != "share":
        check_zero(scene)
    assert_scene(name, scene)


def test_twice_the_value_is_twice_as_long_in_each_kind() -> None:
    kinds: tuple[ChartKind, ...] = ("bar", "lying", "stacked")
    for kind in kinds:
        found = lengths(draw(chart(kind, ("a", "b"), {"x": [50, 100]})))
        assert found[100] == pytest.approx(2 * found[50])


def test_small_values_beside_huge_ones_are_printed() -> None:
    scene = draw(chart("bar", YEARS, {"Big": [3e6, 2e6, 1e6, 3e6], "Small": [1, 2, 3, 0]}, places=PLACES))
    assert {"1", "2", "3", "0"} <= set(printed(scene))


def test_missing_values_are_a_dash_and_zeros_a_line() -> None:
    scene = draw(chart("bar", YEARS, {"Gas": [420, 395, None, 0]}, places=PLACES))
    assert printed(scene) == ["420", "395", "–", "0"]
    (zero,) = (shape for shape in scene.shapes if shape.data and shape.data[0].value == 0)
    assert zero.stroke == zero.fill


def test_many_periods_have_a_grid_and_the_values_of_both_ends() -> None:
    years = [str(year) for year in range(1996, 2016)]
    values = [1000.0 + 37 * n for n in range(20)]
    made = chart("bar", years, {"a": values, "b": values}, places=tuple(float(year) for year in years))
    scene = draw(made)
    assert any(label.role == "tick" for label in scene.labels)
    assert not is_lying(scene)
    assert {"1,000", "1,703"} >= set(printed(scene)) != set()


def test_where_all_values_are_printed_there_is_no_grid() -> None:
    made = chart("bar", YEARS, {"Gas": [420, 395, 380, 310]}, places=PLACES)
    assert not [label for label in draw(made).labels if label.role == "tick"]


def test_long_names_lie_down() -> None:
    names = ("Purchased goods and services of suppliers in all other parts of the world", "Water", "Soil", "Air", "Ice")
    assert is_lying(draw(chart("bar", names, {"x": [1, 2, 3, 4, 5]})))
    assert is_lying(draw(chart("stacked", names, {"x": [1, 2, 3, 4, 5], "y": [1, 2, 3, 4, 5]}), NARROW))
    assert not is_lying(draw(chart("bar", ("a", "b"), {"x": [1, 2]}), WIDE))


def test_more_series_than_colors_have_names_beside_their_bars() -> None:
    made = chart("bar", YEARS, {f"Site {letter}": [1, 2, 3, 4] for letter in "ABCDEFGHIJKL"}, places=PLACES)
    scene = draw(made)
    assert is_lying(scene)
    assert {shape.fill for shape in scene.shapes if shape.data} <= {
        look.color for look in make_space(made).series_styles[:4]
    }


def test_stacks_name_their_parts_beside_the_last_one_from_the_top() -> None:
    scene = draw(chart("stacked", YEARS, SOURCES, places=PLACES))
    assert [label.text for label in scene.labels if label.role == "name"][-3:] == ["Heat", "Power", "Gas"]


def test_shares_fill_their_stacks() -> None:
    scene = draw(chart("share", YEARS, SOURCES, places=PLACES))
    tops = {round(shape.box[3], 3) for shape in scene.shapes if shape.data and shape.data[0].value < 50}
    assert len(tops) == 1


def test_reference_lines_are_at_their_values() -> None:
    scene = draw(chart("bar", YEARS, {"Gas": [420, 395, 380, 310]}, places=PLACES, lines=LINES))
    bars = lengths(scene)
    lines = [shape for shape in scene.shapes if shape.measure == "y"]
    (zero,) = {shape.box[1] for shape in scene.shapes if shape.measure == "height"}
    assert [round(shape.box[1] - zero, 2) for shape in lines] == [round(300 / 420 * bars[420], 2), round(bars[420], 2)]


def test_years_without_values_take_space_or_are_marked() -> None:
    made = chart("bar", ("2005", "2006", "2013", "2015"), {"Gas": [1, 2, 3, 4]}, places=(5, 6, 13, 15))
    wide = place_slots(made, make_space(made), 0, 401, 1)
    first, second, third, fourth = wide.middles
    assert third - second == pytest.approx(7 * (second - first))
    assert fourth - third == pytest.approx(2 * (second - first))
    narrow = place_slots(made, make_space(made), 0, 150, 1)
    assert len(narrow.gaps) == 2


@pytest.mark.parametrize(
    ("places", "offsets"),
    [
        ((1.0, 2.0, 3.0), [0, 1, 2]),
        ((1.0, 2.0, 5.0), [0, 1, 4]),
        ((0.04, 0.12, 0.205, 0.29), [0, 1, 2, 3]),
        ((2.0, 1.0), None),
        ((1.0,), None),
    ],
)
def test_periods_are_counted_in_steps(places: tuple[float, ...], offsets: list[float] | None) -> None:
    assert find_offsets(places) == offsets


def test_labels_are_spread_in_their_order() -> None:
    assert spread([10, 11, 50], [8, 8, 8], 0, 100) == pytest.approx([6.5, 14.5, 50])
    assert spread([1, 2], [8, 8], 0, 100) == pytest.approx([4, 12])
    assert spread([98, 99], [8, 8], 0, 100) == pytest.approx([88, 96])
    assert spread([1, 2], [8, 8], 0, 15) is None
    assert spread([], [], 0, 15) == []


def test_names_have_two_lines() -> None:
    space = make_space(chart("bar", ("a",), {"x": [1]}))
    assert wrap_name(space, "Purchased goods and services", 70) == ("Purchased goods", "and services")
    assert wrap_name(space, "Direct emissions (Scope 1)", 85) == ("Direct emissions", "(Scope 1)")
    assert wrap_name(space, "Manufacturing 1", 50) == ("Manufacturing", "1")
    assert wrap_name(space, "Gas", 70) == ("Gas",)
    assert wrap_name(space, "Donaudampfschifffahrtsgesellschaft", 60)[0].endswith("…")


def test_a_total_of_zero_says_that_its_parts_are_zero() -> None:
    values: dict[str, list[float | None]] = {"Acid": [0, 0, 0], "Oil": [0, 1, 0]}
    scene = draw(chart("stacked", YEARS[:3], values, places=PLACES[:3], totals=("0", "1", "0")))
    check_scene(scene)
    assert [text for text in printed(scene) if text == "0"] == ["0", "0", "0"]


class Page(Struct):
    """A page with nothing on it."""

    height = 650.0
    at_top = True
    floor = mark_floor = 0.0
    spread = AS_DESIGNED

    def notes_height(self, labels: tuple[str, ...]) -> float:
        return 0.0 * len(labels)


def assign_page(block: ChartBlock) -> None:
    block.frame = Page()
    for part in block.tail:
        part.frame = block.frame


def test_a_chart_that_fits_a_page_is_not_split() -> None:
    names = [f"Works {n}" for n in range(12)]
    values = [float(n) for n in range(12)]
    made = chart("lying", names, {"2014": values, "2015": values, "2016": values})
    block = ChartBlock(made, StructureElement("Div", None), load_style(), load_style().primary)
    assign_page(block)
    assert block.min_height(401) == block.height > 300
    assert not block.split(401, 250)


def test_one_bar_takes_a_line_and_no_plot() -> None:
    scene = draw(chart("bar", ("2015",), {"Gas": [42]}, places=(2015.5,)))
    assert is_lying(scene)
    assert scene.height < 20
    check_scene(scene)
    target = ReferenceLine(50, "Target 2020: 50", 2020.5)
    assert not is_lying(draw(chart("bar", ("2015",), {"Gas": [42]}, places=(2015.5,), lines=(target,))))


def test_crowded_values_of_many_periods_give_way_to_a_grid() -> None:
    years = [str(year) for year in range(1996, 2016)]
    made = chart("bar", years, {"a": [8693.0 - 400 * (n % 7) for n in range(20)]}, places=tuple(map(float, years)))
    assert len(printed(draw(made, 330))) <= 2
    assert any(label.role == "tick" for label in draw(made, 330).labels)
    assert len(printed(draw(made, WIDE))) == 20


def test_totals_are_clear_of_thin_parts_and_their_leaders() -> None:
    values: dict[str, list[float | None]] = {"Big": [1e6, 1.2e6, 1.1e6], "Small": [3, 4, 5], "Tiny": [1, 2, 1]}
    totals = ("1,000,004", "1,200,006", "1,100,006")
    for width in (260.0, 330.0, 401.0, WIDE):
        scene = draw(chart("stacked", YEARS[:3], values, places=PLACES[:3], totals=totals), width)
        check_scene(scene)
        assert set(totals) <= {label.text for label in scene.labels}


def test_long_charts_go_on_over_pages_on_one_scale() -> None:
    names = [f"Works {n}" for n in range(80)]
    made = chart("lying", names, {"x": [float(100 - n) for n in range(80)]})
    block = ChartBlock(
        made, StructureElement("Div", None), load_style(), load_style().primary, continued=" (continued)"
    )
    assign_page(block)
    assert block.min_height(401) < 100
    upper, lower = block.split(401, 600)
    assert isinstance(upper, ChartBlock)
    assert isinstance(lower, ChartBlock)
    assert upper.wrap(401) <= 600
    lower.wrap(401)
    assert lower.scene.labels[0].text == "Energy (GJ) (continued)"
    scenes = upper.scene, lower.scene
    assert sum(len(scene.cuts) for scene in scenes) == 80
    assert scenes[0].scales == scenes[1].scales
    for scene in scenes:
        check_scene(scene)
    assert len(block.split(401, 30)) == 0
