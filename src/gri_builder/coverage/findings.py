"""Findings on coverage, worded for readers who don't know G4 by heart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.coverage.coverage_input import CoverageInput
from gri_builder.coverage.evaluator import SATISFIED, Evaluator, Item, RequirementGroup, is_unclear
from gri_builder.model.coverage import Status
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.framework import Option, Requirement

MAX_UNCLEAR = 5
"""Disclosures that a finding names as unclear before it counts the others."""


def explain_coverage(
    evaluator: Evaluator, option: Option, groups: Sequence[RequirementGroup], subject: CoverageInput
) -> Iterator[Finding]:
    """Yield a finding for each unmet part of the option's criteria, then a summary."""
    if not subject.aspects and subject.basis == "answers":
        message = f"no Aspect is named as material; {option.name} asks for at least one"
        yield error("no-material-aspect", message, subject.where, "name the material Aspects, each with its boundary")
    unclear = [group for group in groups if is_unclear(evaluator, group, subject)]
    for group in groups:
        if group in unclear:
            continue
        if group.status is Status.PARTIAL:
            yield _missing_requirement(evaluator, option, group, subject)
        elif group.status is Status.MISSING:
            yield _missing(evaluator, option, group, subject)
        elif group.status is Status.OMITTED and group.criterion == "indicators" and option.indicators == "one":
            yield _only_omitted(evaluator, option, group, subject)
    clear = [group for group in groups if group not in unclear]
    named = bool(subject.aspects) or subject.basis == "claims"
    if not named or any(group.status not in SATISFIED for group in clear):
        yield _option_not_met(option, groups, clear, subject)
    elif unclear or not subject.aspects:
        yield _option_unclear(option, unclear, subject)


def _missing_requirement(
    evaluator: Evaluator, option: Option, group: RequirementGroup, subject: CoverageInput
) -> Finding:
    """Name the unanswered letters; of several Indicators, those of the one with the fewest unanswered."""
    partial = (item for item in group.items if evaluator.status(item) is Status.PARTIAL)
    item = min(partial, key=lambda each: len(_open(evaluator, each)))
    letters = [requirement.part for requirement in _open(evaluator, item)]
    if not letters:
        return _unnamed_part(evaluator, option, item, subject)
    message = f"{_name_item(item)} does not answer {_list(letters)}; {option.name} asks for every letter"
    if len(group.items) > 1:
        message = f"{message}, and no other Indicator of {_name_aspect(evaluator, group)} is answered in full"
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
        message = f"no Indicator of {_name_aspect(evaluator, group)} is answered; {option.name} asks for at least one"
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
    """Warn of an Aspect with omitted Indicators only, which makes a weak claim."""
    item = next(each for each in group.items if evaluator.status(each) is Status.OMITTED)
    message = f"{_name_item(item)} is omitted, and no Indicator of {_name_aspect(evaluator, group)} is answered"
    hint = f"{option.name} permits it, but many omissions may cost the report its claim; answer an Indicator if you can"
    return warning("aspect-only-omitted", message, item.claim.where or subject.where, hint, item.id)


def _option_unclear(option: Option, unclear: Sequence[RequirementGroup], subject: CoverageInput) -> Finding:
    """Say that it can't be decided whether the option is met, and why."""
    ids = [item.id for group in unclear for item in group.items if item.id in subject.unclear]
    reasons = dict.fromkeys(f"{id} ({subject.unclear[id]})" for id in ids[:MAX_UNCLEAR])
    more = f" and {len(ids) - MAX_UNCLEAR} more" if len(ids) > MAX_UNCLEAR else ""
    why = f"it hangs on {', '.join(reasons)}{more}" if ids else "the index names no material Aspect"
    message = f"it can't be decided whether the criteria of '{option.name}' are met: {why}"
    return warning("option-unclear", message, subject.where, "look up in the report what could not be read")


def _option_not_met(
    option: Option, groups: Sequence[RequirementGroup], clear: Sequence[RequirementGroup], subject: CoverageInput
) -> Finding:
    """Summarize how much of the option is missing; `clear` are those of the groups that can be judged."""
    statuses = [group.status for group in clear]
    missing = [
        "" if subject.aspects or subject.basis == "claims" else "no Aspect is named as material",
        _count_text(statuses.count(Status.MISSING), "missing"),
        _count_text(statuses.count(Status.PARTIAL), "answered only in part"),
        _count_text(len(groups) - len(clear), "unclear"),
    ]
    claimed = subject.claimed == option.id
    opening = f"the report claims '{option.name}', but its criteria" if claimed else f"the criteria of '{option.name}'"
    message = f"{opening} are not met: of {len(groups)} required items, {_list([each for each in missing if each])}"
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
    return f"the material Aspect '{evaluator.framework.aspects[group.aspect or ''].display_name}'"


def _list_requirements(requirements: Sequence[Requirement]) -> str:
    return "; ".join(f"{r.part}) {r.summary}" if r.part else r.summary for r in requirements)


def _count_text(number: int, what: str) -> str:
    return f"{number} {'is' if number == 1 else 'are'} {what}" if number else ""


def _list(words: Sequence[str], last: str = "and") -> str:
    """Return the words as listed in a sentence: 'a, b and c'."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
