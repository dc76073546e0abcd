"""Rules on what rows of a content index omit, leave empty, or left to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.coverage_input import MOST_EMPTY, is_empty
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.coverage.evaluator import Evaluator
from gri_builder.model.audit_result import AuditClaim
from gri_builder.model.finding import Severity
from gri_builder.model.framework import Framework, split_id
from gri_builder.model.report import Omission

ASKED = {
    "explanation": "why",
    "steps": "what is being done to obtain the data",
    "available": "when the data will be available",
    "prohibition": "which law or rule forbids it",
}
"""What a reason asks for (G4 Part 1, 3.2), by its name in the framework, in words for an auditor."""
LONGEST_QUOTE = 120


def check_omissions(context: RuleContext) -> Iterator[RuleOutcome]:
    """An omission is permitted for its disclosure, has one of G4's reasons, and explains what that reason requires.

    G4 Part 1, 3.2.
    """
    framework = context.framework
    judge = Evaluator(framework, framework.options.get(context.extracted.claimed or ""))
    required = _list_required(context)
    for claim in context.extracted.claims:
        if claim.omission and not claim.omissions:
            message = f"the reason of the omission is not understood: '{_quote(claim)}'"
            yield skipped(message, claim.id, claim.found_on)
        for omission in claim.omissions:
            yield _judge(context, judge, claim, omission, required)


def _judge(
    context: RuleContext, judge: Evaluator, claim: AuditClaim, omission: Omission, required: frozenset[str] | None
) -> RuleOutcome:
    """Return whether one omission counts."""
    framework, code = context.framework, split_id(claim.id)[0]
    what = f" of {', '.join(omission.parts)}" if omission.parts else ""
    known = code in framework.disclosures
    objection = judge.rejection_reason(omission, code) if known else "the disclosure is unknown"
    if not objection:
        message = f"the omission{what} has a permitted reason and the required explanation"
        return passed(message, claim.id, claim.found_on)
    if context.embedded and context.embedded.missing is not None:
        return skipped(
            f"a draft says itself what is missing: the omission{what}: {objection}", claim.id, claim.found_on
        )
    if context.embedded:
        message = f"the omission{what} does not count: {objection}"
        return failed(message, claim.id, claim.found_on, "treat what is omitted as missing")
    if required is None or not {claim.id, framework.disclosures[code].aspect if known else None} & required:
        who = f"'{judge.option.name}' asks for no more here" if judge.option else "no option is claimed"
        return skipped(f"the row says '{_quote(claim)}'; {who}", claim.id, claim.found_on)
    message = f"the omission{what} does not count, as {_explain(objection, omission, framework)}: '{_quote(claim)}'"
    return failed(message, claim.id, claim.found_on, "treat what is omitted as missing")


def _list_required(context: RuleContext) -> frozenset[str] | None:
    """Return the ids, of disclosures and Aspects, that the claimed option still needs; None if none is claimed."""
    coverage = context.coverage
    if coverage is None or coverage.claimed is None:
        return None
    own = (criterion for criterion in coverage.criteria if criterion.option == coverage.claimed)
    return frozenset(id for criterion in own for id in (*criterion.needs, *criterion.unclear))


def _explain(objection: str, omission: Omission, framework: Framework) -> str:
    """Return an objection in words for a row of a third-party PDF."""
    reason = framework.omission_reasons.get(omission.reason)
    if reason:
        given = {"explanation": omission.explanation, **omission.details}
        absent = [name for name in reason.requires if not given.get(name, "").strip()]
        if not absent or any(name not in ASKED for name in absent):
            return objection
        *most, last = (ASKED[name] for name in absent)
        return f"it does not say {', '.join(most)}{' and ' if most else ''}{last}"
    return "it gives none of the reasons that G4 permits"


def _quote(claim: AuditClaim) -> str:
    text = claim.omission or ""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def check_rows(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each row of the index leads to an answer, gives one, or says that it is omitted (G4 Part 1, 3.4)."""
    claims = context.extracted.claims
    empty = [claim for claim in claims if is_empty(claim)]
    if len(empty) > MOST_EMPTY * len(claims):
        message = f"{len(empty)} of {len(claims)} rows gave no page or answer; the table may not have been read rightly"
        yield skipped(message, page=empty[0].found_on)
        return
    for claim in claims:
        if claim not in empty:
            yield passed("the row leads to an answer, gives one, or omits it", claim.id, claim.found_on)
        elif claim.id in context.framework.management_approaches:
            yield skipped("the row has no page or answer; it may be a heading", claim.id, claim.found_on)
        else:
            what = f"marks it '{claim.mark}'" if claim.mark else "lists it"
            message = f"the index {what}, and no page or answer was found in its row"
            hint = "look at the row: nothing is written in it, or it shares a cell with the rows beside it"
            yield failed(message, claim.id, claim.found_on, hint, Severity.WARNING)


def check_placeholders(context: RuleContext) -> Iterator[RuleOutcome]:
    """No row was left to be filled in."""
    for claim in context.extracted.claims:
        if claim.placeholder:
            message = f"the row was never filled in: '{claim.placeholder[:LONGEST_QUOTE]}'"
            yield failed(message, claim.id, claim.found_on, "ask what was to be written there")
