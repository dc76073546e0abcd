"""Search: places a chapter in several ways and keeps the best; the order of trials is fixed, and so is the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from gri_builder.layout.blocks.chart import ChartBlock
from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.placing import Placement, TooHighError
from gri_builder.layout.paging.scoring import GOOD_SCORE, MAX_STRAIN, score_placement, spread_by
from gri_builder.layout.paging.spread import AS_DESIGNED, Spread

OVERSHOOTS = (0.05, 0.15, 0.3)
"""Further strain when a chapter is tightened, as pages do not break anywhere."""
FILLS = (0.95, 0.8, 0.6)
"""Shares of the blank on the last page that a chapter is stretched by."""
CHART_SHARE = 0.6
"""Share of a chart's height that gives way."""


class Attempt(Struct, frozen=True):
    """One way to place a chapter."""

    strain: float = 0.0
    floats: bool = True

    @property
    def spread(self) -> Spread:
        """How far the chapter is stretched or tightened."""
        return spread_by(self.strain)


def choose_placement(place: Callable[[Attempt], Placement], is_continued: bool) -> Placement:
    """Return the best of several placements; `place` makes one, and the boxes are left as the best one needs them.

    Raises TooHighError if the chapter can't be placed as designed.
    """
    first = last = best = Attempt()
    placement = place(first)
    score = score_placement(placement, 0.0, is_continued)
    for attempt in _list_attempts(placement):
        if score <= GOOD_SCORE:
            break
        try:
            tried, last = place(attempt), attempt
        except TooHighError:
            last = attempt
            continue
        found = score_placement(tried, attempt.strain, is_continued)
        if found < score - 1e-9:
            best, placement, score = attempt, tried, found
    return placement if best is last else place(best)


def _list_attempts(placement: Placement) -> Iterator[Attempt]:
    """Yield further ways of placing a chapter that was placed as designed, the most promising ones first."""
    frame = placement.last.frame
    used, blank = frame.filled * frame.height, frame.room
    strains = []
    if placement.closed:
        tighten = used / max(1.0, _sum_give(placement, -1))
        strains += [-(tighten + more) for more in OVERSHOOTS if tighten + more <= 1]
    stretch = blank / max(1.0, _sum_give(placement, 1))
    strains += sorted({min(MAX_STRAIN, stretch * share) for share in FILLS}, reverse=True)
    yield from (Attempt(strain) for strain in sorted(strains, key=abs))
    yield Attempt(floats=False)


def _sum_give(placement: Placement, direction: int) -> float:
    """Return the points by which a chapter becomes longer (1) or shorter (-1) at the end of what may give way."""
    spread = spread_by(direction)
    pages = [page.boxes for page in placement.closed] + [placement.last.frame.boxes]
    return sum(_give(placed.box, spread) for boxes in pages for placed in boxes)


def _give(box: LayoutBox, spread: Spread) -> float:
    """Return the points by which a box gives way."""
    gaps = (box.before + box.after) * abs(spread.space - AS_DESIGNED.space) * 0.7
    match box:
        case Paragraph():
            return gaps if not box.is_running_text else 0.0
        case ChartBlock():
            return gaps + box.height * CHART_SHARE * abs(spread.figures - AS_DESIGNED.figures)
        case ChapterTitle():
            return box.height * abs(spread.opener - AS_DESIGNED.opener) * 0.6
        case _:
            return gaps
