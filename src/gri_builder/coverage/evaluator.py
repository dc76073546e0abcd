"""Evaluate what is stated for one option: the status of each requirement and of each group the option asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.model.coverage import Status
from gri_builder.model.framework import (
    Condition,
    ConditionKind,
    Disclosure,
    Framework,
    Option,
    OptionCriterion,
    disclosure_id,
)
from gri_builder.model.report import Omission

SATISFIED = (Status.COVERED, Status.OMITTED)
"""Statuses that satisfy a criterion."""


class Item(Struct, frozen=True):
    """One disclosure to evaluate; the management approach is one item for each material Aspect."""

    id: str
    disclosure: Disclosure
    aspect: str | None
    claim: DisclosureClaim


class RequirementGroup(Struct, frozen=True):
    """What an option asks for as one: a single item, or any one of a topic's disclosures."""

    criterion: str
    """Id of the criterion."""
    kind: ConditionKind
    """Kind of its condition that asks for the group."""
    items: tuple[Item, ...]
    aspect: str | None
    status: Status = Status.MISSING
    is_choice: bool = False
    """Whether any one of its items is enough."""

    @property
    def missing_id(self) -> str:
        """Id to report if it is missing: the item's, or the Aspect's if any of several items is enough."""
        return self.items[0].id if len(self.items) == 1 else self.aspect or ""


class Evaluator(Struct, frozen=True):
    """Evaluates items by the rules of one option."""

    framework: Framework
    option: Option | None
    """None to evaluate without an option; an omission then counts if any option permits it."""

    def rejection_reason(self, omission: Omission, code: str) -> str | None:
        """Return why an omission does not count: not permitted, unknown reason, or incomplete; None if it counts."""
        if not self.framework.omission_permitted(code, self.option.id if self.option else None):
            who = f"{self.option.name} permits no" if self.option else "no option permits an"
            return f"{who} omission here"
        reason = self.framework.omission_reasons.get(omission.reason)
        if reason is None:
            return f"'{omission.reason}' is not a permitted reason"
        given = {"explanation": omission.explanation, **omission.details}
        missing = [f"'{name}'" for name in reason.requires if not given.get(name, "").strip()]
        return f"it does not give {' and '.join(missing)}" if missing else None

    def requirement_statuses(self, item: Item) -> dict[str, Status]:
        """Return the status of each requirement by letter: covered, omitted or missing."""
        disclosure, answered = item.disclosure, item.claim.answered
        counting = [o for o in item.claim.omissions if self.rejection_reason(o, disclosure.code) is None]
        omitted = {part for o in counting for part in o.parts or disclosure.parts}
        statuses = dict.fromkeys(disclosure.parts, Status.MISSING)
        statuses |= dict.fromkeys((p for p in statuses if p in omitted), Status.OMITTED)
        statuses |= dict.fromkeys((p for p in statuses if p in answered or "" in answered), Status.COVERED)
        return statuses | _apply_alternatives(disclosure, statuses)

    def status(self, item: Item) -> Status:
        """Return covered, omitted, partial or missing."""
        statuses = set(self.requirement_statuses(item).values())
        if statuses == {Status.COVERED} and item.claim.partly and not self._omission_counts(item):
            return Status.PARTIAL
        if Status.MISSING in statuses:
            return Status.MISSING if len(statuses) == 1 else Status.PARTIAL
        return Status.COVERED if Status.COVERED in statuses else Status.OMITTED

    def _omission_counts(self, item: Item) -> bool:
        """Return whether an omission of a part that is not named counts."""
        unnamed = (omission for omission in item.claim.omissions if not omission.parts)
        return any(self.rejection_reason(omission, item.disclosure.code) is None for omission in unnamed)

    def best_status(self, items: Iterable[Item]) -> Status:
        """Return the best status among the items."""
        return min((self.status(item) for item in items), key=list(Status).index)


def is_unclear(evaluator: Evaluator, group: RequirementGroup, subject: CoverageInput) -> bool:
    """Return whether it can't be decided that a group is satisfied: that hangs on what could not be read."""
    unclear = [item for item in group.items if item.id in subject.unclear]
    clear = [item for item in group.items if item.id not in subject.unclear]
    return bool(unclear) and evaluator.best_status(clear) not in SATISFIED if clear else bool(unclear)


def list_items(framework: Framework, subject: CoverageInput) -> Iterator[Item]:
    """Yield all items of a coverage: general disclosures, those of each topic, then those of the sector.

    The management approach is included once for each material topic. Disclosures that are not in force on the day of
    publication are included only if something is stated about them.
    """
    current = find_current(framework, subject)
    for disclosure in framework.general_disclosures():
        if disclosure.code in current:
            yield _item(disclosure, None, subject)
    for aspect in framework.aspects.values():
        if aspect.id in subject.aspects:
            for code in framework.management_approaches:
                yield _item(framework.disclosures[code], aspect.id, subject)
        yield from (_item(framework.disclosures[c], aspect.id, subject) for c in aspect.indicators if c in current)
    sector = framework.sectors.get(subject.sector or "")
    for disclosure in (framework.disclosures[code] for code in (sector.disclosures if sector else ())):
        yield _item(disclosure, disclosure.aspect, subject)


def find_current(framework: Framework, subject: CoverageInput) -> frozenset[str]:
    """Return the codes in force on the day of publication, or all if it is unknown, and those that are stated."""
    every = framework.disclosures.values()
    day = find_day(framework, subject)
    return frozenset(d.code for d in every if day is None or d.in_force(day) or d.code in subject.claims)


def find_day(framework: Framework, subject: CoverageInput) -> date | None:
    """Return the day that decides which disclosures are in force, by publication or, if unknown, the period's end."""
    day = subject.published or subject.end
    return framework.effective_day(day) if day else None


def _item(disclosure: Disclosure, aspect: str | None, subject: CoverageInput) -> Item:
    per_aspect = disclosure.kind == "management-approach" and not disclosure.sector
    id = disclosure_id(disclosure.code, aspect if per_aspect else None)
    return Item(id, disclosure, aspect, subject.claims.get(id, DisclosureClaim()))


def _apply_alternatives(disclosure: Disclosure, statuses: Mapping[str, Status]) -> dict[str, Status]:
    """Return the statuses that change because a brief statement replaces other requirements, or they replace it."""
    changed: dict[str, Status] = {}
    for requirement in disclosure.requirements:
        others = {part: statuses[part] for part in requirement.instead_of}
        if others and statuses[requirement.part] is Status.COVERED:
            changed |= {part: Status.COVERED for part, status in others.items() if status is Status.MISSING}
        elif others and statuses[requirement.part] is Status.MISSING and Status.MISSING not in others.values():
            changed[requirement.part] = Status.COVERED if Status.COVERED in others.values() else Status.OMITTED
    return changed


def list_requirement_groups(
    framework: Framework, option: Option, items: Mapping[str, Item], subject: CoverageInput
) -> tuple[RequirementGroup, ...]:
    """Return all that an option asks for, each with its status: single items in order, then any one of several."""
    evaluator = Evaluator(framework, option)
    groups = [
        group
        for criterion in option.criteria
        for condition in criterion.conditions
        for group in _list_groups(framework, criterion, condition, items, subject)
    ]
    places = {id: place for place, id in enumerate(items)}
    groups.sort(key=lambda group: (group.is_choice, places[group.items[0].id]))
    return tuple(replace(group, status=evaluator.best_status(group.items)) for group in groups)


def _list_groups(
    framework: Framework,
    criterion: OptionCriterion,
    condition: Condition,
    items: Mapping[str, Item],
    subject: CoverageInput,
) -> Iterator[RequirementGroup]:
    """Yield what one condition asks for; nothing for a condition that is not about disclosures."""

    def alone(item: Item, aspect: str | None = None) -> RequirementGroup:
        return RequirementGroup(criterion.id, condition.kind, (item,), aspect)

    material = [item for item in items.values() if item.aspect in subject.aspects]
    match condition.kind:
        case "disclosures":
            yield from (alone(items[code]) for code in condition.codes if code in items)
        case "management-approach":
            managed = (i for i in material if i.disclosure.kind == "management-approach" and not i.disclosure.sector)
            yield from (alone(item, item.aspect) for item in managed)
        case "topic-disclosures" if condition.count == "all":
            yield from (alone(item, item.aspect) for item in material if is_topical(item))
        case "topic-disclosures" if condition.count == "one":
            yield from _one_per_topic(criterion, condition, material)
        case "sector-general":
            added = (item for item in items.values() if item.disclosure.sector and item.disclosure.kind == "general")
            yield from (alone(item) for item in added)
        case "sector-specific":
            added = (item for item in material if item.disclosure.sector and item.disclosure.kind != "general")
            yield from (alone(item, item.aspect) for item in added)
        case "sector-references":
            yield from (alone(items[code], topic) for code, topic in _list_referenced(framework, items, subject))


def is_topical(item: Item) -> bool:
    """Whether an item is a disclosure of a topic beside its management approach, and not one of a sector."""
    return item.disclosure.kind == "indicator" and not item.disclosure.sector


def _one_per_topic(
    criterion: OptionCriterion, condition: Condition, material: Iterable[Item]
) -> Iterator[RequirementGroup]:
    """Yield one group of disclosures for each material topic; topics that a sector adds have none."""
    topics: dict[str | None, list[Item]] = {}
    for item in filter(is_topical, material):
        topics.setdefault(item.aspect, []).append(item)
    for topic, members in topics.items():
        yield RequirementGroup(criterion.id, condition.kind, tuple(members), topic, is_choice=True)


def _list_referenced(
    framework: Framework, items: Mapping[str, Item], subject: CoverageInput
) -> Iterator[tuple[str, str]]:
    """Yield the disclosures that the sector lists for its material topics, each once, with the topic."""
    sector = framework.sectors.get(subject.sector or "")
    topics: dict[str, str] = {}
    for reference in sector.references if sector else ():
        if reference.topic in subject.aspects and reference.code in items:
            topics.setdefault(reference.code, reference.topic)
    yield from topics.items()
