"""The spread of a chapter: how far it is stretched or tightened, so that its pages are filled.

Lines of text are never spread: their baselines are on one grid through the whole report.
"""

from __future__ import annotations

from msgspec import Struct


class Spread(Struct, frozen=True):
    """Factors of what may give way on a page; 1 is as designed."""

    space: float = 1.0
    """Of the space around headings, figures and boxes."""
    paragraphs: int = 1
    """Of the space between paragraphs: half a line, or a whole one."""
    figures: float = 1.0
    """Of the height of charts."""
    opener: float = 1.0
    """Of the height of a chapter opener's art."""


AS_DESIGNED = Spread()
