"""Restatements: values that an earlier report published differently, with the reason for the change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from gri_builder.facts.members import check_members, read_members
from gri_builder.model.facts import Fact, Restatement, Series
from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of


def read_restatement(node: Node | None) -> Restatement | None:
    """Return a restatement written as {from: …, reason: …}; None where the schema rejects it."""
    before, reason = (node.get("from"), text_of(node.get("reason"))) if node else (None, None)
    if node is None or before is None or before.kind != "number" or reason is None:
        return None
    return Restatement(Decimal(before.text), reason, node.where)


def apply_restatements(series: Series, node: Node) -> tuple[Series, list[Finding]]:
    """Return the series with the restatements that its entry lists, and findings for those of unknown values."""
    facts = {(fact.period, fact.members): fact for fact in series.facts}
    findings: list[Finding] = []
    listed = node.get("restated")
    for item in listed.items if listed else ():
        restated, period = read_restatement(item), spelling_of(item.get("period"))
        if restated is None or period is None:
            continue
        members = read_members(item)
        if fact := facts.get((period, members)):
            facts[period, members] = replace(fact, status="restated", restated=restated)
        elif wrong_members := check_members(series, members, item.where):
            findings.append(wrong_members)
        elif facts:
            message = f"'{series.id}' has no value for {', '.join((period, *members))}, so it can't be restated"
            findings.append(error("unknown-period", message, item.where, "name a period that the series has"))
    return (replace(series, facts=tuple(facts.values())) if listed else series), findings


def check_restatements(series: Series, last_day: date | None) -> Iterator[Finding]:
    """Yield a finding for each restatement that changes nothing, or is of the reporting period itself."""
    for fact in series.facts:
        if fact.restated:
            yield from _check_restatement(fact, fact.restated, last_day)


def _check_restatement(fact: Fact, restated: Restatement, last_day: date | None) -> Iterator[Finding]:
    if restated.before == fact.value:
        message = f"{fact.key} is restated from {restated.before}, which equals its present value"
        hint = "write the value that was published before under 'from'"
        yield error("unneeded-restatement", message, restated.where, hint)
    elif last_day and fact.period == str(last_day.year):
        message = f"{fact.key} is for the reporting period, so no earlier report can have published it"
        yield error("unneeded-restatement", message, restated.where, f"check the period {shorten(fact.period)}")
