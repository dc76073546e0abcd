"""Suggestions: which of the known names was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

MIN_SIMILARITY = 0.6
"""Minimum similarity, from 0 to 1, of a name worth suggesting."""


def find_nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name most similar to the word, ignoring case; None if no name is similar enough.

    A name that differs by a prefix only wins. Among equally similar names, one with the same letters in another
    order wins, then one with a letter more or less.
    """
    from rapidfuzz.distance import OSA, Indel

    names, letters = tuple(names), sorted(word.casefold())

    def similarity(name: str) -> tuple[float, bool, float]:
        alike = OSA.normalized_similarity(word, name, processor=str.casefold)
        return alike, sorted(name.casefold()) == letters, Indel.normalized_similarity(word, name)

    prefixed = next((name for name in names if _has_prefix(name, word) or _has_prefix(word, name)), None)
    if prefixed:
        return prefixed
    nearest = max(names, key=similarity, default=None)
    return nearest if nearest is not None and similarity(nearest)[0] >= MIN_SIMILARITY else None


def _has_prefix(long: str, short: str) -> bool:
    """Return whether one is the other with a prefix before a hyphen, as in codes."""
    return bool(short) and long.casefold().endswith(f"-{short.casefold()}")


def suggest(word: str, names: Iterable[str]) -> str | None:
    """Return a hint with the nearest match; None if no name is similar enough."""
    name = find_nearest(word, names)
    return f"did you mean '{name}'?" if name else None
