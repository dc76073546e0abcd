"""Rule on facts: the pages print each fact of the embedded data where the data says, with its value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.audit.rules.printed_numbers import (
    PrintedFacts,
    normalize_characters,
    possible_digits,
    read_digits,
    shows_fact,
)
from gri_builder.model.claim import Claim
from gri_builder.model.periods.period import period_key
from gri_builder.model.provenance import FactRecord, Ledger, PageLocation
from gri_builder.pdf_reader.pdf_file import TaggedElement
from gri_builder.resources.units import unit_table

FIGURE = "Figure"
"""Role of an element that prints several facts."""


def check_facts(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each fact is printed in the marked content that the embedded ledger names, as its value, rounded.

    This finds every digit that was changed, on the page or in the data (ISO 32000-1, 14.7.4).
    """
    embedded = context.embedded
    assert embedded
    ledger = embedded.files.ledger
    if ledger is None:
        yield skipped("the embedded data can't be read")
        return
    facts = [(entry, place) for entry in ledger.entries.values() for place in entry.places]
    if not facts:
        yield from _check_cells(embedded, ledger)
        return
    claimed = _claims_by_fact(embedded, ledger)
    known = PrintedFacts(ledger.entries, unit_table(ledger.units), ledger.unit_words)
    missing = Counter(place.page for _, place in facts if embedded.moved_pages.get(place.page, 0) is None)
    for page, count in sorted(missing.items()):
        yield failed(f"page {page}, as it was built, is missing or was changed; it prints {count} facts")
    for entry, place in facts:
        if place.page in missing:
            continue
        error = _find_error(context, entry, place, known)
        claim = claimed.get(entry.key)
        if error:
            yield failed(
                error, claim, place.page, "the page or the embedded data was changed after the report was made"
            )
        else:
            yield passed(f"'{entry.key}' is printed as '{place.text}'", claim, place.page)
    yield from _check_answers(embedded, ledger)


def _claims_by_fact(embedded: EmbeddedReport, ledger: Ledger) -> dict[str, str]:
    """Return the id of the disclosure whose answer prints a fact, by the fact's key."""
    listed = {claim.id for claim in embedded.claims}
    states = [state for state in reversed([*ledger.disclosures.values()]) if state.id in listed]
    return {key: state.id for state in states for key in state.facts}


def _find_error(context: RuleContext, entry: FactRecord, place: PageLocation, known: PrintedFacts) -> str | None:
    page = context.embedded.moved_pages.get(place.page) or place.page if context.embedded else place.page
    printed = context.pdf.marked.get((page, place.mcid))
    if printed is None:
        return f"page {page} does not contain the marked content that prints '{entry.key}'"
    element = context.embedded.tagged.elements.get((page, place.mcid)) if context.embedded else None
    if not _prints_text(printed, element, place, exactly=entry.decimals is not None):
        shown, expected = _single_spaced(element.text if element else printed)[:60], _single_spaced(place.text)
        return f"page {page} prints '{shown}' where the embedded data has '{expected}'"
    if not shows_fact(place, entry, known):
        return _describe_difference(place, entry, known)
    return None


def _prints_text(printed: str, element: TaggedElement | None, place: PageLocation, exactly: bool) -> bool:
    """Return whether marked content prints a text, which its element may continue on another line or page.

    An element prints nothing else, but for a figure with its labels, and for PDFs of older versions.
    """
    wanted, whole = _without_spaces(place.text), _without_spaces(element.text if element else printed)
    if exactly and element and element.role != FIGURE:
        return whole == wanted
    return wanted in _without_spaces(printed) or wanted in whole


def _describe_difference(place: PageLocation, entry: FactRecord, known: PrintedFacts) -> str:
    if place.kind == "value":
        return f"'{place.text}' is printed for '{entry.key}', whose value in the embedded data is {entry.value}"
    values = ", ".join(f"{known.entries[key].value}" for key in place.operands[:5] if key in known.entries)
    return (
        f"'{place.text}' is printed as the {place.kind} of '{entry.key}', "
        f"but the values of {', '.join(place.operands[:5])} in the embedded data are {values}"
    )


def _single_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def _without_spaces(text: str) -> str:
    """Return a text as it is compared, without its spaces: a line may break inside a unit, as in 'EUR/GBP'."""
    return re.sub(r"\s+", "", normalize_characters(text))


def _check_cells(embedded: EmbeddedReport, ledger: Ledger) -> Iterator[RuleOutcome]:
    """Check the tables of answers in PDFs of older versions, whose data has no locations of facts.

    A cell on the answer's pages must print each value of the series that it names; for a series with several
    dimensions, whose table has no room for more, each value of the latest period.
    """
    latest: dict[str, str] = {}
    for entry in ledger.entries.values():
        latest[entry.series] = max(entry.period, latest.get(entry.series, entry.period), key=period_key)
    for claim in (claim for claim in embedded.claims if claim.physical_pages):
        wanted = frozenset(_series(embedded.answers.get(claim.id)))
        entries = [
            entry
            for entry in ledger.entries.values()
            if entry.series in wanted and (len(entry.members) < 2 or entry.period == latest[entry.series])
        ]
        blocks = (block for page in claim.physical_pages for block in embedded.body.get(page, ()))
        printed = frozenset(read_digits(block.text) for block in blocks if block.role in ("TD", "TH"))
        unprinted = [entry for entry in entries if not printed & possible_digits(entry.value)]
        for entry in unprinted:
            message = f"no cell on its pages prints {entry.value}, the value of '{entry.key}' in the embedded data"
            yield failed(message, claim.id, claim.physical_pages[0], "the page or the embedded data was changed")
        if entries and not unprinted:
            yield passed("its pages print the values of its facts", claim.id, claim.physical_pages[0])


def _series(answer: Any) -> Iterator[str]:
    """Yield the ids of the fact series that an answer names, as written in the data."""
    for name, value in answer.items() if isinstance(answer, Mapping) else ():
        if name == "figure":
            yield from [value] if isinstance(value, str) else value
        else:
            yield from _series(value)


def _check_answers(embedded: EmbeddedReport, ledger: Ledger) -> Iterator[RuleOutcome]:
    """Check that the facts of each answer are printed on the pages that the index names for it."""
    for claim in embedded.claims:
        state = ledger.disclosures.get(claim.id)
        if not state or not state.facts or not claim.physical_pages:
            continue
        misplaced = [key for key in state.facts if not _is_printed_on(ledger, key, claim)]
        if misplaced:
            message = (
                f"the facts {', '.join(misplaced[:5])} of its answer are not printed on the pages that the index names"
            )
            yield failed(message, claim.id, claim.physical_pages[0])
        else:
            yield passed("the facts of its answer are printed on its pages", claim.id, claim.physical_pages[0])


def _is_printed_on(ledger: Ledger, key: str, claim: Claim) -> bool:
    """Return whether a fact of an answer is printed on its pages; one without a location is drawn, not printed."""
    entry = ledger.entries.get(key)
    return entry is not None and (not entry.places or any(place.page in claim.physical_pages for place in entry.places))
