"""Rules on the rows of a content index, of a gri-builder PDF or a third-party PDF."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.model.audit_result import AuditClaim, Verdict
from gri_builder.model.claim import page_ranges
from gri_builder.model.finding import Severity
from gri_builder.model.framework import split_id

MAX_STATEMENT_TEXTS = 3
"""Texts of an assurance statement that are searched; one of them is enough, as another rule compares each."""


def check_subjects(context: RuleContext) -> Iterator[RuleOutcome]:
    """The page that the index names speaks of the disclosure's context, as far as its words can tell."""
    for claim in context.extracted.claims:
        if not claim.pages:
            continue
        evidence, pages = claim.evidence, page_ranges(claim.pages)
        if evidence.verdict is Verdict.FOUND:
            yield passed("its subject is on the page", claim.id, evidence.page)
        elif evidence.verdict is Verdict.NOT_FOUND:
            message = f"nothing on page {pages} mentions '{_title(context, claim)}'"
            hint = "read the page: words alone can't prove that it is missing"
            yield failed(message, claim.id, claim.pages[0], hint, Severity.WARNING)
        elif evidence.verdict is Verdict.WEAK:
            message = f"few words of '{_title(context, claim)}' are on page {evidence.page}; read it"
            yield skipped(message, claim.id, evidence.page)
        else:
            message = f"page {pages} has no text that can be searched, or is the index itself; read it"
            yield skipped(message, claim.id, claim.pages[0])


def _title(context: RuleContext, claim: AuditClaim) -> str:
    """Return what a claim is about: the Aspect for a management approach, else the title of the disclosure."""
    code, aspect = split_id(claim.id)
    known = context.framework.aspects.get(aspect or "")
    disclosure = context.framework.disclosures.get(code)
    return known.name if known else disclosure.title if disclosure else claim.code


def check_twice(context: RuleContext) -> Iterator[RuleOutcome]:
    """A disclosure that the index lists twice has the same pages in both rows; otherwise one row is outdated."""
    seen: dict[tuple[str, tuple[str, ...]], AuditClaim] = {}
    differing: set[str] = set()
    for claim in context.extracted.claims:
        if claim.id in context.framework.management_approaches:
            continue  # of Aspects that are not known
        first = seen.setdefault((claim.id, claim.parts), claim)
        if first.pages != claim.pages and claim.pages and first.pages and claim.id not in differing:
            differing.add(claim.id)
            message = (
                f"the index lists it twice, with page {page_ranges(first.pages)} and page {page_ranges(claim.pages)}"
            )
            yield failed(message, claim.id, claim.found_on, "ask which of them is meant", Severity.WARNING)
    for id in dict.fromkeys(claim.id for claim in context.extracted.claims if claim.id not in differing):
        yield passed("the index does not contradict itself on it", id)


def check_assurance(context: RuleContext) -> Iterator[RuleOutcome]:
    """Where the index says that a disclosure is assured, the page that it names contains the assurance statement.

    G4 Part 1, 3.4; a PDF can't prove that the assurance took place.
    """
    statement = _statement_texts(context)
    for claim in context.extracted.claims:
        if not claim.assured:
            continue
        page = claim.assurance_page
        if page is None:
            yield skipped(
                "the index says that it is assured, and names no page of this PDF for it", claim.id, claim.found_on
            )
        elif page > len(context.pdf.pages):
            message = f"the index names page {page} for the assurance statement, but the PDF ends before"
            yield failed(message, claim.id, claim.found_on)
        elif statement and context.embedded and not _is_in_chapter(context.embedded, statement, page):
            message = f"the chapter on page {page}, named for the assurance statement, does not contain it"
            yield failed(message, claim.id, page, "look for the statement elsewhere in the PDF")
        else:
            yield passed("the page named for the assurance statement exists", claim.id, page)


def _is_in_chapter(embedded: EmbeddedReport, texts: Sequence[str], page: int) -> bool:
    """Return whether a chapter on the page prints the texts; another rule says which of them were changed."""
    chapters = {block.sections[:1] for block in embedded.body.get(page, ())}
    printed = "\n".join(
        alphanumeric_only(block.text) for block in embedded.tagged.blocks if block.sections[:1] in chapters
    )
    return any(alphanumeric_only(text) in printed for text in texts)


def _statement_texts(context: RuleContext) -> tuple[str, ...]:
    """Return the longest texts of the assurance statement of a gri-builder PDF; none if its data does not have it."""
    data = context.embedded.files.data if context.embedded else None
    assurance = data.report.get("assurance") if data else None
    path = assurance.get("statement") if isinstance(assurance, dict) else None
    if data is None or data.text is None or not isinstance(path, str):
        return ()
    texts = data.text.chapters.get(posixpath.normpath(path.strip()), ())
    return tuple(sorted(texts, key=len)[-MAX_STATEMENT_TEXTS:])
