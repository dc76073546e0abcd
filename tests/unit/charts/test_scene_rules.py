"""The rules of scenes find what would mislead or disturb a reader."""

from __future__ import annotations

import pytest

from gri_builder.charts.scene import Datum, Label, Scale, Scene, Shape, line, rectangle, rule, sector
from gri_builder.model.color import BLACK, WHITE, Color
from tests.support.chart_scenes import check_scene, draw, make_chart, make_space
from tests.support.scene_rules import check_zero, find_faults

LOOK = make_space(make_chart("bar", ["a"], {"x": [1]})).look(color=BLACK)
GREY = Color(0.5, 0.5, 0.5)


def scene(*shapes: Shape, labels: tuple[Label, ...] = ()) -> Scene:
    return Scene(100, 100, list(shapes), list(labels), [Scale(0, 2)])


def bar(height: float, value: float, y: float = 10, x: float = 20) -> Shape:
    contour = rectangle(x, y, 40, height)
    return Shape((contour,), GREY, role="data", data=(Datum(value),), measure="height")


def test_a_good_scene_has_no_faults() -> None:
    inside = Label("1", 40, 20, LOOK, "center", "value")
    check_scene(scene(bar(40, 20), labels=(inside, Label("2", 40, 60, LOOK, "center", "value"))))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (scene(bar(40, 21)), "has height 40.00 instead of 42.00"),
        (scene(bar(98, 49)), "leaves the frame"),
        (scene(labels=(Label("long text", 90, 20, LOOK),)), "leaves the frame"),
        (scene(labels=(Label("a", 9, 20, LOOK), Label("b", 11, 22, LOOK))), "overlap"),
        (scene(bar(40, 20), labels=(Label("1", 40, 48, LOOK, "center"),)), "the edge of"),
        (scene(rule([(0, 0), (100, 100)], GREY), labels=(Label("text", 45, 48, LOOK),)), "runs through"),
        (scene(Shape((line([(0, 50), (99, 50)]),), None, GREY), labels=(Label("a", 9, 49, LOOK),)), ""),
        (scene(Shape((sector(50, 50, 30, 0, 1),), GREY, data=(Datum(1),), measure="angle")), "has angle 1.00"),
        (scene(Shape((rectangle(0, 0, 9, 9),), GREY, data=(Datum(1),))), "has no measure"),
    ],
)
def test_what_misleads_is_found(wrong: Scene, said: str) -> None:
    faults = find_faults(wrong)
    assert any(said in fault for fault in faults) if said else not faults, faults


def test_text_on_a_shape_has_contrast() -> None:
    pale = make_space(make_chart("bar", ["a"], {"x": [1]})).look(color=WHITE)
    (fault,) = find_faults(scene(labels=(Label("a", 9, 20, pale),)))
    assert "can't be read" in fault


def test_bars_start_at_one_line() -> None:
    check_zero(scene(bar(40, 20), bar(20, 10, 50), bar(-10, -5)))
    with pytest.raises(AssertionError, match="several zero lines"):
        check_zero(scene(bar(40, 20), bar(40, 20, y=12, x=60)))
    with pytest.raises(AssertionError, match="do not adjoin"):
        check_zero(scene(bar(40, 20), bar(20, 10, 55)))


def test_charts_are_drawn_for_a_width() -> None:
    assert draw(make_chart("bar", ["2014", "2015"], {"Gas": [2, 3]}), 300).width == 300
