"""Unresolved references: one finding for each name that is referred to but not defined, however often it is used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed

MAX_SUGGESTED = 200
"""Undefined names of a kind for which a similar one is searched; a report with more has another problem."""


class Reference(NamedTuple):
    """A name that some text refers to."""

    name: str
    where: Location


class UnresolvedReferences(Struct, frozen=True):
    """References to undefined names of one kind."""

    rule: str
    kind: str
    """What such a name identifies, e.g. 'fact series'."""
    references: tuple[Reference, ...]
    used: Collection[str]
    """All names of the kind that are referred to, defined or not."""
    known: Mapping[str, Location]
    """The defined names, and where each is defined."""
    hint: str
    """What to do when no defined name is similar."""

    def report(self) -> Iterator[Finding]:
        """Yield one finding for each undefined name: at the definition that was misspelt, if only that can be meant."""
        places = group_places(self.references)
        for number, (name, found) in enumerate(places.items()):
            yield self._report(name, found, find_nearest(name, self.known) if number < MAX_SUGGESTED else None)

    def _report(self, name: str, places: list[Location], nearest: str | None) -> Finding:
        if nearest and nearest not in self.used and len(set(places)) > 1:
            message = f"'{nearest}' is never used, but '{name}' is, in {_lines(places)}"
            return error(self.rule, message, self.known[nearest], f"write '{name}' here, or '{nearest}' there")
        hint = f"did you mean '{nearest}'?" if nearest else self.hint
        if len(set(places)) > 1:
            hint += f" It is used in {_lines(places)}" if nearest else f"; it is used in {_lines(places)}"
        return error(self.rule, f"unknown {self.kind} '{name}'", places[0], hint)


def group_places(references: Iterable[Reference]) -> dict[str, list[Location]]:
    """Return the places of each name, in the order of the references."""
    places: dict[str, list[Location]] = {}
    for reference in references:
        places.setdefault(reference.name, []).append(reference.where)
    return places


def first_places(references: Iterable[Reference]) -> dict[str, Location]:
    """Return the first place of each name."""
    return {name: places[0] for name, places in group_places(references).items()}


def _lines(places: Iterable[Location]) -> str:
    return listed(dict.fromkeys(f"{place.file}:{place.line}" for place in places), "and")
