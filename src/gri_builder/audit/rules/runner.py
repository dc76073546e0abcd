"""The audit rules by name, and the function that runs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gri_builder.audit.rules import (
    answers,
    claims,
    content_index,
    criteria,
    destinations,
    drawn_charts,
    embedded_data,
    facts,
    links,
    omissions,
    pages,
    printed_text,
    references,
    seals,
    signatures,
    text,
)
from gri_builder.audit.rules.context import Rule, RuleContext, RuleOutcome, skipped
from gri_builder.audit.rules.repeated import drop_repeated
from gri_builder.index_reading.extraction import ALL_RULES
from gri_builder.model.audit_result import Check, CheckStatus
from gri_builder.model.finding import Location

GRI_BUILDER_RULES: Mapping[str, Rule] = {
    "embedded-files": embedded_data.check_files,
    "embedded-hashes": embedded_data.check_hashes,
    "embedded-data": embedded_data.check_agreement,
    "page-exists": references.check_pages,
    "page-label": pages.check_labels,
    "page-content": pages.check_page_hashes,
    "sealed-page": seals.check_sealed_pages,
    "sealed-structure": seals.check_sealed_structure,
    "sealed-document": seals.check_sealed_document,
    "sealed-file": seals.check_sealed_file,
    "signature": seals.check_signatures,
    "signature-intact": signatures.check_signed,
    "signature-claimed": signatures.check_claims,
    "saved-again": seals.check_saved_again,
    "page-number": pages.check_printed_numbers,
    "index-row": content_index.check_rows,
    "index-link": content_index.check_links,
    "destination": destinations.check_destinations,
    "mark": answers.check_marks,
    "answer-text": answers.check_text,
    "answer-pages": answers.check_pages,
    "answer-letters": answers.check_letters,
    "answer-wording": text.check_answers,
    "chapter-wording": text.check_chapters,
    "report-wording": text.check_report,
    "table-text": printed_text.check_tables,
    "caption-text": printed_text.check_captions,
    "chart-text": printed_text.check_charts,
    "chart-lengths": drawn_charts.check_lengths,
    "printed-text": printed_text.check_text,
    "link-address": printed_text.check_links,
    "fact": facts.check_facts,
    "omission": omissions.check_omissions,
    "assurance": claims.check_assurance,
    "link": links.check_links,
    "contents": links.check_contents,
    "bookmark": links.check_bookmarks,
    "option-stated": criteria.check_statement,
    "criterion": criteria.check_criteria,
}
"""Rules for gri-builder PDFs, whose pages are compared with the embedded data; names never change."""

THIRD_PARTY_RULES: Mapping[str, Rule] = {
    "page-exists": references.check_pages,
    "pages-elsewhere": references.check_extract,
    "reference-outside": references.check_outside,
    "reference-unread": references.check_unread,
    "subject-on-page": claims.check_subjects,
    "listed-twice": claims.check_twice,
    "row-empty": omissions.check_rows,
    "placeholder-left": omissions.check_placeholders,
    "signature-intact": signatures.check_signed,
    "signature-claimed": signatures.check_claims,
    "omission": omissions.check_omissions,
    "assurance": claims.check_assurance,
    "criterion": criteria.check_criteria,
}
"""Rules for third-party PDFs, of which only the pages are known."""


def run_rules(context: RuleContext) -> tuple[Check, ...]:
    """Return the result of every check; a rule that crashes is skipped, and the others run."""
    rules = GRI_BUILDER_RULES if context.embedded else THIRD_PARTY_RULES
    return drop_repeated([check for name, rule in rules.items() for check in _run(name, rule, context)])


def _run(name: str, rule: Rule, context: RuleContext) -> Iterator[Check]:
    reason = context.extracted.not_judged.get(name) or context.extracted.not_judged.get(ALL_RULES)
    try:
        outcomes = [skipped(reason)] if reason else list(rule(context))
    except Exception as error:  # a crash in one rule must not stop the others
        reason = f"the rule itself failed ({type(error).__name__}: {str(error)[:80]}); this is a fault of gri-builder"
        outcomes = [RuleOutcome(CheckStatus.SKIPPED, reason)]
    yield from (_stamp(name, outcome, context) for outcome in outcomes)


def _stamp(name: str, outcome: RuleOutcome, context: RuleContext) -> Check:
    return Check(
        rule=name,
        status=outcome.status,
        message=outcome.message,
        where=locate_page(context, outcome.page),
        id=outcome.id,
        hint=outcome.hint,
        severity=outcome.severity,
    )


def locate_page(context: RuleContext, page: int | None) -> Location:
    """Return the location of the file, or of a page of it with its label."""
    label = context.extracted.name_page(context.pdf, page) if page else ""
    return Location(context.pdf.name, page=page, label=label or None)
