"""Palettes by numbers: told apart by any eyes, in grey, and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.charts.colors.difference import Lab, difference, to_lab
from gri_builder.charts.colors.palette import LONGEST, make_palette
from gri_builder.charts.colors.shades import make_shades
from gri_builder.charts.colors.vision import SIGHTS, see
from gri_builder.model.color import MIN_SHAPE_CONTRAST, WHITE, Color, contrast, parse_color, readable_on
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.style import make_style

CATEGORIES = tuple(category.id for category in load_framework().categories)
channels = st.integers(0, 255).map(lambda n: round(n / 255, 3))
colors = st.builds(Color, channels, channels, channels)


def list_chapters() -> Iterator[tuple[str, Color, Color]]:
    """Yield each colour of chapters of each theme, with the theme's accent."""
    for name in list_themes():
        style = make_style(load_theme(name), categories=CATEGORIES)
        for chapter in sorted(style.chapters):
            yield f"{name}-{chapter}", style.chapters[chapter], style.accent


def lightness_steps(palette: tuple[Color, ...]) -> list[float]:
    """Return the differences in L* of neighbours, with those of the last and the first colour of a ring."""
    lights = [to_lab(color).light for color in palette]
    after = [*lights[1:], lights[0]] if len(lights) > 2 else lights[1:]
    return [abs(one - other) for one, other in zip(lights, after, strict=False)]


def check(palette: tuple[Color, ...], count: int) -> None:
    assert len(palette) == count
    for color in palette:
        assert contrast(color, WHITE) >= MIN_SHAPE_CONTRAST
    for one, other in combinations(palette, 2):
        assert difference(to_lab(one), to_lab(other)) >= 20, (one, other)
        for sight in SIGHTS:
            assert difference(see(one, sight), see(other, sight)) >= 10, (sight, one, other)
    assert min(lightness_steps(palette), default=12) >= 12, palette


@pytest.mark.parametrize(("chapter", "accent"), [pytest.param(c, a, id=name) for name, c, a in list_chapters()])
def test_chapters_of_all_themes_have_colors_that_are_told_apart(chapter: Color, accent: Color) -> None:
    for count in range(1, 7):
        palette = make_palette(chapter, accent, count)
        check(palette, count)
        assert palette[0] == chapter
    for surface in (load_theme(name).paper for name in list_themes()):
        assert all(contrast(color, parse_color(surface)) >= MIN_SHAPE_CONTRAST for color in palette)


@settings(max_examples=15)
@given(colors, colors, st.integers(2, 6))
def test_own_colors_are_told_apart_too(chapter: Color, accent: Color, count: int) -> None:
    check(make_palette(readable_on(chapter, WHITE), readable_on(accent, WHITE, 3), count), count)


@pytest.mark.parametrize(("chapter", "accent"), [pytest.param(c, a, id=name) for name, c, a in list_chapters()][::4])
def test_eight_colors_differ_by_what_is_found(chapter: Color, accent: Color) -> None:
    palette = make_palette(chapter, accent, LONGEST)
    assert len(set(palette)) == LONGEST
    assert all(difference(to_lab(one), to_lab(other)) >= 14 for one, other in combinations(palette, 2))
    assert min(lightness_steps(palette)) >= 12


@given(colors, st.integers(2, 9))
def test_shades_get_darker_step_by_step(color: Color, count: int) -> None:
    lights = [to_lab(shade).light for shade in make_shades(readable_on(color, WHITE), count)]
    assert len(lights) == count
    assert all(one > other for one, other in pairwise(lights))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ],
)
def test_differences_are_those_of_the_published_test_data(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert difference(Lab(*one), Lab(*other)) == pytest.approx(expected, abs=0.0001)
