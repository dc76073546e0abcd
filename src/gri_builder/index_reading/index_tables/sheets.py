"""Pages as their tables are read: those on which a table is drawn turned are turned first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.pdf_reader.pdf_file import Page, Word

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
SHORT, TALL, LONG, SLIM = 3, 2.0, 5, 1.2
"""Signs of a word that is turned, and how much higher than wide it is: a short word, and a longer one."""


class Sheet(Struct, frozen=True):
    """Words and drawn edges of a page with level text."""

    words: tuple[Word, ...]
    edges: tuple[Box, ...]
    width: float
    height: float


def make_sheet(page: Page) -> Sheet:
    """Return a page without upright words; where most are upright, it is turned, and they are level."""
    long = [word for word in page.words if len(word.text) >= LONG]
    upright = [word for word in long if _is_upright(word)]
    if len(upright) <= len(long) / 2:
        words = tuple(word for word in page.words if not _is_upright(word))
        return Sheet(words, page.edges, page.width, page.height)
    upward = _runs_upward(upright)
    turned = tuple(_turn_word(word, upward, page) for word in page.words)
    edges = tuple(_turn(edge, upward, page) for edge in page.edges)
    return Sheet(turned, edges, page.height, page.width)


def _is_upright(word: Word) -> bool:
    """Return whether a word runs up or down the page; that of two signs is not known."""
    high, wide, count = word.bottom - word.top, max(word.right - word.left, 0.1), len(word.text)
    return (count >= SHORT and high > TALL * wide) or (count >= LONG and high > wide * SLIM)


def _runs_upward(words: Sequence[Word]) -> bool:
    """Return whether upright words follow each other from the foot of the page to its head."""
    pairs = [
        (before, after)
        for before, after in pairwise(words)
        if abs(before.left - after.left) < 1 and abs(before.right - after.right) < 1
    ]
    upward = sum(after.bottom < before.bottom for before, after in pairs)
    return 2 * upward >= len(pairs)


def _turn_word(word: Word, upward: bool, page: Page) -> Word:
    left, top, right, bottom = _turn((word.left, word.top, word.right, word.bottom), upward, page)
    return replace(word, left=left, top=top, right=right, bottom=bottom, raised=0)


def _turn(box: Box, upward: bool, page: Page) -> Box:
    """Return a box as it is with the page turned by a right angle."""
    left, top, right, bottom = box
    if upward:
        return page.height - bottom, left, page.height - top, right
    return top, page.width - right, bottom, page.width - left
