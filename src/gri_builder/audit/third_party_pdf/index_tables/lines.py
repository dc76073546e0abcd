"""Words side by side, and words as tables need them: without marks of footnotes, leaders and upright heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.audit.pdf_reader.pdf_file import Word

_RAISED = re.compile(r"(?<=\w)[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+$")
"""Raised figures at the end of a word."""
_LEADER = re.compile(r"(?:[.\u2024\u00b7_\u2026]\s?){4,}|\u2026{2,}")
"""Dots that lead to the next column."""
_DOTS = re.compile(r"[.\u2024\u00b7_\u2026]+")
_SPACED_CODE = re.compile(r"[A-Z]\d[-\u2013\u2010\u2011][A-Z\d]+")
"""A code in spaced letters, as opposed to a list of numbers with words of one letter ('5 a 6')."""
SPACED = 0.8
"""Sizes of a font that are between the letters of a word in spaced letters at most."""
FEWEST_SPACED = 4
SHORT, TALL, LONG, SLIM = 3, 2.0, 5, 1.2
"""Signs of a word that is turned, and how much higher than wide it is: a short word, and a longer one."""
MARK = re.compile(r"[\d*†‡§a-z]{1,2}\)?")
"""A mark of a footnote."""


class Line(Struct, frozen=True):
    """Words side by side."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Its words with spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def left(self) -> float:
        """Left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return max(word.right for word in self.words)

    def split(self, gap: float) -> Iterator[Line]:
        """Yield its parts between which there is white of some points."""
        held = [self.words[0]]
        for before, word in pairwise(self.words):
            if word.left - before.right >= gap:
                yield Line(tuple(held))
                held = []
            held.append(word)
        yield Line(tuple(held))


def middle(word: Word) -> float:
    """Return the height of a word's middle on the page."""
    return (word.top + word.bottom) / 2


def center(word: Word) -> float:
    """Return where a word's middle is across the page."""
    return (word.left + word.right) / 2


def make_lines(words: Iterable[Word]) -> list[Line]:
    """Return words as lines, from the top; within a line from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.top + each.bottom, each.left)):
        if lines and lines[-1][0].top <= middle(word) <= lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda each: each.left))) for line in lines]


def as_text(words: Iterable[Word]) -> str:
    """Return words as text, line by line."""
    return "\n".join(line.text for line in make_lines(words))


def clean_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a page as tables need them, in their order.

    Upright words, leaders and marks of footnotes are left out; words in spaced letters are joined.
    """
    level = turn_upright(words)
    plain = [part for word in _drop_marks(level) for part in _split_leader(_strip(word)) if part.text]
    return tuple(_join_spaced(plain))


def turn_upright(words: Sequence[Word]) -> list[Word]:
    """Return the level words; where most are upright, as in a table that is drawn turned, all are turned."""
    long = [word for word in words if len(word.text) > 2]
    upright = [word for word in long if _is_upright(word)]
    if len(upright) <= len(long) / 2:
        return [word for word in words if not _is_upright(word)]
    upward = sum(after.bottom < before.bottom for before, after in pairwise(upright) if _share_line(before, after))
    downward = sum(after.bottom > before.bottom for before, after in pairwise(upright) if _share_line(before, after))
    return [_turn(word, upward >= downward) for word in words]


def _is_upright(word: Word) -> bool:
    """Return whether a word runs up or down the page; one of two signs can't be told."""
    high, wide, count = word.bottom - word.top, max(word.right - word.left, 0.1), len(word.text)
    return (count >= SHORT and high > TALL * wide) or (count >= LONG and high > wide * SLIM)


def _share_line(one: Word, other: Word) -> bool:
    return abs(one.left - other.left) < 1 and abs(one.right - other.right) < 1


def _turn(word: Word, upward: bool) -> Word:
    """Return a word as it is read with the page turned; lengths that grow to the left or upward are negative."""
    if upward:
        return replace(word, left=-word.bottom, right=-word.top, top=word.left, bottom=word.right)
    return replace(word, left=word.top, right=word.bottom, top=-word.right, bottom=-word.left)


def _strip(word: Word) -> Word:
    """Return a word without raised figures at its end, if they are not all of it."""
    text = word.text[: -word.raised] if 0 < word.raised < len(word.text) else word.text
    return replace(word, text=_RAISED.sub("", text), raised=0) if text != word.text or not text.isascii() else word


def _drop_marks(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words without those that are marks raised behind the word before them."""
    before: Word | None = None
    for word in words:
        small = before and word.size < 0.85 * before.size and MARK.fullmatch(word.text)
        close = before and -1 < word.left - before.right < 0.6 * before.size
        if before and small and close and word.bottom < before.bottom - 0.12 * before.size and middle(word) > before.top:
            continue
        before = word
        yield word


def _split_leader(word: Word) -> Iterator[Word]:
    """Yield the parts of a word around dots that lead from one to the other."""
    if len(word.text) < FEWEST_SPACED or not _LEADER.search(word.text):
        if not (len(word.text) > 2 and _DOTS.fullmatch(word.text)):
            yield word
        return
    step = (word.right - word.left) / len(word.text)
    place = 0
    for leader in [*_LEADER.finditer(word.text), None]:
        start, end = leader.span() if leader else (len(word.text), len(word.text))
        if start > place:
            left, right = word.left + place * step, word.left + start * step
            yield replace(word, text=word.text[place:start], left=left, right=right)
        place = end


def _join_spaced(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words, with runs of single signs that are evenly spaced joined."""
    held: list[Word] = []
    for word in words:
        if held and not (len(word.text) == 1 and _is_spaced(held[-1], word)):
            yield from _close_up(held)
            held = []
        if len(word.text) == 1:
            held.append(word)
        else:
            yield from _close_up(held)
            held = []
            yield word
    yield from _close_up(held)


def _is_spaced(before: Word, word: Word) -> bool:
    gap = word.left - before.right
    return abs(before.bottom - word.bottom) < 1 and 0 < gap < SPACED * word.size


def _close_up(signs: Sequence[Word]) -> Iterator[Word]:
    """Yield signs as words, parted where the white between them is wider than elsewhere."""
    text = "".join(sign.text for sign in signs)
    if not (_SPACED_CODE.match(text) or (text.isalpha() and len(text) > FEWEST_SPACED)):
        yield from signs
        return
    usual = median(after.left - before.right for before, after in pairwise(signs))
    held = [signs[0]]
    for before, sign in pairwise(signs):
        if sign.left - before.right > 1.6 * usual + 0.5:
            yield _glue(held)
            held = []
        held.append(sign)
    yield _glue(held)


def _glue(signs: Sequence[Word]) -> Word:
    return replace(signs[0], text="".join(sign.text for sign in signs), right=signs[-1].right)
