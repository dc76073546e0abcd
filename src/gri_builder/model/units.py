"""Units of measurement: what they measure, how they convert, and how they are printed."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct


class Unit(Struct, frozen=True):
    """A unit as used in the data."""

    symbol: str
    """As written in the data, e.g. 'tCO2e', 'EUR million', 'GJ/t'."""
    dimension: str
    """What it measures, e.g. 'energy', 'emissions', 'currency', 'share', 'count', 'intensity'."""
    printed: str
    """As printed in English, e.g. 't CO₂e'; empty for plain counts."""
    base: str = ""
    """Unit that it is defined by, e.g. 'GJ' for 'kWh'; units with the same base convert. Empty if none is known."""
    size: Fraction = Fraction(1)
    """How much of the base one of it is, exactly: 9/2500 for 'kWh', which is 0.0036 GJ."""
    over: Unit | None = None
    """The unit above the stroke of a quotient such as 'GJ/t'."""
    per: Unit | None = None
    """The unit below the stroke; None where it is a word such as 'car'."""

    def equals(self, other: Unit) -> bool:
        """Return whether one of it is exactly one of another unit, under whatever name."""
        return self.symbol == other.symbol or bool(self.base and (self.base, self.size) == (other.base, other.size))

    def converts_to(self, other: Unit) -> bool:
        """Return whether values convert to another unit by definition."""
        return self.symbol == other.symbol or bool(
            self.base and self.base == other.base and self.dimension == other.dimension
        )


class UnitDefinition(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A unit that a report defines for itself in figures/units.yaml."""

    symbol: str
    dimension: str = ""
    """What it measures; empty if `factor` defines it by another unit."""
    factor: str = ""
    """Number of `unit` that one of it is, in plain digits."""
    unit: str = ""
    """Symbol of the unit that defines it."""
    printed: str = ""
    """As printed; empty for its symbol."""
    source: str = ""
    """Source of the factor."""
