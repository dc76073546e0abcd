"""The Unicode Bidirectional Algorithm: in which order the characters of a line are set (UAX #9).

`find_levels` gives each character of a paragraph its embedding level, `visual_order` the order of a line's parts from
left to right. An even level is read from left to right, an odd one from right to left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gri_builder.fonts.bidi_brackets import CLOSING, OPENING
from gri_builder.fonts.bidi_neutrals import resolve_neutrals
from gri_builder.fonts.bidi_weak import resolve_weak

MAX_DEPTH = 125
"""Highest embedding level that a control may start (BD2)."""
MAX_BRACKETS = 63
"""Opening brackets that may wait for their closing ones (BD16)."""
REMOVED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
"""Types that the rules pass over (X9)."""
ISOLATES = frozenset({"LRI", "RLI", "FSI"})
"""Types that start an isolate."""
_STRONG = {"L": 0, "R": 1, "AL": 1}


class _Entry(NamedTuple):
    """An entry of the directional status stack (X1)."""

    level: int
    override: str | None
    isolate: bool


def base_level(text: str) -> int | None:
    """Return the level of the first strong character outside of isolates (P2, P3), or None without one."""
    return _first_strong(_types_of(text))


def find_levels(text: str, base: int | None = None) -> list[int]:
    """Return the embedding level of each character of a paragraph; `base` 0 or 1, None for that of its first letter."""
    types = _types_of(text)
    if base is None:
        base = _first_strong(types) or 0
    explicit, resolved = _explicit_levels(types, base)
    levels = list(explicit)
    for sequence in _isolating_sequences(types, explicit):
        start, end = _types_around(sequence, types, explicit, base)
        kinds = _resolve_sequence(text, sequence, resolved, types, explicit[sequence[0]], start, end)
        for index, kind in zip(sequence, kinds, strict=True):
            levels[index] = _implicit_level(explicit[index], kind)
    _fill_removed(types, levels, base)
    _reset_white_space(types, levels, base)
    return levels


def visual_order(levels: Sequence[int]) -> list[int]:
    """Return the positions of a line's parts from left to right, given the level of each (L2)."""
    order = list(range(len(levels)))
    if not levels:
        return order
    for level in range(max(levels), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


def _types_of(text: str) -> list[str]:
    """Return the bidirectional type of each character; unassigned ones that of their block."""
    return [unicodedata.bidirectional(char) or _unassigned_type(ord(char)) for char in text]


def _unassigned_type(code: int) -> str:
    if 0x0860 <= code < 0x0900 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFF00 or 0x1EC70 <= code < 0x1EF00:
        return "AL"
    return "R" if 0x0590 <= code < 0x0900 or 0x10800 <= code < 0x11000 or 0x1E800 <= code < 0x1F000 else "L"


def _first_strong(types: Sequence[str], isolate: int | None = None) -> int | None:
    """Return the level of the first strong type outside of inner isolates: in the isolate at that index, or in all."""
    depth = 0
    for index in range(0 if isolate is None else isolate + 1, len(types)):
        kind = types[index]
        if kind in ISOLATES:
            depth += 1
        elif kind == "PDI":
            if not depth and isolate is not None:
                return None
            depth = max(0, depth - 1)
        elif not depth and kind in _STRONG:
            return _STRONG[kind]
        elif kind == "B":
            return None
    return None


# -- explicit levels --------------------------------------------------------------------------------------------------


class _Status:
    """The directional status stack, and the counts of what is on it (X1)."""

    def __init__(self, base: int) -> None:
        self.stack = [_Entry(base, None, False)]
        self.overflow_isolates = self.overflow_embeddings = self.valid_isolates = 0

    @property
    def top(self) -> _Entry:
        return self.stack[-1]

    def push(self, odd: bool, override: str | None, isolate: bool) -> None:
        """Start an embedding, an override or an isolate, unless it is nested too deeply (X2 to X5c)."""
        level = (self.top.level + 1) | 1 if odd else (self.top.level + 2) & ~1
        if level <= MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings:
            self.valid_isolates += isolate
            self.stack.append(_Entry(level, override, isolate))
        elif isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def end_isolate(self) -> None:
        """End the last isolate, and what is embedded in it (X6a)."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.top.isolate:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1

    def end_embedding(self) -> None:
        """End the last embedding or override (X7)."""
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.top.isolate and len(self.stack) > 1:
            self.stack.pop()


def _explicit_levels(types: Sequence[str], base: int) -> tuple[list[int], list[str]]:
    """Return the level of each character by the controls alone, and the types after overrides (X1 to X8)."""
    status, levels, resolved = _Status(base), list[int](), list(types)
    for index, kind in enumerate(types):
        if kind == "PDI":
            status.end_isolate()
        level = base if kind == "B" else status.top.level
        levels.append(level)
        if kind not in REMOVED and kind != "B" and status.top.override:
            resolved[index] = status.top.override
        if kind in ISOLATES:
            odd = kind == "RLI" or (kind == "FSI" and _first_strong(types, index) == 1)
            status.push(odd, None, True)
        elif kind in ("LRE", "RLE", "LRO", "RLO"):
            status.push(kind[0] == "R", {"LRO": "L", "RLO": "R"}.get(kind), False)
        elif kind == "PDF":
            status.end_embedding()
        elif kind == "B":
            status = _Status(base)
    return levels, resolved


def _isolating_sequences(types: Sequence[str], levels: Sequence[int]) -> list[list[int]]:
    """Return the isolating run sequences as indexes of their characters (BD13, X10)."""
    ends = _matching_ends(types)
    sequences: list[list[int]] = []
    waiting: dict[int, list[int]] = {}
    for run in _level_runs(types, levels):
        sequence = waiting.pop(run[0], None) if types[run[0]] == "PDI" else None
        if sequence is None:
            sequence = []
            sequences.append(sequence)
        sequence += run
        if run[-1] in ends:
            waiting[ends[run[-1]]] = sequence
    return sequences


def _matching_ends(types: Sequence[str]) -> dict[int, int]:
    """Return the index of the matching PDI by that of its isolate (BD9)."""
    ends, stack = dict[int, int](), list[int]()
    for index, kind in enumerate(types):
        if kind in ISOLATES:
            stack.append(index)
        elif kind == "PDI" and stack:
            ends[stack.pop()] = index
        elif kind == "B":
            stack.clear()
    return ends


def _level_runs(types: Sequence[str], levels: Sequence[int]) -> list[list[int]]:
    """Return runs of one level, without the characters that are passed over (BD7, X9)."""
    runs: list[list[int]] = []
    for index, kind in enumerate(types):
        if kind in REMOVED:
            continue
        if runs and levels[runs[-1][-1]] == levels[index] and types[runs[-1][-1]] != "B":
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _types_around(sequence: Sequence[int], types: Sequence[str], levels: Sequence[int], base: int) -> tuple[str, str]:
    """Return the types before and after an isolating run sequence: those of the higher levels there (X10)."""
    first, last = sequence[0], sequence[-1]
    before = next((levels[i] for i in range(first - 1, -1, -1) if types[i] not in REMOVED), base)
    after = base
    if types[last] not in ISOLATES:
        after = next((levels[i] for i in range(last + 1, len(types)) if types[i] not in REMOVED), base)
    return "LR"[max(levels[first], before) % 2], "LR"[max(levels[last], after) % 2]


def _resolve_sequence(
    text: str, sequence: Sequence[int], resolved: Sequence[str], types: Sequence[str], level: int, start: str, end: str
) -> list[str]:
    """Return the resolved type of each character of an isolating run sequence (W and N rules)."""
    kinds = resolve_weak([resolved[i] for i in sequence], start)
    pairs = _bracket_pairs(text, sequence, kinds)
    marks = [types[i] == "NSM" for i in sequence]
    return resolve_neutrals(kinds, pairs, marks, "LR"[level % 2], start, end)


def _implicit_level(level: int, kind: str) -> int:
    """Return the level of a character by its resolved type (I1, I2)."""
    if level % 2:
        return level + (kind != "R")
    return level + {"L": 0, "R": 1}.get(kind, 2)


def _bracket_pairs(text: str, sequence: Sequence[int], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of matching brackets in a sequence, in the order of the opening ones (BD16)."""
    stack, pairs = list[tuple[str, int]](), list[tuple[int, int]]()
    for place, index in enumerate(sequence):
        char = text[index]
        if kinds[place] != "ON":
            continue
        if char in OPENING:
            if len(stack) == MAX_BRACKETS:
                return []
            stack.append((OPENING[char], place))
        elif char in CLOSING:
            closing = CLOSING[char]
            depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d][0] == closing), None)
            if depth is not None:
                pairs.append((stack[depth][1], place))
                del stack[depth:]
    return sorted(pairs)


# -- after resolution -------------------------------------------------------------------------------------------------


def _fill_removed(types: Sequence[str], levels: list[int], base: int) -> None:
    """Give characters that the rules pass over the level of the one before them (5.2)."""
    for index, kind in enumerate(types):
        if kind in REMOVED:
            levels[index] = levels[index - 1] if index else base


def _reset_white_space(types: Sequence[str], levels: list[int], base: int) -> None:
    """Give separators, white space before them and at the end the level of the paragraph (L1)."""
    trailing = True
    for index in range(len(types) - 1, -1, -1):
        kind = types[index]
        if kind in ("B", "S"):
            trailing = True
        elif kind not in REMOVED and kind not in ISOLATES and kind not in ("WS", "PDI"):
            trailing = False
        if trailing:
            levels[index] = base


def level_runs(levels: Sequence[int]) -> list[tuple[int, int]]:
    """Return start and end of each run of one level."""
    starts = [i for i, level in enumerate(levels) if not i or level != levels[i - 1]]
    return list(pairwise([*starts, len(levels)])) if starts else []
