"""Plans of openers: where grounds, art and texts go, in points from the page's left and upper edges."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.model.color import Color


class Area(Struct, frozen=True):
    """A rectangle; `down` is the distance of its upper edge from the page's, or in a run-on band from the band's."""

    x: float
    down: float
    width: float
    height: float


class Ground(Struct, frozen=True):
    """A rectangle in one colour, or with art: the chapter's picture, else the theme's pattern."""

    area: Area
    color: Color | None = None
    """None for art."""


class Slot(Struct, frozen=True):
    """Where a text starts, how wide it may be, and its colour."""

    x: float
    down: float
    width: float
    color: Color


class Numeral(Struct, frozen=True):
    """The chapter's number in large digits, which is decoration."""

    x: float
    baseline: float
    """Distance of the baseline from the upper edge."""
    size: float
    color: Color
    ends_at_x: bool = False
    """Whether it ends at `x` instead of starting there."""


class Plan(Struct, frozen=True):
    """Everything that an opener draws, grounds first, later ones over earlier ones."""

    reach: float
    """How far down the opener reaches, with the space below it."""
    title: Slot
    grounds: tuple[Ground, ...] = ()
    lead: Slot | None = None
    topics: Slot | None = None
    numeral: Numeral | None = None
