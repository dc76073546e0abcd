"""Grounds: a brand is used as it is, and what is set on it is read."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.model.color import MIN_CONTRAST, WHITE, Color, contrast, parse_color
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.grounds import MIN_ACCENT, make_ground
from gri_builder.typesetting.style import make_style

INK = parse_color("#1c2530")
CHANNEL = st.floats(0, 1).map(lambda value: round(value, 3))
COLORS = st.builds(Color, CHANNEL, CHANNEL, CHANNEL)


@given(COLORS, COLORS)
def test_text_is_read_on_any_ground_and_the_accent_seen(color: Color, accent: Color) -> None:
    ground = make_ground(color, INK, accent)
    assert ground.color == color
    assert contrast(ground.ink, color) >= MIN_CONTRAST
    assert contrast(ground.accent, color) >= MIN_ACCENT


@pytest.mark.parametrize("brand", ["#ffd500", "#98e4c0", "#e8dcc4", "#ff7a00", "#ffffff"])
def test_a_pale_brand_stays_itself_with_dark_text(brand: str) -> None:
    style = make_style(replace(load_theme(), primary=brand))
    ground = style.ground()
    assert ground.color == parse_color(brand)
    assert ground.is_pale
    assert style.primary != ground.color
    assert contrast(style.primary, WHITE) >= MIN_CONTRAST


@pytest.mark.parametrize(("name", "category"), [*product(list_themes(), ("primary", "a", "b", "c", "d"))])
def test_each_color_of_a_bundled_theme_has_white_text(name: str, category: str) -> None:
    style = make_style(load_theme(name), categories=("a", "b", "c", "d"))
    color = style.chapter(category)
    assert style.ground(color).color == color
    assert style.ground(color).ink == style.ink_on(color) == WHITE


def test_a_pale_category_has_its_own_ground_and_an_unknown_color_too() -> None:
    style = make_style(replace(load_theme(), own_categories={"a": "#ffcc00"}), categories=("a",))
    assert style.ground(style.chapter("a")).color == parse_color("#ffcc00")
    assert style.ground(parse_color("#eeeeee")).is_pale
