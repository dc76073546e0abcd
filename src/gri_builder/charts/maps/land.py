"""Land and borders on a map, as far as the view shows them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gri_builder.charts.maps.clipping import Point, Rectangle, area_of, clip_area, clip_line, refine, thin_out
from gri_builder.charts.maps.map_view import MapView
from gri_builder.charts.maps.projections import LambertProjection, Place
from gri_builder.resources.land_outlines import Bounds, load_outlines

SHIFTS = (-360.0, 0.0, 360.0)
"""Outlines are cut at 180 degrees; a view across that shows some of them one turn further."""
NEAREST = 0.35
"""Points of a line are at least so far apart."""
SMALLEST = 0.25
"""Area of the smallest island that is drawn, in square points."""
LONGEST = 2.0
"""Degrees of a segment that projections may draw as a straight line."""
VIEWS = 8
"""Views whose land is kept: a map is drawn twice where its names have no room, and again after an edit elsewhere."""
SAMPLES = 24
MARGIN = 0.5
"""Degrees around the view, so that its edges are certainly covered."""


@lru_cache(VIEWS)
def list_land(view: MapView) -> tuple[list[Point], ...]:
    """Return areas of land inside the view; waters inside land run the other way."""
    return tuple(_find_land(view))


@lru_cache(VIEWS)
def list_borders(view: MapView) -> tuple[list[Point], ...]:
    """Return lines between countries inside the view."""
    return tuple(_find_borders(view))


def _find_land(view: MapView) -> Iterator[list[Point]]:
    outlines, seen = load_outlines(view.detail), _find_bounds(view)
    window = (0.0, 0.0, view.width, view.height)
    for ring in outlines.rings:
        for shift in SHIFTS:
            if _meet(ring.bounds, seen, shift):
                places = [(x + shift, y) for x, y in outlines.ring(ring)]
                area = _project_area(places, view, seen, window)
                if len(area) > 2 and area_of(area) > SMALLEST:
                    yield area


def _find_borders(view: MapView) -> Iterator[list[Point]]:
    outlines, seen = load_outlines(view.detail), _find_bounds(view)
    window = (0.0, 0.0, view.width, view.height)
    for index in outlines.borders:
        for shift in SHIFTS:
            places = [(x + shift, y) for x, y in outlines.line(index)]
            if any(seen.west <= x <= seen.east and seen.south <= y <= seen.north for x, y in places):
                for part in clip_line([view.project(place) for place in places], window):
                    yield thin_out(part, NEAREST)


def _project_area(places: list[Place], view: MapView, seen: Bounds, window: Rectangle) -> list[Point]:
    box = (seen.west, seen.south, seen.east, seen.north)
    if all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in places):
        inside = places
    else:
        inside = refine(clip_area(places, box), LONGEST)
    points = [view.project(place) for place in inside]
    return thin_out(clip_area(points, window), NEAREST)


def _meet(ring: Bounds, seen: Bounds, shift: float) -> bool:
    across = ring.west + shift < seen.east and ring.east + shift > seen.west
    return across and ring.south < seen.north and ring.north > seen.south


def _find_bounds(view: MapView) -> Bounds:
    """Return the longitudes and latitudes that the view shows; longitudes count on from that of its middle."""
    middle, projection = view.projection.center, view.projection
    if not isinstance(projection, LambertProjection):
        return Bounds(middle - 180, middle + 180, -90.0, 90.0)
    places = [place for point in _sample(view) if (place := projection.find_place(point))]
    south, north = min(y for _, y in places) - MARGIN, max(y for _, y in places) + MARGIN
    west, east = min(x for x, _ in places) - MARGIN, max(x for x, _ in places) + MARGIN
    has_north, has_south = (_shows(view, (middle, pole)) for pole in (90.0, -90.0))
    if has_north or has_south or len(places) < 4 * SAMPLES:
        west, east = middle - 180, middle + 180
    return Bounds(
        max(west, middle - 180),
        min(east, middle + 180),
        -90.0 if has_south else max(-90.0, south),
        90.0 if has_north else min(90.0, north),
    )


def _shows(view: MapView, place: Place) -> bool:
    x, y = view.project(place)
    return 0 <= x <= view.width and 0 <= y <= view.height


def _sample(view: MapView) -> Iterator[Point]:
    """Yield points along the edges of the view, in radii of the Earth."""
    across, up = view.width / view.scale, view.height / view.scale
    for step in range(SAMPLES):
        share = step / SAMPLES
        yield view.left + share * across, view.bottom
        yield view.left + share * across, view.bottom + up
        yield view.left, view.bottom + share * up
        yield view.left + across, view.bottom + (1 - share) * up
    yield view.left + across, view.bottom
