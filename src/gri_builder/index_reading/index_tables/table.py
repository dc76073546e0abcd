"""Tables of codes on a page, each with its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.index_reading.codes import CodeReader, WrittenCode
from gri_builder.index_reading.index_tables.anchors import FEWEST, LONGEST, Anchor, find_columns, join_codes
from gri_builder.index_reading.index_tables.cells import Frame, assign
from gri_builder.index_reading.index_tables.columns import (
    FEW_CROSS,
    Column,
    find_edges,
    place_words,
    split_columns,
)
from gri_builder.index_reading.index_tables.heads import (
    ABOVE,
    Head,
    carry,
    find_head,
    is_repeated,
    name_columns,
)
from gri_builder.index_reading.index_tables.joined_columns import part_by_known
from gri_builder.index_reading.index_tables.lines import Line, as_text, clean_words, make_lines, middle
from gri_builder.index_reading.index_tables.loose_rows import find_wide, sort_by_gaps
from gri_builder.index_reading.index_tables.regions import Region, find_regions
from gri_builder.index_reading.index_tables.rules import read_rules
from gri_builder.index_reading.index_tables.sheets import make_sheet
from gri_builder.pdf_reader.pdf_file import Page, Word

REACH = 60.0
"""Points above its first code in which a table's first row starts."""
HALF = 0.5
NEIGHBOUR = 2
"""Pages to the last one on which a table may continue."""
MOST_ABOVE = 2
"""Codes in the heading above a table."""
WIDE_WHITE = 2.2
"""Heights of a code from one line's top to the next one's, above which a table has ended."""
GUTTER = 7.0
"""Points of white between a heading and what is beside it."""
STANDARD = re.compile(r"GRI[\s-]?\d{1,3}\s?[:–-]\s?[^\W\d]")
"""Start of the name of a Standard."""


class TableRow(Struct):
    """A row of an index."""

    code: WrittenCode
    page: int
    cells: dict[str, str] = field(default_factory=dict)
    """Texts by what their column holds: 'title', 'page', 'page:HEAD' for a column of pages whose head names a
    document, 'comment', 'omission', 'reason', 'explanation', 'assurance', 'place' beside pages, 'cross'."""
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
        return self.page == other.page and 0 < self.top - other.top < 1.8 * self.height


class Table(Struct):
    """A table of codes on a page."""

    page: int
    number: int
    columns: tuple[Column, ...]
    """Left and right edges of its columns beside the codes."""
    kinds: tuple[str, ...]
    """What the cells of each column are called."""
    codes: Column
    rows: list[TableRow]
    head: Head | None = None
    """Its head on this page; None where it has none that is known."""

    @property
    def filled(self) -> float:
        """Share of its rows that hold more than a code."""
        return sum(bool(row.cells) for row in self.rows) / len(self.rows) if self.rows else 0.0


class TableReader(Struct):
    """Reads the tables of pages one after the other, and keeps in mind how those before were laid out."""

    codes: CodeReader
    tables: list[Table] = field(default_factory=list)
    """Those read so far."""

    def read(self, page: Page, fewest: int = FEWEST) -> list[Table]:
        """Return the tables of a page, the left one before the right one.

        `fewest` are the codes below each other that make a column.
        """
        sheet = make_sheet(page)
        words = join_codes(clean_words(sheet.words), self.codes.prefix)
        anchors = find_columns(words, sheet.width, self.codes, fewest)
        if not anchors:
            return []
        rules = read_rules(sheet.edges, words)
        regions = find_regions(anchors, words, rules, sheet.width, sheet.height)
        before = [table for table in reversed(self.tables) if 0 < page.number - table.page <= NEIGHBOUR]
        tables: list[Table] = []
        for number, region in enumerate(regions):
            tables.append(_read_table(page.number, number, region, [*reversed(tables), *before]))
        self.tables += tables
        return tables


def _read_table(page: int, number: int, region: Region, before: Sequence[Table]) -> Table:
    """Return the table of a region; `before` are those read before it, the nearest first."""
    region = _drop_above_head(region)
    anchors, codes = region.anchors, _code_column(region.anchors)
    end = _find_end(region, codes)
    body = [word for word in region.words if anchors[0].top - 4 <= word.top < end]
    columns, kept = _find_columns(region, body, codes, before)
    head = find_head(region.words, columns, codes, _find_top(region, codes)) if columns else None
    columns = list(head.columns) if head else columns
    kinds = (None if head else kept) or name_columns(head, columns, body)
    frame, words = _make_frame(region, columns, codes, head, end)
    cells = assign(frame, place_words(words, columns))
    rows = [
        row
        for anchor, held in zip(anchors, cells, strict=True)
        for row in _make_rows(page, number, anchor, held, columns, kinds)
    ]
    return Table(page, number, tuple(columns), tuple(kinds), codes, rows, head)


def _drop_above_head(region: Region) -> Region:
    """Return a region without codes above the head of its table, which is in a heading then."""
    for first in range(min(MOST_ABOVE, len(region.anchors) - FEWEST), 0, -1):
        anchors = region.anchors[first:]
        codes, end = _code_column(anchors), _find_end(region, _code_column(anchors))
        body = [word for word in region.words if anchors[0].top - 4 <= word.top < end]
        columns, _ = _find_columns(replace(region, anchors=anchors), body, codes, ())
        head = find_head(region.words, columns, codes, anchors[0].top) if columns else None
        if head and head.known > 1 and head.top > region.anchors[first - 1].middle:
            return replace(region, anchors=anchors)
    return region


def _code_column(anchors: Sequence[Anchor]) -> Column:
    """Return left and right edge of the codes."""
    rights = [anchor.right for anchor in anchors if anchor.right - anchor.left < LONGEST]
    left = min(anchor.left for anchor in anchors)
    return left, max(rights, default=left + LONGEST)


def _find_top(region: Region, codes: Column) -> float:
    """Return where the first row starts: at a line drawn above it in a table with lines, or where its code does."""
    first = region.anchors[0]
    lines = region.rules.across(*codes)
    above = [at for at in lines if first.top - REACH < at < first.middle]
    return above[-1] + 0.5 if above and len(lines) >= len(region.anchors) * HALF else first.top


def _find_end(region: Region, codes: Column) -> float:
    """Return where the last row ends: at a line drawn below it, or at the first wide white."""
    last = region.anchors[-1]
    lines = [at for at in region.rules.across(*codes) if at > last.middle]
    below = sorted({word.top for word in region.words if word.top >= last.top})
    whites = (other for one, other in pairwise(below) if other - one > WIDE_WHITE * (last.bottom - last.top))
    white = next(whites, region.bottom)
    first = [at for at in region.rules.across(*codes) if region.anchors[0].top - ABOVE < at < last.middle]
    ruled = len(first) >= len(region.anchors) * HALF
    return min(lines[0], region.bottom) if lines and (ruled or lines[0] < white) else white


def _find_columns(
    region: Region, body: Sequence[Word], codes: Column, before: Sequence[Table]
) -> tuple[list[Column], list[str] | None]:
    """Return the columns of a table, and what they hold by the part of it read before."""
    edges = find_edges(region.rules, body, region.anchors[0].top, region.anchors[-1].bottom)
    columns = [
        *split_columns([word for word in body if word.right <= codes[0] + 1], region.left, codes[0] - 1, edges),
        *split_columns([word for word in body if word.left >= codes[0]], codes[1], region.right, edges),
    ]
    for table in before:
        shift = codes[0] - table.codes[0]
        known = {
            (left + shift, right + shift): kind for (left, right), kind in zip(table.columns, table.kinds, strict=True)
        }
        if len(region.anchors) < FEWEST and _fits(known, columns, body):
            return list(known), list(known.values())
        parted = part_by_known(columns, list(known), body)
        if kinds := carry(known, parted):
            return parted, kinds
    return columns, None


def _fits(known: Iterable[Column], columns: Sequence[Column], body: Sequence[Word]) -> bool:
    """Return whether few words run over the edges of the columns of a table read before."""
    crossing = sum(any(word.left < left - 2 < word.right - 4 for left, _ in known) for word in body)
    return bool(columns) and crossing <= len(body) * FEW_CROSS


def _make_frame(
    region: Region, columns: Sequence[Column], codes: Column, head: Head | None, end: float
) -> tuple[Frame, list[Word]]:
    """Return what is known of a table, and the words of its rows: without head, codes and headings."""
    anchors = region.anchors
    top = max(head.bottom - 1 if head else 0.0, anchors[0].top - REACH)
    words = [word for word in region.words if top <= middle(word) and word.top < end]
    headings = list(_find_headings(anchors, words, codes))
    dropped = {word for line in headings for word in line.words}
    if head:
        dropped |= head.words
        dropped |= {word for line in make_lines(words) if is_repeated(line, head) for word in line.words}
    walls = [(line.top + line.bottom) / 2 for line in headings if line.top > anchors[0].bottom]
    frame = Frame(anchors, columns, codes, region.rules, top, max(end, anchors[-1].bottom), walls)
    return frame, [word for word in words if word not in dropped]


def _find_headings(anchors: Sequence[Anchor], words: Sequence[Word], codes: Column) -> Iterator[Line]:
    """Yield the headings between rows: words that start where codes do, or a Standard's name, in a line without a code.

    Where most codes have such a line below them, it is their title.
    """
    starts = [line for line in make_lines(words) if not any(_is_beside(line, anchor) for anchor in anchors)]
    parts = [part for line in starts for part in line.split(GUTTER) if codes[0] - 3 <= part.left < codes[1] - 3]
    if len(parts) < len(anchors) * HALF:
        yield from parts
    yield from (line for line in starts if STANDARD.match(line.text) and len([*line.split(GUTTER)]) == 1)


def _is_beside(line: Line, anchor: Anchor) -> bool:
    return line.top < anchor.middle < line.bottom


def _make_rows(
    page: int,
    number: int,
    anchor: Anchor,
    held: Mapping[int, Sequence[Word]],
    columns: Sequence[Column],
    kinds: Sequence[str],
) -> Iterator[TableRow]:
    """Yield the rows of the codes of a cell."""
    inside = [word for words in held.values() for word in words]
    cells = _read_cells(held, columns, kinds, anchor.right)
    right = max((word.right for word in inside), default=0.0)
    bottom = max((word.bottom for word in inside), default=0.0)
    box = (anchor.left, anchor.top, max(anchor.right, right), max(anchor.bottom, bottom))
    for code in (anchor.code, *anchor.further):
        yield TableRow(code, page, dict(cells), anchor.top, anchor.bottom - anchor.top, number, box)


def _read_cells(
    held: Mapping[int, Sequence[Word]], columns: Sequence[Column], kinds: Sequence[str], codes: float
) -> dict[str, str]:
    """Return the texts of a row by what its columns hold; `codes` is where its code ends."""
    titled = any(kinds[n] == "title" and words and columns[n][0] > codes - GUTTER for n, words in held.items())
    wide = None if titled else find_wide(columns, kinds)
    texts: dict[str, list[str]] = {}
    for number, words in sorted(held.items()):
        parted = wide is not None and columns[number] == wide
        cells = sort_by_gaps(words, columns[number]) if parted else {kinds[number]: as_text(words)}
        for kind, text in cells.items():
            texts.setdefault(kind, []).append(text)
    return {kind: "\n".join(parts) for kind, parts in texts.items()}
