"""Findings on coverage, worded for readers who don't know G4 by heart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.coverage.coverage_input import CoverageInput
from gri_builder.coverage.criteria import find_bare_topics, find_undecided_topics
from gri_builder.coverage.evaluator import Evaluator, Item, RequirementGroup, is_unclear, list_items
from gri_builder.model.coverage import Criterion, Outcome, Status
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.framework import Option, Requirement

MAX_UNCLEAR = 5
"""Disclosures that a finding names as unclear before it counts the others."""


def explain_coverage(
    evaluator: Evaluator,
    option: Option,
    groups: Sequence[RequirementGroup],
    criteria: Sequence[Criterion],
    subject: CoverageInput,
) -> Iterator[Finding]:
    """Yield a finding for each unmet part of the option's criteria, `criteria`, then a summary."""
    terms = evaluator.framework.terms
    if option.conditions("material-topics") and not subject.aspects and subject.basis == "answers":
        message = f"no {terms.topic} is named as material; {option.name} asks for at least one"
        boundaries = ", each with its boundary" if evaluator.framework.has_boundaries else ""
        yield error("no-material-aspect", message, subject.where, f"name the material {terms.topics}{boundaries}")
    if subject.basis == "answers":
        yield from _explain_topics(evaluator, option, subject)
    unclear = [group for group in groups if is_unclear(evaluator, group, subject)]
    for group in groups:
        if group in unclear:
            continue
        if group.status is Status.PARTIAL:
            yield _missing_requirement(evaluator, option, group, subject)
        elif group.status is Status.MISSING:
            yield _missing(evaluator, option, group, subject)
        elif group.status is Status.OMITTED and group.is_choice:
            yield _only_omitted(evaluator, option, group, subject)
    verdicts = {criterion.verdict for criterion in criteria}
    if Outcome.OPEN in verdicts:
        yield _option_not_met(evaluator, option, groups, unclear, criteria, subject)
    elif Outcome.UNCLEAR in verdicts:
        yield _option_unclear(evaluator, option, criteria, subject)


def _explain_topics(evaluator: Evaluator, option: Option, subject: CoverageInput) -> Iterator[Finding]:
    """Yield a finding for each sector topic without a decision, and for each material topic without disclosures."""
    framework, terms = evaluator.framework, evaluator.framework.terms
    for id in find_undecided_topics(evaluator, subject) if option.conditions("sector-topics") else ():
        name, sector = f"'{framework.aspects[id].display_name}' ({id})", framework.sectors[subject.sector or ""]
        message = f"{sector.name} has the {terms.topic} {name}, on which the report decides nothing"
        hint = (
            f"name it as material below 'material_aspects: - aspect: \"{id}\"', or say below 'assessed_topics:' why it "
            f'is not: - {{topic: "{id}", reason: …}}'
        )
        yield error("undecided-topic", message, subject.where, hint)
    if any(each.count == "relevant" for each in option.conditions("topic-disclosures")):
        items = {item.id: item for item in list_items(framework, subject)}
        for id in find_bare_topics(evaluator, items, subject):
            name = framework.aspects[id].display_name
            message = f"no {terms.disclosure} of the material {terms.topic} '{name}' is answered"
            hint = (
                f"{option.name} asks for those that are relevant to its impacts; answer them, or omit them for a reason"
            )
            yield warning("topic-without-disclosure", message, subject.where, hint, id)


def _missing_requirement(
    evaluator: Evaluator, option: Option, group: RequirementGroup, subject: CoverageInput
) -> Finding:
    """Name the unanswered letters; of several disclosures, those of the one with the fewest unanswered."""
    partial = (item for item in group.items if evaluator.status(item) is Status.PARTIAL)
    item = min(partial, key=lambda each: len(_open(evaluator, each)))
    letters = [requirement.part for requirement in _open(evaluator, item)]
    if not letters:
        return _unnamed_part(evaluator, option, item, subject)
    message = f"{_name_item(item)} does not answer {_list(letters)}; {option.name} asks for every letter"
    if len(group.items) > 1:
        kind = evaluator.framework.terms.disclosure
        message = f"{message}, and no other {kind} of {_name_aspect(evaluator, group)} is answered in full"
    hint = f"still missing: {_list_requirements(_open(evaluator, item))}"
    if instead := [r for r in item.disclosure.requirements if r.instead_of and _is_open(evaluator, item, r)]:
        hint = f"{hint}; or, instead, {_list_requirements(instead)}"
    return error(
        "missing-requirement",
        message,
        item.claim.where or subject.where,
        _list_rejections(evaluator, item) + hint,
        item.id,
    )


def _unnamed_part(evaluator: Evaluator, option: Option, item: Item, subject: CoverageInput) -> Finding:
    """Say that a part is omitted, and not which one."""
    message = f"{_name_item(item)} omits a part without a reason that counts; {option.name} asks for every letter"
    hint = f"{_list_rejections(evaluator, item)}ask which part is omitted, and why"
    return error("missing-requirement", message, item.claim.where or subject.where, hint, item.id)


def _missing(evaluator: Evaluator, option: Option, group: RequirementGroup, subject: CoverageInput) -> Finding:
    """Name what is not answered at all."""
    item, where, how = group.items[0], _where(group, subject), _how_to_answer(group, subject)
    if len(group.items) > 1:
        kind = evaluator.framework.terms.disclosure
        message = f"no {kind} of {_name_aspect(evaluator, group)} is answered; {option.name} asks for at least one"
        named = _list([_name_item(each) for each in group.items], "or")
        return error(
            "missing-indicator",
            message,
            where,
            "".join(_list_rejections(evaluator, i) for i in group.items) + f"{how}answer {named}",
        )
    message = f"{_name_item(item)} is not answered; {option.name} asks for it"
    if group.aspect:
        message = f"{message}, as it is part of {_name_aspect(evaluator, group)}"
    hint = f"{_list_rejections(evaluator, item)}{how}it asks for: {_list_requirements(item.disclosure.requirements)}"
    return error(f"missing-{_SUBJECTS[item.disclosure.kind]}", message, where, hint, item.id)


def _only_omitted(evaluator: Evaluator, option: Option, group: RequirementGroup, subject: CoverageInput) -> Finding:
    """Warn of a material topic with omitted disclosures only, which makes a weak claim."""
    terms = evaluator.framework.terms
    item = next(each for each in group.items if evaluator.status(each) is Status.OMITTED)
    message = (
        f"{_name_item(item)} is omitted, and no {terms.disclosure} of {_name_aspect(evaluator, group)} is answered"
    )
    answer = f"answer one of its {terms.disclosures} if you can"
    hint = f"{option.name} permits it, but many omissions may cost the report its claim; {answer}"
    return warning("aspect-only-omitted", message, item.claim.where or subject.where, hint, item.id)


def _option_unclear(
    evaluator: Evaluator, option: Option, criteria: Sequence[Criterion], subject: CoverageInput
) -> Finding:
    """Say that it can't be decided whether the option is met, and why."""
    framework = evaluator.framework
    ids = list(dict.fromkeys(id for criterion in criteria for id in criterion.unclear))
    shown = {id: framework.aspects[id].display_name if id in framework.aspects else id for id in ids[:MAX_UNCLEAR]}
    reasons = [f"{name} ({subject.unclear[id]})" if id in subject.unclear else name for id, name in shown.items()]
    more = f" and {len(ids) - MAX_UNCLEAR} more" if len(ids) > MAX_UNCLEAR else ""
    why = f"it hangs on {', '.join(reasons)}{more}" if ids else f"the index names no material {framework.terms.topic}"
    message = f"it can't be decided whether the criteria of '{option.name}' are met: {why}"
    if subject.basis == "claims":
        return warning("option-unclear", message, subject.where, "look up in the report what could not be read")
    hint = f"you decide which {framework.terms.disclosures} are relevant; answer one, or omit it for a reason"
    return warning("option-unclear", message, subject.where, hint)


def _option_not_met(
    evaluator: Evaluator,
    option: Option,
    groups: Sequence[RequirementGroup],
    unclear: Sequence[RequirementGroup],
    criteria: Sequence[Criterion],
    subject: CoverageInput,
) -> Finding:
    """Summarize how much of the option is missing; `unclear` are those of the groups that can't be judged."""
    statuses = [group.status for group in groups if group not in unclear]
    asked = {group.missing_id for group in groups}
    others = {id for criterion in criteria for id in criterion.needs if id not in asked}
    unnamed = option.conditions("material-topics") and not subject.aspects and subject.basis == "answers"
    missing = [
        f"no {evaluator.framework.terms.topic} is named as material" if unnamed else "",
        _count_text(statuses.count(Status.MISSING), "missing"),
        _count_text(statuses.count(Status.PARTIAL), "answered only in part"),
        _count_text(len(unclear), "unclear"),
    ]
    further = _count_text(len(others), "open beside them")
    claimed = subject.claimed == option.id
    opening = f"the report claims '{option.name}', but its criteria" if claimed else f"the criteria of '{option.name}'"
    counted = [each for each in (*missing, further) if each]
    message = f"{opening} are not met: of {len(groups)} required items, {_list(counted)}"
    hint = "answer what is missing, or claim no option" if claimed else None
    return error("option-not-met", message, subject.where, hint)


_SUBJECTS = {"general": "disclosure", "indicator": "indicator", "management-approach": "management-approach"}
"""Name of each kind of disclosure in rule ids."""


def _where(group: RequirementGroup, subject: CoverageInput) -> Location:
    """Return the location of what is stated, else that of the stub or file for the answer, else of the option."""
    stated = next((item.claim.where for item in group.items if item.claim.where), None)
    return stated or _place(group, subject) or subject.where


def _place(group: RequirementGroup, subject: CoverageInput) -> Location | None:
    """Return where an answer that satisfies a group belongs: the first stub, else a file; None for a PDF."""
    places = [subject.places[item.id] for item in group.items if item.id in subject.places]
    return next((place for place in places if place.line is not None), places[0] if places else None)


def _how_to_answer(group: RequirementGroup, subject: CoverageInput) -> str:
    """Return what to do to answer a disclosure, as the start of a hint; empty without a place."""
    place, id = _place(group, subject), group.items[0].id
    if any(item.claim.where for item in group.items) or place is None:
        return ""
    if place.line is not None:
        return "delete '# ' before the lines of this stub, and write the answer there; "
    return f"write '{id}:' in {place.file}, and the answer below it; "


def _is_open(evaluator: Evaluator, item: Item, requirement: Requirement) -> bool:
    return evaluator.requirement_statuses(item)[requirement.part] is Status.MISSING


def _open(evaluator: Evaluator, item: Item) -> list[Requirement]:
    """Return the unanswered requirements, without those that only replace others."""
    return [r for r in item.disclosure.requirements if not r.instead_of and _is_open(evaluator, item, r)]


def _list_rejections(evaluator: Evaluator, item: Item) -> str:
    """Return why omissions do not count, as the start of a hint; empty if they do."""
    reasons = (evaluator.rejection_reason(omission, item.disclosure.code) for omission in item.claim.omissions)
    found = _list(list(dict.fromkeys(filter(None, reasons))))
    return f"the omission does not count: {found}; " if found else ""


def _name_item(item: Item) -> str:
    return f"{item.id} ({item.disclosure.title})"


def _name_aspect(evaluator: Evaluator, group: RequirementGroup) -> str:
    framework = evaluator.framework
    return f"the material {framework.terms.topic} '{framework.aspects[group.aspect or ''].display_name}'"


def _list_requirements(requirements: Sequence[Requirement]) -> str:
    return "; ".join(f"{r.part}) {r.summary}" if r.part else r.summary for r in requirements)


def _count_text(number: int, what: str) -> str:
    return f"{number} {'is' if number == 1 else 'are'} {what}" if number else ""


def _list(words: Sequence[str], last: str = "and") -> str:
    """Return the words as listed in a sentence: 'a, b and c'."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
