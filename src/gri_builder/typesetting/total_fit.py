"""Total fit: the breaks of a paragraph that make all of its lines together as even as possible.

The method is that of Knuth and Plass, "Breaking Paragraphs into Lines" (1981): words are boxes, spaces are glue that
stretches and shrinks, and places inside words have penalties. For each place at which a line may end the best way to it
is kept, for each class of tightness and number of hyphens in a row. A line's demerits grow with the sixth power of its
ratio: by how much of their flexibility its spaces are stretched or shrunk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct

from gri_builder.typesetting.line_breaking import MAX_HYPHENS, Word
from gri_builder.typesetting.word_breaks import Cut

WORD_STRETCH = 0.5
"""Share of its width by which a space is stretched at a ratio of 1."""
LETTER_STRETCH = 0.02
"""Share of its width by which text is stretched at a ratio of 1, and at most, by space between its letters."""
SHRINK = 0.4
"""What spaces and letters shrink, relative to what they stretch: spaces by a fifth at most, letters by 0.8 %."""
RAG = 0.25
"""Share of the width that a ragged line is short at a ratio of 1."""
MAX_RATIO = 2.0
"""Ratio from which a line is loose: no way with such a line is taken if there is one without."""
LINE, HYPHEN_COST, DASH_COST = 1.0, 50.0, 20.0
"""Penalties of each line, of a hyphen put into a word, and of a break behind a hyphen, dash or slash of its own."""
HYPHENS_IN_ROW, LAST_HYPHEN, UNEVEN = 3000.0, 5000.0, 10000.0
"""Demerits of two hyphens in a row, of one before the last line, and of a tight line beside a wide one."""
RUNT, LOOSE = 1e6, 1e10
"""Demerits of a last line that is a short word or the end of one, and of a loose line."""
MIN_LETTERS = 5
"""Characters of a word that may be a last line."""
TOLERANCE = 0.01
"""Points that a line may be too wide, because sums of fractions are not exact."""
_CAP = 10.0
"""Ratio from which a line does not get worse."""


class WordCut(NamedTuple):
    """A place to break a word: in the piece of that index; widths in points from the start of the word."""

    index: int
    cut: Cut
    end: float
    """Width of the part before it, with its hyphen."""
    start: float
    """Where the part after it starts."""


class Place(NamedTuple):
    """Where a line ends: behind the word of that number, or inside it."""

    word: int
    cut: WordCut | None = None


class Measure(Struct, frozen=True):
    """How lines are fitted; lengths in points."""

    width: float
    least_last: float
    """Width that the last line should have at least."""
    words: float
    """Share of its width by which a space stretches at a ratio of 1; 0 for ragged lines."""
    letters: float
    rag: float
    """By how much a line may be short at a ratio of 1, whatever is in it."""


def justified(width: float, least_last: float, letters: bool = True) -> Measure:
    """Return the measure of justified lines; `letters` says whether their distance may be changed."""
    return Measure(width, least_last, WORD_STRETCH, LETTER_STRETCH if letters else 0.0, 1e-6)


def ragged(width: float, least_last: float) -> Measure:
    """Return the measure of ragged lines."""
    return Measure(width, least_last, 0.0, 0.0, RAG * width)


def find_places(words: Sequence[Word], measure: Measure, cuts: Callable[[Word], list[WordCut]]) -> list[Place] | None:
    """Return where the lines of a paragraph end, the last one left out; None if a word is too wide for a line.

    `cuts` returns the places to break a word, in its order.
    """
    return _Fitter(measure, MAX_RATIO).fit(words, cuts) or _Fitter(measure, float("inf")).fit(words, cuts)


class _Node(NamedTuple):
    """A place at which a line may start, and the best way to it."""

    start: float
    """Width of everything before it, on one line."""
    flex: float
    """By how much that stretches at a ratio of 1."""
    demerits: float
    fitness: int
    """Class of the line that ends there: 0 tight, 1 even, 2 wide, 3 very wide."""
    hyphens: int
    """Lines in a row that end in a hyphen there."""
    place: Place
    previous: _Node | None


class _Break(NamedTuple):
    """A place at which a line may end."""

    end: float
    flex: float
    start: float
    """Where the next line starts."""
    next_flex: float
    cost: float
    is_hyphenated: bool
    place: Place


class _Fitter:
    """Keeps the nodes from which a line may still reach the present place."""

    def __init__(self, measure: Measure, max_ratio: float) -> None:
        self.measure, self.max_ratio = measure, max_ratio
        self.active = [_Node(0.0, 0.0, 0.0, 1, 0, Place(-1), None)]

    def fit(self, words: Sequence[Word], cuts: Callable[[Word], list[WordCut]]) -> list[Place] | None:
        """Return where the lines end, but for the last one; None if there is no way."""
        at = flex = 0.0
        share, letters, width = self.measure.words, self.measure.letters, self.measure.width + TOLERANCE
        for number, word in enumerate(words):
            if number:
                at, flex = at + word.glue, flex + word.glue * share
                self._reach(_Break(at - word.glue, flex - word.glue * share, at, flex, 0.0, False, Place(number - 1)))
            if not self.active:
                return None
            if at + word.width - self.active[0].start > width:
                for each in cuts(word):
                    end, start = flex + each.end * letters, flex + each.start * letters
                    hyphenated = each.cut.is_hyphenated
                    cost = HYPHEN_COST if hyphenated else DASH_COST
                    place = Place(number, each)
                    self._reach(_Break(at + each.end, end, at + each.start, start, cost, hyphenated, place))
            at, flex = at + word.width, flex + word.width * letters
        return self._finish(words, at, flex)

    def _reach(self, to: _Break) -> None:
        """Add the best ways to a place; forget the nodes from which no line reaches it."""
        measure, best, dead = self.measure, dict[tuple[int, int], _Node](), 0
        base, width = measure.rag, measure.width
        shrink = SHRINK if measure.words else 0.0
        for node in self.active:
            slack, flex = width - to.end + node.start, base + to.flex - node.flex
            if slack < -shrink * flex - TOLERANCE:
                dead += 1
                continue
            ratio = slack / flex if slack >= 0 else -slack / (shrink * flex) if shrink else 0.0
            if ratio > self.max_ratio or (to.is_hyphenated and node.hyphens >= MAX_HYPHENS):
                continue
            fitness = (0 if ratio > 0.5 else 1) if slack < 0 else 1 if ratio < 0.5 else 2 if ratio < 1 else 3
            demerits = node.demerits + line_demerits(ratio, to.cost)
            if share_is_uneven(fitness, node.fitness) and measure.words:
                demerits += UNEVEN
            hyphens = 0
            if to.is_hyphenated:
                hyphens = node.hyphens + 1
                demerits += HYPHENS_IN_ROW if node.hyphens else 0.0
            key = fitness if measure.words else 1, hyphens
            if key not in best or demerits < best[key].demerits:
                best[key] = _Node(to.start, to.next_flex, demerits, fitness, hyphens, to.place, node)
        if not to.is_hyphenated:
            del self.active[:dead]
        if best:
            least = min(node.demerits for node in best.values())
            self.active += [node for node in best.values() if node.demerits <= least + UNEVEN]

    def _finish(self, words: Sequence[Word], end: float, end_flex: float) -> list[Place] | None:
        measure, best, least = self.measure, None, float("inf")
        shrink = SHRINK if measure.words else 0.0
        for node in self.active:
            width, flex = end - node.start, measure.rag + end_flex - node.flex
            slack = measure.width - width
            if slack < -shrink * flex - TOLERANCE:
                continue
            demerits = node.demerits + line_demerits(-slack / (shrink * flex) if slack < 0 and shrink else 0.0, 0.0)
            demerits += LAST_HYPHEN if node.hyphens else 0.0
            if node.previous and (width < measure.least_last or is_runt(words, node.place)):
                demerits += RUNT
            if demerits < least:
                best, least = node, demerits
        return None if best is None else _places_to(best)


def line_demerits(ratio: float, cost: float) -> float:
    """Return the demerits of a line whose spaces are stretched or shrunk by that ratio."""
    extra = LOOSE if ratio > MAX_RATIO else 0.0
    return (LINE + 100 * min(ratio, _CAP) ** 3) ** 2 + cost * cost + extra


def share_is_uneven(fitness: int, before: int) -> bool:
    """Return whether two neighbouring lines differ so much that it is seen."""
    return abs(fitness - before) > 1


def is_runt(words: Sequence[Word], place: Place) -> bool:
    """Return whether what follows a place is a single short word, or the end of one."""
    last = len(words) - 1
    if place.word == last:
        return True
    letters = sum(len(piece.text) for piece in words[last].pieces)
    return place.word == last - 1 and place.cut is None and letters < MIN_LETTERS


def _places_to(node: _Node | None) -> list[Place]:
    places: list[Place] = []
    while node is not None and node.previous is not None:
        places.append(node.place)
        node = node.previous
    return places[::-1]
