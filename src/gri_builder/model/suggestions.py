"""The nearest match: which of the known names somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

ENOUGH = 0.6
"""Least likeness, from 0 to 1, at which a name is worth suggesting."""


def find_nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that is most like the word, whatever its case; None when none is like it.

    A name that is the word but for a prefix is what was meant.
    Of names equally like it, one with the same letters in another order is meant, then one with a letter more or less.
    """
    from rapidfuzz.distance import OSA, Indel

    names, letters = tuple(names), sorted(word.casefold())

    def likeness(name: str) -> tuple[float, bool, float]:
        alike = OSA.normalized_similarity(word, name, processor=str.casefold)
        return alike, sorted(name.casefold()) == letters, Indel.normalized_similarity(word, name)

    prefixed = next((name for name in names if _has_prefix(name, word) or _has_prefix(word, name)), None)
    if prefixed:
        return prefixed
    nearest = max(names, key=likeness, default=None)
    return nearest if nearest is not None and likeness(nearest)[0] >= ENOUGH else None


def _has_prefix(long: str, short: str) -> bool:
    """Tell whether one is the other with a prefix before a hyphen, as codes have it."""
    return bool(short) and long.casefold().endswith(f"-{short.casefold()}")


def suggest(word: str, names: Iterable[str]) -> str | None:
    """Return a hint that names the nearest match, if there is one."""
    name = find_nearest(word, names)
    return f"did you mean '{name}'?" if name else None
