"""Projections: areas are true, places come back, and the middle is that of the smallest circle."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.charts.maps.clipping import area_of, clip_area, clip_line, thin_out
from gri_builder.charts.maps.land import list_land
from gri_builder.charts.maps.map_view import choose_view
from gri_builder.charts.maps.projections import (
    EqualEarthProjection,
    LambertProjection,
    Projection,
    angle_between,
    find_middle,
)

PLACES = st.tuples(st.floats(-179, 179), st.floats(-85, 85))


@given(PLACES, PLACES)
def test_places_come_back(middle: tuple[float, float], place: tuple[float, float]) -> None:
    projection = LambertProjection(*middle)
    if angle_between(middle, place) < 175:
        found = projection.find_place(projection.project(place))
        assert found is not None
        assert angle_between(found, place) < 1e-3


@pytest.mark.parametrize("projection", [LambertProjection(10, 50), EqualEarthProjection(11)])
@pytest.mark.parametrize("place", [(8.0, 47.0), (25.0, 65.0), (-10.0, 5.0), (40.0, -20.0)])
def test_areas_are_true(projection: Projection, place: tuple[float, float]) -> None:
    (x, y), size = place, 0.2
    corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]
    drawn = area_of([projection.project(corner) for corner in corners])
    assert drawn == pytest.approx(radians(size) ** 2 * cos(radians(y + size / 2)), rel=0.002)


@given(st.lists(PLACES, min_size=1, max_size=12))
def test_the_middle_is_near_to_all(places: list[tuple[float, float]]) -> None:
    middle, radius = find_middle(places)
    assert all(angle_between(middle, place) <= radius + 1e-6 for place in places)


@given(st.lists(PLACES, min_size=1, max_size=8), st.floats(120, 760))
def test_the_view_shows_all_places(places: list[tuple[float, float]], width: float) -> None:
    view = choose_view(places, width)
    for x, y in map(view.place, places):
        assert -0.01 <= x <= view.width + 0.01
        assert -0.01 <= y <= view.height + 0.01


@pytest.mark.parametrize(
    ("places", "shares"),
    [
        ([(8.0, 50.0)], (0.99, 1.01)),
        ([(178.4, -18.1), (-171.8, -13.8), (174.8, -36.8)], (0.005, 0.12)),
        ([(15.6, 78.2), (-68.7, 76.5), (-156.8, 71.3)], (0.2, 0.6)),
        ([(106.8, -78.5)], (0.99, 1.01)),
        ([(-0.1, 51.5), (151.2, -33.9), (-157.8, 21.3)], (0.2, 0.45)),
    ],
    ids=["inland", "antimeridian", "north pole", "Antarctica", "world"],
)
def test_land_has_its_share_of_the_map(places: list[tuple[float, float]], shares: tuple[float, float]) -> None:
    view = choose_view(places, 400.0)
    land = sum(area_of(area) for area in list_land(view)) / (view.width * view.height)
    assert shares[0] <= land <= shares[1]


def test_areas_and_lines_are_cut_at_the_frame() -> None:
    box = (0.0, 0.0, 10.0, 10.0)
    assert area_of(clip_area([(-5, -5), (5, -5), (5, 5), (-5, 5)], box)) == 25
    assert clip_area([(20, 20), (30, 20), (30, 30)], box) == []
    assert list(clip_line([(-5, 5), (15, 5), (15, 20), (5, 20), (5, 5)], box)) == [[(0, 5), (10, 5)], [(5, 10), (5, 5)]]
    assert thin_out([(0, 0), (0.1, 0), (5, 0)], 1) == [(0, 0), (5, 0)]
