"""Scoring: how far the pages of a chapter are from what a designer would sign. Lower is better; 0 is perfect."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.placing import Placement
from gri_builder.layout.paging.spread import Spread

RUN_ON_SHARE = 0.3
"""Share of a page that must be blank for a short chapter to start there."""
THIN, VERY_THIN = 0.3, 0.2
"""Filled shares under which the last page of a chapter is thin."""
SMALL_BLANK = 0.05
"""Blank share that nobody notices, since lines and figures do not end everywhere at the foot."""
MAX_STRAIN = 1.5
"""How far a chapter is stretched at most."""
GOOD_SCORE = 0.06
"""Score at which no further placement is tried."""


class Attempt(Struct, frozen=True):
    """One way to place a chapter."""

    strain: float = 0.0
    """How far what gives way is stretched, up to `MAX_STRAIN`, or tightened, down to -1."""
    is_open: bool = False
    """Whether a whole line is between paragraphs, in place of half a line."""
    floats: bool = True
    """Whether figures may wait for the next page."""

    @property
    def spread(self) -> Spread:
        """How far the chapter is spread: space around headings and figures, the height of charts, the opener's art."""
        strain, figures = self.strain, round(1 + 0.2 * min(self.strain, 1.0), 1)
        space, opener = (0.4, 0.25) if strain >= 0 else (0.35, 0.4)
        return Spread(1 + space * strain, 1 + self.is_open, figures, 1 + opener * strain)


def score_placement(placement: Placement, attempt: Attempt, needed: float | None = None) -> float:
    """Return the badness of a placement: blank space, thin last pages, divided boxes, pages, and how far it is spread.

    `needed` is the room that the next chapter needs to start on the last page; None if it starts on a new one.
    """
    spread = 0.06 * attempt.strain**2 + 0.08 * attempt.is_open
    inner = sum(_weigh_blank(1 - page.filled, 0.4 if page.kind.page.is_landscape else 1.2) for page in placement.closed)
    last = _weigh_last_page(placement.last.frame, needed)
    return inner + last + 0.06 * placement.splits + 0.02 * len(placement.closed) + spread


def _weigh_blank(blank: float, weight: float) -> float:
    return float(weight * max(0.0, blank - SMALL_BLANK) ** 2)


def _weigh_last_page(frame: Frame, needed: float | None) -> float:
    """Return the badness of the page on which a chapter ends; hardly any if the next one continues there."""
    if needed is not None and frame.room >= needed:
        return 0.02
    thin = (frame.filled < THIN) + (frame.filled < VERY_THIN)
    return _weigh_blank(1 - frame.filled, 2.0) + 0.8 * thin
