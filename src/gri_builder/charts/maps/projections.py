"""Equal-area projections: countries have their true size relative to each other.

Lengths are in radii of the Earth, angles in degrees.
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from typing import NamedTuple, Protocol

Place = tuple[float, float]
"""Longitude and latitude, in degrees."""
Point = tuple[float, float]


class Projection(Protocol):
    """How places become points of a plane; east is to the right, north up."""

    @property
    def center(self) -> float:
        """Longitude of the middle."""

    def project(self, place: Place) -> Point:
        """Return the point of a place."""


class LambertProjection(NamedTuple):
    """Lambert's azimuthal equal-area projection around a place, for regions (Snyder, Map Projections, 24)."""

    longitude: float
    latitude: float

    @property
    def center(self) -> float:
        """Longitude of the middle."""
        return self.longitude

    def project(self, place: Place) -> Point:
        """Return the point of a place; that on the other side of the Earth is at the lower edge."""
        turn, north, middle = radians(place[0] - self.longitude), radians(place[1]), radians(self.latitude)
        nearness = 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(turn)
        if nearness < 1e-9:
            return 0.0, -2.0
        factor = sqrt(2 / nearness)
        x = factor * cos(north) * sin(turn)
        return x, factor * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(turn))

    def find_place(self, point: Point) -> Place | None:
        """Return the place of a point; None outside of the Earth."""
        distance = hypot(*point)
        if distance > 2:
            return None
        if not distance:
            return self.longitude, self.latitude
        angle, middle = 2 * asin(distance / 2), radians(self.latitude)
        north = cos(angle) * sin(middle) + point[1] * sin(angle) * cos(middle) / distance
        east = atan2(point[0] * sin(angle), distance * cos(middle) * cos(angle) - point[1] * sin(middle) * sin(angle))
        return self.longitude + degrees(east), degrees(asin(max(-1.0, min(1.0, north))))


class EqualEarthProjection(NamedTuple):
    """The Equal Earth projection, for the world (Šavrič, Patterson and Jenny, 2018)."""

    longitude: float

    @property
    def center(self) -> float:
        """Longitude of the middle."""
        return self.longitude

    def project(self, place: Place) -> Point:
        """Return the point of a place."""
        t = asin(sqrt(3) / 2 * sin(radians(place[1])))
        s = t * t
        slope = 9 * 0.003796 * s**4 + 7 * 0.000893 * s**3 - 3 * 0.081106 * s + 1.340264
        x = 2 * sqrt(3) * radians(place[0] - self.longitude) * cos(t) / (3 * slope)
        return x, t * (0.003796 * s**4 + 0.000893 * s**3 - 0.081106 * s + 1.340264)


WORLD_WIDTH = 2 * EqualEarthProjection(0.0).project((180.0, 0.0))[0]
"""Width of the Equal Earth map of the whole world."""
EARTH = 6371.0
"""Radius of the Earth, in kilometres."""


def angle_between(one: Place, other: Place) -> float:
    """Return the distance of two places as an angle, in degrees."""
    north, south, turn = radians(one[1]), radians(other[1]), radians(one[0] - other[0])
    cosine = sin(north) * sin(south) + cos(north) * cos(south) * cos(turn)
    return degrees(pi / 2 - asin(max(-1.0, min(1.0, cosine))))


Vector = tuple[float, float, float]


def find_middle(places: list[Place]) -> tuple[Place, float]:
    """Return the middle of a small circle around all places, and its radius in degrees.

    The middle moves towards the farthest place in ever smaller steps (Bădoiu and Clarkson, 2003).
    """
    vectors = [_to_vector(place) for place in places]
    sums = [sum(values) / len(vectors) for values in zip(*vectors, strict=True)]
    middle = (sums[0], sums[1], sums[2]) if hypot(*sums) > 1e-6 else vectors[0]
    for step in range(2, 200):
        x, y, z = _unit(middle)
        far = min(vectors, key=lambda each: each[0] * x + each[1] * y + each[2] * z)
        middle = x + (far[0] - x) / step, y + (far[1] - y) / step, z + (far[2] - z) / step
    x, y, z = _unit(middle)
    place = degrees(atan2(y, x)), degrees(asin(max(-1.0, min(1.0, z))))
    return place, max(angle_between(place, each) for each in places)


def _to_vector(place: Place) -> Vector:
    east, north = radians(place[0]), radians(place[1])
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _unit(vector: Vector) -> Vector:
    length = hypot(*vector)
    return (vector[0] / length, vector[1] / length, vector[2] / length) if length > 1e-9 else (1.0, 0.0, 0.0)
