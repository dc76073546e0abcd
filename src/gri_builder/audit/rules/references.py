"""Rules on where the rows of a content index lead: pages of the PDF, other parts of the report, other documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.model.audit_result import AuditClaim, PageMap, Reference
from gri_builder.model.claim import page_ranges
from gri_builder.model.finding import Severity

MOST_QUOTED = 8
"""Missing pages that are quoted."""


def check_pages(context: RuleContext) -> Iterator[RuleOutcome]:
    """The pages that the index names exist, so that a reader can turn to them (G4 Part 1, 3.4)."""
    embedded = {claim.id: claim.physical_pages for claim in context.embedded.claims} if context.embedded else {}
    last = len(context.pdf.pages)
    for claim in context.extracted.claims:
        beyond = [page for page in embedded.get(claim.id, ()) if page > last]
        if beyond:
            message = f"the index leads to page {page_ranges(beyond)}, but the PDF ends with page {last}"
            yield failed(message, claim.id, claim.found_on, "pages are missing from the PDF")
        else:
            yield from _check_claim(claim)
    yield from _check_other_file(context)


def _check_claim(claim: AuditClaim) -> Iterator[RuleOutcome]:
    """Yield whether the pages of a row exist; those in another part of the report have one cause for all rows."""
    if any(each.elsewhere for each in claim.references):
        yield skipped("its pages are in a part of the report that the PDF does not hold", claim.id, claim.found_on)
        return
    missing = [each for each in claim.references if _leads_nowhere(each)]
    if missing:
        message = f"the PDF has no page {'; '.join(map(_quote_missing, missing))}"
        yield failed(message, claim.id, claim.found_on, "ask which page or document is meant")
    elif claim.pages:
        yield passed("the pages that the index names exist", claim.id, claim.pages[0])


def _leads_nowhere(reference: Reference) -> bool:
    """Return whether a reference names a page that the PDF does not have."""
    unresolved = not reference.pages and not (reference.outside or reference.unread)
    return bool(reference.missing) or unresolved


def _quote_missing(reference: Reference) -> str:
    """Return the missing pages, quoted; with the whole reference where they are a part of it."""
    missing = _list_pages(reference.missing)
    if not missing or (not reference.pages and len(reference.missing) == 1):
        return f"'{reference.text}'"
    return f"{missing}, named by '{reference.text}'"


def _list_pages(names: Sequence[str]) -> str:
    """Return printed page numbers as ranges, Roman ones before the others."""
    arabic = page_ranges(int(name) for name in names if name.isdigit())
    return ", ".join([*(name for name in names if not name.isdigit()), *([arabic] if arabic else [])])


def _check_other_file(context: RuleContext) -> Iterator[RuleOutcome]:
    """Yield one error where the index of a whole report names many pages beyond its end."""
    page_map = context.extracted.page_map
    elsewhere = _elsewhere(context.extracted.claims)
    if page_map and page_map.trusted and elsewhere and not context.extracted.is_extract:
        message = f"{_summarize(page_map, elsewhere)}; the index seems to belong to another file"
        yield failed(message, None, elsewhere[0].found_on, "ask for the file to which the index belongs, and audit it")


def check_extract(context: RuleContext) -> Iterator[RuleOutcome]:
    """Pages that the index names are in the PDF; an extract of a report holds only some of them.

    One finding for all rows, as it has one cause (G4 Part 1, 3.4).
    """
    page_map = context.extracted.page_map
    elsewhere = _elsewhere(context.extracted.claims)
    if page_map and page_map.trusted and elsewhere and context.extracted.is_extract:
        hint = "get the whole report and audit it; the pages of these rows could not be looked at"
        yield failed(_summarize(page_map, elsewhere), None, elsewhere[0].found_on, hint, Severity.WARNING)


def _elsewhere(claims: Sequence[AuditClaim]) -> list[AuditClaim]:
    return [claim for claim in claims if any(each.elsewhere for each in claim.references)]


def _summarize(page_map: PageMap, elsewhere: Sequence[AuditClaim]) -> str:
    """Return which printed pages the PDF holds, and which others are named."""
    held = [
        number
        for run in page_map.runs
        if not run.roman
        for number in range(max(run.number, 1), run.number + run.each * (run.last - run.first + 1))
    ]
    missing = dict.fromkeys(name for claim in elsewhere for each in claim.references for name in each.missing)
    ordered = sorted(missing, key=lambda name: (name.isdigit(), int(name) if name.isdigit() else 0))
    quoted = ", ".join(ordered[:MOST_QUOTED]) + (", …" if len(ordered) > MOST_QUOTED else "")
    rows = f"{len(elsewhere)} rows of the index name pages that are not in it"
    return f"the PDF holds the printed pages {page_ranges(held)} only; {rows}, such as {quoted}"


def check_outside(context: RuleContext) -> Iterator[RuleOutcome]:
    """References to other documents can't be checked here; they are listed as skipped."""
    for claim in context.extracted.claims:
        for reference in claim.references:
            if reference.outside:
                yield skipped(f"'{reference.text}' refers to another document", claim.id, claim.found_on)


def check_unread(context: RuleContext) -> Iterator[RuleOutcome]:
    """References that are not understood can't be checked; they are listed as skipped, never taken as answers."""
    for claim in context.extracted.claims:
        for reference in claim.references:
            if reference.unread:
                message = f"'{reference.text}' seems to lead to a page, but is not understood; look it up"
                yield skipped(message, claim.id, claim.found_on)
