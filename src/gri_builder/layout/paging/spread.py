"""The spread of a chapter: how far it is stretched or tightened, so that its pages are filled."""

from __future__ import annotations

from msgspec import Struct


class Spread(Struct, frozen=True):
    """Factors of what may give way on a page; 1 is as designed."""

    leading: float = 1.0
    """Of the distance between lines of text."""
    space: float = 1.0
    """Of the space between boxes."""
    figures: float = 1.0
    """Of the height of charts."""
    opener: float = 1.0
    """Of the height of a chapter opener's art."""


AS_DESIGNED = Spread()
