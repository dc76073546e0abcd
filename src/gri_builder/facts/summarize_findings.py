"""Many findings of one kind about one series: the first few by name, the others by their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gri_builder.model.finding import Finding

NAMED = 5
"""Findings of a rule that are told one by one."""


def summarize_findings(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first findings of each rule, and for the others one that says how many they are."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        by_rule.setdefault(finding.rule, []).append(finding)
    for found in by_rule.values():
        yield from found[:NAMED]
        if more := found[NAMED:]:
            others = f"; the same holds for {len(more) - 1:,} more" if len(more) > 1 else ""
            yield replace(more[0], message=more[0].message + others)
