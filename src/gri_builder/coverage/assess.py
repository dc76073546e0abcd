"""Coverage: evaluate what a report or a PDF states against the criteria of a framework's options.

Every lettered requirement is evaluated. A report folder and the claims read from a PDF both become a
`CoverageInput`, so that the same evaluation serves both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from gri_builder.coverage.coverage_input import CoverageInput, coverage_input
from gri_builder.coverage.criteria import judge_criteria
from gri_builder.coverage.evaluator import (
    SATISFIED,
    Evaluator,
    Item,
    RequirementGroup,
    is_unclear,
    list_items,
    list_requirement_groups,
)
from gri_builder.coverage.findings import explain_coverage
from gri_builder.model.coverage import Coverage, CoverageRow, Criterion, Omitted, Status, Totals
from gri_builder.model.finding import Finding, sort_findings
from gri_builder.model.framework import Framework, Option
from gri_builder.model.report import Report


def assess_report(framework: Framework, report: Report, option: str | None = None) -> Coverage:
    """Evaluate a report: its answers, and the sections that cover disclosures; `option` as in `assess`."""
    return assess(framework, coverage_input(report), option)


def assess(framework: Framework, subject: CoverageInput, option: str | None = None) -> Coverage:
    """Evaluate what is stated against all options (G4 Part 1, 3.1).

    Rows and findings are about `option` (an id of the framework), or about the claimed option if it is None.
    Aspects that neither the framework nor the sector has are ignored.
    """
    known = {a.id for a in framework.aspects.values() if a.sector in (None, subject.sector)}
    subject = replace(subject, aspects=tuple(a for a in framework.aspects if a in known.intersection(subject.aspects)))
    items = {item.id: item for item in list_items(framework, subject)}
    asked = {each.id: list_requirement_groups(framework, each, items, subject) for each in framework.options.values()}
    criteria = tuple(
        c
        for each in framework.options.values()
        for c in judge_criteria(Evaluator(framework, each), each, asked[each.id], items, subject)
    )
    judged = framework.options[option] if option else framework.options.get(subject.claimed or "")
    evaluator, groups = Evaluator(framework, judged), asked[judged.id] if judged else ()
    return Coverage(
        framework=framework.id,
        organization=subject.organization,
        start=subject.start,
        end=subject.end,
        claimed=subject.claimed,
        judged=judged.id if judged else None,
        met=tuple(id for id in framework.options if all(c.holds or c.by_author for c in criteria if c.option == id)),
        totals={id: _totals(framework, id, each, subject) for id, each in asked.items()},
        aspects=subject.aspects,
        sector=subject.sector,
        rows=tuple(_rows(evaluator, items.values(), groups, asked, subject.unclear)),
        criteria=criteria,
        findings=_explain(evaluator, judged, groups, criteria, subject),
        basis=subject.basis,
        unclear=subject.unclear,
    )


def _explain(
    evaluator: Evaluator,
    option: Option | None,
    groups: tuple[RequirementGroup, ...],
    criteria: Iterable[Criterion],
    subject: CoverageInput,
) -> tuple[Finding, ...]:
    if option is None:
        return ()
    own = [criterion for criterion in criteria if criterion.option == option.id]
    return tuple(sort_findings(explain_coverage(evaluator, option, groups, own, subject)))


def _totals(framework: Framework, option: str, groups: tuple[RequirementGroup, ...], subject: CoverageInput) -> Totals:
    evaluator = Evaluator(framework, framework.options[option])
    unclear = [group for group in groups if is_unclear(evaluator, group, subject)]
    statuses = [group.status for group in groups if group not in unclear]
    return Totals(
        required=len(groups),
        unclear=len(unclear),
        covered=statuses.count(Status.COVERED),
        partial=statuses.count(Status.PARTIAL),
        omitted=statuses.count(Status.OMITTED),
        missing=statuses.count(Status.MISSING),
    )


def _rows(
    evaluator: Evaluator,
    items: Iterable[Item],
    groups: tuple[RequirementGroup, ...],
    asked: Mapping[str, tuple[RequirementGroup, ...]],
    unclear: Mapping[str, str],
) -> Iterator[CoverageRow]:
    """Yield one row for each item; if one Indicator of an Aspect is enough, all are missing until one is satisfied."""
    open_ids = {item.id for group in groups if group.status not in SATISFIED for item in group.items}
    alone = {option: {group.items[0].id for group in each if len(group.items) == 1} for option, each in asked.items()}
    for item in items:
        status, claim = evaluator.status(item), item.claim
        yield CoverageRow(
            id=item.id,
            code=item.disclosure.code,
            aspect=item.aspect,
            title=item.disclosure.title,
            status=Status.NOT_REQUIRED if status is Status.MISSING and item.id not in open_ids else status,
            required_for=tuple(option for option, ids in alone.items() if item.id in ids),
            requirements=evaluator.requirement_statuses(item),
            pages=claim.pages,
            links=claim.links,
            omissions=tuple(_omitted(evaluator, item)),
            assured=claim.assured,
            assurance_page=claim.assurance_page,
            unclear=unclear.get(item.id, ""),
        )


def _omitted(evaluator: Evaluator, item: Item) -> Iterator[Omitted]:
    for omission in item.claim.omissions:
        counts = evaluator.rejection_reason(omission, item.disclosure.code) is None
        for part in omission.parts or (None,):
            yield Omitted(part, omission.reason, omission.explanation, counts)
