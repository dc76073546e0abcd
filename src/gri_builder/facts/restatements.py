"""Restatements: values that an earlier report published otherwise, with the reason for the change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from gri_builder.facts.members import find_members, read_members
from gri_builder.model.facts import Fact, Restatement, Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of


def read_restatement(node: Node | None) -> Restatement | None:
    """Return a restatement written as {from: …, reason: …}; None where its schema found it wrong."""
    before, reason = (node.get("from"), text_of(node.get("reason"))) if node else (None, None)
    if node is None or before is None or before.kind != "number" or reason is None:
        return None
    return Restatement(Decimal(before.text), reason, node.where)


def apply_restatements(series: Series, node: Node, end: date | None, findings: list[Finding]) -> Series:
    """Return the series with the restatements that its entry lists in their facts; all of them are checked."""
    facts = {(fact.period, fact.members): fact for fact in series.facts}
    listed = node.get("restated")
    for item in listed.items if listed else ():
        restated, period = read_restatement(item), spelling_of(item.get("period"))
        if restated is None or period is None:
            continue
        members = find_members(series, read_members(item), item.where, findings)
        fact = facts.get((period, members)) if members is not None else None
        if fact:
            facts[period, fact.members] = replace(fact, status="restated", restated=restated)
        elif members is not None:
            message = f"'{series.id}' has no value for {', '.join((period, *members))} that could be restated"
            findings.append(error("unknown-period", message, item.where, "name a period that the series has"))
    findings.extend(each for fact in facts.values() if fact.restated for each in _judge(fact, fact.restated, end))
    return replace(series, facts=tuple(facts.values()))


def _judge(fact: Fact, restated: Restatement, end: date | None) -> Iterator[Finding]:
    where: Location = restated.where
    if restated.before == fact.value:
        message = f"{fact.key} is restated from {restated.before}, which is the value itself"
        yield error("unneeded-restatement", message, where, "write the value that was published before under 'from'")
    elif end and fact.period == str(end.year):
        message = f"{fact.key} is of the report's own period, of which no earlier report has published anything"
        yield error("unneeded-restatement", message, where, f"check the period {shorten(fact.period)}")
