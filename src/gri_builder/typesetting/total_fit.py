"""Total fit: the breaks of a paragraph that make all of its lines together as even as possible.

The method is that of Knuth and Plass, "Breaking Paragraphs into Lines" (1981): words are boxes, spaces are glue that
stretches and shrinks, and places inside words have penalties. For each place at which a line may end the best way to it
is kept, for each class of tightness and number of hyphens in a row. A line's demerits grow with the sixth power of its
ratio: by how much of their flexibility its spaces are stretched or shrunk.

Most paragraphs need no hyphen. So a first pass finds the best way without one; only where that has more demerits than a
hyphen a second pass looks for a better way, and its demerits are the bound above which no way has to be followed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cbrt, sqrt
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
FITNESSES = 4
"""Classes of lines by their ratio: 0 tight, to -0.5; 1 even, to 0.5; 2 wide, to 1; 3 very wide."""
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
_INFINITE = float("inf")


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


FindCuts = Callable[[Word, bool], list[WordCut]]
"""Returns the places to break a word, in its order; those that need a hyphen only where the second argument says so."""


def find_places(words: Sequence[Word], measure: Measure, cuts: FindCuts, may_be_loose: bool) -> list[Place] | None:
    """Return where the lines of a paragraph end, the last one left out; None if there is no way.

    Where no way does without a loose line, there is still one if lines may be loose, unless a word is too wide for a
    line.
    """
    most_ratio = _INFINITE if may_be_loose else measure.max_ratio
    plain = _Fitter(measure, most_ratio, _INFINITE).fit(words, lambda word: cuts(word, False))
    if plain and plain.demerits <= HYPHEN_COST * HYPHEN_COST:
        return plain.places
    bound = plain.demerits if plain else _INFINITE
    best = _Fitter(measure, most_ratio, bound).fit(words, lambda word: cuts(word, True)) or plain
    return best.places if best else None


class _Fit(NamedTuple):
    """A way to break a paragraph: where its lines end, the last one left out, and the demerits of them all."""

    places: list[Place]
    demerits: float


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
_Way = tuple[float, _Node]
"""The demerits of all lines to a place, and the node from which the last one starts; by kind: class and hyphens."""


class _Fitter:
    """Keeps the nodes from which a line may still reach the present place, by where they are.

    All typesetting spends most of its time here, so that `Measure.ratio` and `line_demerits` are written out in
    `_reach`, and nothing is made for a place before some line ends there.
    """

    def __init__(self, measure: Measure, max_ratio: float, bound: float) -> None:
        self.measure, self.bound = measure, bound
        self.max_ratio = min(max_ratio, _ratio_within(bound, measure.max_ratio))
        self.active = [_Node(0.0, 0.0, 0.0, 1, 0, Place(-1), None)]

    def fit(self, words: Sequence[Word], cuts: Callable[[Word], list[WordCut]]) -> _Fit | None:
        """Return the best way; None without a way whose demerits are within the bound."""
        at, end, flex, end_flex = 0.0, 0.0, 0.0, 0.0
        share, letters, width, active = self.measure.words, self.measure.letters, self.measure.width, self.active
        for number, word in enumerate(words):
            if number:
                at, flex = end + word.glue, end_flex + word.glue * share
                if not self._reach(number - 1, None, end, end_flex, at, flex):
                    return None
            end, end_flex = at + word.width, flex + word.width * letters
            if end - active[0].start > width + TOLERANCE:
                for cut in cuts(word):
                    before, after = flex + cut.end * letters, flex + cut.start * letters
                    if not self._reach(number, cut, at + cut.end, before, at + cut.start, after):
                        return None
        return self._finish(words, end, end_flex)

    def _reach(
        self, word: int, cut: WordCut | None, end: float, end_flex: float, next_start: float, next_flex: float
    ) -> bool:
        """Add the best ways to a place; forget nodes from which no line reaches it, and return whether some are left.

        `end` is the width of everything before it, and `end_flex` by how much that stretches; `next_start` and
        `next_flex` are those of the next line.
        """
        measure, active, most_ratio = self.measure, self.active, self.max_ratio
        room, stretch, loose = measure.width - end, measure.rag + end_flex, measure.max_ratio
        first_start, first_flex, *_ = active[0]
        if room + first_start > most_ratio * (stretch - first_flex):
            return True  # the longest line that ends there is too short
        is_justified, cost = measure.words > 0, _cost_of(cut)
        shrink, is_hyphenated = SHRINK * is_justified, cost == HYPHEN_COST
        squared, fitness, hyphens, dead = cost * cost, 1, 0, 0
        ways: list[_Way | None] = [None] * (FITNESSES * (MAX_HYPHENS + 1))
        for node in active:
            from_start, from_flex, demerits, before, hyphens_before, _, _ = node
            slack, flex = room + from_start, stretch - from_flex
            if slack >= 0:
                if (ratio := slack / flex) > most_ratio:
                    break  # so are the lines from all nodes after it
                badness = LINE + 100 * ratio * ratio * ratio
            else:
                most = shrink * flex
                if slack < -most - TOLERANCE or (ratio := slack / most if most else 0.0) <= OVERFULL:
                    dead += 1
                    continue
                badness = LINE - 100 * ratio * ratio * ratio
            if is_hyphenated:
                hyphens = hyphens_before + 1
                if hyphens > MAX_HYPHENS:
                    continue
                demerits += _IN_ROW[hyphens]
            demerits += badness * badness + squared if ratio <= loose else line_demerits(ratio, cost, is_loose=True)
            if is_justified:
                fitness = (ratio >= -0.5) + (ratio >= 0.5) + (ratio >= 1)
                if not -1 <= fitness - before <= 1:
                    demerits += UNEVEN
            kind = fitness + FITNESSES * hyphens
            known = ways[kind]
            if known is None or demerits < known[0]:
                ways[kind] = demerits, node
        if dead and not is_hyphenated:
            del active[:dead]
        self._add(Place(word, cut), next_start, next_flex, ways)
        return bool(active)

    def _add(self, place: Place, start: float, flex: float, ways: Sequence[_Way | None]) -> None:
        """Add nodes for the ways to a place, by kind; not for those that can't become the best one."""
        found = [(*way, kind) for kind, way in enumerate(ways) if way]
        most = min(self.bound, min(found, key=_demerits)[0] + UNEVEN) if len(found) > 1 else self.bound
        for demerits, node, kind in found:
            if demerits <= most:
                hyphens, fitness = divmod(kind, FITNESSES)
                self.active.append(_Node(start, flex, demerits, fitness, hyphens, place, node))

    def _finish(self, words: Sequence[Word], end: float, end_flex: float) -> _Fit | None:
        """Return the best way to the end of the paragraph; the last line is not stretched."""
        measure, best, least = self.measure, None, _INFINITE
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
        return None if best is None else _Fit(_places_to(best), least)


def _ratio_within(bound: float, loose: float) -> float:
    """Return the ratio of the loosest line whose demerits are within a bound; lines from `loose` have a penalty."""
    if bound >= LOOSE * LOOSE:
        return _INFINITE
    ratio = cbrt(max(0.0, sqrt(bound) - LINE) / 100)
    return min(ratio * (1 + 1e-9), loose)


def _cost_of(cut: WordCut | None) -> float:
    """Return the penalty of breaking a word there; none of a break between words."""
    if cut is None:
        return 0.0
    return HYPHEN_COST if cut.cut.is_hyphenated else DASH_COST


def line_demerits(ratio: float, cost: float = 0.0, is_loose: bool = False) -> float:
    """Return the demerits of a line whose spaces are stretched or shrunk by that ratio, and of the break at its end."""
    if is_loose:
        ratio, cost = min(ratio, WORST), cost + LOOSE
    badness = LINE + 100 * abs(ratio * ratio * ratio)
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
