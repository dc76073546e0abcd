"""What a draft marks of answers: disclosures that the claimed option asks for, and letters that are not answered."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.compose.context import ComposeContext, OpenAnswers
from gri_builder.model.coverage import Coverage, Status
from gri_builder.model.framework import split_id
from gri_builder.model.report import Answer, Omission, Report
from gri_builder.model.texts.gap import Gap


def list_open_answers(coverage: Coverage, report: Report) -> OpenAnswers:
    """Return what is open by the coverage of a report, and by its entries that say nothing yet."""
    missing = [row for row in coverage.rows if row.status is Status.MISSING]
    named = {finding.disclosure for finding in coverage.findings if finding.rule == "missing-requirement"}
    partial = [row for row in coverage.rows if row.status is Status.PARTIAL and row.id in named]
    aspects: dict[str, str] = {}
    for row in missing:
        if row.aspect and coverage.judged not in row.required_for:
            aspects.setdefault(row.aspect, row.id)
    required = (row.id for row in missing if coverage.judged in row.required_for)
    return OpenAnswers(
        tuple(dict.fromkeys((*required, *report.unanswered))),
        {
            row.id: tuple(letter for letter, status in row.requirements.items() if letter and status is Status.MISSING)
            for row in partial
        },
        aspects,
    )


def find_disclosure_gap(context: ComposeContext, id: str) -> Gap:
    """Return the gap of a disclosure without an answer."""
    entry = context.report.unanswered.get(id)
    where = entry.where if entry else context.report.answer_places.get(id)
    disclosure = context.disclosure(id)
    aspect = context.framework.aspects.get(split_id(id)[1] or "")
    title = context.join(disclosure.title, (aspect.display_name or aspect.name) if aspect else "")
    text = context.bracketed(disclosure.label or disclosure.code, title)
    return Gap("disclosure", text, where, entry.owner if entry else None, id)


def list_letter_gaps(context: ComposeContext, id: str) -> Iterator[Gap]:
    """Yield the gaps of the letters that an answer leaves out."""
    answer, disclosure = context.report.answers[id], context.disclosure(id)
    for letter in context.open_answers.letters.get(id, ()):
        yield Gap("answer", f"{disclosure.label or disclosure.code} {letter}", answer.where, answer.owner)


def list_decision_gaps(context: ComposeContext, coverage: Coverage) -> Iterator[Gap]:
    """Yield the gaps of the sector's topics on which the report decides nothing (GRI 1: 2021, requirement 3-b)."""
    found = next((each for each in coverage.findings if each.rule == "undecided-topic"), None)
    sector = context.framework.sectors.get(context.report.sector or "")
    if found is None or sector is None:
        return
    report = context.report
    decided = {*(each.aspect for each in report.aspects), *(each.aspect for each in report.assessed)}
    for id in sector.aspects:
        if id not in decided:
            topic = context.framework.aspects[id]
            yield Gap("setting", context.translate("gap-decision", name=topic.display_name or topic.name), found.where)


def list_all_omission_gaps(context: ComposeContext) -> Iterator[Gap]:
    """Yield the gaps of all omissions; an answer that only omits something is printed nowhere but in the index."""
    for answer in context.report.answers.values():
        for omission in answer.omissions:
            yield from list_omission_gaps(context, answer, omission)


def list_omission_gaps(context: ComposeContext, answer: Answer, omission: Omission) -> Iterator[Gap]:
    """Yield the gap of an omission without what its reason asks for."""
    required = context.framework.omission_reasons[omission.reason].requires
    given = {*omission.details, *(["explanation"] if omission.explanation else [])}
    if context.draft and not given.issuperset(required):
        disclosure = context.disclosure(answer.id)
        text = context.translate("gap-explanation", name=disclosure.label or disclosure.code)
        yield Gap("answer", text, omission.where, answer.owner)


def find_aspect_gap(context: ComposeContext, aspect: str, first: str) -> Gap:
    """Return the gap of an Aspect of which any one Indicator is enough; `first` is the first of them."""
    named = context.framework.aspects[aspect]
    text = context.translate("gap-indicator", name=named.display_name or named.name)
    answer = context.report.answers.get(first)
    return Gap("disclosure", text, answer.where if answer else context.report.answer_places.get(first))
