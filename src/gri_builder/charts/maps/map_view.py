"""The view of a map: which part of the Earth it shows, in which projection, and how large."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.charts.maps.projections import (
    EARTH,
    WORLD_WIDTH,
    EqualEarthProjection,
    LambertProjection,
    Place,
    Point,
    find_middle,
)
from gri_builder.resources.land_outlines import Detail

WIDEST_REGION = 50.0
"""Radius in degrees of a circle around the sites, up to which they are shown as a region."""
LEAST_SPAN = 640.0 / EARTH
"""Width of the smallest region: enough land to see where it is."""
PADDING = 0.14
"""Space around the sites, as a share of the larger side of what they span."""
LOWEST, HIGHEST = 0.5, 0.8
"""Height of a region as a share of its width."""
MAX_HEIGHT = 380.0
POLAR = (-57.0, 84.0)
"""Latitudes that a map of the world shows at least; what is beyond is shown where a site is there."""
COARSE_FROM = 1.1
"""Width in radii of the Earth from which coarse outlines suffice."""


class MapView(Struct, frozen=True):
    """A rectangle of a projection, and the size that it is drawn in."""

    projection: LambertProjection | EqualEarthProjection
    left: float
    bottom: float
    scale: float
    """Points per radius of the Earth."""
    width: float
    """In points."""
    height: float

    def place(self, place: Place) -> Point:
        """Return the point of a place on the map; the lower left corner of the map is the origin."""
        longitude, latitude = place
        middle = self.projection.center
        near = middle + (longitude - middle + 180) % 360 - 180
        x, y = self.projection.project((near, latitude))
        return (x - self.left) * self.scale, (y - self.bottom) * self.scale

    def project(self, place: Place) -> Point:
        """Return the point of a place whose longitude counts on from that of the middle."""
        x, y = self.projection.project(place)
        return (x - self.left) * self.scale, (y - self.bottom) * self.scale

    @property
    def is_world(self) -> bool:
        """Whether it shows the whole world."""
        return isinstance(self.projection, EqualEarthProjection)

    @property
    def detail(self) -> Detail:
        """The outlines that it needs."""
        return "coarse" if self.width / self.scale > COARSE_FROM else "medium"

    @property
    def kilometre(self) -> float:
        """Length of a kilometre, in points; true in the middle."""
        return self.scale / EARTH


def choose_view(places: list[Place], width: float, max_height: float = MAX_HEIGHT) -> MapView:
    """Return the view that shows all places at that width: their region, or the world."""
    middle, radius = find_middle(places)
    if radius > WIDEST_REGION:
        return _view_world(places, width)
    projection = LambertProjection(*middle)
    points = [projection.project(place) for place in places]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    span = max(max(xs) - min(xs), max(ys) - min(ys))
    across = max(max(xs) - min(xs) + 2 * PADDING * span, LEAST_SPAN)
    up = max(max(ys) - min(ys) + 2 * PADDING * span, LEAST_SPAN * LOWEST)
    share = min(HIGHEST, max(LOWEST, up / across), max_height / width)
    across = max(across, up / share)
    up = across * share
    left, bottom = (min(xs) + max(xs) - across) / 2, (min(ys) + max(ys) - up) / 2
    return MapView(projection, left, bottom, width / across, width, width * share)


def _view_world(places: list[Place], width: float) -> MapView:
    """Return the view of the world, cut in the widest gap between the sites if it would part sites elsewhere."""
    projection = EqualEarthProjection(_choose_meridian(places))
    latitudes = [latitude for _, latitude in places]
    south, north = min(POLAR[0], min(latitudes) - 4), max(POLAR[1], max(latitudes) + 4)
    bottom = projection.project((projection.longitude, max(-90.0, south)))[1]
    top = projection.project((projection.longitude, min(90.0, north)))[1]
    scale = width / WORLD_WIDTH
    return MapView(projection, -WORLD_WIDTH / 2, bottom, scale, width, (top - bottom) * scale)


CUTS = (-169.0, -30.0)
"""Longitudes at which a map of the world can be cut without parting land: the Bering Strait and the Atlantic."""


def _choose_meridian(places: list[Place]) -> float:
    """Return the middle of a map of the world: that whose cut is farthest from the sites."""

    def distance(cut: float) -> float:
        return min(abs((place[0] - cut + 180) % 360 - 180) for place in places)

    atlantic = distance(CUTS[0]) >= min(8.0, distance(CUTS[1]))
    return 11.0 if atlantic else CUTS[1] + 180
