"""Where tables are on a page: from their codes to the left and right as far as they go, and down to the next one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.index_reading.index_tables.anchors import Anchor
from gri_builder.index_reading.index_tables.lines import center, middle
from gri_builder.index_reading.index_tables.rules import Rules
from gri_builder.pdf_reader.pdf_file import Word

HEAD_ABOVE = 14.0
"""Points above a table's first row from which on words belong to it and not to the one above."""
ABOVE = 92.0
"""Points above its first code in which its head, or the start of a high row, is."""
BEFORE = 0.3
"""Share of the codes with words before them, in a table whose codes are not its first column."""
FEWEST = 3
FARTHER = 25.0
"""Points from which on lines drawn before the codes show a column there."""
LEVEL = 0.4
"""Heights of a code by which words on its line may be higher or lower."""


class Region(Struct, frozen=True):
    """A part of a page with one table."""

    anchors: Sequence[Anchor]
    words: tuple[Word, ...]
    left: float
    right: float
    bottom: float
    rules: Rules


def find_regions(
    columns: Sequence[Sequence[Anchor]], words: Sequence[Word], rules: Rules, width: float, height: float
) -> list[Region]:
    """Return the region of each column of codes, from the left."""
    regions: list[Region] = []
    for anchors in columns:
        left, right = _find_sides(anchors, columns, words, rules, width)
        below = [other[0].top - HEAD_ABOVE for other in columns if other[0].top > anchors[-1].top]
        bottom = max(min(below, default=height), anchors[-1].top + 1)
        top = anchors[0].top - ABOVE
        held = tuple(word for word in words if left <= center(word) < right and top < word.top < bottom)
        regions.append(Region(anchors, held, left, right, bottom, rules.within(left, right, top, bottom)))
    return regions


def _find_sides(
    anchors: Sequence[Anchor],
    columns: Sequence[Sequence[Anchor]],
    words: Sequence[Word],
    rules: Rules,
    width: float,
) -> tuple[float, float]:
    """Return where a table starts and ends across the page."""
    beside = [other for other in columns if other is not anchors and _overlap(anchors, other)]
    before = [other for other in beside if other[0].left < anchors[0].left]
    behind = [other for other in beside if other[0].left > anchors[0].left]
    wide = bool(before or behind) and _has_columns_before(beside[0] if before else anchors, 0.0, words, rules)
    left, right = 0.0, width + 1
    if before:
        left = _part(max(before, key=_left), anchors, words, rules, wide)
    if behind:
        right = _part(anchors, min(behind, key=_left), words, rules, wide)
    if not _has_columns_before(anchors, left, words, rules):
        left = _left(anchors) - 2
    return left, right


def _left(anchors: Sequence[Anchor]) -> float:
    return min(anchor.left for anchor in anchors)


def _overlap(one: Sequence[Anchor], other: Sequence[Anchor]) -> bool:
    """Return whether two tables are side by side, not one below the other."""
    return other[0].top < one[-1].bottom and other[-1].bottom > one[0].top


def _has_columns_before(anchors: Sequence[Anchor], left: float, words: Sequence[Word], rules: Rules) -> bool:
    """Return whether a table has columns before its codes."""
    start = _left(anchors)
    held = [word for word in words if left <= word.left and word.right < start + 1]
    count = sum(any(_is_level(word, anchor) for word in held) for anchor in anchors)
    if count >= max(2, BEFORE * len(anchors)):
        return True
    top, bottom = anchors[0].top - HEAD_ABOVE, anchors[-1].bottom + HEAD_ABOVE
    drawn = [line for line in rules.level if top < line.at < bottom and line.covers(left, start) and line.end > start]
    reach = [line for line in rules.level if top < line.at < bottom and left < line.start < start - FARTHER < line.end]
    return bool(held) and len({round(line.at) for line in (*drawn, *reach)}) >= max(FEWEST, BEFORE * len(anchors))


def _is_level(word: Word, anchor: Anchor) -> bool:
    return abs(middle(word) - anchor.middle) < LEVEL * (anchor.bottom - anchor.top)


def _part(one: Sequence[Anchor], other: Sequence[Anchor], words: Sequence[Word], rules: Rules, wide: bool) -> float:
    """Return where the left one of two tables ends and the right one starts.

    That is where lines end and start, else the widest white if the tables have columns before their codes.
    """
    start, end = max(anchor.right for anchor in one), _left(other)
    top, bottom = max(one[0].top, other[0].top), min(one[-1].bottom, other[-1].bottom)
    lines = [line for line in rules.level if top <= line.at <= bottom]
    ends = [line.end for line in lines if start < line.end < end + 4 and line.start < start]
    starts = [line.start for line in lines if start < line.start < end + 4 and line.end > end]
    if len(ends) >= FEWEST and len(starts) >= FEWEST and max(ends) <= min(starts) + 1:
        return (max(ends) + min(starts)) / 2
    if not wide:
        return end - 4
    inside = sorted((w.left, w.right) for w in words if top <= w.top <= bottom and w.right > start and w.left < end)
    reach, best = start, (0.0, end - 4)
    for left, right in [*inside, (end, end)]:
        if left > reach:
            best = max(best, (left - reach, (left + reach) / 2))
        reach = max(reach, right)
    return best[1]
