"""Separate the facts and the findings that a reader yields."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding


def split_findings(items: Iterable[Fact | Finding]) -> tuple[list[Fact], list[Finding]]:
    """Return the facts and the findings among some items, each in their order."""
    facts: list[Fact] = []
    findings: list[Finding] = []
    for item in items:
        if isinstance(item, Fact):
            facts.append(item)
        else:
            findings.append(item)
    return facts, findings
