"""The writer of one passage of Markdown: what it may draw from, and the words that it must find on the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass
class Supply:
    """What a folder offers to its texts, and what they have used of it so far."""

    placeholders: list[str] = field(default_factory=list)
    """Expressions that have a value, such as 'energy | in MWh'."""
    plain_series: list[str] = field(default_factory=list)
    """Ids of series without dimensions."""
    current_series: list[str] = field(default_factory=list)
    """Ids of those with a value for the report's own period."""
    split_series: list[str] = field(default_factory=list)
    """Ids of series with dimensions."""
    target_series: list[str] = field(default_factory=list)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of members by series, to set them off."""
    periods: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Labels of periods by series."""
    answers: list[str] = field(default_factory=list)
    """Ids of answers that no chapter places yet."""
    anchors: list[str] = field(default_factory=list)
    """Anchors of headings, which links may lead to."""
    has_scores: bool = False
    has_sites: bool = False
    serial: int = 0
    """Number of leaves of text so far: each begins with a word of its own."""
    once: set[str] = field(default_factory=set)
    """Blocks that a report holds once, and holds already."""


@dataclass
class Writer:
    """Draws the parts of one passage, and keeps the words that it writes."""

    draw: st.DrawFn
    supply: Supply
    is_chapter: bool = True
    language: str = "en"
    ordered: list[str] = field(default_factory=list)
    """Stretches of plain words that the pages must hold in this order, as `plain_characters` returns them."""
    loose: list[str] = field(default_factory=list)
    """Stretches that the pages must hold anywhere: footnotes, summaries of openings."""
    notes: list[str] = field(default_factory=list)
    """Labels of footnotes that are referred to and not yet written."""
    containers: list[str] = field(default_factory=list)
    """Containers around what is written now, the innermost last."""

    def choose(self, *options: T) -> T:
        """Return one of the options; the first ones are the simplest."""
        return self.draw(st.sampled_from(options))

    def pick(self, options: Sequence[T]) -> T:
        """Return one of a sequence."""
        return self.draw(st.sampled_from(options))

    def number(self, least: int, most: int) -> int:
        """Return a whole number."""
        return self.draw(st.integers(least, most))

    def chance(self, one_in: int) -> bool:
        """Return True once in so many times; False is simpler."""
        chosen = one_in if one_in < 10 else one_in * 2 // 3  # as Hypothesis prefers the ends of large ranges
        return self.draw(st.integers(1, one_in)) == chosen

    def keep(self, *stretches: str) -> None:
        """Record stretches of words that were written."""
        self.ordered += [kept for stretch in stretches if (kept := plain_characters(stretch))]

    def leaf_word(self) -> str:
        """Return a word that no other leaf begins with."""
        self.supply.serial += 1
        return f"leaf{self.supply.serial}x"

    def take_notes(self) -> list[str]:
        """Return the labels of footnotes that are still to be written, and forget them."""
        notes, self.notes = self.notes, []
        return notes


def plain_characters(text: str) -> str:
    """Return the letters and digits of a text: what neither line breaks nor hyphens nor markup may change."""
    return re.sub(r"[\W_]", "", text)
