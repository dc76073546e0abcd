"""Findings on coverage, in words that people without G4 in their heads can act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.coverage.coverage_input import CoverageInput
from gri_builder.coverage.evaluator import SATISFIED, Evaluator, Item, RequirementGroup
from gri_builder.model.coverage import Status
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.framework import Option, Requirement


def explain_coverage(
    judge: Evaluator, option: Option, units: Sequence[RequirementGroup], subject: CoverageInput
) -> Iterator[Finding]:
    """Yield what keeps the option's criteria from holding, then the sum of it."""
    if not subject.aspects:
        message = f"no Aspect is named as material; {option.name} asks for at least one"
        yield error("no-material-aspect", message, subject.where, "name the material Aspects, each with its boundary")
    for unit in units:
        if unit.status is Status.PARTIAL:
            yield _missing_requirement(judge, option, unit, subject)
        elif unit.status is Status.MISSING:
            yield _missing(judge, option, unit, subject)
        elif unit.status is Status.OMITTED and unit.criterion == "indicators" and option.indicators == "one":
            yield _only_omitted(judge, option, unit, subject)
    if not subject.aspects or any(unit.status not in SATISFIED for unit in units):
        yield _option_not_met(option, units, subject)


def _missing_requirement(judge: Evaluator, option: Option, unit: RequirementGroup, subject: CoverageInput) -> Finding:
    """Name the letters that are open; of several Indicators, those of the one that lacks least."""
    partial = (item for item in unit.items if judge.status(item) is Status.PARTIAL)
    item = min(partial, key=lambda each: len(_open(judge, each)))
    letters = [requirement.part for requirement in _open(judge, item)]
    message = f"{_named(item)} says nothing on {_list(letters)}; {option.name} asks for every letter"
    if len(unit.items) > 1:
        message = f"{message}, and no other Indicator of {_aspect(judge, unit)} is answered in full"
    hint = f"still open: {_asks(_open(judge, item))}"
    if instead := [r for r in item.disclosure.requirements if r.instead_of and _is_open(judge, item, r)]:
        hint = f"{hint}; or, instead, {_asks(instead)}"
    return error(
        "missing-requirement", message, item.stated.where or subject.where, _objections(judge, item) + hint, item.id
    )


def _missing(judge: Evaluator, option: Option, unit: RequirementGroup, subject: CoverageInput) -> Finding:
    """Name what is not answered at all."""
    item, where = unit.items[0], _where(unit, subject)
    if len(unit.items) > 1:
        message = f"no Indicator of {_aspect(judge, unit)} is answered; {option.name} asks for at least one"
        named = _list([_named(each) for each in unit.items], "or")
        return error(
            "missing-indicator", message, where, "".join(_objections(judge, i) for i in unit.items) + f"answer {named}"
        )
    message = f"{_named(item)} is not answered; {option.name} asks for it"
    if unit.aspect:
        message = f"{message}, as it is part of {_aspect(judge, unit)}"
    hint = f"{_objections(judge, item)}it asks for: {_asks(item.disclosure.requirements)}"
    return error(f"missing-{_SUBJECTS[item.disclosure.kind]}", message, where, hint, item.id)


def _only_omitted(judge: Evaluator, option: Option, unit: RequirementGroup, subject: CoverageInput) -> Finding:
    """Point out an Aspect whose only Indicators in the report are omitted, which makes a thin claim."""
    item = next(each for each in unit.items if judge.status(each) is Status.OMITTED)
    message = f"{_named(item)} is omitted, and no Indicator of {_aspect(judge, unit)} is answered"
    hint = f"{option.name} permits it, but many omissions may cost the report its claim; answer an Indicator if you can"
    return warning("aspect-only-omitted", message, item.stated.where or subject.where, hint, item.id)


def _option_not_met(option: Option, units: Sequence[RequirementGroup], subject: CoverageInput) -> Finding:
    """Sum up how much of the option is lacking."""
    statuses = [unit.status for unit in units]
    lacking = [
        "" if subject.aspects else "no Aspect is named as material",
        _counted(statuses.count(Status.MISSING), "missing"),
        _counted(statuses.count(Status.PARTIAL), "answered only in part"),
    ]
    claimed = subject.claimed == option.id
    opening = f"the report claims '{option.name}', but its criteria" if claimed else f"the criteria of '{option.name}'"
    message = (
        f"{opening} do not hold: of {len(units)} things that it asks for, {_list([each for each in lacking if each])}"
    )
    hint = "answer what is missing, or claim no option" if claimed else None
    return error("option-not-met", message, subject.where, hint)


_SUBJECTS = {"general": "disclosure", "indicator": "indicator", "management-approach": "management-approach"}
"""What a rule calls a disclosure of that kind."""


def _where(unit: RequirementGroup, subject: CoverageInput) -> Location:
    """Return the place of what is stated, else of the claimed option."""
    return next((item.stated.where for item in unit.items if item.stated.where), subject.where)


def _is_open(judge: Evaluator, item: Item, requirement: Requirement) -> bool:
    return judge.letters(item)[requirement.part] is Status.MISSING


def _open(judge: Evaluator, item: Item) -> list[Requirement]:
    """Return the requirements still to be answered; those that only stand in for others are not among them."""
    return [r for r in item.disclosure.requirements if not r.instead_of and _is_open(judge, item, r)]


def _objections(judge: Evaluator, item: Item) -> str:
    """Return why omissions do not count, as the start of a hint; empty where they do."""
    reasons = (judge.objection(omission, item.disclosure.code) for omission in item.stated.omissions)
    found = _list(list(dict.fromkeys(filter(None, reasons))))
    return f"the omission does not count: {found}; " if found else ""


def _named(item: Item) -> str:
    return f"{item.id} ({item.disclosure.title})"


def _aspect(judge: Evaluator, unit: RequirementGroup) -> str:
    return f"the material Aspect '{judge.framework.aspects[unit.aspect or ''].display_name}'"


def _asks(requirements: Sequence[Requirement]) -> str:
    return "; ".join(f"{r.part}) {r.summary}" if r.part else r.summary for r in requirements)


def _counted(number: int, what: str) -> str:
    return f"{number} {'is' if number == 1 else 'are'} {what}" if number else ""


def _list(words: Sequence[str], last: str = "and") -> str:
    """Return the words as a sentence lists them: 'a, b and c'."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
