"""What labels of drawings are written on: a bar, the topmost of two, a ring with a hole, or the page."""

from __future__ import annotations

import pytest

from gri_builder.charts.scene import Align, Contour, Label, Scene, Shape
from gri_builder.fonts.faces import load_face
from gri_builder.model.color import Color
from gri_builder.typesetting.line_breaking import TextFormat
from gri_builder.web.drawing.color_book import ColorBook
from gri_builder.web.drawing.label_grounds import find_ground
from gri_builder.web.drawing.scene_svg import SceneWriter

RED, BLUE, GREEN = Color(1.0, 0.0, 0.0), Color(0.0, 0.0, 1.0), Color(0.0, 1.0, 0.0)
LOOK = TextFormat(load_face(), 10.0, Color(0.0, 0.0, 0.0))


def box(left: float, bottom: float, right: float, top: float) -> Contour:
    return Contour((left, bottom), ((right, bottom), (right, top), (left, top)))


SHAPES = (
    Shape((box(0, 0, 100, 40),), fill=RED),
    Shape((box(60, 0, 100, 40),), fill=BLUE, pattern="dots"),
    Shape((box(0, 50, 90, 140), box(30, 80, 60, 110)), fill=GREEN),
    Shape((box(0, 0, 200, 200),), stroke=BLUE),
)


@pytest.mark.parametrize(
    ("x", "y", "align", "fill"),
    [
        (10, 10, "left", RED),
        (80, 10, "center", BLUE),
        (98, 10, "right", BLUE),
        (52, 10, "left", BLUE),  # its middle is
        (15, 60, "center", GREEN),
        (45, 92, "center", None),
        (150, 10, "left", None),
    ],
)
def test_the_ground_of_a_label(x: float, y: float, align: Align, fill: Color | None) -> None:
    found = find_ground(Scene(200, 200, list(SHAPES)), Label("2015", x, y, LOOK, align))
    assert (found.fill if found else None) == fill


def test_lines_of_a_pattern_are_kept_away_from_letters() -> None:
    labels = [Label("on dots", 80, 10, LOOK, "center"), Label("plain", 10, 10, LOOK)]
    written = str(SceneWriter(ColorBook()).write(Scene(200, 200, list(SHAPES), labels), "A chart"))
    assert written.count('paint-order="stroke"') == 1
    assert 'stroke="var(--c0000ff)" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke">on dots<' in written
