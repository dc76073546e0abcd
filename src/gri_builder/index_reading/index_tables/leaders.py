"""Dots that lead from one column to the next: within a word, or as words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gri_builder.pdf_reader.pdf_file import Word

SHORTEST = 4
"""Signs of a word that can hold a leader."""
SPACED = 1.5
"""Sizes of a font that are between the dots of a leader at most."""
FEWEST = 3
"""Words of dots that make a leader; fewer are signs of a sentence."""
_LEADER = re.compile(r"(?:[.\u2024\u00b7_\u2026]\s?){4,}|\u2026{2,}")
_DOTS = re.compile(r"[.\u2024\u00b7_\u2026]+")
_GLUED = re.compile(r"[.\u2024\u00b7_\u2026]+(?=[^\W_]|[(\u2013\u2014-])")
"""Dots at the start of the word to which they lead."""


def drop_leaders(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words without the dots that lead from one to the other, in their order."""
    for word in _drop_spaced(words):
        yield from _split_word(word)


def _drop_spaced(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words without leaders of spaced dots, nor their last dots in the word behind them."""
    held: list[Word] = []
    for word in words:
        follows = bool(held) and _follows(held[-1], word)
        if _DOTS.fullmatch(word.text) and (follows or not held):
            held.append(word)
            continue
        if len(held) < FEWEST:
            yield from held
        leads = follows and len(held) >= FEWEST - 1
        held = [word] if _DOTS.fullmatch(word.text) else []
        if not held:
            yield _without_dots(word) if leads else word
    if len(held) < FEWEST:
        yield from held


def _follows(before: Word, word: Word) -> bool:
    """Return whether a word is the next one of a line."""
    return abs(before.bottom - word.bottom) < word.size / 2 and -1 < word.left - before.right < SPACED * word.size


def _without_dots(word: Word) -> Word:
    found = _GLUED.match(word.text)
    if not found:
        return word
    share = found.end() / len(word.text)
    return replace(word, text=word.text[found.end() :], left=word.left + share * (word.right - word.left))


def _split_word(word: Word) -> Iterator[Word]:
    """Yield the parts of a word around dots that lead from one to the other."""
    if len(word.text) < SHORTEST or not _LEADER.search(word.text):
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
