"""Rules on the option that is claimed: it is stated as the index has it, and its criteria hold."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped

MOST_NAMED = 12
"""Disclosures that a finding names, before it says how many more there are."""


def check_statement(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The heading of the printed index names the option that the embedded index claims (G4 Part 1, 3.4)."""
    own = subject.own
    assert own
    index = own.carried.index
    option = subject.framework.options.get(index.option or "") if index else None
    if index is None or option is None or not own.printed.pages:
        yield skipped("no option is claimed" if index and own.printed.pages else "there is no content index to look at")
        return
    words = own.expectation.words if own.expectation else {}
    title = words.get("index-title", "").format(title=subject.framework.index_title, option=option.name)
    page = own.printed.pages[0]
    if any(alphanumeric_only(block.text) == alphanumeric_only(title) for block in own.tagged.by_page.get(page, ())):
        yield passed(f"the index says that it is for '{option.name}'", page=page)
    else:
        yield failed(f"the heading of the index does not read '{title}'", page=page)


def check_criteria(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The criteria of the claimed option hold by what the PDF itself shows (G4 Part 1, 3.1)."""
    coverage = subject.coverage
    if coverage is None or coverage.claimed is None:
        yield skipped("the PDF claims no option")
        return
    name = subject.framework.options[coverage.claimed].name
    page = subject.extracted.index_pages[0] if subject.extracted.index_pages else None
    for criterion in coverage.criteria:
        if criterion.option != coverage.claimed:
            continue
        if criterion.holds:
            yield passed(f"{name}: {criterion.summary}", page=page)
        else:
            aspects = subject.framework.aspects
            needs = [aspects[need].display_name if need in aspects else need for need in criterion.needs]
            more = f" and {len(needs) - MOST_NAMED} more" if len(needs) > MOST_NAMED else ""
            lacking = f"still needs {', '.join(needs[:MOST_NAMED])}{more}" if needs else "name the material Aspects"
            message = f"'{name}' is claimed, but a criterion of it does not hold: {criterion.summary}"
            yield failed(message, page=page, hint=lacking)
