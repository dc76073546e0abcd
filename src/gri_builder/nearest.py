"""The nearest match: which of the known names somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

ENOUGH = 0.6
"""Least likeness, from 0 to 1, at which a name is worth suggesting."""


def find_nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that is most like the word, whatever its case; None when none is like it.

    Two letters swapped count as one slip, and of two names equally like it the one of its own length is meant.
    """
    from rapidfuzz.distance import OSA

    def likeness(name: str) -> tuple[float, int]:
        alike = OSA.normalized_similarity(word, name, processor=str.casefold)
        return alike, -abs(len(word) - len(name))

    nearest = max(names, key=likeness, default=None)
    return nearest if nearest is not None and likeness(nearest)[0] >= ENOUGH else None


def suggest(word: str, names: Iterable[str]) -> str | None:
    """Return a hint that names the nearest match, if there is one."""
    name = find_nearest(word, names)
    return f"did you mean '{name}'?" if name else None
