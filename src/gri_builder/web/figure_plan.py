"""Which page lists each fact series: one page for all of a small report, else a page for each chapter that prints some.

Thousands of figures on one page are neither found nor read: pages stay below `MOST` figures, if no series has more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from gri_builder.model.document import Document
from gri_builder.model.figures.chart import ChartSeries
from gri_builder.model.figures.diagrams import MapSite
from gri_builder.model.provenance import Ledger
from gri_builder.model.rich_text import FactReference

MOST = 250
"""Figures of a page."""


class FigureGroup(Struct, frozen=True):
    """The fact series that one page lists."""

    chapter: int
    """Place of the first chapter that prints them, from 0."""
    series: tuple[str, ...]
    """Their ids, in the order of the data."""


def group_series(document: Document, ledger: Ledger) -> tuple[FigureGroup, ...]:
    """Return the groups of a report's fact series in the order of its chapters; none if one page can list them all.

    A series that no chapter prints is with the one that is calculated from it; one without any is in no group.
    """
    if len(find_inputs(ledger, list_printed(document))) <= MOST:
        return ()
    homes: dict[str, int] = {}
    for place, chapter in enumerate(document.chapters):
        for key in list_printed(chapter):
            if key in ledger.entries:
                homes.setdefault(ledger.entries[key].series, place)
    _add_inputs(homes, ledger)
    counts: dict[str, int] = {}
    for entry in ledger.entries.values():
        counts[entry.series] = counts.get(entry.series, 0) + 1
    chapters = range(len(document.chapters))
    inside = {place: [id for id in counts if homes.get(id) == place] for place in chapters}
    return tuple(FigureGroup(place, each) for place in chapters for each in _divide(inside[place], counts))


def _divide(series: Iterable[str], counts: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield the series in groups of few figures."""
    group: list[str] = []
    listed = 0
    for id in series:
        if group and listed + counts[id] > MOST:
            yield tuple(group)
            group, listed = [], 0
        group.append(id)
        listed += counts[id]
    if group:
        yield tuple(group)


def _add_inputs(homes: dict[str, int], ledger: Ledger) -> None:
    """Add the series that others are calculated from, each where the first of these is."""
    inputs: dict[str, dict[str, None]] = {}
    for entry in ledger.entries.values():
        for key in entry.origin.inputs if entry.origin else ():
            if key in ledger.entries:
                inputs.setdefault(entry.series, {})[ledger.entries[key].series] = None
    todo = sorted(homes, key=lambda id: homes[id])
    for id in todo:
        new = [each for each in inputs.get(id, ()) if each not in homes]
        homes |= dict.fromkeys(new, homes[id])
        todo += new


def list_printed(value: object) -> Iterator[str]:
    """Yield the keys of the facts that a document, or a part of it, prints."""
    if isinstance(value, FactReference | ChartSeries):
        yield from (key for key in value.facts if key)
    elif isinstance(value, MapSite) and value.fact:
        yield value.fact
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from list_printed(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from list_printed(each)
    elif isinstance(value, Mapping):
        yield from list_printed(tuple(value.values()))


def find_inputs(ledger: Ledger, printed: Iterable[str]) -> frozenset[str]:
    """Return the keys of the facts that are printed, and of those that these were calculated from."""
    found: set[str] = set()
    todo = [key for key in printed if key in ledger.entries]
    while todo:
        key = todo.pop()
        if key not in found:
            found.add(key)
            origin = ledger.entries[key].origin
            todo += [each for each in (origin.inputs if origin else ()) if each in ledger.entries]
    return frozenset(found)
