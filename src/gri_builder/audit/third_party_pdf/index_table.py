"""Rows of a content index: codes aligned below each other, and the words beside each, by column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.audit.pdf_reader.pdf_file import Page, Word
from gri_builder.audit.third_party_pdf.codes import CodeReader, WrittenCode

ALIGNED = 8.0
"""Tolerance in points for codes aligned below each other."""
FEWEST = 4
"""Codes below each other that make a column of an index."""
HEAD_ABOVE = 14.0
"""Points above a table's first row from which on words belong to it."""
GUTTER = 7.0
"""Points of white between two columns."""
NARROW = 2.5
"""Points of white before a code that is exactly below others."""
GAP = 4.0
"""Points between words of two columns, line below line."""
MANY = 0.15
"""Share of the lines that start a column after a gap."""
WIDE_WHITE = 2.2
"""Heights of a code from one line's top to the next one's, above which a table has ended."""
NEXT_LINE = 1.8
"""Heights of a code to the next line of its cell."""
UNDIVIDED = 0.7
"""Share of a table's width that a column of references alone does not take."""
FEW_CROSS = 0.04
"""Share of a column's lines that may run across its gutter."""
HEADS: Mapping[str, str] = {
    "page": r"page|pages|pg|página|páginas|seiten?|reference|referencia|referência|référence|response|location|"
    r"where|disclosed|answer|respuesta|fundstelle|verweis|link|section",
    "omission": r"omissions?|omisi[oó]n(?:es)?|omiss[aã]o|omissões|auslassung(?:en)?|comments?",
    "assurance": r"assurance|assured|verification|verificaci[oó]n|verificação|prüfung|geprüft|vérification",
}
"""Words that head the columns of an index."""
HEADING = re.compile(r"(?i)\S*DMAs?\s+(?:and|und|y|et|e|&)(?!\S|.*\d)")
"""The head of a column of codes ('DMA and indicators'), which is no row."""


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
    def left(self) -> float:
        """Left edge."""
        return self.words[0].left


class TableRow(Struct):
    """A row of an index."""

    code: WrittenCode
    page: int
    cells: dict[str, str] = field(default_factory=dict)
    """Texts by column: 'title', 'page', 'omission', 'assurance'."""
    top: float = 0.0
    """Upper edge of its code."""
    height: float = 0.0
    """Height of its code."""
    table: int = 0
    """Number of its table on the page, from 0."""
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Left, top, right and bottom of its words, in points from the page's upper left corner."""
    uncertain: str = ""
    """Why its reading is uncertain; empty where it is plain."""

    def found_below(self, other: TableRow) -> bool:
        """Return whether its code is the next line of the same cell."""
        return self.page == other.page and 0 < self.top - other.top < NEXT_LINE * self.height


class Anchor(Struct, frozen=True):
    """A code at the beginning of a row."""

    code: WrittenCode
    left: float
    right: float
    top: float
    bottom: float


def make_lines(words: Iterable[Word]) -> list[Line]:
    """Return words as lines, from the top; within a line from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.top + each.bottom, each.left)):
        middle = (word.top + word.bottom) / 2
        if lines and lines[-1][0].top <= middle <= lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda each: each.left))) for line in lines]


def join_codes(words: Sequence[Word], prefix: str) -> tuple[Word, ...]:
    """Return the words with codes made whole that are broken behind their prefix and go on directly below it."""
    heads = [word for word in words if word.text.upper() == prefix.upper() and not _follows(word, words)]
    joined: dict[Word, Word] = {}
    rests: set[Word] = set()
    for head in heads:
        height = head.bottom - head.top
        below = (w for w in words if abs(w.left - head.left) < height / 2 and 0 < w.top - head.top < 2 * height)
        rest = min(below, key=lambda word: word.top, default=None)
        if rest and rest.text[:1].isalnum():
            joined[head] = replace(head, text=head.text + rest.text, right=max(head.right, rest.right))
            rests.add(rest)
    return tuple(joined.get(word, word) for word in words if word not in rests) if joined else tuple(words)


def _follows(head: Word, words: Sequence[Word]) -> bool:
    """Return whether a word directly follows another on the same line."""
    reach = head.right + head.bottom - head.top
    return any(
        w.left >= head.right - 1 and w.left < reach and w.top < head.bottom and w.bottom > head.top for w in words
    )


def read_rows(page: Page, reader: CodeReader, fewest: int = FEWEST) -> list[TableRow]:
    """Return the rows of the index on a page, the left table before the right one.

    `fewest` are the codes below each other that make a column.
    """
    whole = join_codes(page.words, reader.prefix)
    columns = find_columns(whole, page.width, reader, fewest)
    rows: list[TableRow] = []
    for table, anchors in enumerate(columns):
        left, top, bottom = min(a.left for a in anchors) - 2, anchors[0].top, anchors[-1].top
        beside = [other for other in columns if other[0].left > anchors[0].left and _overlap(anchors, other)]
        below = [other[0].top - HEAD_ABOVE for other in columns if other[0].top > bottom]
        right = min((each.left for other in beside for each in other), default=page.width + 4) - 4
        end = max(min(below, default=page.height), bottom + 1)
        words = [word for word in whole if left <= word.left < right and top - 90 < word.top < end]
        rows.extend(replace(row, table=table) for row in _read_column(page, anchors, words))
    return rows


def _overlap(one: Sequence[Anchor], other: Sequence[Anchor]) -> bool:
    """Return whether two tables are side by side, not one below the other."""
    return other[0].top < one[-1].bottom and other[-1].bottom > one[0].top


def find_columns(words: Sequence[Word], width: float, reader: CodeReader, fewest: int = FEWEST) -> list[list[Anchor]]:
    """Return the codes that are aligned below each other, column by column from the left; `width` is the page's."""
    found = [anchor for line in make_lines(words) for anchor in _anchors(line, reader)]
    columns: list[list[Anchor]] = []
    for anchor in sorted(found, key=lambda each: each.left):
        near = next((c for c in columns if abs(c[0].left - anchor.left) <= ALIGNED), None)
        if near is None:
            columns.append([anchor])
        else:
            near.append(anchor)
    kept = [column for column in columns if len(column) >= fewest]
    for column in kept:
        column.extend(_squeezed(words, reader, column))
        column.sort(key=lambda each: each.top)
    return _merge(kept, width)


def _squeezed(words: Sequence[Word], reader: CodeReader, column: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield the codes exactly below those of a column that the text before them nearly touches."""
    lefts, tops = {round(each.left) for each in column}, {each.top for each in column}
    for line in make_lines(words):
        for anchor in _anchors(line, reader, NARROW):
            if round(anchor.left) in lefts and anchor.top not in tops:
                yield anchor


def _merge(columns: list[list[Anchor]], width: float) -> list[list[Anchor]]:
    """Return the columns, merging those closer together than a minimum table width."""
    merged: list[list[Anchor]] = []
    for column in columns:
        if merged and column[0].left - merged[-1][0].left < width * 0.18:
            merged[-1] = sorted([*merged[-1], *column], key=lambda each: each.top)
        else:
            merged.append(column)
    return merged


def _anchors(line: Line, reader: CodeReader, gutter: float = GUTTER) -> Iterator[Anchor]:
    """Yield the codes of a line that start a cell: at the left of the line, or after a gap."""
    for start, word in enumerate(line.words):
        before = line.words[start - 1] if start else None
        if before and word.left - before.right < gutter:
            continue
        text = " ".join(each.text for each in line.words[start : start + 4])
        first = next(iter(reader.find(text)), None)
        if first and first.start <= 1 and not HEADING.match(text):
            words = _covered(line.words[start:], first.end)
            yield Anchor(first, word.left, words[-1].right, word.top, word.bottom)


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


def _read_column(page: Page, anchors: list[Anchor], words: list[Word]) -> Iterator[TableRow]:
    """Yield the rows of one table; a row extends from its code down to the next one."""
    top = min(anchor.top for anchor in anchors)
    heads = [word for word in words if top - 90 < word.top < top - 1]
    body = [word for word in words if word.top >= top - 4]
    end = _end(body, anchors[-1])
    body = [word for word in body if word.top < end]
    columns = split_columns(body, max(a.right for a in anchors if a.right - a.left < 90) if anchors else 0)
    kinds = name_columns(columns, heads, body)
    for place, anchor in enumerate(anchors):
        below = anchors[place + 1].top - 3 if place + 1 < len(anchors) else end
        held = [w for w in body if anchor.top - 3 <= w.top < below and w.left >= anchor.left - 1]
        cells = _sort_by_columns(held, columns, kinds)
        if "title" not in kinds and columns:
            cells = _sort_by_gaps(held, (columns[0][0], columns[-1][1]))
        elif wide := _undivided(columns, kinds):
            cells |= _sort_by_gaps((w for w in held if (w.left + w.right) / 2 < wide[1]), wide)
        row = TableRow(anchor.code, page.number, top=anchor.top, height=anchor.bottom - anchor.top)
        right, bottom = (max((edge(word) for word in held), default=0.0) for edge in (_right, _bottom))
        row.box = (anchor.left, anchor.top, max(anchor.right, right), max(anchor.bottom, bottom))
        row.cells = {kind: "\n".join(line.text for line in make_lines(each)) for kind, each in cells.items()}
        yield row


def _right(word: Word) -> float:
    return word.right


def _bottom(word: Word) -> float:
    return word.bottom


def _undivided(columns: Sequence[tuple[float, float]], kinds: Sequence[str]) -> tuple[float, float] | None:
    """Return the column of references if it is so wide that it must hold the titles, too."""
    for kind, (left, right) in zip(kinds, columns, strict=True):
        if kind == "page" and right - left > UNDIVIDED * (columns[-1][1] - columns[0][0]):
            return left, right
    return None


def _sort_by_columns(
    words: Iterable[Word], columns: Sequence[tuple[float, float]], kinds: Sequence[str]
) -> dict[str, list[Word]]:
    """Return the words of a row by what their columns hold."""
    cells: dict[str, list[Word]] = {}
    for word in words:
        middle = (word.left + word.right) / 2
        for kind, (left, right) in zip(kinds, columns, strict=True):
            if left - 2 <= middle < right + 2:
                cells.setdefault(kind, []).append(word)
                break
    return cells


def _sort_by_gaps(words: Iterable[Word], column: tuple[float, float]) -> dict[str, list[Word]]:
    """Return the words of a row whose title and references run into each other's column, parted by gaps in lines."""
    left, right = column
    cells: dict[str, list[Word]] = {}
    for line in make_lines(word for word in words if (word.left + word.right) / 2 >= left - 2):
        kind = "title" if line.left < (left + right) / 2 else "page"
        for before, word in zip((None, *line.words), line.words, strict=False):
            if before and word.left - before.right >= GAP and word.left > left + (right - left) * 0.3:
                kind = "page"
            cells.setdefault(kind, []).append(word)
    return cells


def _end(body: list[Word], anchor: Anchor) -> float:
    """Return where the last row ends: at the first wide white below it."""
    below = sorted({word.top for word in body if word.top >= anchor.top})
    for one, other in pairwise(below):
        if other - one > WIDE_WHITE * (anchor.bottom - anchor.top):
            return other
    return float("inf")


def split_columns(words: list[Word], codes_end: float) -> list[tuple[float, float]]:
    """Return left and right of the columns behind the codes: where white runs down between words."""
    right = max((word.right for word in words), default=codes_end)
    lines = make_lines(words)
    allowed = int(len(lines) * FEW_CROSS)
    start, width = int(codes_end), int(right) - int(codes_end) + 2
    if width <= 0:
        return []
    crossed = [0] * width
    for word in words:
        for x in range(max(0, int(word.left) - start), min(width, int(word.right) + 1 - start)):
            crossed[x] += 1
    columns: list[tuple[float, float]] = []
    first: int | None = None
    white = 0
    for x, count in enumerate(crossed):
        if count > allowed:
            if first is None:
                first = x
            white = 0
        elif first is not None:
            white += 1
            if white >= GUTTER:
                columns.append((start + first, start + x - white + 1))
                first, white = None, 0
    if first is not None:
        columns.append((start + first, start + width))
    return [each for column in columns for each in _split_at_starts(column, lines)]


def _split_at_starts(column: tuple[float, float], lines: list[Line]) -> Iterator[tuple[float, float]]:
    """Yield the parts of a column, split where words of many lines start below each other after a gap."""
    left, right = column
    starts: list[float] = []
    for line in lines:
        for before, word in pairwise(line.words):
            if left < word.left < right - GUTTER and before.left >= left - 2 and word.left - before.right >= GAP:
                starts.append(word.left)
    for start in sorted(starts):
        near = [each for each in starts if abs(each - start) <= 2]
        if start > left + GUTTER and len(near) >= max(FEWEST - 1, len(lines) * MANY):
            yield left, start - 2
            left = start - 2
            break
    else:
        yield left, right
        return
    yield from _split_at_starts((left, right), lines)


def name_columns(columns: list[tuple[float, float]], heads: list[Word], body: list[Word]) -> list[str]:
    """Return the role of each column: by its head, else by its content."""
    kinds: list[str] = []
    said: dict[int, list[str]] = {}
    for word in heads if columns else ():
        nearest = min(range(len(columns)), key=lambda n: _distance(word, columns[n]))
        said.setdefault(nearest, []).append(word.text.lower())
    for place in range(len(columns)):
        head = " ".join(said.get(place, ()))
        kind = next((kind for kind, names in HEADS.items() if re.search(rf"\b(?:{names})\b", head)), "")
        kinds.append(kind)
    if "page" not in kinds and columns:
        shares = [_share_of_numbers(left, right, body) for left, right in columns]
        best = max(range(len(columns)), key=lambda n: (not kinds[n], shares[n]))
        kinds[best] = "page"
    return [kind or "title" for kind in kinds]


def _distance(word: Word, column: tuple[float, float]) -> float:
    """Return the distance of a word from a column."""
    return max(column[0] - word.right, word.left - column[1], 0.0)


def _share_of_numbers(left: float, right: float, body: list[Word]) -> float:
    inside = [word for word in body if left - 2 <= (word.left + word.right) / 2 < right + 2]
    numbers = sum(bool(re.fullmatch(r"[\d,;()–-]+", word.text)) for word in inside)
    return numbers / len(inside) if inside else 0.0
