"""The rules: what is checked on a PDF, one small generator for each, and the driver that runs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gri_builder.audit.rules import answers, claims, criteria, destinations, facts, links, text
from gri_builder.audit.rules import content_index as index
from gri_builder.audit.rules import embedded_data as carried
from gri_builder.audit.rules import pages as labels
from gri_builder.audit.rules.context import Rule, RuleContext, RuleOutcome
from gri_builder.model.audit_result import Check, CheckStatus
from gri_builder.model.finding import Location

OWN_RULES: Mapping[str, Rule] = {
    "embedded-files": carried.check_files,
    "embedded-hashes": carried.check_hashes,
    "embedded-data": carried.check_agreement,
    "page-exists": claims.check_pages,
    "page-label": labels.check_labels,
    "page-content": labels.check_page_hashes,
    "page-number": labels.check_printed_numbers,
    "index-row": index.check_rows,
    "index-link": index.check_links,
    "destination": destinations.check_destinations,
    "mark": answers.check_marks,
    "answer-text": answers.check_text,
    "answer-pages": answers.check_pages,
    "answer-letters": answers.check_letters,
    "answer-wording": text.check_answers,
    "chapter-wording": text.check_chapters,
    "report-wording": text.check_report,
    "fact": facts.check_facts,
    "omission": claims.check_omissions,
    "assurance": claims.check_assurance,
    "link": links.check_links,
    "contents": links.check_contents,
    "bookmark": links.check_bookmarks,
    "option-stated": criteria.check_statement,
    "criterion": criteria.check_criteria,
}
"""Rules for a PDF of ours, which carries what its pages are to be judged by; by name, which is never changed."""

OTHER_RULES: Mapping[str, Rule] = {
    "page-exists": claims.check_pages,
    "reference-outside": claims.check_outside,
    "subject-on-page": claims.check_subjects,
    "listed-twice": claims.check_twice,
    "omission": claims.check_omissions,
    "assurance": claims.check_assurance,
    "criterion": criteria.check_criteria,
}
"""Rules for anyone's PDF, of which nothing is known but its pages."""


def run_rules(subject: RuleContext) -> tuple[Check, ...]:
    """Return the outcome of every check; a rule that breaks is skipped, and spoils no other."""
    rules = OWN_RULES if subject.own else OTHER_RULES
    return tuple(check for name, rule in rules.items() for check in _run(name, rule, subject))


def _run(name: str, rule: Rule, subject: RuleContext) -> Iterator[Check]:
    try:
        outcomes = list(rule(subject))
    except Exception as fault:  # one rule's fault is that rule's alone
        reason = f"the rule itself broke ({type(fault).__name__}: {str(fault)[:80]}); this is a fault of gri-builder"
        outcomes = [RuleOutcome(CheckStatus.SKIPPED, reason)]
    yield from (_stamp(name, outcome, subject) for outcome in outcomes)


def _stamp(name: str, outcome: RuleOutcome, subject: RuleContext) -> Check:
    return Check(
        rule=name,
        status=outcome.status,
        message=outcome.message,
        where=find_place(subject, outcome.page),
        id=outcome.id,
        hint=outcome.hint,
        severity=outcome.severity,
    )


def find_place(subject: RuleContext, page: int | None) -> Location:
    """Return the file, or a page of it with its label."""
    pages = subject.pdf.pages
    label = pages[page - 1].label if page and page <= len(pages) else None
    return Location(subject.pdf.name, page=page, label=label or None)
