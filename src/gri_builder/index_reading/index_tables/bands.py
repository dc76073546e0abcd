"""Heights of rows that no lines divide: where each code is at the top, in the middle or at the bottom of its row.

Texts of a row are together; the one of the three ways is taken by which all rows of a table fit best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from gri_builder.index_reading.index_tables.anchors import Anchor
from gri_builder.index_reading.index_tables.lines import middle
from gri_builder.pdf_reader.pdf_file import Word

WAYS = ("top", "middle", "bottom")
RARER = 0.05
"""What each row costs where codes are not at the top, as they mostly are."""
SKIPPED = {"top": 0.9, "middle": 0.5, "bottom": 0.5}
"""What a block of text costs that no row takes."""
APART = 0.12
"""Heights of a code by which white is wider than that between the lines of a cell."""
TORN = 0.35
"""What it costs to part rows where the white is no wider than within a cell."""
CORE = (0.22, 0.18)
"""Shares of a word's height, above and below, that letters seldom fill."""
SAME_LINE = 0.5
"""Heights of a code by which two are lower than each other at least, if they are in two rows."""
FARTHEST = 40
"""Blocks of text of one row at most."""

Band = tuple[float, float]
"""Upper and lower end of a row."""


class _Block(Struct):
    """Texts side by side, between two whites that run across the table."""

    top: float
    bottom: float
    upper: float
    """Upper edge of its words as they are."""
    lower: float


class _Choice(Struct, frozen=True):
    """The cheapest way to part the rows up to one that ends with a block."""

    cost: float
    bounds: tuple[tuple[int, int], ...]
    """First and last block of each row."""


IMPOSSIBLE = _Choice(10_000.0, ())
"""Where rows can't be parted in a way."""


def part_rows(anchors: Sequence[Anchor], words: Sequence[Word], walls: Sequence[float] = ()) -> list[Band]:
    """Return where the row of each code starts and ends; `walls` are heights that no row crosses.

    Codes side by side have one row.
    """
    lines: list[Anchor] = []
    places: list[int] = []
    for anchor in anchors:
        if not lines or anchor.middle - lines[-1].middle > SAME_LINE * (anchor.bottom - anchor.top):
            lines.append(anchor)
        places.append(len(lines) - 1)
    if not lines:
        return []
    tried = [(_try(lines, words, walls, way), way) for way in WAYS]
    (_, bands), _ = min(tried, key=lambda each: (each[0][0], WAYS.index(each[1])))
    return [bands[place] for place in places]


def _try(
    anchors: Sequence[Anchor], words: Sequence[Word], walls: Sequence[float], way: str
) -> tuple[float, list[Band]]:
    """Return what it costs to part rows in one way, and their bands."""
    cuts = sorted((*walls, *_force_cuts(anchors, words, way)))
    blocks = _make_blocks(anchors, words, cuts)
    choice = _choose(anchors, blocks, walls, way)
    if not choice.bounds:
        return choice.cost, _by_codes(anchors)
    bands = [(blocks[first].upper - 0.5, blocks[last].lower + 0.5) for first, last in choice.bounds]
    rarer = 0 if way == "top" else RARER * len(anchors)
    return choice.cost + rarer, _widen(bands)


def _by_codes(anchors: Sequence[Anchor]) -> list[Band]:
    """Return bands that start where the codes do."""
    tops = [anchor.top - 0.5 for anchor in anchors]
    return list(zip(tops, [*tops[1:], anchors[-1].bottom], strict=True))


def _widen(bands: Sequence[Band]) -> list[Band]:
    """Return bands that end where the next one starts, if words of both share a height."""
    tops = [band[0] for band in bands]
    ends = [band[1] for band in bands]
    for n in range(len(bands) - 1):
        if ends[n] > tops[n + 1]:
            ends[n] = tops[n + 1] = (ends[n] + tops[n + 1]) / 2
    return list(zip(tops, ends, strict=True))


def _force_cuts(anchors: Sequence[Anchor], words: Sequence[Word], way: str) -> Iterator[float]:
    """Yield where two codes are parted between which no white runs across the table."""
    blocks = _make_blocks(anchors, words, ())
    for one, other in pairwise(anchors):
        if _find_block(blocks, one) == _find_block(blocks, other):
            between = (one.bottom + other.top) / 2
            slack = 0.2 * (other.bottom - other.top)
            yield {"top": other.top + slack / 2, "middle": between, "bottom": one.bottom - slack / 2}[way]


def _make_blocks(anchors: Sequence[Anchor], words: Sequence[Word], cuts: Sequence[float]) -> list[_Block]:
    """Return the blocks from the top; `cuts` part them where white does not."""
    boxes = [(each.top, each.bottom) for each in anchors] + [(each.top, each.bottom) for each in words]
    blocks: list[_Block] = []
    for top, bottom in sorted(boxes, key=lambda each: each[0] + each[1]):
        high = bottom - top
        core_top, core_bottom = top + CORE[0] * high, bottom - CORE[1] * high
        at = (top + bottom) / 2
        last: _Block | None = blocks[-1] if blocks else None
        if last and any((last.upper + last.lower) / 2 < cut <= at for cut in cuts):
            last = None
        if last and core_top < last.bottom:
            last.top, last.bottom = min(last.top, core_top), max(last.bottom, core_bottom)
            last.upper, last.lower = min(last.upper, top), max(last.lower, bottom)
        else:
            blocks.append(_Block(core_top, core_bottom, top, bottom))
    return blocks


def _find_block(blocks: Sequence[_Block], anchor: Anchor) -> int:
    """Return the block that holds a code."""
    return min(range(len(blocks)), key=lambda n: _far(blocks[n], anchor.middle))


def _far(block: _Block, at: float) -> float:
    return max(block.top - at, at - block.bottom, 0.0)


def _choose(anchors: Sequence[Anchor], blocks: Sequence[_Block], walls: Sequence[float], way: str) -> _Choice:
    """Return the cheapest way to give blocks to codes, in order."""
    height = median(anchor.bottom - anchor.top for anchor in anchors)
    gaps = [max(other.top - one.bottom, 0.0) for one, other in pairwise(blocks)]
    common = _common_gap(gaps)
    own = [_find_block(blocks, anchor) for anchor in anchors]
    for n in range(1, len(own)):
        own[n] = min(max(own[n], own[n - 1] + 1), len(blocks) - 1)
    ends: dict[int, _Choice] = {-1: _Choice(0.0, ())}
    for place, anchor in enumerate(anchors):
        last = own[place + 1] - 1 if place + 1 < len(own) else len(blocks) - 1
        following: dict[int, _Choice] = {}
        for first in range(max(own[place - 1] + 1 if place else 0, own[place] - FARTHEST), own[place] + 1):
            before = _cheapest_before(ends, first, gaps, common, height, way)
            if before is None:
                continue
            for end in range(own[place], min(last, own[place] + FARTHEST) + 1):
                cost = before.cost + _cost(anchor, blocks[first : end + 1], gaps[first:end], common, walls, height, way)
                if end not in following or cost < following[end].cost:
                    following[end] = _Choice(cost, (*before.bounds, (first, end)))
        ends = following
    rest = len(blocks) - 1
    choices = (_Choice(each.cost + SKIPPED[way] * (rest - end), each.bounds) for end, each in ends.items())
    return min(choices, key=_by_cost, default=IMPOSSIBLE)


def _by_cost(choice: _Choice) -> float:
    return choice.cost


def _cheapest_before(
    ends: dict[int, _Choice], first: int, gaps: Sequence[float], common: float, height: float, way: str
) -> _Choice | None:
    """Return the cheapest choice for the rows before one that starts with a block, with what is skipped between."""
    found: _Choice | None = None
    for end, choice in ends.items():
        if end >= first:
            continue
        torn = end >= 0 and gaps[first - 1] < common + APART * height
        skipped = SKIPPED[way] * (first - end - 1) if end >= 0 else 0.0
        cost = choice.cost + skipped + (TORN if torn else 0.0)
        if found is None or cost < found.cost:
            found = _Choice(cost, choice.bounds)
    return found


def _cost(
    anchor: Anchor,
    blocks: Sequence[_Block],
    gaps: Sequence[float],
    common: float,
    walls: Sequence[float],
    height: float,
    way: str,
) -> float:
    """Return how badly a code and its row fit: by where the code is, and by wide white within the row."""
    upper, lower = blocks[0].upper, blocks[-1].lower
    if any(upper < wall < lower and blocks[0].bottom <= wall <= blocks[-1].top for wall in walls):
        return 1000.0
    off = {
        "top": abs(upper - anchor.top),
        "middle": abs(upper + lower - anchor.top - anchor.bottom),
        "bottom": abs(lower - anchor.bottom),
    }[way]
    wide = sum(min(gap - common, height) for gap in gaps if gap > common + APART * height)
    return (off + 1.5 * wide) / height


def _common_gap(gaps: Sequence[float]) -> float:
    """Return the white between the lines of a cell: that of the lower half of all whites, if there are two sorts."""
    if not gaps:
        return 0.0
    low = sorted(gaps)[: max(1, len(gaps) // 3)]
    return median(low)


def is_within(word: Word, band: Band) -> bool:
    """Return whether a word's middle is in a band."""
    return band[0] <= middle(word) <= band[1]
