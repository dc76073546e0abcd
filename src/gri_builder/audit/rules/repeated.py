"""One cause, one finding: what a rule with more to say has found already is not found again as a changed text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only
from gri_builder.model.audit_result import Check, CheckStatus

PLAIN = frozenset({"table-text", "caption-text", "chart-text", "printed-text", "link-address"})
"""Rules that compare texts and links without knowing what they are."""
WHOLE = frozenset(
    {"page-content", "sealed-page", "sealed-structure", "sealed-document", "sealed-file", "signature", "saved-again"}
)
"""Rules that compare pages and files as a whole, and don't say what is printed."""
OF_ROWS = frozenset({"index-row", "index-link"})
"""Rules on rows of the index, which name the first page of the index."""
LEAST = 4
"""Letters and digits from which on a part of a text is not there by chance."""
_QUOTED = re.compile(r"'(.+?)'(?=[\s,;:.)]|$)")


def drop_repeated(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Return the checks without those failures of plain rules that quote what another failure there quotes."""
    failed = [check for check in checks if check.status is CheckStatus.FAIL]
    others = [(_page_of(check), _quotes(check)) for check in failed if check.rule not in PLAIN | WHOLE]
    return tuple(check for check in checks if not (_is_plain_failure(check) and _is_repeated(check, others)))


def _page_of(check: Check) -> int | None:
    """Return the page that a failure is about; None for a row of the index, which may be on any page of it."""
    return None if check.rule in OF_ROWS else check.where.page


def _is_plain_failure(check: Check) -> bool:
    return check.status is CheckStatus.FAIL and check.rule in PLAIN


def _is_repeated(check: Check, others: Iterable[tuple[int | None, tuple[str, ...]]]) -> bool:
    own = _quotes(check)
    return any(
        page in (None, check.where.page) and any(_overlap(one, other) for one in own for other in quotes)
        for page, quotes in others
    )


def _quotes(check: Check) -> tuple[str, ...]:
    """Return what a message quotes, and the code that it is about: letters and digits only."""
    quoted = [*_QUOTED.findall(check.message), check.id or ""]
    return tuple(filter(None, (alphanumeric_only(text) for text in quoted)))


def _overlap(one: str, other: str) -> bool:
    """Return whether two quotes are of the same text: equal, or one of some length in the other."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= LEAST and short in long)
