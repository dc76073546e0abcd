"""Total fit against all ways to break a short paragraph: none of them has fewer demerits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.model.rich_text import Run
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.line_breaking import MAX_HYPHENS, Word, make_words
from gri_builder.typesetting.style import make_style
from gri_builder.typesetting.total_fit import (
    DASH_COST,
    HYPHEN_COST,
    HYPHENS_IN_ROW,
    LAST_HYPHEN,
    OVERFULL,
    RUNT,
    UNEVEN,
    Measure,
    Place,
    WordCut,
    find_places,
    is_runt,
    justified,
    line_demerits,
    ragged,
)
from gri_builder.typesetting.word_breaks import Cut

STYLE = make_style(load_theme()).body
WORDS = st.lists(st.text("aeinrst", min_size=1, max_size=12), min_size=1, max_size=7)
MEASURES = st.builds(
    lambda make, width: make(width, width / 4), st.sampled_from([ragged, justified]), st.floats(30, 140)
)


def make_all(texts: list[str]) -> list[Word]:
    return make_words((Run(" ".join(texts)),), STYLE)


def cuts(word: Word, may_hyphenate: bool) -> list[WordCut]:
    """Break words of at least six letters in their middle: behind a dash if they start with 'a', else with a hyphen."""
    text, look = word.pieces[0].text, word.pieces[0].look
    is_hyphenated, middle = not text.startswith("a"), len(text) // 2
    if len(text) < 6 or (is_hyphenated and not may_hyphenate):
        return []
    cut = Cut(middle, middle, is_hyphenated)
    head = look.face.width(cut.head(text)) * look.size
    return [WordCut(0, cut, head, word.width - look.face.width(cut.tail(text)) * look.size)]


def all_places(words: list[Word]) -> list[Place]:
    """Return the places at which a line may end, in order."""
    places = [[*(Place(number, cut) for cut in cuts(word, True)), Place(number)] for number, word in enumerate(words)]
    return [place for part in places for place in part][:-1]


def extent(words: list[Word], measure: Measure, start: Place | None, end: Place | None) -> tuple[float, float]:
    """Return the width of a line between two places, and by how much it stretches."""
    first = 0 if start is None else start.word + (start.cut is None)
    last = len(words) - 1 if end is None else end.word
    width = glue = 0.0
    for number in range(first, last + 1):
        word, space = words[number], words[number].glue if number > first else 0.0
        left = start.cut.start if start and start.cut and start.word == number else 0.0
        right = end.cut.end if end and end.cut and end.word == number else word.width
        width, glue = width + space + right - left, glue + space
    return width, glue * measure.words + (width - glue) * measure.letters


def weigh(words: list[Word], measure: Measure, places: list[Place], may_be_loose: bool) -> float | None:
    """Return the demerits of a way to break a paragraph; None if it is not allowed."""
    total, tightness, hyphens = 0.0, 1, 0
    for start, end in pairwise([None, *places, None]):
        width, flex = extent(words, measure, start, end)
        ratio = measure.ratio(measure.width - width, measure.rag + flex)
        is_loose = ratio > measure.max_ratio and end is not None
        if ratio <= OVERFULL or (is_loose and not may_be_loose):
            return None
        if end is None:
            total += line_demerits(min(0.0, ratio)) + (LAST_HYPHEN if hyphens else 0.0)
            is_short = start is not None and (width < measure.least_last or is_runt(words, start))
            return total + (RUNT if is_short else 0.0)
        is_hyphenated = end.cut is not None and end.cut.cut.is_hyphenated
        cost = HYPHEN_COST if is_hyphenated else DASH_COST if end.cut else 0.0
        hyphens = hyphens + 1 if is_hyphenated else 0
        if hyphens > MAX_HYPHENS:
            return None
        total += line_demerits(ratio, cost, is_loose) + (HYPHENS_IN_ROW if hyphens > 1 else 0.0)
        if measure.is_justified:
            fitness = (ratio >= -0.5) + (ratio >= 0.5) + (ratio >= 1)
            total += UNEVEN if abs(fitness - tightness) > 1 else 0.0
            tightness = fitness
    raise AssertionError("the last line has no end")


def breaks_needlessly(words: list[Word], measure: Measure, places: list[Place]) -> bool:
    """Return whether a line ends inside a word that has room on it, which is not looked for."""
    lines = pairwise([None, *places])
    return any(
        end and end.cut and extent(words, measure, start, Place(end.word))[0] <= measure.width for start, end in lines
    )


def all_ways(places: list[Place]) -> Iterator[list[Place]]:
    for count in range(len(places) + 1):
        yield from map(list, combinations(places, count))


@settings(max_examples=400)
@given(WORDS, MEASURES, st.booleans())
def test_no_way_has_fewer_demerits(texts: list[str], measure: Measure, may_be_loose: bool) -> None:
    words = make_all(texts)
    ways = [way for way in all_ways(all_places(words)) if not breaks_needlessly(words, measure, way)]
    weights = [weight for way in ways if (weight := weigh(words, measure, way, may_be_loose)) is not None]
    found = find_places(words, measure, cuts, may_be_loose)
    if found is None:
        assert not weights
    else:
        weight = weigh(words, measure, found, may_be_loose)
        assert weight is not None
        assert weight <= min(weights, default=float("inf")) * (1 + 1e-6)


def test_words_are_hyphenated_only_where_it_makes_lines_better() -> None:
    """The even paragraph is never asked for hyphens; in the other one a long word would leave a wide gap."""
    asked = list[bool]()

    def find(word: Word, may_hyphenate: bool) -> list[WordCut]:
        asked.append(may_hyphenate)
        return cuts(word, may_hyphenate)

    even = make_all(["sent"] * 12)
    width = sum(word.width for word in even[:4]) + 3 * even[1].glue
    assert find_places(even, ragged(width, 0.0), find, may_be_loose=False) == [Place(3), Place(7)]
    assert not any(asked)
    uneven = make_all(["sent", "internationalist", "sent", "sent", "sent"])
    width = uneven[0].width + 0.8 * uneven[1].width
    places = find_places(uneven, ragged(width, 0.0), find, may_be_loose=False)
    assert places is not None and places[0].cut is not None
    assert any(asked)
