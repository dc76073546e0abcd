"""Paragraphs to lines: all of a paragraph's breaks are chosen together, so that its spaces, or its rag, are even.

Greedy breaking takes over where the choice is not one between words: text without spaces, such as Chinese and
Japanese, words that are wider than their line, and words in many parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from gri_builder.fonts.faces import MOST_WORDS, Face
from gri_builder.fonts.scripts import needs_shaping
from gri_builder.typesetting.line_breaking import (
    Line,
    Word,
    break_lines,
    cut_word,
    is_kept_whole,
    language_of,
    make_line,
    skip_lines,
)
from gri_builder.typesetting.style import TextStyle
from gri_builder.typesetting.total_fit import TOLERANCE, Measure, Place, WordCut, find_places, justified, ragged
from gri_builder.typesetting.word_breaks import Cut, find_cuts

LEAST_LAST = 3.0
"""Width of a paragraph's last line at least, in ems, wherever it can be had."""
LEAST_JUSTIFIED = 20.0
"""Width from which lines are justified, in ems: spaces of narrower ones are too few to share what is missing."""
FEW_LINES = 4
"""Lines from which a paragraph is justified even if one of them is loose."""


def break_paragraph(words: Iterable[Word], width: float, style: TextStyle, language: str) -> list[Line]:
    """Return the words as lines; at their narrowest they are no wider than `width`, but for single characters.

    A line break in the text ends a line, which is not justified then.
    """
    breaker = _Breaker(width, style, language)
    lines = [line for part in split_words(words) for line in breaker.lines(part)]
    for line in lines[:-1]:
        line.broken = line.last
    return lines


def skip_paragraph_lines(
    words: Iterable[Word], count: int, width: float, style: TextStyle, language: str
) -> list[Word]:
    """Return the words that follow the first `count` of the lines that `break_paragraph` returns."""
    breaker, rest = _Breaker(width, style, language), list[Word]()
    for number, part in enumerate(split_words(words)):
        if rest or (number and not count):
            rest += [Word([], 0, -1), *part] if rest else part
            continue
        skipped = min(count, len(breaker.lines(part)))
        rest, count = breaker.skip(part, skipped), count - skipped
    return rest


def split_words(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield the words between line breaks of the text; at least one list, and none behind a last line break."""
    part, is_first = list[Word](), True
    for word in words:
        if word.glue < 0:
            yield part
            part, is_first = [], False
        else:
            part.append(word)
    if part or is_first:
        yield part


class _Found(NamedTuple):
    """Where the lines of a paragraph end but the last one."""

    places: list[Place]
    are_ragged: bool
    """Whether the lines are not stretched though the text is justified."""


class _Breaker:
    """Breaks paragraphs of one style and width."""

    def __init__(self, width: float, style: TextStyle, language: str) -> None:
        self.width, self.style, self.language = width, style, language

    def lines(self, words: list[Word]) -> list[Line]:
        """Return the lines of words without a line break."""
        if sum(word.width + word.glue for word in words) - (words[0].glue if words else 0.0) <= self.width + TOLERANCE:
            return [make_line(words, last=True)]
        found = self._find(words)
        if found is None:
            return break_lines(words, self.width, self.style, self.language)
        lines = list(_make_lines(words, found.places))
        for line in lines:
            line.ragged = found.are_ragged
        return lines

    def skip(self, words: list[Word], count: int) -> list[Word]:
        """Return the words that follow the first `count` of their lines."""
        if not count:
            return words
        found = self._find(words)
        if found is None:
            return skip_lines(words, count, self.width, self.style, self.language)
        return [] if count > len(found.places) else _words_after(words, found.places[count - 1])

    def _find(self, words: list[Word]) -> _Found | None:
        """Return where the lines end but the last one; None where greedy breaking takes over."""
        if any(not word.glue for word in words[1:]):
            return None
        least_last = min(LEAST_LAST * self.style.size, self.width / 4)
        rag = ragged(self.width, least_last)
        if self.style.align != "justify":
            places = self._places(words, rag)
            return None if places is None else _Found(places, are_ragged=False)
        full = justified(self.width, least_last, has_free_letters(words))
        is_narrow = self.width < LEAST_JUSTIFIED * self.style.size
        if not is_narrow and (places := find_places(words, full, self._cuts, may_be_loose=False)) is not None:
            return _Found(places, are_ragged=False)
        places = self._places(words, rag)
        if places is not None and (is_narrow or len(places) + 1 < FEW_LINES):
            return _Found(places, are_ragged=True)
        places = find_places(words, full, self._cuts, may_be_loose=True)
        return None if places is None else _Found(places, are_ragged=False)

    def _places(self, words: list[Word], measure: Measure) -> list[Place] | None:
        """Return where the lines end but the last one; loose ones only where it must be."""
        places = find_places(words, measure, self._cuts, may_be_loose=False)
        return find_places(words, measure, self._cuts, may_be_loose=True) if places is None else places

    def _cuts(self, word: Word, may_hyphenate: bool) -> list[WordCut]:
        """Return the places to break a word, with what is before and after each of them."""
        if word.solid or (not may_hyphenate and len(word.pieces) == 1 and word.pieces[0].text.isalpha()):
            return []
        hyphenates = may_hyphenate and self.style.hyphenate and not is_kept_whole(word, self.language)
        language = self.language if hyphenates else None
        found, start = list[WordCut](), 0.0
        for index, piece in enumerate(word.pieces):
            text, size, is_last = piece.text, piece.look.size, index == len(word.pieces) - 1
            for cut, head, tail in _measure_cuts(text, language_of(piece, language), piece.look.face):
                if (may_hyphenate or not cut.is_hyphenated) and (not is_last or cut.start < len(text)):
                    found.append(WordCut(index, cut, start + head * size, start + piece.width - tail * size))
            start += piece.width
        return found


@lru_cache(MOST_WORDS)
def _measure_cuts(text: str, language: str | None, face: Face) -> tuple[tuple[Cut, float, float], ...]:
    """Return the places to break a text, each with the widths at 1 pt of what is before and after it."""
    return tuple((cut, face.width(cut.head(text)), face.width(cut.tail(text))) for cut in find_cuts(text, language))


def has_free_letters(words: Iterable[Word]) -> bool:
    """Return whether the letters of words may be set apart: those of a joined script may not."""
    pieces = (piece for word in words for piece in word.pieces)
    return not any(piece.look.level is not None or needs_shaping(piece.text) for piece in pieces)


def _make_lines(words: list[Word], places: list[Place]) -> Iterator[Line]:
    """Yield the lines that end at those places, and the last one."""
    start: Place | None = None
    for place in places:
        yield make_line(_words_between(words, start, place))
        start = place
    yield make_line(_words_after(words, start) if start else words, last=True)


def _words_between(words: list[Word], start: Place | None, end: Place) -> list[Word]:
    """Return the words from one place to another one, those at both ends cut."""
    if start is not None and start.word == end.word:
        return [_part(words[end.word], start.cut, end.cut)]
    line = words[start.word + 1 if start else 0 : end.word]
    if start and start.cut:
        line.insert(0, _part(words[start.word], start.cut, None))
    return [*line, _part(words[end.word], None, end.cut)]


def _words_after(words: list[Word], place: Place) -> list[Word]:
    """Return the words that follow a place, the first one cut."""
    rest = words[place.word + 1 :]
    return [_part(words[place.word], place.cut, None), *rest] if place.cut else rest


def _part(word: Word, after: WordCut | None, before: WordCut | None) -> Word:
    """Return the part of a word between two cuts."""
    if before:
        word, _ = cut_word(word, before.piece, before.cut)
    if after:
        _, word = cut_word(word, after.piece, after.cut)
    return word
