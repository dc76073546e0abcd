"""Search: places a chapter in several ways and keeps the best; the order of trials is fixed, and so is the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.placing import Placement, TooHighError
from gri_builder.layout.paging.scoring import GOOD_SCORE, MAX_STRAIN, Attempt, score_placement
from gri_builder.layout.paging.spread import AS_DESIGNED, Spread

OVERSHOOTS = (0.05, 0.15, 0.3)
"""Further strain when a chapter is tightened, as pages do not break anywhere."""
FILLS = (0.95, 0.8, 0.6, 0.35)
"""Shares of the blank on the last page that a chapter is stretched by."""
CHART_SHARE = OPENER_SHARE = 0.6
"""Share of the height of charts and of chapter openers that gives way."""


def choose_placement(place: Callable[[Attempt], Placement], needed: float | None = None) -> Placement:
    """Return the best of several placements; `place` makes one, and the boxes are left as the best one needs them.

    `needed` is the room that the next chapter needs to start on the last page; None if it starts on a new one.

    Raises TooHighError if the chapter can't be placed as designed.
    """
    first = last = best = Attempt()
    placement = place(first)
    score, all_tried = score_placement(placement, first, needed), [placement]
    for attempt in _list_attempts(placement, needed):
        if score <= GOOD_SCORE:
            break
        try:
            tried, last = place(attempt), attempt
        except TooHighError:
            last = attempt
            continue
        all_tried.append(tried)
        found = score_placement(tried, attempt, needed)
        if found < score - 1e-9:
            best, placement, score = attempt, tried, found
    for each in all_tried:
        if each is not placement or best is not last:
            each.discard()
    return placement if best is last else place(best)


def _list_attempts(placement: Placement, needed: float | None) -> Iterator[Attempt]:
    """Yield further ways of placing a chapter that was placed as designed, the least spread ones first."""
    frame = placement.last.frame
    used, blank = frame.filled * frame.height, frame.room
    for excess in (used if placement.closed else 0.0, (needed or 0.0) - blank):
        tighten = excess / max(1.0, _sum_give(placement, Attempt(-1.0).spread))
        if tighten > 0:
            yield from (Attempt(-(tighten + more)) for more in OVERSHOOTS if tighten + more <= 1)
    give = max(1.0, _sum_give(placement, Attempt(1.0).spread))
    strains = {min(MAX_STRAIN, blank * share / give) for share in FILLS}
    yield from (Attempt(strain) for strain in sorted(strains))
    between = _sum_give(placement, Spread(paragraphs=2))
    if blank > give and between:
        strains = {min(MAX_STRAIN, max(0.0, (blank * share - between) / give)) for share in FILLS}
        yield from (Attempt(strain, is_open=True) for strain in sorted(strains))
    if placement.has_waited:
        yield Attempt(floats=False)


def _sum_give(placement: Placement, spread: Spread) -> float:
    """Return the points by which a chapter that was placed as designed becomes longer or shorter."""
    pages = [page.boxes for page in placement.closed] + [placement.last.frame.boxes]
    return sum(_give(placed.box, spread) for boxes in pages for placed in boxes)


def _give(box: LayoutBox, spread: Spread) -> float:
    """Return the points by which a box gives way."""
    gaps = (box.before + box.after) * abs(spread.space - AS_DESIGNED.space) * 0.7
    match box:
        case Paragraph() if box.is_running_text:
            return box.after * (spread.paragraphs - AS_DESIGNED.paragraphs)
        case ChapterTitle():
            return box.height * abs(spread.opener - AS_DESIGNED.opener) * OPENER_SHARE
        case _ if box.gives_way:
            return gaps + box.height * CHART_SHARE * abs(spread.figures - AS_DESIGNED.figures)
        case _:
            return gaps
