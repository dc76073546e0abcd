"""Colours of pages: text is read on every ground, by day and by night, in all themes and in odd ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.model.color import Color, contrast, parse_color
from gri_builder.model.theme import Theme
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.style import make_style
from gri_builder.web.drawing.color_book import ColorBook
from gri_builder.web.drawing.dark import darken
from gri_builder.web.styling.theme_css import write_theme

COLORS = st.builds(lambda number: f"#{number:06x}", st.integers(0, 0xFFFFFF))


def read_rules(theme: Theme) -> tuple[dict[str, Color], dict[str, Color], dict[str, Color], dict[str, Color]]:
    """Return the properties of light and dark pages, and those of the main colour's class in both."""
    categories = ("economic", "environmental")
    css = write_theme(theme, make_style(theme, categories=categories), ColorBook(), ("primary", *categories), "")
    day = _read(css, r":root\{color-scheme:light;(.*?)\}")
    night = _read(css, r":root\[data-appearance=dark\]\{color-scheme:dark;(.*?)\}")
    tint = _read(css, r"(?m)^\.tint-primary\{(.*?)\}")
    dark_tint = _read(css, r"(?m)^:root\[data-appearance=dark\] \.tint-primary\{(.*?)\}")
    return day, night, {**day, **tint}, {**night, **{k: v for k, v in tint.items() if "ground" in k}, **dark_tint}


def _read(css: str, pattern: str) -> dict[str, Color]:
    found = re.search(pattern, css)
    assert found, pattern
    return {name: parse_color(value) for name, value in re.findall(r"(--[\w-]+):(#[0-9a-f]{6});", found[1])}


def assert_read(theme: Theme) -> None:
    day, night, tint, dark_tint = read_rules(theme)
    for page in (day, night):
        assert contrast(page["--ink"], page["--page"]) >= 7
        for name in ("--primary", "--better", "--worse", "--gap"):
            assert contrast(page[name], page["--page"]) >= 4.5, name
            assert contrast(page[name], page["--surface"]) >= 4.5, name
        for ground in ("--page", "--surface"):
            assert contrast(page["--quiet"], page[ground]) >= 4.5, ground
            assert contrast(page["--ink"], page[ground]) >= 7, ground
    for page in (tint, dark_tint):
        assert contrast(page["--tone"], page["--page"]) >= 4.5
        assert contrast(page["--on-tone"], page["--tone"]) >= 4.5
        assert contrast(page["--deep"], page["--tint"]) >= 4.5
        assert contrast(page["--deep"], page["--surface"]) >= 4.5
        assert contrast(page["--ink"], page["--tint"]) >= 4.5
        assert contrast(page["--ground-ink"], page["--ground"]) >= 4.5


@pytest.mark.parametrize("name", list_themes())
def test_text_is_read_in_each_theme(name: str) -> None:
    assert_read(load_theme(name))


@given(COLORS, COLORS, COLORS, COLORS)
def test_text_is_read_whatever_the_brand(primary: str, accent: str, ink: str, quiet: str) -> None:
    assert_read(replace(load_theme(), primary=primary, accent=accent, ink=ink, quiet=quiet))


@given(COLORS, COLORS, st.sampled_from(list_themes()))
def test_labels_of_drawings_are_read_on_the_page_and_on_shapes(ink: str, fill: str, theme: str) -> None:
    book, color, ground = ColorBook(), parse_color(ink), parse_color(fill)
    shape, on_page, on_shape = book.use(ground), book.use_text(color), book.use_text(color, ground)
    css = write_theme(load_theme(theme), make_style(load_theme(theme)), book, ("primary",), "")
    for root in (r":root\{color-scheme:light;", r":root\[data-appearance=dark\]\{color-scheme:dark;"):
        page = _read(css, root + r"(.*?)\}")
        name = {each: each.removeprefix("var(").removesuffix(")") for each in (shape, on_page, on_shape)}
        assert contrast(page[name[on_page]], page["--page"]) >= 4.5
        assert contrast(page[name[on_page]], page["--surface"]) >= 4.5
        assert contrast(page[name[on_shape]], page[name[shape]]) >= 4.5


def test_what_is_darker_by_day_is_lighter_by_night() -> None:
    steps = [darken(Color(level / 10, level / 10, level / 10)) for level in range(11)]
    assert steps == sorted(steps, reverse=True)
    assert contrast(steps[0], steps[-1]) > 15
