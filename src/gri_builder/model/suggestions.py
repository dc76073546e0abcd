"""'Did you mean …': finds the known name closest to a misspelt word."""

from __future__ import annotations

from collections.abc import Iterable

MIN_SIMILARITY = 0.6
"""Lowest similarity, from 0 to 1, at which a name is suggested."""


def find_nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name most similar to the word, regardless of case; None if no name is similar enough.

    A name that equals the word apart from a prefix wins. Among equally similar names, one with the same letters in
    another order wins, then one with a letter more or less.
    """
    from rapidfuzz.distance import OSA, Indel

    names, letters = tuple(names), sorted(word.casefold())

    def similarity(name: str) -> tuple[float, bool, float]:
        score = OSA.normalized_similarity(word, name, processor=str.casefold)
        return score, sorted(name.casefold()) == letters, Indel.normalized_similarity(word, name)

    prefixed = next((name for name in names if _has_prefix(name, word) or _has_prefix(word, name)), None)
    if prefixed:
        return prefixed
    nearest = max(names, key=similarity, default=None)
    return nearest if nearest is not None and similarity(nearest)[0] >= MIN_SIMILARITY else None


def _has_prefix(long: str, short: str) -> bool:
    """Whether `long` is `short` with a hyphenated prefix, as in disclosure codes."""
    return bool(short) and long.casefold().endswith(f"-{short.casefold()}")


def suggest(word: str, names: Iterable[str]) -> str | None:
    """Return a hint with the nearest name; None if no name is similar enough."""
    name = find_nearest(word, names)
    return f"did you mean '{name}'?" if name else None
