"""Search: of several placements of a chapter the best is kept, and the boxes are left as it needs them."""

from __future__ import annotations

import pytest

from gri_builder.layout.paging.placing import Placement, TooHighError
from gri_builder.layout.paging.scoring import MAX_STRAIN, Attempt, score_placement
from gri_builder.layout.paging.search import choose_placement
from tests.unit.layout.paging.slabs import ROOM, place, text


def make(last: float) -> Placement:
    """Return a placement of two pages of which the last one has text of that height."""
    return place(text("a", ROOM), text("b", last))


def choose(ends: dict[float, float], needed: float | None = None) -> tuple[float, list[float]]:
    """Return the height on the chosen last page, and the strains tried; `ends` has heights from a strain on."""
    tried: list[float] = []

    def attempt(way: Attempt) -> Placement:
        tried.append(way.strain)
        height = next(ends[strain] for strain in sorted(ends, reverse=True) if way.strain >= strain)
        if height < 0:
            raise TooHighError("too high")
        placed = place(text("a", ROOM), text("b", height))
        placed.last.frame.boxes[0].box.before = 60  # something that gives way
        return placed

    placed = choose_placement(attempt, needed)
    return placed.last.frame.filled * ROOM, tried


def test_a_chapter_that_ends_well_is_placed_once() -> None:
    height, tried = choose({-9: ROOM * 0.96})
    assert tried == [0.0]
    assert height == pytest.approx(ROOM * 0.96, abs=11)


def test_the_fullest_last_page_is_kept_and_placed_last() -> None:
    height, tried = choose({-9: ROOM * 0.3, 0.0: ROOM * 0.35, 0.5: ROOM * 0.7, MAX_STRAIN: ROOM * 0.9})
    assert height == pytest.approx(ROOM * 0.9, abs=11)
    assert tried[-1] == MAX_STRAIN


def test_what_can_not_be_placed_is_no_choice() -> None:
    height, _ = choose({-9: ROOM * 0.3, 0.0: ROOM * 0.35, 0.01: -1.0})
    assert height == pytest.approx(ROOM * 0.35, abs=11)
    with pytest.raises(TooHighError):
        choose({-9: -1.0})


def test_a_blank_that_the_next_chapter_fills_costs_nothing() -> None:
    _, tried = choose({-9: ROOM * 0.5}, needed=ROOM * 0.3)
    assert tried == [0.0]


@pytest.mark.parametrize("needed", [None, ROOM * 0.3])
def test_thinner_endings_and_more_strain_are_never_better(needed: float | None) -> None:
    shares = [0.95, 0.72, 0.5, 0.28, 0.15]
    scores = [score_placement(make(share * ROOM), Attempt()) for share in shares]
    assert scores == sorted(scores)
    placed = make(ROOM / 2)
    strained = [score_placement(placed, Attempt(strain), needed) for strain in (0.0, 0.5, 1.0, 1.5)]
    assert strained == sorted(strained)


def test_a_spread_leaves_the_grid_alone() -> None:
    assert Attempt(1.0).spread.paragraphs == 1
    assert Attempt(is_open=True).spread.paragraphs == 2
    assert Attempt(0.5).spread.space > 1 > Attempt(-0.5).spread.space
