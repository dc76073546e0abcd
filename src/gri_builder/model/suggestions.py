"""Suggestions: which of the known names was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

MIN_SIMILARITY = 0.6
"""Minimum similarity, from 0 to 1, of a name worth suggesting."""
LONGEST = 200
"""Characters of the longest text that is a name; what is longer is similar to none."""


def find_nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name most similar to the word, ignoring case; None if no name is similar enough.

    The word itself wins, then a name that differs by a prefix only. Among equally similar names, one with the same
    letters in another order wins, then one with a letter more or less.
    """
    if not word or len(word) > LONGEST:
        return None
    names = tuple(name for name in names if len(name) <= LONGEST)
    if word in names:
        return word
    from rapidfuzz import process  # takes time to load, and most words are right
    from rapidfuzz.distance import OSA, Indel

    if prefixed := next((name for name in names if _has_prefix(name, word) or _has_prefix(word, name)), None):
        return prefixed
    folded, letters = word.casefold(), sorted(word.casefold())
    scorer = OSA.normalized_similarity
    similar = process.extract(
        folded, [name.casefold() for name in names], scorer=scorer, score_cutoff=MIN_SIMILARITY, limit=None
    )

    def alike(found: tuple[str, float, int]) -> tuple[float, bool, float, int]:
        name, similarity, place = found
        return similarity, sorted(name) == letters, Indel.normalized_similarity(word, names[place]), -place

    return names[max(similar, key=alike)[2]] if similar else None


def _has_prefix(long: str, short: str) -> bool:
    """Return whether one is the other with a prefix before a hyphen, as in codes."""
    return bool(short) and long.casefold().endswith(f"-{short.casefold()}")


def suggest(word: str, names: Iterable[str]) -> str | None:
    """Return a hint with the nearest match; None if no name is similar enough."""
    name = find_nearest(word, names)
    return f"did you mean '{name}'?" if name else None
