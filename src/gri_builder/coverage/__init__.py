"""Coverage: what a report or a PDF states, judged against the criteria of a framework's options.

Everything is judged per lettered requirement. Both a report folder and the claims read from a PDF become a
`Coverable`, so that one judgement serves both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.coverage.findings import explain
from gri_builder.coverage.judge import SETTLED, Item, Judge, Status, Unit, list_items, list_units
from gri_builder.coverage.stated import Coverable, Stated, coverable
from gri_builder.finding import Finding, sort_findings
from gri_builder.framework import Framework, Option
from gri_builder.report import Report

__all__ = [
    "Coverable",
    "Coverage",
    "Criterion",
    "Omitted",
    "Row",
    "Stated",
    "Status",
    "Totals",
    "assess",
    "assess_report",
]


class Omitted(Struct, frozen=True):
    """An omission as it is stated, for one requirement or the whole disclosure."""

    part: str | None
    """Letter of the requirement; None for the whole disclosure."""
    reason: str
    explanation: str
    counts: bool
    """Whether it is permitted here and says all that its reason must say."""


class Row(Struct, frozen=True):
    """How far one disclosure is covered."""

    id: str
    code: str
    aspect: str | None
    title: str
    status: Status
    required_for: tuple[str, ...]
    """Options that require it by itself, under these material Aspects."""
    requirements: Mapping[str, Status]
    """Covered, omitted or missing by letter; the letter is '' where the framework's are not known."""
    pages: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    omissions: tuple[Omitted, ...] = ()
    assured: bool = False
    assurance_page: str | None = None


class Totals(Struct, frozen=True):
    """What an option asks for, counted; where any one of an Aspect's Indicators will do, they count as one."""

    required: int
    covered: int
    partial: int
    omitted: int
    missing: int


class Criterion(Struct, frozen=True):
    """Whether one criterion of an option holds."""

    option: str
    criterion: str
    """Its id in the framework."""
    summary: str
    holds: bool
    needs: tuple[str, ...] = ()
    """Ids of what is still missing or partial; an Aspect's id where any one of its Indicators will do."""


class Coverage(Struct, frozen=True):
    """What is covered, and which options' criteria hold."""

    framework: str
    organization: str | None
    start: date | None
    end: date | None
    claimed: str | None
    judged: str | None
    """Id of the option that the rows' statuses and the findings are about: the one asked for, else the one claimed."""
    met: tuple[str, ...]
    """Ids of the options whose criteria hold."""
    totals: Mapping[str, Totals]
    aspects: tuple[str, ...]
    """Ids of the material Aspects, in the framework's order."""
    sector: str | None
    rows: tuple[Row, ...]
    criteria: tuple[Criterion, ...]
    findings: tuple[Finding, ...] = ()


def assess_report(framework: Framework, report: Report, option: str | None = None) -> Coverage:
    """Judge a report: its answers, and the sections that cover disclosures; `option` as in `assess`."""
    return assess(framework, coverable(report), option)


def assess(framework: Framework, subject: Coverable, option: str | None = None) -> Coverage:
    """Judge what is stated against all options (G4 Part 1, 3.1).

    Rows and findings are about `option` (an id of the framework), else the claimed one. Aspects that the framework
    or the sector does not have count as not named.
    """
    known = {a.id for a in framework.aspects.values() if a.sector in (None, subject.sector)}
    subject = replace(subject, aspects=tuple(a for a in framework.aspects if a in known.intersection(subject.aspects)))
    items = {item.id: item for item in list_items(framework, subject)}
    asked = {each.id: list_units(framework, each, items, subject.aspects) for each in framework.options.values()}
    criteria = tuple(c for each in framework.options.values() for c in _criteria(each, asked[each.id], subject))
    judged = framework.options[option] if option else framework.options.get(subject.claimed or "")
    judge, units = Judge(framework, judged), asked[judged.id] if judged else ()
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
        findings=sort_findings(explain(judge, judged, units, subject)) if judged else (),
    )


ABOUT_ASPECTS = ("management-approach", "indicators")
"""Criteria on each material Aspect, which can't hold where none is named."""


def _criteria(option: Option, units: tuple[Unit, ...], subject: Coverable) -> Iterator[Criterion]:
    """Yield the option's criteria; those on sectors only for a report that has one."""
    for id, summary in option.criteria.items():
        if id == "material-aspect":
            yield Criterion(option.id, id, summary, bool(subject.aspects))
        elif subject.sector or not id.startswith("sector-"):
            needs = tuple(unit.need for unit in units if unit.criterion == id and unit.status not in SETTLED)
            named = bool(subject.aspects) or id not in ABOUT_ASPECTS
            yield Criterion(option.id, id, summary, named and not needs, needs)


def _totals(units: tuple[Unit, ...]) -> Totals:
    statuses = [unit.status for unit in units]
    return Totals(
        required=len(statuses),
        covered=statuses.count(Status.COVERED),
        partial=statuses.count(Status.PARTIAL),
        omitted=statuses.count(Status.OMITTED),
        missing=statuses.count(Status.MISSING),
    )


def _rows(
    judge: Judge, items: Iterable[Item], units: tuple[Unit, ...], asked: Mapping[str, tuple[Unit, ...]]
) -> Iterator[Row]:
    """Yield one row for each item; any of an Aspect's Indicators is missing as long as none is settled."""
    open_ids = {item.id for unit in units if unit.status not in SETTLED for item in unit.items}
    alone = {option: {unit.items[0].id for unit in each if len(unit.items) == 1} for option, each in asked.items()}
    for item in items:
        status, stated = judge.status(item), item.stated
        yield Row(
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


def _omitted(judge: Judge, item: Item) -> Iterator[Omitted]:
    for omission in item.stated.omissions:
        counts = judge.objection(omission, item.disclosure.code) is None
        for part in omission.parts or (None,):
            yield Omitted(part, omission.reason, omission.explanation, counts)
