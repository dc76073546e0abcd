"""Names that are referred to but stand nowhere: one finding for each name, however often it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.finding_text import listed
from gri_builder.model.suggestions import find_nearest


class UnresolvedReferences(Struct):
    """References to names of one kind."""

    rule: str
    what: str
    """What such a name stands for, e.g. 'fact series'."""
    places: dict[str, list[Location]] = field(default_factory=dict)
    """Places of the references that lead nowhere, by name."""
    used: set[str] = field(default_factory=set)
    """Names that something refers to."""

    def add(self, name: str, where: Location) -> None:
        """Note a reference that leads nowhere."""
        self.places.setdefault(name, []).append(where)

    def report(self, known: Mapping[str, Location], otherwise: str) -> list[Finding]:
        """Return the findings, with the places of the names that there are, and the hint where none is near."""
        return [self._report(name, places, known, otherwise) for name, places in self.places.items()]

    def _report(self, name: str, places: list[Location], known: Mapping[str, Location], otherwise: str) -> Finding:
        nearest = find_nearest(name, known)
        if nearest and nearest not in self.used and len(set(places)) > 1:
            message = f"'{nearest}' is used nowhere, but '{name}' is, in {_lines(places)}"
            return error(self.rule, message, known[nearest], f"write '{name}' here, or '{nearest}' there")
        hint = f"did you mean '{nearest}'?" if nearest else otherwise
        if len(set(places)) > 1:
            hint = f"{hint} It is used in {_lines(places)}"
        return error(self.rule, f"there is no {self.what} '{name}'", places[0], hint)


def _lines(places: Iterable[Location]) -> str:
    return listed(dict.fromkeys(f"{place.file}:{place.line}" for place in places), "and")
