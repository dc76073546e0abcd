"""Cells of rows: by the lines drawn between them, else by the bands of rows that fit best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from gri_builder.index_reading.index_tables.anchors import Anchor
from gri_builder.index_reading.index_tables.bands import Band, is_within, part_rows
from gri_builder.index_reading.index_tables.centred_cells import (
    find_blocks,
    is_full,
    lie_between,
    make_rows,
    share_centred,
)
from gri_builder.index_reading.index_tables.columns import Column
from gri_builder.index_reading.index_tables.lines import middle
from gri_builder.index_reading.index_tables.rules import Rules
from gri_builder.pdf_reader.pdf_file import Word

RULED = 0.6
"""Share of the codes with a line drawn between them and the next one, in a table whose rows are divided by lines."""
TAKES_PART = 0.1
"""Share of these lines that also divide the cells of a column."""
CLOSE, MOST_IN_CELL = 1.6, 3
"""Heights of a code to the next one of its cell, and how many these are."""
BETWEEN = 0.25
"""Heights of a code from which on a word is between two codes, not beside one."""
ACROSS = 0.8
"""Share of a table's width that a line takes which ends a section."""
SLACK = 3.0
"""Points by which a merged cell is higher than a row at least."""


class Frame(Struct, frozen=True):
    """What is known of a table before its cells are."""

    anchors: Sequence[Anchor]
    columns: Sequence[Column]
    codes: Column
    """Left and right edge of its codes."""
    rules: Rules
    top: float
    bottom: float
    walls: Sequence[float] = ()
    """Heights of headings between rows."""


def assign(frame: Frame, words: Mapping[int, Sequence[Word]]) -> list[dict[int, list[Word]]]:
    """Return for each code the words of its cells by column; `words` are those of each column."""
    bands, centred = _find_centred(frame, words, find_bands(frame, [word for held in words.values() for word in held]))
    divided = _divide(frame)
    rows: list[dict[int, list[Word]]] = [{} for _ in frame.anchors]
    for number, held in sorted(words.items()):
        merged = centred.get(number) or _find_merged(frame, frame.columns[number], bands, divided)
        for place, band in enumerate(bands):
            cell = [word for word in held if is_within(word, merged.get(place, band))]
            if cell:
                rows[place][number] = cell
    return rows


def _find_centred(
    frame: Frame, words: Mapping[int, Sequence[Word]], bands: Sequence[Band]
) -> tuple[Sequence[Band], dict[int, dict[int, Band]]]:
    """Return the bands of rows, and by column and row the cells that are centred over several rows.

    As such cells say nothing of where rows are, bands are also found without them.
    """
    full = [number for number, held in words.items() if is_full(held, bands)]
    inside = [word for number in full for word in words[number]]
    lines = [(word.top, word.bottom) for word in inside] + [(code.top, code.bottom) for code in frame.anchors]
    blocks = {n: find_blocks(held) for n, held in words.items() if n not in full and not _is_ruled(frame, n)}
    apart = {number: found for number, found in blocks.items() if lie_between(found, lines)}
    if not apart:
        return bands, {}
    for tried in (bands, find_bands(frame, inside)):
        rows = make_rows([_find_text(*pair, inside) for pair in zip(frame.anchors, tried, strict=True)], frame.walls)
        centred = {number: shared for number, found in apart.items() if (shared := share_centred(found, rows))}
        if centred:
            return tried, centred
    return bands, {}


def _is_ruled(frame: Frame, number: int) -> bool:
    """Return whether lines are drawn between cells of a column."""
    first, last = frame.anchors[0].middle, frame.anchors[-1].middle
    return any(first < at < last for at in frame.rules.across(*frame.columns[number]))


def _find_text(anchor: Anchor, band: Band, words: Sequence[Word]) -> Band:
    """Return where the text of a row starts and ends, with its code."""
    held = [word for word in words if is_within(word, band)]
    return min(anchor.top, *(w.top for w in held), anchor.bottom), max(anchor.bottom, *(w.bottom for w in held), 0)


def _divide(frame: Frame) -> list[bool]:
    """Return for each two codes below each other whether a line is drawn between them."""
    heights = frame.rules.across(*frame.codes)
    return [any(one.middle < at < other.middle for at in heights) for one, other in pairwise(frame.anchors)]


def find_bands(frame: Frame, words: Sequence[Word]) -> list[Band]:
    """Return where the row of each code starts and ends."""
    divided = _divide(frame)
    ruled = bool(divided) and sum(divided) >= RULED * len(divided)
    heights = frame.rules.across(*frame.codes) if ruled else []
    bands: list[Band] = []
    for group in _group(frame.anchors, divided if ruled else [False] * len(divided)):
        top = max((at for at in heights if at < group[0].middle), default=frame.top)
        bottom = min((at for at in heights if at > group[-1].middle), default=frame.bottom)
        if len(group) == 1 and ruled:
            bands.append((top, bottom))
            continue
        inside = [word for word in words if is_within(word, (top, bottom))]
        if ruled and _is_one_cell(group, inside):
            bands.extend([(top, bottom)] * len(group))
            continue
        walls = [*frame.walls, *(() if ruled else _full_lines(frame))]
        bands.extend(part_rows(group, inside, sorted(wall for wall in walls if top < wall < bottom)))
    return _join_open(frame.anchors, bands)


def _join_open(anchors: Sequence[Anchor], bands: Sequence[Band]) -> list[Band]:
    """Return the bands, with one for codes of a cell that continues below them."""
    joined = list(bands)
    for place, anchor in enumerate(anchors[:-1]):
        if anchor.open and anchors[place + 1].top - anchor.top < 2 * (anchor.bottom - anchor.top):
            joined[place] = joined[place + 1] = joined[place][0], bands[place + 1][1]
    return joined


def _is_one_cell(group: Sequence[Anchor], words: Sequence[Word]) -> bool:
    """Return whether codes close below each other share what is beside them: less than a line for each, or between."""
    close = all(b.top - a.top < CLOSE * (a.bottom - a.top) for a, b in pairwise(group))
    lines = [any(anchor.top < middle(word) < anchor.bottom for word in words) for anchor in group]
    height = group[0].bottom - group[0].top
    between = any(min(abs(middle(word) - anchor.middle) for anchor in group) > BETWEEN * height for word in words)
    return close and 1 < len(group) <= MOST_IN_CELL and (between or not all(lines))


def _full_lines(frame: Frame) -> list[float]:
    """Return the heights of lines across the whole table."""
    left = min((column[0] for column in frame.columns), default=frame.codes[0])
    right = max((column[1] for column in frame.columns), default=frame.codes[1])
    wide = ACROSS * (right - left)
    return [line.at for line in frame.rules.level if min(line.end, right) - max(line.start, left) >= wide]


def _group(anchors: Sequence[Anchor], divided: Sequence[bool]) -> list[list[Anchor]]:
    """Return the codes in groups that lines divide."""
    groups = [[anchors[0]]]
    for anchor, apart in zip(anchors[1:], divided, strict=True):
        if apart:
            groups.append([anchor])
        else:
            groups[-1].append(anchor)
    return groups


def _find_merged(frame: Frame, column: Column, bands: Sequence[Band], divided: Sequence[bool]) -> dict[int, Band]:
    """Return the cells of a column that are merged over several rows, by the numbers of these rows."""
    if not divided or sum(divided) < RULED * len(divided):
        return {}
    heights = frame.rules.across(*column)
    own = [any(one.middle < at < other.middle for at in heights) for one, other in pairwise(frame.anchors)]
    if sum(own) < max(1, TAKES_PART * sum(divided)):
        return {}
    merged: dict[int, Band] = {}
    for place, (anchor, band) in enumerate(zip(frame.anchors, bands, strict=True)):
        top = max((at for at in heights if at < anchor.middle), default=frame.top)
        bottom = min((at for at in heights if at > anchor.middle), default=frame.bottom)
        shared = [other for n, other in enumerate(bands) if n != place and top - 1 <= sum(other) / 2 <= bottom + 1]
        parted = any(apart and not mine for apart, mine in _around(place, divided, own))
        if shared and parted and bottom - top > band[1] - band[0] + SLACK:
            merged[place] = (top, bottom)
    return merged


def _around(place: int, divided: Sequence[bool], own: Sequence[bool]) -> Iterable[tuple[bool, bool]]:
    """Yield whether the codes are divided from those before and behind, and whether the column's cells are."""
    for n in (place - 1, place):
        if 0 <= n < len(divided):
            yield divided[n], own[n]
