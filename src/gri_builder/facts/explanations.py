"""Explanations: what a named person says to a cross-check that doubts a value."""

from __future__ import annotations

from decimal import Decimal

from gri_builder.facts.members import find_members, read_members
from gri_builder.model.facts import Explanation, Series
from gri_builder.model.finding import Finding, error
from gri_builder.resources.renamed import current_rule
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of


def read_explanations(series: Series, node: Node, findings: list[Finding]) -> list[Explanation]:
    """Return the explanations that a series' entry lists, of facts that there are."""
    listed = node.get("explanations")
    found = []
    for item in listed.items if listed else ():
        rule, period, value = text_of(item.get("rule")), spelling_of(item.get("period")), item.get("value")
        text, by = text_of(item.get("because")), text_of(item.get("by"))
        if not (rule and period and text and by and value and value.kind == "number"):
            continue
        members = find_members(series, read_members(item), item.where, findings)
        if members is None:
            continue
        if (renamed := current_rule(rule)) is not None:
            findings.append(renamed_rule(rule, renamed, item))
            rule = renamed
        fact = series.value(period, members)
        if fact is None:
            message = f"'{series.id}' has no value for {', '.join((period, *members))} that could be explained"
            findings.append(error("unknown-period", message, item.where, "name a period that the series has"))
            continue
        found.append(Explanation(rule, fact.key, Decimal(value.text), text, by, item.where))
    return found


def renamed_rule(former: str, current: str, explanation: Node) -> Finding:
    """Return the finding for an explanation that names a rule by its former id."""
    message = f"the rule '{former}' is now called '{current}'"
    return error("renamed-rule", message, explanation.entries["rule"].value.where, f"write rule: {current}")
