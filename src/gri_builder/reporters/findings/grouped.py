"""Findings as text in the order of work: faults first, then what is merely missing, by file; or only their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Severity
from gri_builder.reporters.findings.text import summarize_findings, write_findings_text
from gri_builder.reporters.terminal import colorize, sanitize

MISSING = frozenset(
    {
        "aspect-only-omitted",
        "missing-disclosure",
        "missing-indicator",
        "missing-management-approach",
        "missing-requirement",
        "no-material-aspect",
        "option-not-met",
        "to-fill-in",
        "topic-without-disclosure",
        "undecided-topic",
    }
)
"""Rules on what is not written yet, rather than wrong."""


def write_grouped_text(findings: Iterable[Finding], color: bool = False) -> str:
    """Return the findings as text: the faults, then under a heading for each file what is missing in it."""
    found = tuple(findings)
    faults = write_findings_text((each for each in found if each.rule not in MISSING), color)
    missing = [each for each in found if each.rule in MISSING]
    groups = (_write_group(file, list(group), color) for file, group in groupby(missing, lambda each: each.where.file))
    return "\n".join(filter(None, (faults, *groups)))


def _write_group(file: str, findings: Sequence[Finding], color: bool) -> str:
    """Return a heading with the number of findings, and the findings without the lines of their stubs."""
    heading = colorize(f"{sanitize(file)}: {len(findings)} missing", "strong", color)
    shown = (replace(each, where=replace(each.where, excerpt=None)) for each in findings)
    return f"{heading}\n\n{write_findings_text(shown, color)}"


def write_summary_text(findings: Iterable[Finding]) -> str:
    """Return how many findings each rule and each file has, the most first."""
    found = tuple(findings)
    tables = (list(_count(found, name)) for name in (lambda each: each.rule, lambda each: each.where.file))
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in tables if lines)


def _count(findings: Sequence[Finding], name: Callable[[Finding], str]) -> Iterator[str]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(name(finding), []).append(finding)
    order = sorted(groups, key=lambda key: (not _has_error(groups[key]), -len(groups[key]), key))
    yield from (f"{len(groups[key]):>5}  {sanitize(key)}: {summarize_findings(groups[key])}" for key in order)


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
