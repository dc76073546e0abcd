"""Explanations: the reason that a named person gives for a value that a cross-check questions."""

from __future__ import annotations

from decimal import Decimal

from gri_builder.facts.members import check_members, read_members
from gri_builder.model.facts import Explanation, Series
from gri_builder.model.finding import Finding, error
from gri_builder.resources.renamed import current_rule
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of


def read_explanations(series: Series, node: Node) -> tuple[list[Explanation], list[Finding]]:
    """Return the explanations that a series' entry lists, and findings for those of unknown values."""
    listed = node.get("explanations")
    found: list[Explanation] = []
    findings: list[Finding] = []
    for item in listed.items if listed else ():
        rule = text_of(item.get("rule"))
        if rule and (current := current_rule(rule)):
            findings.append(_renamed_rule(rule, current, item))
        read = _read_explanation(series, item)
        if isinstance(read, Explanation):
            found.append(read)
        elif read is not None:
            findings.append(read)
    return found, findings


def _read_explanation(series: Series, item: Node) -> Explanation | Finding | None:
    """Return an explanation, or what is wrong with it; None where the schema rejects it."""
    rule, period, value = text_of(item.get("rule")), spelling_of(item.get("period")), item.get("value")
    text, by = text_of(item.get("because")), text_of(item.get("by"))
    if not (rule and period and text and by and value and value.kind == "number"):
        return None
    members = read_members(item)
    if fact := series.value(period, members):
        return Explanation(current_rule(rule) or rule, fact.key, Decimal(value.text), text, by, item.where)
    if (wrong_members := check_members(series, members, item.where)) or not series.facts:
        return wrong_members
    message = f"'{series.id}' has no value for {', '.join((period, *members))}, so it can't be explained"
    return error("unknown-period", message, item.where, "name a period that the series has")


def _renamed_rule(former: str, current: str, explanation: Node) -> Finding:
    """Return the finding for an explanation that names a rule by its former id."""
    message = f"the rule '{former}' is now called '{current}'"
    return error("renamed-rule", message, explanation.entries["rule"].value.where, f"write rule: {current}")
