"""The vocabulary of a report: which of its words are known to be names, and which are known not to be."""

from __future__ import annotations

from msgspec import Struct


class Vocabulary(Struct, frozen=True, eq=False):
    """Words by what is known of them; two vocabularies are never equal, so that comparing styles takes no time."""

    names: frozenset[str] = frozenset()
    """Of the names of the organization, its sites and its people."""
    common: frozenset[str] = frozenset()
    """That the report writes with a small letter: with a capital one they are no names either."""


NO_WORDS = Vocabulary()
