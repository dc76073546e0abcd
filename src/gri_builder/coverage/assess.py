"""Coverage: what a report or a PDF states, judged against the criteria of a framework's options.

Everything is judged per lettered requirement. Both a report folder and the claims read from a PDF become a
`CoverageInput`, so that one judgement serves both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from gri_builder.coverage.coverage_input import CoverageInput, coverage_input
from gri_builder.coverage.evaluator import (
    SATISFIED,
    Evaluator,
    Item,
    RequirementGroup,
    list_items,
    list_requirement_groups,
)
from gri_builder.coverage.findings import explain_coverage
from gri_builder.model.coverage import Coverage, CoverageRow, Criterion, Omitted, Status, Totals
from gri_builder.model.finding import sort_findings
from gri_builder.model.framework import Framework, Option
from gri_builder.model.report import Report


def assess_report(framework: Framework, report: Report, option: str | None = None) -> Coverage:
    """Judge a report: its answers, and the sections that cover disclosures; `option` as in `assess`."""
    return assess(framework, coverage_input(report), option)


def assess(framework: Framework, subject: CoverageInput, option: str | None = None) -> Coverage:
    """Judge what is stated against all options (G4 Part 1, 3.1).

    Rows and findings are about `option` (an id of the framework), else the claimed one. Aspects that the framework
    or the sector does not have count as not named.
    """
    known = {a.id for a in framework.aspects.values() if a.sector in (None, subject.sector)}
    subject = replace(subject, aspects=tuple(a for a in framework.aspects if a in known.intersection(subject.aspects)))
    items = {item.id: item for item in list_items(framework, subject)}
    asked = {
        each.id: list_requirement_groups(framework, each, items, subject.aspects) for each in framework.options.values()
    }
    criteria = tuple(c for each in framework.options.values() for c in _criteria(each, asked[each.id], subject))
    judged = framework.options[option] if option else framework.options.get(subject.claimed or "")
    judge, units = Evaluator(framework, judged), asked[judged.id] if judged else ()
    return Coverage(
        framework=framework.id,
        organization=subject.organization,
        start=subject.start,
        end=subject.end,
        claimed=subject.claimed,
        judged=judged.id if judged else None,
        met=tuple(id for id in framework.options if all(c.holds for c in criteria if c.option == id)),
        totals={id: _totals(each) for id, each in asked.items()},
        aspects=subject.aspects,
        sector=subject.sector,
        rows=tuple(_rows(judge, items.values(), units, asked)),
        criteria=criteria,
        findings=sort_findings(explain_coverage(judge, judged, units, subject)) if judged else (),
    )


ABOUT_ASPECTS = ("management-approach", "indicators")
"""Criteria on each material Aspect, which can't hold where none is named."""


def _criteria(option: Option, units: tuple[RequirementGroup, ...], subject: CoverageInput) -> Iterator[Criterion]:
    """Yield the option's criteria; those on sectors only for a report that has one."""
    for id, summary in option.criteria.items():
        if id == "material-aspect":
            yield Criterion(option.id, id, summary, bool(subject.aspects))
        elif subject.sector or not id.startswith("sector-"):
            needs = tuple(unit.need for unit in units if unit.criterion == id and unit.status not in SATISFIED)
            named = bool(subject.aspects) or id not in ABOUT_ASPECTS
            yield Criterion(option.id, id, summary, named and not needs, needs)


def _totals(units: tuple[RequirementGroup, ...]) -> Totals:
    statuses = [unit.status for unit in units]
    return Totals(
        required=len(statuses),
        covered=statuses.count(Status.COVERED),
        partial=statuses.count(Status.PARTIAL),
        omitted=statuses.count(Status.OMITTED),
        missing=statuses.count(Status.MISSING),
    )


def _rows(
    judge: Evaluator,
    items: Iterable[Item],
    units: tuple[RequirementGroup, ...],
    asked: Mapping[str, tuple[RequirementGroup, ...]],
) -> Iterator[CoverageRow]:
    """Yield one row for each item; any of an Aspect's Indicators is missing as long as none is settled."""
    open_ids = {item.id for unit in units if unit.status not in SATISFIED for item in unit.items}
    alone = {option: {unit.items[0].id for unit in each if len(unit.items) == 1} for option, each in asked.items()}
    for item in items:
        status, stated = judge.status(item), item.stated
        yield CoverageRow(
            id=item.id,
            code=item.disclosure.code,
            aspect=item.aspect,
            title=item.disclosure.title,
            status=Status.NOT_REQUIRED if status is Status.MISSING and item.id not in open_ids else status,
            required_for=tuple(option for option, ids in alone.items() if item.id in ids),
            requirements=judge.letters(item),
            pages=stated.pages,
            links=stated.links,
            omissions=tuple(_omitted(judge, item)),
            assured=stated.assured,
            assurance_page=stated.assurance_page,
        )


def _omitted(judge: Evaluator, item: Item) -> Iterator[Omitted]:
    for omission in item.stated.omissions:
        counts = judge.objection(omission, item.disclosure.code) is None
        for part in omission.parts or (None,):
            yield Omitted(part, omission.reason, omission.explanation, counts)
