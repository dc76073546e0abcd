"""Judge the criteria of an option: whether all that each asks for is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gri_builder.coverage.coverage_input import CoverageInput
from gri_builder.coverage.evaluator import (
    SATISFIED,
    Evaluator,
    Item,
    RequirementGroup,
    find_day,
    is_topical,
    is_unclear,
)
from gri_builder.model.coverage import Criterion, Status
from gri_builder.model.framework import Condition, ConditionKind, Option, OptionCriterion

ABOUT_TOPICS: frozenset[ConditionKind] = frozenset({"material-topics", "management-approach", "topic-disclosures"})
"""Conditions on material topics, which can't be met if none is named."""
ABOUT_SECTORS: frozenset[ConditionKind] = frozenset(
    {"sector-general", "sector-specific", "sector-topics", "sector-references"}
)
"""Conditions that only a report with a sector must meet."""


def judge_criteria(
    evaluator: Evaluator,
    option: Option,
    groups: Sequence[RequirementGroup],
    items: Mapping[str, Item],
    subject: CoverageInput,
) -> Iterator[Criterion]:
    """Yield the verdict on each criterion of the option; on criteria about sectors only for a report with a sector."""
    for criterion in option.criteria:
        kinds = {condition.kind for condition in criterion.conditions}
        if subject.sector or kinds - ABOUT_SECTORS:
            yield _judge(evaluator, option, criterion, groups, items, subject)


def _judge(
    evaluator: Evaluator,
    option: Option,
    criterion: OptionCriterion,
    groups: Sequence[RequirementGroup],
    items: Mapping[str, Item],
    subject: CoverageInput,
) -> Criterion:
    kinds = {condition.kind for condition in criterion.conditions}
    asked = [group for group in groups if group.criterion == criterion.id]
    unclear = [group.missing_id for group in asked if is_unclear(evaluator, group, subject)]
    missing = [group.missing_id for group in asked if group.status not in SATISFIED]
    for condition in criterion.conditions:
        open_ids, unknown = _judge_others(evaluator, condition, items, subject)
        missing += open_ids
        unclear += unknown
    missing = [each for each in dict.fromkeys(missing) if each not in unclear]
    named = bool(subject.aspects) or not kinds & ABOUT_TOPICS
    decidable = (named or subject.basis == "answers") and not _is_statement_unknown(kinds, option, subject)
    holds = named and decidable and not missing and not unclear
    by_author = kinds == {"author"}
    return Criterion(
        option.id,
        criterion.id,
        criterion.summary,
        holds and not by_author,
        tuple(missing),
        tuple(dict.fromkeys(unclear)),
        decidable,
        by_author,
    )


def _is_statement_unknown(kinds: set[ConditionKind], option: Option, subject: CoverageInput) -> bool:
    """Whether it is unknown if a PDF has the statement of use: it claims no option, or another one.

    In a report the program prints the statement of the option that is claimed.
    """
    return "statement" in kinds and subject.basis == "claims" and subject.claimed != option.id


def _judge_others(
    evaluator: Evaluator, condition: Condition, items: Mapping[str, Item], subject: CoverageInput
) -> tuple[list[str], list[str]]:
    """Return the ids that a condition without requirement groups finds open, and those that it can't decide."""
    match condition.kind:
        case "sector-topics":
            undecided = find_undecided_topics(evaluator, subject)
            return (undecided, []) if subject.basis == "answers" else ([], undecided)
        case "omissions":
            return find_rejected(evaluator, items), []
        case "topic-disclosures" if condition.count == "relevant":
            return [], find_bare_topics(evaluator, items, subject)
        case _:
            return [], []


def find_undecided_topics(evaluator: Evaluator, subject: CoverageInput) -> list[str]:
    """Return the ids of the topics of the sector that are neither material nor dismissed with the reason."""
    sector = evaluator.framework.sectors.get(subject.sector or "")
    decided = {*subject.aspects, *subject.dismissed}
    return [id for id in (sector.aspects if sector else ()) if id not in decided]


def find_rejected(evaluator: Evaluator, items: Mapping[str, Item]) -> list[str]:
    """Return the ids of the items with an omission that does not count."""
    return [
        item.id
        for item in items.values()
        if any(evaluator.rejection_reason(omission, item.disclosure.code) for omission in item.claim.omissions)
    ]


def find_bare_topics(evaluator: Evaluator, items: Mapping[str, Item], subject: CoverageInput) -> list[str]:
    """Return the ids of the material topics with disclosures in force of which none is answered or omitted."""
    topics: dict[str, list[Item]] = {}
    day = find_day(evaluator.framework, subject)
    for item in items.values():
        if item.aspect in subject.aspects and is_topical(item) and (day is None or item.disclosure.in_force(day)):
            topics.setdefault(item.aspect or "", []).append(item)
    return [topic for topic, members in topics.items() if evaluator.best_status(members) is Status.MISSING]
