"""Rules on the claimed option: the index states it, and its criteria are met."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped

MAX_NAMED = 12
"""Disclosures that a finding names before it counts the others."""


def check_statement(context: RuleContext) -> Iterator[RuleOutcome]:
    """The heading of the printed index names the option that the embedded index claims (G4 Part 1, 3.4)."""
    embedded = context.embedded
    assert embedded
    index = embedded.files.index
    option = context.framework.options.get(index.option or "") if index else None
    if index is None or option is None or not embedded.printed.pages:
        yield skipped("no option is claimed" if index and embedded.printed.pages else "the PDF has no content index")
        return
    messages = embedded.expected_index.messages if embedded.expected_index else {}
    names = (messages.get("index-name", ""), context.framework.index_title)  # earlier versions print the second
    titles = [messages.get("index-title", "").format(title=name, option=option.name) for name in names]
    known = {alphanumeric_only(title) for title in titles}
    page = embedded.printed.pages[0]
    if any(alphanumeric_only(block.text) in known for block in embedded.tagged.by_page.get(page, ())):
        yield passed(f"the heading of the index names '{option.name}'", page=page)
    else:
        yield failed(f"the heading of the index does not read '{titles[0]}'", page=page)


def check_criteria(context: RuleContext) -> Iterator[RuleOutcome]:
    """The PDF itself meets the criteria of the claimed option (G4 Part 1, 3.1)."""
    coverage = context.coverage
    if coverage is None or coverage.claimed is None:
        yield skipped("the PDF claims no option")
        return
    name = context.framework.options[coverage.claimed].name
    page = context.extracted.index_pages[0] if context.extracted.index_pages else None
    for criterion in coverage.criteria:
        if criterion.option != coverage.claimed:
            continue
        if criterion.holds:
            yield passed(f"{name}: {criterion.summary}", page=page)
        else:
            aspects = context.framework.aspects
            needs = [aspects[need].display_name if need in aspects else need for need in criterion.needs]
            more = f" and {len(needs) - MAX_NAMED} more" if len(needs) > MAX_NAMED else ""
            hint = f"still needs {', '.join(needs[:MAX_NAMED])}{more}" if needs else "name the material Aspects"
            message = f"'{name}' is claimed, but one of its criteria is not met: {criterion.summary}"
            yield failed(message, page=page, hint=hint)
