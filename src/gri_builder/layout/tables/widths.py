"""Widths of a table's columns: by content, and in less room by what may be broken in them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.layout.tables.rows import PlacedCell, Row
from gri_builder.typesetting.line_breaking import hyphenated_width, natural_widths

NUMBER_COLUMN = 62
"""Preferred width of a column of numbers."""
MAX_FILLED = 520
"""Width that a table is enlarged to at most: further apart, the eye loses the row."""
LEAST_COLUMN = 16.0
"""Width of a column whose words are broken at any character."""


class ColumnWidths(Struct):
    """Widths of columns with their padding, in points, each larger than the one before."""

    floor: list[float]
    """In which numbers are whole, and words are broken anywhere."""
    hyphenated: list[float]
    """In which words are broken at hyphens."""
    whole: list[float]
    """In which words are whole."""
    natural: list[float]
    """In which nothing is broken into lines."""

    @property
    def all(self) -> tuple[list[float], ...]:
        """The four widths of each column."""
        return (self.floor, self.hyphenated, self.whole, self.natural)


def measure_columns(rows: Sequence[Row], pad: float) -> ColumnWidths:
    """Return the widths that the cells of the rows need, with `pad` points on both sides."""
    count = max((c.column + c.cell.columns for row in rows for c in row.cells), default=0)
    widths = ColumnWidths([0.0] * count, [0.0] * count, [0.0] * count, [0.0] * count)
    spanning: list[PlacedCell] = []
    for row in rows:
        for cell in row.cells:
            if cell.cell.columns == 1:
                for columns, needed in zip(widths.all, _cell_widths(cell, pad), strict=True):
                    columns[cell.column] = max(columns[cell.column], needed)
            elif not row.group:
                spanning.append(cell)
    for cell in spanning:
        _widen(widths, cell, pad)
    return widths


def _widen(widths: ColumnWidths, cell: PlacedCell, pad: float) -> None:
    """Widen the columns that a cell spans evenly, until they hold it."""
    span = range(cell.column, cell.column + cell.cell.columns)
    for columns, needed in zip(widths.all, _cell_widths(cell, pad), strict=True):
        missing = needed - sum(columns[column] for column in span)
        for column in span:
            columns[column] += max(0.0, missing) / len(span)


def _cell_widths(cell: PlacedCell, pad: float) -> tuple[float, float, float, float]:
    """Return the four widths that a cell needs."""
    language = cell.text.language
    floor = hyphenated = whole = natural = 0.0
    for words in cell.words:
        low, high = natural_widths(words)
        whole, natural = max(whole, low), max(natural, high)
        for word in words:
            if word.solid:
                floor = max(floor, word.width)
            hyphenated = max(hyphenated, hyphenated_width(word, language))
    floor = max(floor, min(LEAST_COLUMN, whole), cell.number_width) + 2 * pad
    hyphenated = max(floor, min(hyphenated, whole) + 2 * pad)
    whole = max(hyphenated, whole + 2 * pad)
    return floor, hyphenated, whole, max(whole, natural + 2 * pad)


def fit_columns(widths: ColumnWidths, width: float, grows: Sequence[bool]) -> list[float]:
    """Return widths that add up to `width`; columns of text grow before those of numbers."""
    most = [max(low, min(high, 1.5 * width)) for low, high in zip(widths.whole, widths.natural, strict=True)]
    if sum(most) <= width:
        return _spread(most, width, grows)
    for least, more in ((widths.whole, most), (widths.hyphenated, widths.whole), (widths.floor, widths.hyphenated)):
        if sum(least) <= width:
            return _between(least, more, width)
    return [low * width / sum(widths.floor) for low in widths.floor]


def _between(least: Sequence[float], most: Sequence[float], width: float) -> list[float]:
    """Return widths between two others, so that columns with more to gain get more."""
    wish = [max(0.0, high - low) ** 0.75 for low, high in zip(least, most, strict=True)]
    share = (width - sum(least)) / (sum(wish) or 1.0)
    return [low + share * w for low, w in zip(least, wish, strict=True)]


def _spread(most: list[float], width: float, grows: Sequence[bool]) -> list[float]:
    """Return the natural widths enlarged to fill `width`: first columns of numbers, then columns of text."""
    if not sum(most):
        return [width / len(most)] * len(most)
    width = max(sum(most), min(width, MAX_FILLED))
    extra = width - sum(most)
    airy = [high if grow else max(high, NUMBER_COLUMN) for high, grow in zip(most, grows, strict=True)]
    if sum(airy) > width:
        airy = [high + extra / len(most) for high in most]
    growing = [high if grow or not any(grows) else 0.0 for high, grow in zip(airy, grows, strict=True)]
    return [high + (width - sum(airy)) * g / sum(growing) for high, g in zip(airy, growing, strict=True)]
