"""Summarize many findings of one rule about one series: list the first few, and count the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gri_builder.model.finding import Finding

MAX_LISTED = 5
"""Findings of one rule that are listed one by one."""


def summarize_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first findings of each rule, and one more that counts the rest."""
    return list(_summarize(findings))


def _summarize(findings: Iterable[Finding]) -> Iterator[Finding]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        by_rule.setdefault(finding.rule, []).append(finding)
    for found in by_rule.values():
        yield from found[:MAX_LISTED]
        if more := found[MAX_LISTED:]:
            others = f"; the same applies to {len(more) - 1:,} more" if len(more) > 1 else ""
            yield replace(more[0], message=more[0].message + others)
