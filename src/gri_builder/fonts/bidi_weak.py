"""Weak types of the bidirectional algorithm: numbers, their signs, and combining marks (UAX #9, W1 to W7)."""

from __future__ import annotations

from collections.abc import Sequence

_ISOLATE_CONTROLS = frozenset({"LRI", "RLI", "FSI", "PDI"})


def resolve_weak(types: Sequence[str], start: str) -> list[str]:
    """Return the types of an isolating run sequence after the rules for weak types; `start` is the type before it."""
    kinds = _join_marks(types, start)
    _mark_arabic_numbers(kinds, start)
    _join_separators(kinds)
    _join_terminators(kinds)
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    _mark_latin_numbers(kinds, start)
    return kinds


def _join_marks(types: Sequence[str], start: str) -> list[str]:
    """Give combining marks the type of the character before (W1)."""
    kinds, before = list[str](), start
    for kind in types:
        if kind == "NSM":
            kind = "ON" if before in _ISOLATE_CONTROLS else before
        kinds.append(kind)
        before = kind
    return kinds


def _mark_arabic_numbers(kinds: list[str], start: str) -> None:
    """Make numbers after Arabic letters Arabic ones, then Arabic letters 'R' (W2, W3)."""
    strong = start
    for index, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[index] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _join_separators(kinds: list[str]) -> None:
    """Make a single separator between two numbers of one kind a part of them (W4)."""
    for index in range(1, len(kinds) - 1):
        kind, before, after = kinds[index], kinds[index - 1], kinds[index + 1]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))):
            kinds[index] = before


def _join_terminators(kinds: list[str]) -> None:
    """Make signs such as '%' and '€' beside a number a part of it (W5)."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > start and ((start and kinds[start - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")):
            kinds[start:end] = ["EN"] * (end - start)
        start = max(end, start + 1)


def _mark_latin_numbers(kinds: list[str], start: str) -> None:
    """Make numbers after letters read from left to right a part of them (W7)."""
    strong = start
    for index, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
