"""Words side by side, and words as tables need them: without marks of footnotes and leaders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.index_tables.leaders import drop_leaders
from gri_builder.pdf_reader.pdf_file import Word

_RAISED = re.compile(r"(?<=\w)[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,9}$")
"""Raised figures at the end of a word."""
_SPACED_CODE = re.compile(r"[A-Z]\d[-\u2013\u2010\u2011](?:[A-Z]{1,3}\d{1,2}|\d{1,2}|[A-Z]{3})")
"""A code in spaced letters, as opposed to a list of numbers with words of one letter ('5 a 6')."""
_SPACED_PREFIX = re.compile(r"[A-Z]\d[-\u2013\u2010\u2011]")
"""The start of such a code, each sign a word, of which the rest is in the next line."""
SPACED = 0.8
"""Sizes of a font that are between the letters of a word in spaced letters at most."""
FEWEST_SPACED, MOST_SPACED = 4, 9
SHORT = 3
"""Signs of a part of a code in spaced letters."""
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

    Leaders and marks of footnotes are left out; words in spaced letters are joined.
    """
    plain = [word for word in drop_leaders([_strip(word) for word in _drop_marks(words)]) if word.text]
    return tuple(_join_spaced(plain))


def _strip(word: Word) -> Word:
    """Return a word without raised figures at its end, if they are not all of it."""
    text = word.text[: -word.raised] if 0 < word.raised < len(word.text) else word.text
    return replace(word, text=_RAISED.sub("", text), raised=0) if text != word.text or not text.isascii() else word


def _drop_marks(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words without those that are marks raised behind the word before them."""
    before: Word | None = None
    for word in words:
        if not (before and _is_mark(word, before)):
            before = word
            yield word


def _is_mark(word: Word, before: Word) -> bool:
    """Return whether a word is small, and raised directly behind another one."""
    close = -1 < word.left - before.right < 0.6 * before.size
    raised = word.bottom < before.bottom - 0.12 * before.size and middle(word) > before.top
    return close and raised and word.size < 0.85 * before.size and bool(MARK.fullmatch(word.text))


def _join_spaced(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words, with codes and words in spaced letters joined."""
    place = 0
    while place < len(words):
        count = _count_code(words[place : place + MOST_SPACED])
        run = 1
        while not count and len(words[place + run - 1].text) == 1 and place + run < len(words):
            if len(words[place + run].text) != 1 or not _is_spaced(words[place + run - 1], words[place + run]):
                break
            run += 1
        if count:
            yield _glue(words[place : place + count])
        else:
            yield from _close_up(words[place : place + run])
        place += count or run


def _count_code(words: Sequence[Word]) -> int:
    """Return how many words, each of few signs, are a code in spaced letters; 0 if they are none."""
    if not words or len(words[0].text) > 2 or not words[0].text[0].isupper():
        return 0
    text, found = words[0].text, 0
    for count, (before, word) in enumerate(pairwise(words), 2):
        if len(word.text) > SHORT or not _is_spaced(before, word):
            break
        text += word.text
        if _SPACED_CODE.fullmatch(text) or (count == len(text) and _SPACED_PREFIX.fullmatch(text)):
            found = count
    return found


def _is_spaced(before: Word, word: Word) -> bool:
    gap = word.left - before.right
    return abs(before.bottom - word.bottom) < 1 and 0 < gap < SPACED * word.size


def _close_up(signs: Sequence[Word]) -> Iterator[Word]:
    """Yield signs as words, parted where the white between them is wider than elsewhere."""
    text = "".join(sign.text for sign in signs)
    if not text.isalpha() or len(signs) < FEWEST_SPACED:
        yield from signs
        return
    common = median(after.left - before.right for before, after in pairwise(signs))
    held = [signs[0]]
    for before, sign in pairwise(signs):
        if sign.left - before.right > 1.6 * common + 0.5:
            yield _glue(held)
            held = []
        held.append(sign)
    yield _glue(held)


def _glue(signs: Sequence[Word]) -> Word:
    return replace(signs[0], text="".join(sign.text for sign in signs), right=signs[-1].right)
