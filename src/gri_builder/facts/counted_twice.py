"""Calculations that would count a value twice: a total added to its own parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct

from gri_builder.facts.arithmetic import OperationKind
from gri_builder.facts.operand_alignment import Step
from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.texts.finding_text import listed
from gri_builder.tables.totals.sums_of_others import find_sums
from gri_builder.tables.totals.totals import find_summed_totals


class Sums(Struct, frozen=True):
    """What is known about the sums of a report before they are calculated."""

    parts: Mapping[str, Sequence[str]] = {}
    """Ids of the series that each sum adds up, by the id of the sum."""
    meant: Set[str] = frozenset()
    """Ids of series whose members are declared to be no totals."""


def find_counted_twice(step: Step, sums: Sums) -> Iterator[Finding]:
    """Yield a finding for a total that an operation adds to its own parts."""
    if step.kind is OperationKind.TOTAL_OF:
        yield from _find_total_members(step, sums.meant)
    elif step.kind is OperationKind.SUM:
        yield from _find_total_operands(step, sums.parts)


def _find_total_members(step: Step, meant: Set[str]) -> Iterator[Finding]:
    (operand,) = step.operands
    is_meant = operand.id in meant
    if members := find_summed_totals(operand, step.series.dimensions, is_meant):
        names = listed([f"'{each}'" for each in members], "and")
        what = "is the total" if len(members) == 1 else "are totals"
        message = f"{names} of '{operand.id}' {what} of its other members, so 'total-of' would count them twice"
        hint = f"write 'totals: exclude' in '{operand.id}'"
        hint += ", in place of 'totals: include'" if is_meant else "; or 'totals: include', if this is by chance"
        yield error("counted-twice", message, step.entry.value.where, hint)


def _find_total_operands(step: Step, parts: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield an error for an operand that is named again, or that another operand contains."""
    ids = [operand.id for operand in step.operands]
    for place, id in enumerate(ids):
        where = (step.entry.value.items or (step.entry.value,))[place].where
        if id in ids[:place]:
            message = f"'{id}' is named twice under 'sum'"
            yield error("counted-twice", message, where, "remove one of them")
        elif contained := [each for each in ids if each != id and each in _all_parts(id, parts)]:
            inside = listed([f"'{each}'" for each in contained], "and")
            message = f"'{id}' contains {inside} already, so 'sum' would count {inside} twice"
            yield error("counted-twice", message, where, f"remove '{id}', or {inside}")
        elif id in _find_sums(step.operands):
            message = f"'{id}' equals the sum of the other series in each period, so 'sum' may count them twice"
            yield warning("sum-of-others", message, where, f"if '{id}' is the total of the others, remove it")


def _all_parts(id: str, parts: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the ids of all series that a sum contains, through other sums as well."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        for part in parts.get(waiting.pop(), ()):
            if part not in found:
                found.add(part)
                waiting.append(part)
    return found


def _find_sums(operands: Sequence[Series]) -> list[str]:
    """Return the ids of the operands that equal the sum of the others in each period."""
    keys = dict.fromkeys((fact.period, fact.members) for operand in operands for fact in operand.facts)
    tables = {operand.id: {(fact.period, fact.members): fact.value for fact in operand.facts} for operand in operands}
    return find_sums([{id: table[key] for id, table in tables.items() if key in table} for key in keys])
