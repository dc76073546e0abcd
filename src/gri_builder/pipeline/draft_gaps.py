"""Gaps of a draft: what a text refers to and the report does not have yet is no error there, but a warning."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Severity

GAPS = frozenset(
    {
        *("missing-image", "no-answer", "unknown-anchor"),
        *("missing-own-period", "unknown-fact", "unknown-member", "unknown-period", "unknown-target"),
    }
)
"""Rules whose findings name what a draft prints as a marked gap."""
GAPS_IN_FIGURES = frozenset({"missing-file", "missing-value"})
"""Further ones, in the files of figures/: a series whose values have not come yet."""


def allow_gaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a draft: those that name a gap are warnings."""
    return tuple(replace(each, severity=Severity.WARNING) if _is_gap(each) else each for each in findings)


def _is_gap(finding: Finding) -> bool:
    if finding.severity is not Severity.ERROR:
        return False
    in_figures = finding.where is not None and finding.where.file.startswith("figures/")
    return finding.rule in GAPS or (in_figures and finding.rule in GAPS_IN_FIGURES)
