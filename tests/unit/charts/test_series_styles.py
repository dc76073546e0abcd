"""Styles of series: colour, and a second cue where colours are as dark as others."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.charts.colors.difference import to_lab
from gri_builder.charts.series_styles import SeriesStyle, choose_series_styles
from gri_builder.model.color import MIN_SHAPE_CONTRAST, WHITE, Color, contrast, readable_on
from gri_builder.model.figures.chart import Chart
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.style import make_style
from tests.support.chart_scenes import make_chart

channels = st.integers(0, 255).map(lambda n: round(n / 255, 3))
colors = st.builds(Color, channels, channels, channels)


def stacked(count: int, *highlighted: int) -> Chart:
    """Return a chart of that many series, some of them set off."""
    made = make_chart("stacked", ["2014", "2015"], {f"Part {n}": [10.0, 12.0] for n in range(count)})
    marked = (replace(series, highlighted=n in highlighted) for n, series in enumerate(made.series))
    return replace(made, series=tuple(marked))


def styles_of(chart: Chart, theme: str) -> tuple[SeriesStyle, ...]:
    style = make_style(load_theme(theme))
    return choose_series_styles(chart, style.primary, style.accent, style.text)


@given(colors, colors, st.integers(1, 6))
def test_text_is_readable_on_every_part(chapter: Color, accent: Color, count: int) -> None:
    ink = Color(0.11, 0.145, 0.188)
    for look in choose_series_styles(stacked(count), readable_on(chapter, WHITE), accent, ink):
        assert contrast(look.text, look.color) >= 4.5
        assert contrast(look.muted, WHITE) >= MIN_SHAPE_CONTRAST


@pytest.mark.parametrize("theme", list_themes())
@pytest.mark.parametrize("count", range(2, 7))
def test_parts_are_told_apart_in_grey_by_lightness_or_pattern(theme: str, count: int) -> None:
    styles = styles_of(stacked(count), theme)[:count]
    cues = [(to_lab(look.color).light, look.pattern, look.mark, look.dash) for look in styles]
    assert styles[0].pattern is None
    assert len({look.mark for look in styles}) == count
    for n, (light, pattern, _, dash) in enumerate(cues):
        for other, pattern_of_other, _, dash_of_other in cues[:n]:
            assert abs(light - other) >= 12 or (pattern != pattern_of_other and dash != dash_of_other)


@pytest.mark.parametrize("theme", list_themes())
@pytest.mark.parametrize("highlighted", [(0,), (2,), (1, 3)])
def test_what_is_not_set_off_is_grey_but_seen(theme: str, highlighted: tuple[int, ...]) -> None:
    styles = styles_of(stacked(5, *highlighted), theme)
    for n, look in enumerate(styles):
        assert contrast(look.color, WHITE) >= MIN_SHAPE_CONTRAST
        assert n in highlighted or to_lab(look.color).chroma < 8
    assert all(abs(to_lab(a.color).light - to_lab(b.color).light) >= 10 for a, b in pairwise(styles))


def test_parts_of_a_ring_have_a_look_each() -> None:
    ring = make_chart("donut", [f"Part {n}" for n in range(5)], {"Energy": [5.0, 4.0, 3.0, 2.0, 1.0]})
    assert len({look.color for look in styles_of(ring, "harbour")}) == 5
