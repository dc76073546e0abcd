"""Rule on facts: each number of the embedded data stands where the data says, with its value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

from gri_builder.audit.gri_builder_pdf.embedded_data import EmbeddedData
from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.model.claim import Claim
from gri_builder.model.provenance import FactRecord, Ledger, PageLocation

MOST_DECIMALS = 6
NUMBER = re.compile(r"\d{1,3}(?:[ .,\u00a0\u2009\u202f’']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
"""A number as it is printed; digits of a unit, as in 'g/100 g' or 'per 200,000 h', stand behind it."""


def check_facts(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each fact stands in the marked content that the embedded ledger names, and reads as its value, rounded.

    So a digit that was changed, on the page or in the data, is found (ISO 32000-1, 14.7.4).
    """
    own = subject.own
    assert own
    data = own.carried.data
    if data is None:
        yield skipped("the embedded data can't be read")
        return
    facts = [(entry, place) for entry in data.ledger.entries.values() for place in entry.places]
    if not facts:
        yield from _check_cells(own, data)
        return
    claimed = _claims_by_fact(own, data.ledger)
    gone = Counter(place.page for _, place in facts if own.moved.get(place.page, 0) is None)
    for page, count in sorted(gone.items()):
        yield failed(f"page {page}, as it was built, is gone or was changed, and {count} facts with it")
    for entry, place in facts:
        if place.page in gone:
            continue
        fault = _find_fault(subject, entry, place)
        claim = claimed.get(entry.key)
        if fault:
            yield failed(
                fault, claim, place.page, "the page or the embedded data was changed after the report was made"
            )
        else:
            yield passed(f"'{entry.key}' is printed as '{place.text}'", claim, place.page)
    yield from _check_answers(own, data.ledger)


def _claims_by_fact(own: EmbeddedReport, ledger: Ledger) -> dict[str, str]:
    """Return the id of the disclosure whose answer prints a fact, by the fact's key."""
    listed = {row.claim.id for row in own.rows}
    return {
        key: stand.id for stand in reversed([*ledger.disclosures.values()]) if stand.id in listed for key in stand.facts
    }


def _find_fault(subject: RuleContext, entry: FactRecord, place: PageLocation) -> str | None:
    page = subject.own.moved.get(place.page) or place.page if subject.own else place.page
    printed = subject.pdf.marked.get((page, place.mcid))
    if printed is None:
        return f"page {page} does not hold the marked content that prints '{entry.key}'"
    if _close(place.text) not in _close(printed):
        return f"page {page} prints '{_even(printed)[:60]}' where the embedded data has '{_even(place.text)}'"
    if place.kind == "value" and not shows_value(place.text, entry.value):
        return f"'{place.text}' is printed for '{entry.key}', whose value in the embedded data is {entry.value}"
    return None


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def _close(text: str) -> str:
    """Return a text without its spaces, as a line may break inside a unit: 'EUR/GBP'."""
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


def shows_value(text: str, value: Decimal) -> bool:
    """Return whether the digits of a printed number are those of the value, rounded to some number of decimals."""
    number = NUMBER.search(text)
    return _digits(number[0] if number else text) in _possible_digits(value)


def _digits(text: str) -> str:
    """Return the digits of a printed number, without signs and the zeros in front."""
    return "".join(re.findall(r"\d", text)).lstrip("0")


def _possible_digits(value: Decimal) -> frozenset[str]:
    """Return the digits that a value may be printed with: rounded, and for a share as per cent too."""
    return frozenset(
        str((abs(value) * scale).quantize(Decimal(1).scaleb(-decimals), rounding)).replace(".", "").lstrip("0")
        for scale in (Decimal(1), Decimal(100))
        for decimals in range(MOST_DECIMALS + 1)
        for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP)
    )


def _check_cells(own: EmbeddedReport, data: EmbeddedData) -> Iterator[RuleOutcome]:
    """Check the tables of answers where the data does not say where each fact stands, as in older files.

    Each value of a series that an answer names must stand in a cell of its pages; of a series with several dimensions,
    whose table has no room for more, each value of the latest period.
    """
    latest: dict[str, str] = {}
    for entry in data.ledger.entries.values():
        latest[entry.series] = max(entry.period, latest.get(entry.series, ""))
    for claim in (row.claim for row in own.rows if row.claim.physical_pages):
        wanted = frozenset(_series(data.answers.get(claim.id)))
        entries = [
            entry
            for entry in data.ledger.entries.values()
            if entry.series in wanted and (len(entry.members) < 2 or entry.period == latest[entry.series])
        ]
        blocks = (block for page in claim.physical_pages for block in own.body.get(page, ()))
        printed = frozenset(_digits(block.text) for block in blocks if block.role in ("TD", "TH"))
        lost = [entry for entry in entries if not printed & _possible_digits(entry.value)]
        for entry in lost:
            message = f"no cell on its pages prints {entry.value}, the value of '{entry.key}' in the embedded data"
            yield failed(message, claim.id, claim.physical_pages[0], "the page or the embedded data was changed")
        if entries and not lost:
            yield passed("its pages print the values of its facts", claim.id, claim.physical_pages[0])


def _series(answer: Any) -> Iterator[str]:
    """Yield the ids of the fact series that an answer names, as written in the data."""
    for name, value in answer.items() if isinstance(answer, Mapping) else ():
        if name == "figure":
            yield from [value] if isinstance(value, str) else value
        else:
            yield from _series(value)


def _check_answers(own: EmbeddedReport, ledger: Ledger) -> Iterator[RuleOutcome]:
    """Check that the facts of each answer stand on the pages that the index names for it."""
    for claim in (row.claim for row in own.rows):
        stand = ledger.disclosures.get(claim.id)
        if not stand or not stand.facts or not claim.physical_pages:
            continue
        astray = [key for key in stand.facts if not _stands_on(ledger, key, claim)]
        if astray:
            message = f"the facts {', '.join(astray[:5])} of its answer do not stand on the pages that the index names"
            yield failed(message, claim.id, claim.physical_pages[0])
        else:
            yield passed("the facts of its answer stand on its pages", claim.id, claim.physical_pages[0])


def _stands_on(ledger: Ledger, key: str, claim: Claim) -> bool:
    """Return whether a fact of an answer stands on its pages; one without a place is drawn without its number."""
    entry = ledger.entries.get(key)
    return entry is not None and (not entry.places or any(place.page in claim.physical_pages for place in entry.places))
