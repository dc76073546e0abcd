"""The population of an audit, and a sample drawn from it for the working paper (ISAE 3000)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

ItemKind = Literal["claim", "fact"]
"""A row of the content index, or a fact that the pages print."""


class FactPlace(Struct, frozen=True):
    """A place where the PDF prints a fact."""

    page: int
    """Physical page, from 1."""
    text: str
    """The fact as printed, e.g. '391,020 GJ'."""


class AuditFact(Struct, frozen=True):
    """A fact that a gri-builder PDF prints, as its embedded data states it."""

    key: str
    title: str
    value: str
    """Value and unit as in the data."""
    places: tuple[FactPlace, ...] = ()
    source: str = ""
    """File, sheet and cell, or what it is derived from; empty if the data name no source."""


class SampleItem(Struct, frozen=True):
    """An item that was drawn."""

    kind: ItemKind
    key: str
    """Identifies the item in the population."""
    place: int
    """Position in the claims or the facts of the audit, from 0."""


class Sample(Struct, frozen=True):
    """A simple random sample without replacement; by strata, one of claims and one of facts."""

    size: int
    """Number of items asked for; fewer are drawn if the population is smaller."""
    seed: int
    stratified: bool
    claims: int
    """Claims in the population."""
    facts: int
    """Facts in the population."""
    items: tuple[SampleItem, ...]
    """The drawn items in the order of drawing."""

    @property
    def population(self) -> int:
        """Number of items that could be drawn."""
        return self.claims + self.facts

    def count(self, kind: ItemKind) -> int:
        """Return the number of drawn items of a kind."""
        return sum(item.kind == kind for item in self.items)
