"""Outlines of land: what is where, also across the longitude of 180 degrees and around the pole."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gri_builder.resources.land_outlines import Detail, is_on_land, load_outlines


@pytest.mark.parametrize("detail", ["coarse", "medium"])
def test_land_and_sea_are_where_they_are(detail: Detail) -> None:
    outlines = load_outlines(detail)
    land = {"Paris": (2.3, 48.8), "Vostok": (106.8, -78.5), "Anadyr": (177.0, 64.9), "Chukotka": (-175.0, 66.5)}
    sea = {"Atlantic": (-30.0, 40.0), "Pacific": (-150.0, 0.0), "Caspian Sea": (51.0, 42.0), "Pole": (0.0, 89.0)}
    assert [name for name, place in land.items() if not is_on_land(outlines, *place)] == []
    assert [name for name, place in sea.items() if is_on_land(outlines, *place)] == []


@pytest.mark.parametrize("detail", ["coarse", "medium"])
def test_rings_are_closed_and_inside_their_bounds(detail: Detail) -> None:
    outlines = load_outlines(detail)
    for ring in outlines.rings:
        points = outlines.ring(ring)
        assert len(points) >= 3
        for before, point in pairwise(points):
            assert abs(point[0] - before[0]) <= 180 or abs(point[1]) == 90
        assert ring.bounds.south - 1e-6 <= min(y for _, y in points)
        assert max(y for _, y in points) <= ring.bounds.north + 1e-6
    assert outlines.borders
