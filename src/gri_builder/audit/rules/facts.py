"""Rule on facts: each number of the embedded data stands where the data says, with its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from gri_builder.audit.own import Own
from gri_builder.audit.subject import Outcome, Subject, fails, holds, skipped
from gri_builder.claim import Claim
from gri_builder.ledger import Entry, Ledger, Place

MOST_DECIMALS = 6


def check_facts(subject: Subject) -> Iterator[Outcome]:
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
        yield skipped("the embedded data does not say where its facts are printed")
    claimed = _claims_by_fact(own, data.ledger)
    for entry, place in facts:
        fault = _find_fault(subject, entry, place)
        claim = claimed.get(entry.key)
        if fault:
            yield fails(fault, claim, place.page, "the page or the embedded data was changed after the report was made")
        else:
            yield holds(f"'{entry.key}' is printed as '{place.text}'", claim, place.page)
    if facts:
        yield from _check_answers(own, data.ledger)


def _claims_by_fact(own: Own, ledger: Ledger) -> dict[str, str]:
    """Return the id of the disclosure whose answer prints a fact, by the fact's key."""
    listed = {row.claim.id for row in own.rows}
    return {key: stand.id for stand in reversed([*ledger.stands.values()]) if stand.id in listed for key in stand.facts}


def _find_fault(subject: Subject, entry: Entry, place: Place) -> str | None:
    printed = subject.pdf.marked.get((place.page, place.mcid))
    if printed is None:
        return f"page {place.page} does not hold the marked content that prints '{entry.key}'"
    if _even(place.text) not in _even(printed):
        return f"page {place.page} prints '{_even(printed)[:60]}' where the embedded data has '{_even(place.text)}'"
    if place.how == "value" and not shows_value(place.text, entry.value):
        return f"'{place.text}' is printed for '{entry.key}', whose value in the embedded data is {entry.value}"
    return None


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def shows_value(text: str, value: Decimal) -> bool:
    """Return whether the digits of a printed number are those of the value, rounded to some number of decimals.

    Where the text was converted to another unit, its digits are no witness: it then shows no digit of the value at all,
    and only the ledger's own text can be compared.
    """
    digits = "".join(re.findall(r"\d", text)).lstrip("0")
    for scale in (Decimal(1), Decimal(100)):
        for decimals in range(MOST_DECIMALS + 1):
            for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP):
                rounded = (abs(value) * scale).quantize(Decimal(1).scaleb(-decimals), rounding)
                if str(rounded).replace(".", "").lstrip("0") == digits:
                    return True
    return False


def _check_answers(own: Own, ledger: Ledger) -> Iterator[Outcome]:
    """Check that the facts of each answer stand on the pages that the index names for it."""
    for claim in (row.claim for row in own.rows):
        stand = ledger.stands.get(claim.id)
        if not stand or not stand.facts or not claim.physical_pages:
            continue
        astray = [key for key in stand.facts if not _stands_on(ledger, key, claim)]
        if astray:
            message = f"the facts {', '.join(astray[:5])} of its answer do not stand on the pages that the index names"
            yield fails(message, claim.id, claim.physical_pages[0])
        else:
            yield holds("the facts of its answer stand on its pages", claim.id, claim.physical_pages[0])


def _stands_on(ledger: Ledger, key: str, claim: Claim) -> bool:
    entry = ledger.entries.get(key)
    return entry is not None and any(place.page in claim.physical_pages for place in entry.places)
