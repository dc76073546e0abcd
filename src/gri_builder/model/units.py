"""Units of measurement: what they measure, and how they are printed."""

from __future__ import annotations

from msgspec import Struct


class Unit(Struct, frozen=True):
    """A unit as used in the data."""

    symbol: str
    """As written in the data, e.g. 'tCO2e', 'EUR million', 'GJ/t'."""
    dimension: str
    """What it measures, e.g. 'energy', 'emissions', 'currency', 'share', 'count', 'intensity'."""
    printed: str
    """As printed, e.g. 't CO₂e'; empty for plain counts."""
