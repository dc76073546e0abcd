"""One option's view on what is stated: the state of each requirement, and of each thing that the option asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.model.coverage import Status
from gri_builder.model.framework import Disclosure, Framework, Option, disclosure_id
from gri_builder.model.report import Omission

SATISFIED = (Status.COVERED, Status.OMITTED)
"""What satisfies a criterion."""


class Item(Struct, frozen=True):
    """A disclosure as it is asked for: the management approach once for each material Aspect."""

    id: str
    disclosure: Disclosure
    aspect: str | None
    stated: DisclosureClaim


class RequirementGroup(Struct, frozen=True):
    """One thing that an option asks for: a single item, or one out of an Aspect's Indicators."""

    criterion: str
    items: tuple[Item, ...]
    aspect: str | None
    status: Status = Status.MISSING

    @property
    def need(self) -> str:
        """Id that stands for it: of its item, or of the Aspect where there are several to choose from."""
        return self.items[0].id if len(self.items) == 1 else self.aspect or ""


class Evaluator(Struct, frozen=True):
    """One option's view on what is stated."""

    framework: Framework
    option: Option | None
    """None where no option is judged; an omission then counts wherever some option permits it."""

    def objection(self, omission: Omission, code: str) -> str | None:
        """Return why an omission does not count: not permitted there, unknown reason, or something left unsaid."""
        if not self.framework.omission_permitted(code, self.option.id if self.option else None):
            who = f"{self.option.name} permits no" if self.option else "no option permits an"
            return f"{who} omission here"
        reason = self.framework.omission_reasons.get(omission.reason)
        if reason is None:
            return f"'{omission.reason}' is no permitted reason"
        said = {"explanation": omission.explanation, **omission.details}
        unsaid = [f"'{name}'" for name in reason.requires if not said.get(name, "").strip()]
        return f"it does not give {' and '.join(unsaid)}" if unsaid else None

    def letters(self, item: Item) -> dict[str, Status]:
        """Return the state of each requirement: covered, omitted or missing."""
        disclosure, answered = item.disclosure, item.stated.answered
        counting = [o for o in item.stated.omissions if self.objection(o, disclosure.code) is None]
        omitted = {part for o in counting for part in o.parts or disclosure.parts}
        states = dict.fromkeys(disclosure.parts, Status.MISSING)
        states |= dict.fromkeys((p for p in states if p in omitted), Status.OMITTED)
        states |= dict.fromkeys((p for p in states if p in answered or "" in answered), Status.COVERED)
        return states | _stand_ins(disclosure, states)

    def status(self, item: Item) -> Status:
        """Return covered, omitted, partial or missing."""
        states = set(self.letters(item).values())
        if Status.MISSING in states:
            return Status.MISSING if len(states) == 1 else Status.PARTIAL
        return Status.COVERED if Status.COVERED in states else Status.OMITTED

    def best(self, items: Iterable[Item]) -> Status:
        """Return the furthest status among the items."""
        return min((self.status(item) for item in items), key=list(Status).index)


def list_items(framework: Framework, subject: CoverageInput) -> Iterator[Item]:
    """Yield all that a coverage lists: general disclosures, those of each Aspect, then the sector's.

    The management approach is among them once for each material Aspect.
    """
    for disclosure in framework.general_disclosures():
        yield _item(disclosure, None, subject)
    for aspect in framework.aspects.values():
        if aspect.id in subject.aspects:
            yield _item(framework.disclosures[framework.management_approach], aspect.id, subject)
        yield from (_item(framework.disclosures[code], aspect.id, subject) for code in aspect.indicators)
    sector = framework.sectors.get(subject.sector or "")
    for disclosure in (framework.disclosures[code] for code in (sector.disclosures if sector else ())):
        yield _item(disclosure, disclosure.aspect, subject)


def _item(disclosure: Disclosure, aspect: str | None, subject: CoverageInput) -> Item:
    per_aspect = disclosure.kind == "management-approach" and not disclosure.sector
    id = disclosure_id(disclosure.code, aspect if per_aspect else None)
    return Item(id, disclosure, aspect, subject.stated.get(id, DisclosureClaim()))


def _stand_ins(disclosure: Disclosure, states: Mapping[str, Status]) -> dict[str, Status]:
    """Return the states that change because a brief statement stands in for other requirements, or they for it."""
    changed: dict[str, Status] = {}
    for requirement in disclosure.requirements:
        others = {part: states[part] for part in requirement.instead_of}
        if others and states[requirement.part] is Status.COVERED:
            changed |= {part: Status.COVERED for part, state in others.items() if state is Status.MISSING}
        elif others and states[requirement.part] is Status.MISSING and Status.MISSING not in others.values():
            changed[requirement.part] = Status.COVERED if Status.COVERED in others.values() else Status.OMITTED
    return changed


def list_requirement_groups(
    framework: Framework, option: Option, items: Mapping[str, Item], material: tuple[str, ...]
) -> tuple[RequirementGroup, ...]:
    """Return all that an option asks for, in the items' order, each with its status (G4 Part 1, 3.1)."""
    judge = Evaluator(framework, option)
    units = (unit for item in items.values() for unit in _asked_by_itself(option, item, material))
    one_of = _one_of_each(framework, items, material) if option.indicators == "one" else ()
    return tuple(replace(unit, status=judge.best(unit.items)) for unit in (*units, *one_of))


def _asked_by_itself(option: Option, item: Item, material: tuple[str, ...]) -> Iterator[RequirementGroup]:
    disclosure = item.disclosure
    if disclosure.kind == "general" and not disclosure.sector:
        if disclosure.code in option.general:
            yield RequirementGroup("general", (item,), None)
    elif disclosure.kind == "general":
        yield RequirementGroup("sector-general", (item,), None)
    elif item.aspect in material:
        if disclosure.sector:
            yield RequirementGroup("sector-specific", (item,), item.aspect)
        elif disclosure.kind == "management-approach":
            yield RequirementGroup("management-approach", (item,), item.aspect)
        elif option.indicators == "all":
            yield RequirementGroup("indicators", (item,), item.aspect)


def _one_of_each(
    framework: Framework, items: Mapping[str, Item], material: tuple[str, ...]
) -> Iterator[RequirementGroup]:
    """Yield for each material Aspect the choice among its Indicators; a sector's own Aspects have none."""
    for aspect in (framework.aspects[id] for id in material):
        if aspect.indicators:
            yield RequirementGroup("indicators", tuple(items[code] for code in aspect.indicators), aspect.id)
