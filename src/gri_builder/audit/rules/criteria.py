"""Rules on the claimed option: the index states it, and its criteria are met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.model.coverage import Coverage, Criterion, Outcome
from gri_builder.model.framework import Framework

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
    coverage, claimed = context.coverage, context.framework.options.get(context.extracted.claimed or "")
    if coverage is None and claimed:
        yield skipped(f"'{claimed.name}' is claimed, but there is no index by which it could be judged")
        return
    if coverage is None or coverage.claimed is None:
        differ = bool(context.extracted.claimed_evidence)
        yield skipped("the claims of an option differ" if differ else "the PDF claims no option of this framework")
        return
    name = context.framework.options[coverage.claimed].name
    page = context.extracted.index_pages[0] if context.extracted.index_pages else None
    is_draft = context.embedded is not None and context.embedded.missing is not None
    for criterion in coverage.criteria:
        if criterion.option != coverage.claimed:
            continue
        if is_draft and criterion.verdict is Outcome.OPEN:
            yield skipped(f"a draft says itself what is missing: {criterion.summary}", page=page)
            continue
        if criterion.verdict is Outcome.HOLDS:
            yield passed(f"{name}: {criterion.summary}", page=page)
        elif criterion.verdict is Outcome.AUTHOR:
            yield skipped(f"only the organization itself can know: {criterion.summary}", page=page)
        elif criterion.verdict is Outcome.UNCLEAR:
            yield skipped(f"{_explain_unclear(criterion, coverage, context.framework)}: {criterion.summary}", page=page)
        else:
            needs = _list_names(criterion.needs, context.framework)
            hint = f"still needs {needs}" if needs else f"name the material {context.framework.terms.topics}"
            if criterion.unclear:
                hint += f"; it can't be decided of {_list_names(criterion.unclear, context.framework)}"
            message = f"'{name}' is claimed, but one of its criteria is not met: {criterion.summary}"
            yield failed(message, page=page, hint=hint)


def _list_names(ids: Sequence[str], framework: Framework) -> str:
    """Return the names of disclosures and Aspects; of many, the first and the number of the others."""
    aspects = framework.aspects
    named = (aspects[id].display_name if id in aspects else framework.print_id(id) for id in ids)
    names = list(dict.fromkeys(named))
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(names[:MAX_NAMED]) + more


def _explain_unclear(criterion: Criterion, coverage: Coverage, framework: Framework) -> str:
    """Return why it can't be decided whether a criterion is met."""
    if not criterion.unclear:
        return f"can't be decided, as the index names no material {framework.terms.topic}"
    reasons = dict.fromkeys(coverage.unclear[id] for id in criterion.unclear if id in coverage.unclear)
    why = f" ({'; '.join(reasons)})" if reasons else ""
    return f"can't be decided, as it hangs on {_list_names(criterion.unclear, framework)}{why}"
