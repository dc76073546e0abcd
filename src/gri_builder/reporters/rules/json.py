"""Rules as a document of `schemas/outputs/rules.schema.json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gri_builder.model.rule import Rule
from gri_builder.reporters.json_document import dump_json


def write_rules_json(rules: Iterable[Rule]) -> str:
    """Return the rules as JSON text."""
    return dump_json({"format": "gri-builder/rules/1", "rules": [_rule_object(rule) for rule in rules]})


def _rule_object(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "stage": rule.stage.value,
        "severities": [severity.value for severity in rule.severities],
        "title": rule.title,
        "why": rule.why,
        "bad": rule.bad,
        "good": rule.good,
        "clause": rule.clause,
    }
