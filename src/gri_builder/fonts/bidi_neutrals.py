"""Neutral types of the bidirectional algorithm: brackets, punctuation and spaces (UAX #9, N0 to N2)."""

from __future__ import annotations

from collections.abc import Sequence

NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_DIRECTIONS = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""Direction of a type; numbers count as read from right to left here."""


def resolve_neutrals(
    kinds: list[str], pairs: Sequence[tuple[int, int]], marks: Sequence[bool], embedding: str, start: str, end: str
) -> list[str]:
    """Return the types with a direction for each neutral one.

    `pairs` are the places of matching brackets, `marks` says which characters are combining marks, `embedding` is the
    direction of the level, `start` and `end` are the types around the sequence.
    """
    kinds = list(kinds)
    for pair in pairs:
        if direction := _bracket_direction(kinds, pair, embedding, start):
            _set_brackets(kinds, pair, marks, direction)
    _spread_directions(kinds, embedding, start, end)
    return kinds


def _bracket_direction(kinds: Sequence[str], pair: tuple[int, int], embedding: str, start: str) -> str | None:
    """Return the direction of a pair of brackets, or None where nothing strong is inside (N0)."""
    inside = {_DIRECTIONS[kind] for kind in kinds[pair[0] + 1 : pair[1]] if kind in _DIRECTIONS}
    if embedding in inside:
        return embedding
    if not inside:
        return None
    before = next((_DIRECTIONS[kind] for kind in reversed(kinds[: pair[0]]) if kind in _DIRECTIONS), start)
    return before if before != embedding else embedding


def _set_brackets(kinds: list[str], pair: tuple[int, int], marks: Sequence[bool], direction: str) -> None:
    """Give both brackets, and combining marks on them, that direction."""
    for place in pair:
        kinds[place] = direction
        following = place + 1
        while following < len(kinds) and marks[following]:
            kinds[following] = direction
            following += 1


def _spread_directions(kinds: list[str], embedding: str, start: str, end: str) -> None:
    """Give neutrals the direction around them if it is the same on both sides, else that of the level (N1, N2)."""
    place = 0
    while place < len(kinds):
        if kinds[place] not in NEUTRAL:
            place += 1
            continue
        stop = place
        while stop < len(kinds) and kinds[stop] in NEUTRAL:
            stop += 1
        before = _DIRECTIONS[kinds[place - 1]] if place else start
        after = _DIRECTIONS[kinds[stop]] if stop < len(kinds) else end
        kinds[place:stop] = [before if before == after else embedding] * (stop - place)
        place = stop
