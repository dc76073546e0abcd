"""Printed facts: a ledger completed with where the finished pages print what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from babel import Locale
from msgspec.structs import replace

from gri_builder.compose.blocks import change_runs, walk
from gri_builder.compose.text.numbers import find_locale, format_percent
from gri_builder.compose.text.units import unit_text
from gri_builder.model.claim import Claim
from gri_builder.model.document import Block, DisclosureSpan, Document, KeyFigures
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import SiteMap
from gri_builder.model.provenance import Ledger, PageLocation
from gri_builder.model.rich_text import FactReference, Runs
from gri_builder.model.units import Unit
from gri_builder.resources.units import unit_table


def complete_ledger(
    ledger: Ledger,
    document: Document,
    claims: Sequence[Claim],
    pages: int,
    places: Mapping[str, tuple[PageLocation, ...]],
    shown: Mapping[str, tuple[str, ...]],
) -> Ledger:
    """Return the ledger with the places of each fact, and with the pages and facts of each disclosure.

    `claims` have their pages; `pages` is how many there are; `places` are listed by the facts' keys; `shown` are the
    facts of each disclosure, as `list_facts` returns them.
    """
    printed = {claim.id: tuple(str(page) for page in claim.physical_pages) for claim in claims}
    pages_of = {claim.id: frozenset(claim.physical_pages) for claim in claims}
    # A part of a chart without room for its label is drawn, but its fact is not printed there.
    facts = {
        id: tuple(key for key in keys if any(place.page in pages_of.get(id, ()) for place in places.get(key, ())))
        for id, keys in shown.items()
    }
    return replace(
        ledger,
        entries={key: replace(entry, places=places.get(key, ())) for key, entry in ledger.entries.items()},
        disclosures={
            id: replace(state, pages=printed.get(id, ()), facts=facts.get(id, ()))
            for id, state in ledger.disclosures.items()
        },
        labels={page: str(page) for page in range(1, pages + 1)},
        unit_words=_print_units(ledger, document, places),
    )


def _print_units(ledger: Ledger, document: Document, places: Mapping[str, tuple[PageLocation, ...]]) -> dict[str, str]:
    """Return the units of the facts, and those that places convert to, in the document's words, by symbol."""
    converted = {place.unit for each in places.values() for place in each if place.unit}
    symbols = sorted({entry.unit for entry in ledger.entries.values()} | converted)
    table, locale = unit_table(ledger.units), find_locale(document.language)
    units = ((symbol, table.find(symbol)) for symbol in symbols)
    return {symbol: print_unit(unit, document.words, locale) for symbol, unit in units if unit}


def print_unit(unit: Unit, words: Mapping[str, str], locale: Locale) -> str:
    """Return what is printed beside the number of a value."""
    return format_percent("1", locale).replace("1", "") if unit.printed == "%" else unit_text(unit, words)


def list_facts(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the keys of the facts that each disclosure's answer prints, in reading order."""
    found: dict[str, dict[str, None]] = {}
    for block in (block for chapter in document.chapters for block in walk(chapter.blocks)):
        if isinstance(block, DisclosureSpan):
            keys = [key for inner in walk(block.blocks) for printed in _printed_in(inner) for key in printed.facts]
            for id in block.disclosure_ids:
                found.setdefault(id.partition("/")[0], {}).update(dict.fromkeys(keys))
    return {id: tuple(keys) for id, keys in found.items()}


def _printed_in(block: Block) -> Iterator[FactReference]:
    """Yield what a block itself prints of facts."""
    texts: list[Runs] = []

    def read(runs: Runs) -> Runs:
        texts.append(runs)
        return runs

    change_runs(block, read)
    yield from (run.printed for runs in texts for run in runs if run.printed)
    if isinstance(block, Chart):
        yield from (FactReference((fact,)) for series in block.series for fact in series.facts if fact)
    if isinstance(block, SiteMap):
        yield from (FactReference((site.fact,)) for site in block.sites if site.fact)
    if isinstance(block, KeyFigures):
        tiles: Iterable[FactReference | None] = (each for f in block.figures for each in (f.printed, f.change_printed))
        yield from (printed for printed in tiles if printed)
