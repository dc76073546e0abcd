"""Drawn charts: which shapes of the pages show which values, and on what scale, so that an audit can measure them.

Each such shape is painted behind a point `/Value MP` in the marked content of its Figure, in the order listed here.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from gri_builder.model.figures.chart import Measure


class DrawnScale(Struct, frozen=True, array_like=True):
    """How values became lengths, positions or angles: `origin + (value - base) * unit`."""

    origin: float
    """Coordinate of the page at which `base` is, in points; 0 for lengths and angles."""
    unit: Decimal
    """Points, or radians, per unit of value; negative where the page counts from the right."""
    base: Decimal = Decimal(0)
    is_broken: bool = False
    """Whether the axis starts at another value than zero, and says so by a drawn break."""

    def at(self, value: Decimal) -> float:
        """Return the coordinate, length or angle of a value."""
        return self.origin + float((value - self.base) * self.unit)


class DrawnShape(Struct, frozen=True, array_like=True):
    """A shape that shows values."""

    measure: Measure
    scale: int
    """Number of its scale among those of the chart, from 0."""
    values: tuple[Decimal, ...]
    """One, or one for each of its points."""
    facts: tuple[str | None, ...]
    """Keys of the facts that are the values; None for a value that was calculated for the chart."""


class DrawnChart(Struct, frozen=True, array_like=True):
    """A chart on a page."""

    page: int
    """Physical page, from 1."""
    mcid: int
    """Its marked content on that page (ISO 32000-1, 14.7.4)."""
    name: str
    """What it is, in the words of its alternative text."""
    scales: tuple[DrawnScale, ...]
    shapes: tuple[DrawnShape, ...]
