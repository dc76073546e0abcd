"""Total fit: the breaks of a paragraph that make all of its lines together as even as possible.

The method is that of Knuth and Plass, "Breaking Paragraphs into Lines" (1981): words are boxes, spaces are glue that
stretches and shrinks, and places inside words have penalties. For each place at which a line may end the best way to it
is kept, for each class of tightness and number of hyphens in a row. A line's demerits grow with the sixth power of its
ratio: by how much of their flexibility its spaces are stretched or shrunk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
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
MAX_RATIO, MAX_RAG = 2.0, 1.2
"""Ratio from which a justified line, and a ragged one, is loose: no way with one is taken if there is one without."""
LINE, HYPHEN_COST, DASH_COST = 1.0, 50.0, 20.0
"""Penalties of each line, of a hyphen put into a word, and of a break behind a hyphen, dash or slash of its own."""
HYPHENS_IN_ROW, LAST_HYPHEN, UNEVEN = 5000.0, 15000.0, 10000.0
"""Demerits of two hyphens in a row, of one before the last line, and of a tight line beside a wide one."""
RUNT = 1e6
"""Demerits of a last line that is a short word or the end of one."""
_IN_ROW = (0.0, 0.0, *[HYPHENS_IN_ROW] * (MAX_HYPHENS - 1))
LOOSE = 1e5
"""Penalty of a loose line: its demerits are more than those of all others in a paragraph."""
MIN_LETTERS = 5
"""Characters of a word that may be a last line."""
TOLERANCE = 0.01
"""Points that a line may be too wide, because sums of fractions are not exact."""
OVERFULL = -2.0
"""Ratio of a line that is too wide even if it is shrunk fully."""
WORST = 10.0
"""Ratio from which a line does not get worse."""


class WordCut(NamedTuple):
    """A place to break a word: in the piece of that number; widths in points from the start of the word."""

    piece: int
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
    max_ratio: float

    @property
    def is_justified(self) -> bool:
        """Whether lines are set to the width."""
        return self.words > 0

    def ratio(self, slack: float, flex: float) -> float:
        """Return by how much of its flexibility a line is stretched; -1 is fully shrunk, and less is `OVERFULL`."""
        if slack >= 0:
            return slack / flex
        most = SHRINK * flex if self.words else 0.0
        if slack < -most - TOLERANCE:
            return OVERFULL
        return slack / most if most else 0.0


def justified(width: float, least_last: float, letters: bool = True) -> Measure:
    """Return the measure of justified lines; `letters` says whether their distance may be changed."""
    return Measure(width, least_last, WORD_STRETCH, LETTER_STRETCH if letters else 0.0, 1e-6, MAX_RATIO)


def ragged(width: float, least_last: float) -> Measure:
    """Return the measure of ragged lines."""
    return Measure(width, least_last, 0.0, 0.0, RAG * width, MAX_RAG)


def find_places(
    words: Sequence[Word], measure: Measure, cuts: Callable[[Word], list[WordCut]], may_be_loose: bool
) -> list[Place] | None:
    """Return where the lines of a paragraph end, the last one left out; None if there is no way.

    `cuts` returns the places to break a word, in its order. Where no way does without a loose line, there is still one
    if lines may be loose, unless a word is too wide for a line.
    """
    return _Fitter(measure, float("inf") if may_be_loose else measure.max_ratio).fit(words, cuts)


class _Node(NamedTuple):
    """A place at which a line may start, and the best way to it."""

    start: float
    """Width of everything before it, on one line."""
    flex: float
    """By how much that stretches at a ratio of 1."""
    demerits: float
    fitness: int
    """Class of the line that ends there, which the next one should not differ much from."""
    hyphens: int
    """Lines in a row that end in a hyphen there."""
    place: Place
    previous: _Node | None


_demerits = itemgetter(0)


class _Fitter:
    """Keeps the nodes from which a line may still reach the present place, by where they are."""

    def __init__(self, measure: Measure, max_ratio: float) -> None:
        self.measure, self.max_ratio = measure, max_ratio
        self.active = [_Node(0.0, 0.0, 0.0, 1, 0, Place(-1), None)]

    def fit(self, words: Sequence[Word], cuts: Callable[[Word], list[WordCut]]) -> list[Place] | None:
        """Return where the lines end, but for the last one; None if there is no way."""
        at, end, flex, end_flex = 0.0, 0.0, 0.0, 0.0
        share, letters, width = self.measure.words, self.measure.letters, self.measure.width
        for number, word in enumerate(words):
            if number:
                at, flex = end + word.glue, end_flex + word.glue * share
                if not self._reach(Place(number - 1), (end, end_flex), (at, flex)):
                    return None
            end, end_flex = at + word.width, flex + word.width * letters
            if end - self.active[0].start > width + TOLERANCE:
                for each in cuts(word):
                    before, after = flex + each.end * letters, flex + each.start * letters
                    if not self._reach(Place(number, each), (at + each.end, before), (at + each.start, after)):
                        return None
        return self._finish(words, end, end_flex)

    def _reach(self, place: Place, end: tuple[float, float], start: tuple[float, float]) -> bool:
        """Add the best ways to a place; forget nodes from which no line reaches it, and return whether some are left.

        `end` is the width of everything before it, and by how much that stretches; `start` is that of the next line.
        All typesetting spends most of its time here, so that `Measure.ratio` and `line_demerits` are written out.
        """
        measure, active, most_ratio = self.measure, self.active, self.max_ratio
        room, end_flex, loose = measure.width - end[0], measure.rag + end[1], measure.max_ratio
        if room + active[0].start > most_ratio * (end_flex - active[0].flex):
            return True  # the longest line that ends there is too short
        justified, shrink = measure.is_justified, SHRINK if measure.words else 0.0
        hyphenated = place.cut is not None and place.cut.cut.is_hyphenated
        cost = 0.0 if place.cut is None else HYPHEN_COST if hyphenated else DASH_COST
        squared, fitness, hyphens = cost * cost, 1, 0
        ways, dead = dict[tuple[int, int], tuple[float, _Node]](), 0
        for node in active:
            from_start, from_flex, demerits, before, hyphens_before, _, _ = node
            slack, flex = room + from_start, end_flex - from_flex
            if slack >= 0:
                if (ratio := slack / flex) > most_ratio:
                    break  # so are the lines from all nodes after it
            else:
                most = shrink * flex
                if slack < -most - TOLERANCE or (ratio := slack / most if most else 0.0) <= OVERFULL:
                    dead += 1
                    continue
            if hyphenated:
                hyphens = hyphens_before + 1
                if hyphens > MAX_HYPHENS:
                    continue
                demerits += _IN_ROW[hyphens]
            if ratio > loose:
                demerits += line_demerits(ratio, cost, is_loose=True)
            else:
                badness = LINE + 100 * abs(ratio) ** 3
                demerits += badness * badness + squared
            if justified and abs((fitness := fitness_of(ratio)) - before) > 1:
                demerits += UNEVEN
            known = ways.get((fitness, hyphens))
            if known is None or demerits < known[0]:
                ways[fitness, hyphens] = demerits, node
        if dead and not hyphenated:
            del active[:dead]
        self._add(place, start, ways)
        return bool(active)

    def _add(
        self, place: Place, start: tuple[float, float], ways: Mapping[tuple[int, int], tuple[float, _Node]]
    ) -> None:
        """Add nodes for the ways to a place, by fitness and hyphens; not for those that can't become the best one."""
        if not ways:
            return
        most = min(ways.values(), key=_demerits)[0] + UNEVEN if len(ways) > 1 else float("inf")
        for (fitness, hyphens), (demerits, node) in ways.items():
            if demerits <= most:
                self.active.append(_Node(*start, demerits, fitness, hyphens, place, node))

    def _finish(self, words: Sequence[Word], end: float, end_flex: float) -> list[Place] | None:
        """Return the best way to the end of the paragraph; the last line is not stretched."""
        measure, best, least = self.measure, None, float("inf")
        for node in self.active:
            width = end - node.start
            ratio = min(0.0, measure.ratio(measure.width - width, measure.rag + end_flex - node.flex))
            if ratio <= OVERFULL:
                continue
            demerits = node.demerits + line_demerits(ratio) + (LAST_HYPHEN if node.hyphens else 0.0)
            if node.previous and (width < measure.least_last or is_runt(words, node.place)):
                demerits += RUNT
            if demerits < least:
                best, least = node, demerits
        return None if best is None else _places_to(best)


def fitness_of(ratio: float) -> int:
    """Return the class of a line with that ratio: 0 tight, 1 even, 2 wide, 3 very wide."""
    return 0 if ratio < -0.5 else 1 if ratio < 0.5 else 2 if ratio < 1 else 3


def line_demerits(ratio: float, cost: float = 0.0, is_loose: bool = False) -> float:
    """Return the demerits of a line whose spaces are stretched or shrunk by that ratio, and of the break at its end."""
    if is_loose:
        ratio, cost = min(ratio, WORST), cost + LOOSE
    badness = LINE + 100 * abs(ratio) ** 3
    return badness * badness + cost * cost


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
