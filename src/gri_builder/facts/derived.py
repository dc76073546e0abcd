"""Derived series: sums, differences, ratios and so on, each value with the facts that it was calculated from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, Underflow, localcontext
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.arithmetic import Operation, OperationKind, find_operation
from gri_builder.facts.counted_twice import Sums, find_counted_twice
from gri_builder.facts.operand_alignment import Key, Step, group_facts
from gri_builder.facts.parse_series import ParsedSeries
from gri_builder.limits.numbers import describe_out_of_range, is_in_range
from gri_builder.model.facts import Fact, FactStatus, Origin, Series, rounding_tolerance
from gri_builder.model.finding import Finding, Severity, error, warning
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import spelling_of
from gri_builder.tables.series_context import has_too_many_digits
from gri_builder.tables.source_digits import choose_sum_digits
from gri_builder.tables.split_findings import split_findings
from gri_builder.tables.totals.totals import TotalsMode

OPERAND_COUNTS: Mapping[OperationKind, tuple[int, int]] = {
    OperationKind.SUM: (1, 99),
    OperationKind.DIFFERENCE: (2, 99),
    OperationKind.RATIO: (2, 2),
    OperationKind.SHARE: (2, 2),
    OperationKind.PRODUCT: (2, 2),
    OperationKind.CHANGE_SINCE: (2, 2),
    OperationKind.TOTAL_OF: (1, 1),
}
"""Minimum and maximum number of operands of each operation."""
SUMS = (OperationKind.SUM, OperationKind.DIFFERENCE, OperationKind.TOTAL_OF)
"""Operations whose results have the digits of their operands."""
QUOTIENT_DIGITS = 28
"""Significant digits of quotients."""
EXACT_DIGITS = 60
"""Precision of sums and products, enough to lose no digit."""


class Operand(NamedTuple):
    """A series that another is derived from."""

    id: str
    node: Node
    """Place that names it."""


class Derivation(Struct, frozen=True):
    """How one series is derived from others, as its entry says."""

    series: Series
    """The derived series, without facts."""
    kind: OperationKind
    entry: Entry
    """The key that names the operation, with the operands as its value."""
    operands: tuple[Operand, ...]
    base: str = ""
    """Label of the period that changes are measured from."""
    is_rounded: bool = False
    """Whether the series sets the number of printed digits."""


class DerivedSeries(Struct, frozen=True):
    """All series after derivation."""

    series: dict[str, Series]
    invalid: frozenset[str]
    """Ids of series that have an error, or can't be derived."""


def derive_series(parsed: Mapping[str, ParsedSeries]) -> tuple[DerivedSeries, list[Finding]]:
    """Return all series with their facts, derived ones after those that they are derived from."""
    derivations, findings, invalid = _read_derivations(parsed)
    order, circular = order_by_dependency(derivations)
    findings += circular.values()
    not_derivable = invalid | circular.keys()
    invalid = not_derivable | {id for id, each in parsed.items() if not each.is_valid}
    series = {id: each.series for id, each in parsed.items() if each.series}
    sums = _read_sums(derivations, parsed)
    for id in order:
        if id in not_derivable:
            continue
        facts, more = _derive(derivations[id], series, invalid, sums)
        findings += more
        series[id] = replace(series[id], facts=tuple(facts or ()))
        if facts is None or (not facts and more):
            invalid.add(id)
    return DerivedSeries(series, frozenset(invalid)), findings


def _read_derivations(
    parsed: Mapping[str, ParsedSeries],
) -> tuple[dict[str, Derivation], list[Finding], set[str]]:
    """Return the derivation of each derived series, and the ids of those whose derivation is not valid."""
    derivations: dict[str, Derivation] = {}
    findings: list[Finding] = []
    invalid: set[str] = set()
    for id, each in parsed.items():
        if each.series is None or each.derive is None:
            continue
        derivation, more = read_derivation(each.series, each.derive, parsed, each.is_rounded)
        if derivation:
            derivations[id] = derivation
        if more:
            invalid.add(id)
        findings += more
    return derivations, findings, invalid


def check_sums(parsed: Mapping[str, ParsedSeries], derived: DerivedSeries) -> Iterator[Finding]:
    """Yield an error for each value that differs from what 'check' calculates, by more than rounding explains."""
    for id, each in parsed.items():
        if each.check is None or id in derived.invalid or id not in derived.series:
            continue
        expected, findings = _calculate_check(replace(derived.series[id], facts=()), each.check, parsed, derived)
        yield from (finding for finding in findings if finding.severity is Severity.ERROR)
        for fact in expected:
            given = derived.series[id].value(fact.period, fact.members)
            if given and abs(given.value - fact.value) > _tolerance(derived.series, given, fact):
                inputs = ", ".join(fact.origin.inputs) if fact.origin else ""
                message = f"{given.key} is {given.value:f}, but {inputs} come to {round(fact.value, 6).normalize():f}"
                hint = "correct the value that is wrong; or calculate it: replace 'values' and 'check' with 'derive: …'"
                yield error("sum-mismatch", message, given.where, hint)


def _calculate_check(
    series: Series, node: Node, parsed: Mapping[str, ParsedSeries], derived: DerivedSeries
) -> tuple[list[Fact], list[Finding]]:
    """Return the facts that 'check' of a series calculates."""
    derivation, findings = read_derivation(series, node, parsed, is_rounded=True)
    if derivation is None:
        return [], findings
    _, circular = order_by_dependency({series.id: derivation})
    findings += circular.values()
    if findings:
        return [], findings
    facts, findings = _derive(derivation, derived.series, derived.invalid, Sums())
    return facts or [], findings


def _tolerance(series: Mapping[str, Series], given: Fact, expected: Fact) -> Decimal:
    """Return by how much rounding of a value and of its inputs can make it differ from the expected value."""
    tolerance = rounding_tolerance(series[given.metric], given)
    facts = {fact.key: (one, fact) for one in series.values() for fact in one.facts}
    for key in expected.origin.inputs if expected.origin else ():
        one, fact = facts[key]
        if fact.value:
            tolerance += abs(expected.value) * rounding_tolerance(one, fact) / abs(fact.value)
    return tolerance


def read_derivation(
    series: Series, node: Node, known: Mapping[str, ParsedSeries], is_rounded: bool
) -> tuple[Derivation | None, list[Finding]]:
    """Return the derivation that 'derive' or 'check' describes, with the operands that are known."""
    found = [(kind, node.entries[kind]) for kind in OperationKind if kind in node.entries]
    if len(found) != 1:
        message = "'derive' takes one operation" + (", but several are given" if found else "")
        hint = f"write one of {listed(OperationKind)}; use another series for each further step"
        return None, [error("wrong-value", message, node.where, hint)]
    ((kind, entry),) = found
    items = entry.value.items or (entry.value,)
    least, most = OPERAND_COUNTS[kind]
    if not least <= len(items) <= most:
        number = {1: "one series", 2: "two series"}[least]
        is_change = kind is OperationKind.CHANGE_SINCE
        message = f"'{kind}' takes {number}, but {len(items)} are given"
        hint = f"write {kind}: [energy-total, 2013]" if is_change else f"name {number} by their ids"
        return None, [error("wrong-value", message, entry.value.where, hint)]
    base = ""
    if kind is OperationKind.CHANGE_SINCE:
        items, base = items[:1], spelling_of(items[1]) or ""
    operands = [Operand(spelling_of(item) or "", item) for item in items]
    unknown = [_unknown_fact(each, known) for each in operands if each.id not in known]
    operands = [each for each in operands if each.id in known]
    return Derivation(series, kind, entry, tuple(operands), base, is_rounded), unknown


def _unknown_fact(operand: Operand, known: Mapping[str, ParsedSeries]) -> Finding:
    nearest = find_nearest(operand.id, known)
    hint = f"did you mean '{nearest}'?" if nearest else "define fact series in figures/, each under its id"
    return error("unknown-fact", f"unknown fact series '{shorten(operand.id)}'", operand.node.where, hint)


def order_by_dependency(derivations: Mapping[str, Derivation]) -> tuple[list[str], dict[str, Finding]]:
    """Return the ids of derived series, operands first, and by id a finding for each that closes a circle."""
    order: dict[str, None] = {}
    circular: dict[str, Finding] = {}
    for start in derivations:
        path = {} if start in order else {start: iter(derivations[start].operands)}
        while path:
            id = next(reversed(path))
            operand = next(path[id], None)
            if operand is None:
                order[id] = None
                path.popitem()
            elif operand.id in path:
                circular.setdefault(id, _circular_derivation(list(path), operand))
            elif operand.id in derivations and operand.id not in order:
                path[operand.id] = iter(derivations[operand.id].operands)
    return list(order), circular


def _circular_derivation(path: Sequence[str], operand: Operand) -> Finding:
    circle = " -> ".join((*path[path.index(operand.id) :], operand.id))
    message = f"circular calculation between series: {circle}"
    return error("circular-derivation", message, operand.node.where, "remove one of them from the calculation")


def _read_sums(derivations: Mapping[str, Derivation], parsed: Mapping[str, ParsedSeries]) -> Sums:
    """Return the ids of the series that each sum adds up, and of those whose members are declared to be no totals."""
    kinds = (OperationKind.SUM, OperationKind.TOTAL_OF)
    parts = {id: [each.id for each in one.operands] for id, one in derivations.items() if one.kind in kinds}
    meant = {id for id, each in parsed.items() if each.totals is TotalsMode.INCLUDE}
    return Sums(parts, meant)


def _derive(
    derivation: Derivation, series: Mapping[str, Series], invalid: Set[str], sums: Sums
) -> tuple[list[Fact] | None, list[Finding]]:
    """Return the facts of a series; None, without a finding, where one of its operands is not valid."""
    operands = tuple(series[each.id] for each in derivation.operands if each.id not in invalid)
    if len(operands) < len(derivation.operands):
        return None, []
    step = Step(derivation.series, derivation.kind, derivation.entry, operands, derivation.base)
    operation = find_operation(step.kind, step.series.unit, [each.unit for each in operands])
    if isinstance(operation, str):
        hint = "correct the unit of the series, or the series that it is derived from"
        return [], [error("wrong-unit", operation, step.entry.value.where, hint)]
    counted = list(find_counted_twice(step, sums))
    if any(finding.severity is Severity.ERROR for finding in counted):
        return [], counted
    groups, findings = group_facts(step)
    findings += counted
    facts, more = split_findings(_make_fact(step, operation, key, inputs) for key, inputs in groups.items())
    findings += more
    unset = [fact.value for fact in facts if fact.digits is None]
    if not derivation.is_rounded and any(map(has_too_many_digits, unset)):
        message = f"the values of '{step.series.id}' have an unlimited number of digits"
        hint = "state how many to print: decimals: 2"
        findings.append(error("non-terminating-decimal", message, step.entry.value.where, hint))
    return facts, findings


def _make_fact(step: Step, operation: Operation, key: Key, inputs: Sequence[Fact]) -> Fact | Finding:
    """Return the fact that an operation gives, or a warning where it would divide by zero."""
    node = step.entry.key
    try:
        with localcontext(prec=QUOTIENT_DIGITS if operation.divides else EXACT_DIGITS):
            value = operation.calculate([fact.value for fact in inputs])
    except (Overflow, Underflow):
        return _out_of_range(key, node)
    except (DivisionByZero, InvalidOperation, ZeroDivisionError):
        label = listed((key[0], *key[1]), "and")
        message = f"no value can be derived for {label}, because {inputs[-1].key} is 0 and can't be divided by"
        return warning("division-by-zero", message, node.where, "check the value, or leave the period out")
    if not is_in_range(value):
        return _out_of_range(key, node)
    origin = Origin(node.file.path, node.file.sha256, line=node.line, inputs=tuple(fact.key for fact in inputs))
    is_estimated = any(fact.status == "estimated" for fact in inputs)
    status: FactStatus = "estimated" if is_estimated else "measured"
    digits = _sum_digits(step, inputs, value) if step.kind in SUMS else None
    return Fact(step.series.id, key[0], key[1], _plain(value), node.where, status, origin, digits=digits)


def _out_of_range(key: Key, node: Node) -> Finding:
    """Return the error for a result that is too large or too small."""
    message, hint = describe_out_of_range()
    return error("number-out-of-range", f"the value for {listed((key[0], *key[1]), 'and')} {message}", node.where, hint)


def _sum_digits(step: Step, inputs: Sequence[Fact], value: Decimal) -> int | None:
    units = {each.id: each.unit for each in step.operands}
    return choose_sum_digits([(fact, units[fact.metric]) for fact in inputs], value, step.series.unit)


def _plain(value: Decimal) -> Decimal:
    """Return a number without an exponent above zero, and a quotient without zeros at its end."""
    text = format(value, "f")
    is_long = "." in text and len(text) > QUOTIENT_DIGITS - 2
    return Decimal(text.rstrip("0").rstrip(".") if is_long else text)
