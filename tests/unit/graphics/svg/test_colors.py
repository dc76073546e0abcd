"""Colours of CSS."""

from __future__ import annotations

import pytest
from PIL import ImageColor

from gri_builder.graphics.svg.css.colors import parse_color


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("Red", ("#ff0000", 1.0)),
        ("rebeccapurple", ("#663399", 1.0)),
        ("#1aF", ("#11aaff", 1.0)),
        ("#1af8", ("#11aaff", 136 / 255)),
        ("#102030", ("#102030", 1.0)),
        ("#10203080", ("#102030", 128 / 255)),
        ("rgb(300, -20, 12.6)", ("#ff000d", 1.0)),
        ("rgb(100% 0% 50% / 25%)", ("#ff0080", 0.25)),
        ("rgba(1,2,3,.5)", ("#010203", 0.5)),
        ("hsl(120, 200%, 25%)", ("#008000", 1.0)),
        ("hsl(-0.5turn 100% 50%)", ("#00ffff", 1.0)),
        ("transparent", ("#000000", 0.0)),
        ("currentColor", ("current", 1.0)),
    ],
)
def test_colours_are_read(text: str, color: tuple[str, float]) -> None:
    assert parse_color(text) == color


@pytest.mark.parametrize(
    "text", ["", "reddish", "#12", "#12345", "rgb(1,2)", "rgb(1,50%,2)", "hsl(1,2,3)", "rgb(nan,1,2)"]
)
def test_what_is_no_colour_is_refused(text: str) -> None:
    assert parse_color(text) is None


def test_a_colour_that_pillow_was_asked_for_stays_the_same() -> None:
    assert ImageColor.getrgb("tomato") == (255, 99, 71)
    assert parse_color("tomato") == ("#ff6347", 1.0)
