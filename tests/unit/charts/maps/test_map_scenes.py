"""Maps: everything is inside the frame, no label covers another or a mark, and areas are in proportion to values."""

from __future__ import annotations

from itertools import combinations
from math import pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.charts.maps.draw_map import DrawnMap, draw_map
from gri_builder.charts.scene import Scene, overlap
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import contrast
from gri_builder.model.figures.diagrams import MapSite, Site, SiteMap
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.style import make_style
from tests.support.chart_scenes import assert_scene
from tests.support.made_reports import HERE

STYLE = make_style(load_theme("graphite"))
NAMES = ("Oslo", "Göteborg-Hisingen distribution centre", "A", "Verpackungsverwertungsgesellschaft", "Lyon")
NORDIC = [("Halden", 59.12, 11.39), ("Karlstad", 59.38, 13.5), ("Göteborg", 57.71, 11.97)]
WORLD = [("London", 51.5, -0.1), ("New York", 40.7, -74.0), ("Sydney", -33.9, 151.2), ("Honolulu", 21.3, -157.8)]


def make(rows: list[tuple[str, float, float]], values: list[float] | None = None) -> SiteMap:
    shown: list[float | None] = [*values] if values else [None] * len(rows)
    sites = tuple(
        MapSite(Site(name, north, east, HERE), value, "" if value is None else f"{value:g}", None)
        for (name, north, east), value in zip(rows, shown, strict=True)
    )
    largest = max((value for value in values or ()), default=0.0)
    return SiteMap(sites, "A map.", sizes=((largest, f"{largest:g}"), (largest / 5, "a fifth")) if largest else ())


def draw(shown: SiteMap, width: float = 400.0) -> DrawnMap:
    return draw_map(shown, ChartSpace(width, 420.0, STYLE, ()), STYLE.primary, "en-GB")


def assert_tidy(scene: Scene) -> None:
    for one, other in combinations(scene.labels, 2):
        assert not overlap(one.box, other.box, -0.3), (one.text, other.text)
    for label in scene.labels:
        left, low, right, top = label.box
        assert left >= -0.5, label.text
        assert right <= scene.width + 0.5, label.text
        assert low >= -0.5, label.text
        assert top <= scene.height + 0.5, label.text
    for shape in scene.shapes:
        left, low, right, top = shape.box
        assert min(left, low) >= -1.5
        assert right <= scene.width + 1.5
        assert top <= scene.height + 1.5


places = st.tuples(st.sampled_from(NAMES), st.floats(-88, 88), st.floats(-180, 180))
near = st.tuples(st.sampled_from(NAMES), st.floats(45, 60), st.floats(-5, 25))


@settings(max_examples=25, deadline=None)
@given(
    st.one_of(st.lists(places, min_size=1, max_size=8), st.lists(near, min_size=1, max_size=40)), st.floats(120, 760)
)
def test_everything_has_room(rows: list[tuple[str, float, float]], width: float) -> None:
    assert_tidy(draw(make(rows), width).scene)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(near, st.just(0.0) | st.floats(0.001, 1e6)), min_size=1, max_size=12), st.floats(160, 760))
def test_areas_are_in_proportion(rows: list[tuple[tuple[str, float, float], float]], width: float) -> None:
    shown = make([site for site, _ in rows], [value for _, value in rows])
    scene = draw(shown, width).scene
    for shape in (shape for shape in scene.shapes if shape.measure == "area"):
        left, _, right, _ = shape.box
        (datum,) = shape.data
        expected = datum.value * scene.scales[shape.scale].unit
        assert pi * ((right - left) / 2) ** 2 == pytest.approx(expected, rel=0.005, abs=1e-6)


def test_names_are_written_where_they_have_room() -> None:
    drawn = draw(make(NORDIC))
    assert not drawn.is_numbered
    assert {label.text for label in drawn.scene.labels if label.role == "name"} == {"Halden", "Karlstad", "Göteborg"}


def test_crowded_sites_have_numbers() -> None:
    rows = [(f"A long name of site {n}", 59 + n / 200, 11 + n % 5 / 100) for n in range(20)]
    drawn = draw(make(rows))
    assert drawn.is_numbered
    assert [label.text for label in drawn.scene.labels if label.text.isdigit()] == [str(n) for n in range(1, 21)]
    assert_tidy(drawn.scene)


def test_a_site_alone_is_shown_with_the_land_around_it() -> None:
    scene = draw(make(NORDIC[:1])).scene
    land = scene.shapes[1]
    left, _, right, _ = land.box
    assert right - left > 150


def test_a_region_has_a_scale_and_the_world_has_none() -> None:
    assert any(label.text.endswith("km") for label in draw(make(NORDIC)).scene.labels)
    assert not any(label.text.endswith("km") for label in draw(make(WORLD)).scene.labels)


def test_a_missing_value_is_said() -> None:
    shown = make(NORDIC, [5.0, 3.0, 0.0])
    missing = MapSite(shown.sites[0].site, None, "no value")
    scene = draw(SiteMap((missing, *shown.sites[1:]), "A map.", sizes=shown.sizes)).scene
    assert sum(label.text == "no value" for label in scene.labels) == 2, "beside the site and in the legend"
    assert any(shape.dash for shape in scene.shapes)


@pytest.mark.parametrize("name", list_themes())
def test_marks_stand_out_from_land(name: str) -> None:
    style = make_style(load_theme(name))
    scene = draw_map(make(NORDIC), ChartSpace(400.0, 400.0, style, ()), style.primary, "en-GB").scene
    land, marks = scene.shapes[1].fill, {shape.fill for shape in scene.shapes[3:] if shape.fill}
    assert land is not None
    assert all(contrast(mark, land) >= 3 for mark in marks)
    assert contrast(style.text, land) >= 4.5


def test_the_same_map_is_drawn_again() -> None:
    assert draw(make(WORLD)).scene == draw(make(WORLD)).scene


def test_scenes_are_as_before() -> None:
    values = draw(make(NORDIC, [1200.0, 300.0, 20.0]), 300.0).scene
    assert_scene("map", draw(make(NORDIC)).scene, draw(make(WORLD), 220.0).scene, values)
