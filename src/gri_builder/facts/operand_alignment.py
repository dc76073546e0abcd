"""Group the facts of operands that are calculated with each other, by period and members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from gri_builder.facts.arithmetic import OperationKind
from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry
from gri_builder.spreadsheets.cells import casefold_key

Key = tuple[str, tuple[str, ...]]
"""Period and members."""
Groups = dict[Key, list[Fact]]
"""The facts that each derived value is calculated from, in the order of the operation."""


class Step(Struct, frozen=True):
    """One operation with its operands."""

    series: Series
    """The derived series, without facts."""
    kind: OperationKind
    entry: Entry
    """The key that names the operation, with the operands as its value."""
    operands: tuple[Series, ...]
    base: str = ""
    """Label of the period that changes are measured from."""


def group_facts(step: Step) -> tuple[Groups, list[Finding]]:
    """Return the facts that belong together, and findings for missing values and different dimensions."""
    match step.kind:
        case OperationKind.TOTAL_OF:
            return _group_members(step)
        case OperationKind.CHANGE_SINCE:
            return _pair_with_base(step)
        case _:
            return _align(step)


def _align(step: Step) -> tuple[Groups, list[Finding]]:
    """Return the facts of the same period and members; a series without dimensions applies to all members."""
    if wrong_dimension := _check_dimensions(step):
        return {}, [wrong_dimension]
    tables = [{(fact.period, fact.members): fact for fact in each.facts} for each in step.operands]
    by_member = [table for each, table in zip(step.operands, tables, strict=True) if each.dimensions]
    keys = dict.fromkeys(key for table in by_member or tables for key in table)
    groups: Groups = {}
    for key in keys:
        found = [
            table.get(key if each.dimensions else (key[0], ()))
            for each, table in zip(step.operands, tables, strict=True)
        ]
        if all(found):
            groups[key] = list(filter(None, found))
    return groups, _find_missing(step, keys, tables)


def _find_missing(step: Step, keys: Iterable[Key], tables: Sequence[Mapping[Key, Fact]]) -> list[Finding]:
    findings: list[Finding] = []
    for each, table in zip(step.operands, tables, strict=True):
        needed = dict.fromkeys(key if each.dimensions else (key[0], ()) for key in keys)
        findings += _missing_operand(step, each, [key for key in needed if key not in table])
    return findings


def _missing_operand(step: Step, operand: Series, missing: Sequence[Key]) -> list[Finding]:
    """Return a warning for missing values, for which no value is derived, as a missing value is not zero."""
    if not missing:
        return []
    names = [", ".join((period, *members)) for period, members in missing]
    some = listed(names if len(names) < 7 else [*names[:6], f"{len(names) - 6} more"], "and")
    message = f"'{operand.id}' has no value for {some}, so '{step.series.id}' has none"
    hint = "write the value; 0 where there was nothing"
    return [warning("missing-operand", message, step.entry.key.where, hint)]


def _check_dimensions(step: Step) -> Finding | None:
    """Return a finding unless the operands are broken down as the series is."""
    wanted = tuple(map(casefold_key, step.series.dimensions))
    by = f"by {listed(step.series.dimensions, 'and')}" if wanted else "not broken down"
    for each in step.operands:
        if each.dimensions and tuple(map(casefold_key, each.dimensions)) != wanted:
            message = f"'{each.id}' is by {listed(each.dimensions, 'and')}, but '{step.series.id}' is {by}"
            hint = f"write 'by: {each.dimensions[0]}' here too; or add it up first: derive: {{total-of: {each.id}}}"
            return error("wrong-dimension", message, step.entry.value.where, hint)
    if wanted and not any(each.dimensions for each in step.operands):
        message = f"'{step.series.id}' is {by}, but none of the series it is derived from is"
        return error("wrong-dimension", message, step.entry.value.where, "remove 'by'")
    return None


def _pair_with_base(step: Step) -> tuple[Groups, list[Finding]]:
    """Return each fact with that of the base period."""
    (operand,) = step.operands
    if wrong_dimension := _check_dimensions(step):
        return {}, [wrong_dimension]
    if step.base not in operand.periods:
        nearest = find_nearest(step.base, operand.periods)
        hint = f"did you mean '{nearest}'?" if nearest else f"its periods are {listed(operand.periods, 'and')}"
        message = f"'{operand.id}' has no value for {shorten(step.base)}"
        return {}, [error("unknown-period", message, step.entry.value.items[1].where, hint)]
    bases = {fact.members: fact for fact in operand.facts if fact.period == step.base}
    others = [fact for fact in operand.facts if fact.period != step.base]
    missing = list(dict.fromkeys((step.base, fact.members) for fact in others if fact.members not in bases))
    groups = {(fact.period, fact.members): [fact, bases[fact.members]] for fact in others if fact.members in bases}
    return groups, _missing_operand(step, operand, missing)


def _group_members(step: Step) -> tuple[Groups, list[Finding]]:
    """Return the facts of each period and each kept member."""
    (operand,) = step.operands
    places = {casefold_key(name): place for place, name in enumerate(operand.dimensions)}
    kept = [places.get(casefold_key(name), -1) for name in step.series.dimensions]
    if not places or -1 in kept or len(kept) >= len(places):
        by = f"by {listed(operand.dimensions, 'and')}" if places else "not broken down"
        message = f"'{operand.id}' is {by}, so it can't be added up into '{step.series.id}'"
        hint = "name under 'by' the dimensions to keep; without 'by' all members are added up"
        return {}, [error("wrong-dimension", message, step.entry.value.where, hint)]
    groups: Groups = {}
    for fact in operand.facts:
        groups.setdefault((fact.period, tuple(fact.members[place] for place in kept)), []).append(fact)
    all_members = dict.fromkeys(fact.members for fact in operand.facts)
    present = {(fact.period, fact.members) for fact in operand.facts}
    missing = [
        (period, members) for period in operand.periods for members in all_members if (period, members) not in present
    ]
    incomplete = {(period, tuple(members[place] for place in kept)) for period, members in missing}
    groups = {key: facts for key, facts in groups.items() if key not in incomplete}
    return groups, _missing_operand(step, operand, missing)
