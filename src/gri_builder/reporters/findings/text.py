"""Findings as text for people: location, message, the source line with a caret, help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, measure, sanitize

_GUTTER = 5
"""Columns for a line number."""


def write_findings_text(findings: Iterable[Finding], color: bool = False) -> str:
    """Return the findings as text, separated by empty lines; without findings, an empty text."""
    return "\n".join("".join(f"{line}\n" for line in _lines(finding, color)) for finding in findings)


def summarize_findings(findings: Iterable[Finding]) -> str:
    """Return the number of findings of each severity, e.g. '2 errors, 1 warning'."""
    counts = Counter(finding.severity for finding in findings)
    named = [(counts[severity], _NAMES[severity]) for severity in Severity if counts[severity]]
    return ", ".join(f"{count} {name if count == 1 else name + 's'}" for count, name in named) or "no findings"


_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def name_place(where: Location) -> str:
    """Return a location as people read it: 'file:line:column', 'file:sheet!cell' or 'file:page'."""
    parts = [where.file]
    if where.sheet is not None or where.cell is not None:
        parts.append("!".join(filter(None, (where.sheet, where.cell))))
    elif where.page is not None:
        parts.append(f"page {where.page}" + (f" (printed {where.label})" if where.label else ""))
    else:
        parts += [str(number) for number in (where.line, where.column) if number is not None]
    return sanitize(":".join(parts))


def _lines(finding: Finding, color: bool) -> Iterator[str]:
    severity = colorize(f"{finding.severity}[{finding.rule}]", finding.severity, color)
    yield f"{colorize(name_place(finding.where), 'strong', color)}: {severity}: {sanitize(finding.message)}"
    yield from _excerpt(finding, color)
    if finding.hint:
        yield f"   {colorize('help:', 'strong', color)} {sanitize(finding.hint)}"


def _excerpt(finding: Finding, color: bool) -> Iterator[str]:
    """Yield the source line and the line with the caret."""
    where = finding.where
    if where.line is None or not where.excerpt or where.excerpt.isspace():
        return
    line, start = where.cut_excerpt()
    before, marked, after = _cut(sanitize(line), start, where.width)
    number = f"{where.line:>{_GUTTER}}"
    yield f"{colorize(f'{number} |', 'faint', color)} {before}{marked}{after}".rstrip()
    carets = colorize("^" * max(1, measure(marked)), finding.severity, color)
    yield f"{colorize(' ' * len(number) + ' |', 'faint', color)} {' ' * measure(before)}{carets}"


def _cut(text: str, start: int, width: int) -> tuple[str, str, str]:
    """Return the text before, at and after the location; of a long line, the part around it."""
    before, marked, after = text[:start], text[start : start + width], text[start + width :]
    if measure(text) > MAX_WIDTH:
        before = before if len(before) <= 40 else "…" + before[-39:]
        marked = marked if len(marked) <= 50 else marked[:49] + "…"
        room = MAX_WIDTH - measure(before + marked)
        after = after if measure(after) <= room else after[: max(0, room - 1)] + "…"
    return before, marked, after
