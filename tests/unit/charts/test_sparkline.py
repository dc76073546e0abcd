"""Sparklines: in proportion to zero and to each other, true to time, and open where values are missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.charts.scene import Scene
from gri_builder.charts.sparkline import TrendScale, draw_sparkline, share_scale
from gri_builder.fonts.faces import load_face
from gri_builder.model.color import BLACK
from gri_builder.model.document import Trend
from gri_builder.typesetting.line_breaking import TextFormat
from tests.support.chart_scenes import assert_scene
from tests.support.scene_rules import check_scene

LOOK = TextFormat(load_face(), 7.4, BLACK)


def trend(*values: float, places: tuple[float, ...] = ()) -> Trend:
    return Trend(values, "Line.", places, first="2012", last="2015")


def draw(one: Trend, *others: Trend, width: float = 100) -> Scene:
    return draw_sparkline(one, width, share_scale([one, *others]), BLACK, BLACK, LOOK)


def heights(scene: Scene) -> list[float]:
    """Return the height of each point above zero."""
    points = [point for shape in scene.shapes if shape.data for contour in shape.contours for point in contour.points]
    return [y - scene.scales[0].origin for _, y in points]


@pytest.mark.parametrize("fall", [0.01, 0.5, 0.9])
def test_a_fall_is_drawn_as_large_as_it_is(fall: float) -> None:
    first, last = heights(draw(trend(1000, 1000, 1000 * (1 - fall))))[::2]
    assert 0.99 < (first - last) / first / fall < 1.01


def test_what_does_not_move_is_flat() -> None:
    assert len({round(y, 6) for y in heights(draw(trend(12, 12, 12), trend(-5, 3, 4)))}) == 1
    assert set(heights(draw(trend(0, 0, 0)))) == {0.0}


def test_lines_beside_each_other_have_one_relative_scale() -> None:
    small, large = trend(1, 2, 1), trend(5e6, 1e7, -1e7)
    assert heights(draw(small, large))[1] == pytest.approx(heights(draw(large, small))[1])


def test_missing_years_leave_the_line_open_and_time_is_true() -> None:
    scene = draw(trend(9, 8, 4, 5, places=(2005.5, 2006.5, 2013.5, 2015.5)))
    runs = [shape for shape in scene.shapes if shape.data]
    assert [len(run.data) for run in runs] == [2, 1, 1]
    left, second = (x for x, _ in runs[0].contours[0].points)
    right = sum(runs[2].box[::2]) / 2
    assert (second - left) / (right - left) == pytest.approx(0.1, abs=0.001)


values = st.lists(st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1.0, 300_000.0]), min_size=2, max_size=30)


@given(values, values, st.floats(20, 400))
def test_each_keeps_the_rules_of_scenes(one: list[float], other: list[float], width: float) -> None:
    check_scene(draw(trend(*one), trend(*other), width=width))


def test_the_scale_of_nothing_has_a_height() -> None:
    assert share_scale([]) == TrendScale()


def test_golden_scenes() -> None:
    places = (2005.5, 2006.5, 2013.5, 2015.5)
    assert_scene("sparkline", draw(trend(9, 8, 4, 5, places=places)), draw(trend(1, -1, 2, 3), width=30))
