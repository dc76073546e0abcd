"""One cause, one finding: what a rule with more to say has found already is not found again as a changed text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only
from gri_builder.model.audit_result import Check, CheckStatus

PLAIN = frozenset({"table-text", "caption-text", "chart-text", "printed-text", "link-address"})
"""Rules that compare texts and links without knowing what they are."""
WHOLE = frozenset(
    {"page-content", "sealed-page", "sealed-structure", "sealed-document", "sealed-file", "signature", "saved-again"}
)
"""Rules that compare pages and files as a whole, and don't say what is printed."""
ON_WORDING = frozenset({"answer-wording", "chapter-wording", "report-wording"})
"""Rules that know whose text it is, but not where in a table."""
OF_ROWS = frozenset({"index-row", "index-link"})
"""Rules on rows of the index, which name the first page of the index."""
LEAST = 4
"""Letters and digits from which on a part of a text is not there by chance."""
_QUOTED = re.compile(r"'(.{1,500}?)'(?=[\s,;:.)]|$)")


def drop_repeated(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Return the checks without those failures of plain rules that quote what another failure there quotes.

    A failure of a rule on wording then says in which cell of a table it is.
    """
    others = [check for check in checks if check.status is CheckStatus.FAIL and check.rule not in PLAIN | WHOLE]
    quotes = [_quotes(check) for check in others]
    places: dict[int, str] = {}
    dropped: set[int] = set()
    for check in checks:
        if check.status is CheckStatus.FAIL and check.rule in PLAIN:
            found = _find_repeated(check, others, quotes)
            if found is not None:
                dropped.add(id(check))
                places.setdefault(id(others[found]), _place_in(check))
    kept = (check for check in checks if id(check) not in dropped)
    return tuple(_locate(check, places.get(id(check), "")) for check in kept)


def _find_repeated(check: Check, others: Sequence[Check], quotes: Sequence[tuple[str, ...]]) -> int | None:
    """Return the index of another failure on that page that quotes what a failure of a plain rule quotes."""
    own = _quotes(check)
    for number, (other, quoted) in enumerate(zip(others, quotes, strict=True)):
        if _page_of(other) in (None, check.where.page) and any(_overlap(a, b) for a in own for b in quoted):
            return number
    return None


def _place_in(check: Check) -> str:
    """Return which cell of which table a failure is about; empty for any other place."""
    place, colon, _ = check.message.partition(": ")
    return place if colon and check.rule == "table-text" else ""


def _locate(check: Check, place: str) -> Check:
    return replace(check, message=f"{place}: {check.message}") if place and check.rule in ON_WORDING else check


def _page_of(check: Check) -> int | None:
    """Return the page that a failure is about; None for a row of the index, which may be on any page of it."""
    return None if check.rule in OF_ROWS else check.where.page


def _quotes(check: Check) -> tuple[str, ...]:
    """Return what a message quotes, and the code that it is about: letters and digits only."""
    quoted = [*_QUOTED.findall(check.message), check.id or ""]
    return tuple(filter(None, (alphanumeric_only(text) for text in quoted)))


def _overlap(one: str, other: str) -> bool:
    """Return whether two quotes are of the same text: equal, or one of some length in the other."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= LEAST and short in long)
