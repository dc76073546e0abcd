"""Codes at the start of cells, aligned below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.codes import CodeReader, WrittenCode
from gri_builder.index_reading.index_tables.lines import SPACED, Line, make_lines
from gri_builder.pdf_reader.pdf_file import Word

ALIGNED = 8.0
"""Tolerance in points for codes aligned below each other by their left edges."""
CENTERED = 4.0
"""The same for codes that are aligned by their middles or right edges."""
FEWEST = 4
"""Codes below each other that make a column of an index."""
GUTTER = 7.0
"""Points of white between two columns."""
NARROW = 2.5
"""Points of white before a code that is exactly below others."""
PRINTED_OVER = 3.0
"""Points by which a word is over another one that is not of its line, but of a foot below the table."""
CLOSE = 0.18
"""Share of a page's width that is between the codes of two tables at least."""
SAME_LINE, BESIDE = 6.0, 0.5
"""Points between the middles of what is in one line, and the share of pages that are in lines with codes."""
LONGEST = 90.0
"""Points that a column of codes is wide at most."""
HEADING = re.compile(r"(?i)\S*DMAs?\s+(?:and|und|y|et|e|&)(?!\S|.*\d)")
"""The head of a column of codes ('DMA and indicators'), which is no row."""
_JOINED = re.compile(r"(?i)\s*(?:[,;/&+]|-|\u2013|and|und|y|e|et|en|och|to|bis|a)?\s*")
"""What is between two codes of one cell."""


class Anchor(Struct, frozen=True):
    """A code at the start of a cell."""

    code: WrittenCode
    left: float
    right: float
    top: float
    bottom: float
    further: tuple[WrittenCode, ...] = ()
    """Codes that follow it directly, in the same cell."""
    open: bool = False
    """Whether a sign behind it says that the cell continues with another code."""

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.top + self.bottom) / 2


def join_codes(words: Sequence[Word], prefix: str) -> tuple[Word, ...]:
    """Return the words with codes made whole that are broken behind their prefix and continue directly below it."""
    heads = [word for word in words if word.text.upper() == prefix.upper() and not _follows(word, words)]
    joined: dict[Word, Word] = {}
    rests: set[Word] = set()
    for head in heads:
        height = head.bottom - head.top
        below = (w for w in words if abs(w.left - head.left) < height / 2 and 0 < w.top - head.top < 2 * height)
        rest = min(below, key=lambda word: word.top, default=None)
        if rest and rest.text[:1].isalnum():
            whole = _read_spaced(rest, words)
            text = head.text + "".join(word.text for word in whole)
            joined[head] = replace(head, text=text, right=max(head.right, whole[-1].right))
            rests.update(whole)
    return tuple(joined.get(word, word) for word in words if word not in rests) if joined else tuple(words)


def _read_spaced(first: Word, words: Sequence[Word]) -> list[Word]:
    """Return a word with those of one sign that follow it in spaced letters."""
    held = [first]
    line = sorted((w for w in words if abs(w.top - first.top) < 1 and w.left > first.left), key=lambda each: each.left)
    for word in line:
        if len(first.text) > 1 or len(word.text) > 1 or word.left - held[-1].right > SPACED * word.size:
            break
        held.append(word)
    return held


def _follows(head: Word, words: Sequence[Word]) -> bool:
    """Return whether a word directly follows another on the same line."""
    reach = head.right + head.bottom - head.top
    return any(
        w.left >= head.right - 1 and w.left < reach and w.top < head.bottom and w.bottom > head.top for w in words
    )


def find_columns(words: Sequence[Word], width: float, reader: CodeReader, fewest: int = FEWEST) -> list[list[Anchor]]:
    """Return the codes that are aligned below each other, column by column from the left; `width` is the page's."""
    lines = make_lines(words)
    columns: list[list[Anchor]] = []
    for anchor in sorted((a for line in lines for a in _anchors(line, reader)), key=lambda each: each.left):
        near = next((column for column in columns if _is_aligned(column, anchor)), None)
        if near is None:
            columns.append([anchor])
        else:
            near.append(anchor)
    kept = _drop_pages([column for column in columns if len(column) >= fewest])
    for column in kept:
        column.extend(_squeezed(lines, reader, column))
        column.sort(key=lambda each: each.top)
    return _merge(kept, width)


def _drop_pages(columns: list[list[Anchor]]) -> list[list[Anchor]]:
    """Return the columns without those of pages that resemble codes: other codes in their lines are better in order."""
    return [
        column
        for column in columns
        if not all(anchor.code.resembles_pages for anchor in column)
        or not any(_is_beside(column, other) for other in columns if other is not column)
    ]


def _is_beside(pages: Sequence[Anchor], codes: Sequence[Anchor]) -> bool:
    """Return whether a column that may be one of pages is beside one of codes."""
    tops = [anchor.middle for anchor in codes]
    beside = [anchor for anchor in pages if any(abs(anchor.middle - top) < SAME_LINE for top in tops)]
    if len(beside) < BESIDE * len(pages):
        return False
    sure = any(not anchor.code.resembles_pages for anchor in codes)
    return sure or _share_in_order(codes) > _share_in_order(pages)


def _share_in_order(column: Sequence[Anchor]) -> float:
    """Return the share of codes that follow lower ones."""
    numbers = [
        tuple(map(int, re.findall(r"\d+", anchor.code.code))) for anchor in sorted(column, key=lambda each: each.top)
    ]
    return sum(one < other for one, other in pairwise(numbers)) / max(len(numbers) - 1, 1)


def _is_aligned(column: Sequence[Anchor], anchor: Anchor) -> bool:
    """Return whether a code is below others: by left edge, middle or right edge."""
    first = column[0]
    return (
        abs(first.left - anchor.left) <= ALIGNED
        or abs(first.left + first.right - anchor.left - anchor.right) <= CENTERED
        or abs(first.right - anchor.right) <= CENTERED / 2
    )


def _squeezed(lines: Sequence[Line], reader: CodeReader, column: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield the codes exactly below those of a column that the text before them nearly touches."""
    lefts, tops = {round(each.left) for each in column}, {each.top for each in column}
    for line in lines:
        for anchor in _anchors(line, reader, NARROW):
            if round(anchor.left) in lefts and anchor.top not in tops:
                yield anchor


def _merge(columns: list[list[Anchor]], width: float) -> list[list[Anchor]]:
    """Return the columns, merging those closer together than a minimum table width."""
    merged: list[list[Anchor]] = []
    for column in columns:
        if merged and column[0].left - merged[-1][0].left < width * CLOSE:
            merged[-1] = sorted([*merged[-1], *column], key=lambda each: each.top)
        else:
            merged.append(column)
    return merged


def _anchors(line: Line, reader: CodeReader, gutter: float = GUTTER) -> Iterator[Anchor]:
    """Yield the codes of a line that start a cell: at the left of the line, or after a gap."""
    for start, word in enumerate(line.words):
        before = line.words[start - 1] if start else None
        if before and -PRINTED_OVER < word.left - before.right < gutter:
            continue
        text = _cell_text(line.words[start : start + 8])
        found = list(reader.find(text))
        if found and found[0].start <= 1 and not HEADING.match(text):
            yield _make_anchor(line.words[start:], text, found)


def _cell_text(words: Sequence[Word]) -> str:
    """Return words up to the next column."""
    held = [words[0]]
    for word in words[1:]:
        if word.left - held[-1].right >= GUTTER * 1.5:
            break
        held.append(word)
    return " ".join(word.text for word in held)


def _make_anchor(words: Sequence[Word], text: str, found: Sequence[WrittenCode]) -> Anchor:
    first, end = found[0], found[0].end
    further: list[WrittenCode] = []
    for code in found[1:]:
        between = text[end : code.start] if code.start >= end else ""
        if not _JOINED.fullmatch(between) or not (code.known and first.known):
            break
        if code.code != first.code:
            further.append(code)
        end = max(end, code.end)
    covered = _covered(words, end)
    rest = text[end:].strip()
    return Anchor(
        first,
        words[0].left,
        covered[-1].right,
        words[0].top,
        words[0].bottom,
        tuple(further),
        rest in {"/", ",", "&", "+", ";", "and", "und", "y", "et", "e", "en", "och"} or covered[-1].text.endswith("/"),
    )


def _covered(words: Sequence[Word], end: int) -> list[Word]:
    """Return the words that hold the first `end` characters of their text."""
    held: list[Word] = []
    length = 0
    for word in words:
        if held and length >= end:
            break
        held.append(word)
        length += len(word.text) + 1
    return held
