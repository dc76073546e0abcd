"""Closed sets of words: find the member that a text names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Choice = TypeVar("Choice", bound=str)


def find_choice(text: str | None, choices: Iterable[Choice]) -> Choice | None:
    """Return the choice that is spelt exactly like the text, typed as a member of its set; else None."""
    return next((choice for choice in choices if choice == text), None)
