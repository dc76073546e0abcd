"""A batch as text: a line for each report, and the findings under the names of the reports that have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gri_builder.model.batch.outcomes import Outcomes, RowResult, Status
from gri_builder.model.finding import Finding, Severity, sort_findings
from gri_builder.reporters.findings.grouped import write_grouped_text
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, measure, sanitize, wrap

WORDS: dict[Status, str] = {
    "built": "built",
    "valid": "valid",
    "not-built": "NOT BUILT",
    "left-out": "LEFT OUT",
    "failed": "FAILED",
    "lost": "LOST",
}
MOST_NAMES = 8
"""Reports that a heading names."""
_WIDEST = 40
"""Columns of the names of reports."""


def write_batch_text(outcomes: Outcomes, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return a table with a line for each report."""
    names = {name: sanitize(name) for name in outcomes.reports}
    widest = min(_WIDEST, max([len("report"), *map(measure, names.values())]))
    lines = [f"{_pad('report', widest)}  {'':<9}  {'pages':>5}  {'errors':>6}  {'warnings':>8}".rstrip()]
    for name, result in outcomes.reports.items():
        is_good = result.status in ("built", "valid")
        word = colorize(f"{WORDS[result.status]:<9}", "good" if is_good else "error", color)
        pages = f"{result.pages:,}" if result.pages else ""
        errors, warnings = (_count(result, each) for each in (Severity.ERROR, Severity.WARNING))
        lines.append(f"{_pad(names[name], widest)}  {word}  {pages:>5}  {errors:>6}  {warnings:>8}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - measure(text))


def _count(result: RowResult, severity: Severity) -> str:
    count = sum(each.severity is severity for each in result.findings)
    return f"{count:,}" if count else ""


def write_batch_findings(
    outcomes: Outcomes, choose: Callable[[Sequence[Finding]], Sequence[Finding]], color: bool = False
) -> str:
    """Return the findings, each once: those of the list, then those of one report or of several that share them."""
    parts = [write_grouped_text(choose(outcomes.findings), color)] if choose(outcomes.findings) else []
    for names, findings in _group(outcomes, choose):
        heading = _head(names, len(outcomes.reports))
        parts.append("\n".join(colorize(line, "strong", color) for line in wrap(heading, MAX_WIDTH)) + "\n")
        parts.append(write_grouped_text(findings, color))
    return "\n".join(parts)


def _group(
    outcomes: Outcomes, choose: Callable[[Sequence[Finding]], Sequence[Finding]]
) -> Iterator[tuple[tuple[str, ...], tuple[Finding, ...]]]:
    """Yield the findings of the same reports, with the names of these."""
    owners: dict[Finding, list[str]] = {}
    for name, result in outcomes.reports.items():
        for finding in dict.fromkeys(choose(result.findings)):
            owners.setdefault(finding, []).append(name)
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding, having in owners.items():
        groups.setdefault(tuple(having), []).append(finding)
    order = {name: number for number, name in enumerate(outcomes.reports)}
    for names in sorted(groups, key=lambda each: (-len(each), [order[name] for name in each])):
        yield names, sort_findings(groups[names])


def _head(names: tuple[str, ...], total: int) -> str:
    if len(names) == total > 1:
        return f"In all {total:,} reports:"
    shown = ", ".join(names[:MOST_NAMES])
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return f"In {shown}{more}:"
