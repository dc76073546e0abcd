"""An audit as text for people: what was examined, what failed, criteria, what could not be checked, sample, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gri_builder.model.audit_result import AuditResult, CheckStatus, Verdict
from gri_builder.model.claim import page_ranges
from gri_builder.model.finding import Severity
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.option_grounds import SHOWN, describe_option, quote_option
from gri_builder.reporters.audit.page_map import describe_page_map
from gri_builder.reporters.audit.sample import describe_method, describe_sample
from gri_builder.reporters.audit.summary import name_coverage, quote_grounds
from gri_builder.reporters.audit.table import ClaimDescription, describe_claims
from gri_builder.reporters.coverage.text import VERDICTS, count_totals
from gri_builder.reporters.findings.text import summarize_findings, write_findings_text
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap

MAX_REFERENCES = 34
"""Number of shown characters of a claim's references."""
MAX_PER_RULE = 5
"""Number of shown findings of a rule."""
_VERDICTS = {Verdict.FOUND: "good", Verdict.WEAK: "warning", Verdict.NOT_FOUND: "error", Verdict.UNKNOWN: "faint"}


def write_audit_text(audit: AuditResult, framework: Framework, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return the audit as text of at most `width` columns; the first line says what was examined."""
    parts = [
        [*_head(audit, framework, width, color)],
        [*_findings(audit, color)],
        [*_uncertain(audit, framework, width)],
        [*_criteria(audit, framework, width, color)],
        [*_checks(audit, color)],
        [*_skipped(audit, framework, width)],
        [*_explained(audit, width)],
        [*_sample(audit, framework, width, color)],
        [*_claims(audit, framework, width, color)],
    ]
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)


def _explained(audit: AuditResult, width: int) -> Iterator[str]:
    """Yield the facts that were questioned when the PDF was built, with their explanations."""
    if audit.explained:
        yield "Questioned when it was built, and explained:"
    for fact, explanation in audit.explained:
        yield from wrap(f"{fact}: {explanation}", width, "  ", "    ")


def _head(audit: AuditResult, framework: Framework, width: int, color: bool) -> Iterator[str]:
    passed, failed, skipped = (audit.count(status) for status in CheckStatus)
    checks = f"{passed + failed + skipped} checks: {passed} passed, {failed} failed, {skipped} skipped"
    yield colorize(
        sanitize(f"{audit.file}: {_count(audit.pages, 'page')}, {_count(len(audit.claims), 'claim')}, {checks}"),
        "strong",
        color,
    )
    yield from wrap(_describe(audit, framework), width)
    grounds = quote_grounds(audit, 1)
    repeated = audit.recognized_evidence[:1] == audit.claimed_option_evidence[:1] and not audit.recognized_reasons
    if grounds and not repeated:
        yield from wrap(f"It was recognized by {grounds}.", width)
    if grounds := quote_option(audit, 1 if audit.claimed_option else SHOWN):
        yield from wrap(f"The option is claimed by {grounds}.", width)
    if audit.index_problem:
        yield from wrap(f"Its index can't be relied on: {audit.index_problem}.", width)
    if numbers := describe_page_map(audit.page_map):
        yield from wrap(numbers, width)


def _describe(audit: AuditResult, framework: Framework) -> str:
    """Return a sentence on who made the PDF, what it claims, and where its index is."""
    maker = "made by gri-builder" if audit.producer == "gri-builder" else "not made by gri-builder"
    if audit.recognized == framework.id:
        what = f"reports by the {framework.title}, {describe_option(audit, framework)}"
    else:
        what = _OTHERS.get(audit.recognized or "") or _name_other(audit)
    pages = page_ranges(each.page for each in audit.index_pages)
    noun = "page" if len(audit.index_pages) == 1 else "pages"
    index = f"; its content index is on {noun} {pages}" if pages else ""
    return f"It was {maker}, {what}{index}."


def _name_other(audit: AuditResult) -> str:
    name = audit.recognized_name or audit.recognized
    return f"reports by the {name}" if name else "names no known framework"


_OTHERS = {
    "gri-standards": "reports by the GRI Standards, which came after G4",
    "gri-g3": "reports by the G3 or G3.1 Guidelines, which came before G4",
}


def _checks(audit: AuditResult, color: bool) -> Iterator[str]:
    """Yield a line for each rule, with the number of passed, failed and skipped checks."""
    counts: dict[str, Counter[CheckStatus]] = {}
    for check in audit.checks:
        counts.setdefault(check.rule, Counter())[check.status] += 1
    if not counts:
        return
    id_width = max(len(rule) for rule in counts)
    yield f"{'Check':<{id_width}}  {'passed':>6}  {'failed':>6}  {'skipped':>7}"
    for rule, count in counts.items():
        numbers = f"{count[CheckStatus.PASS]:>6}  {count[CheckStatus.FAIL]:>6}  {count[CheckStatus.SKIPPED]:>7}"
        yield colorize(f"{rule:<{id_width}}  {numbers}", "error", color and bool(count[CheckStatus.FAIL]))


def _findings(audit: AuditResult, color: bool) -> Iterator[str]:
    """Yield the findings, errors first; of many by one rule, the first few and the number of the others."""
    counts = Counter(finding.rule for finding in audit.findings)
    seen: Counter[str] = Counter()
    shown = []
    for finding in sorted(audit.findings, key=lambda each: list(Severity).index(each.severity)):
        seen[finding.rule] += 1
        if seen[finding.rule] <= MAX_PER_RULE:
            shown.append(finding)
    if shown:
        yield from write_findings_text(shown, color).splitlines()
        yield ""
        for rule, count in counts.items():
            if count > MAX_PER_RULE:
                yield f"{count - MAX_PER_RULE} more of {rule}; all other formats list them"
        yield summarize_findings(audit.findings)


def _skipped(audit: AuditResult, framework: Framework, width: int) -> Iterator[str]:
    """Yield why checks were skipped; checks of one rule with the same reason are listed together."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for check in audit.checks:
        if check.status is CheckStatus.SKIPPED:
            named = framework.print_id(check.id or "") or (f"page {check.where.page}" if check.where.page else "")
            reasons.setdefault((check.rule, check.message), []).extend([named] if named else [])
    if reasons:
        yield "Not checked:"
    for (rule, reason), ids in reasons.items():
        named = f" ({', '.join(dict.fromkeys(ids))})" if ids else ""
        yield from wrap(f"{rule}: {reason}{named}", width, "  ", "    ")


def _uncertain(audit: AuditResult, framework: Framework, width: int) -> Iterator[str]:
    """Yield the rows of the index whose reading is uncertain."""
    claims = [claim for claim in audit.claims if claim.uncertain]
    if claims:
        yield "Uncertain rows of the index:"
    for claim in claims:
        named = framework.print_id(claim.id)
        yield from wrap(f"{named} on page {claim.found_on}: {claim.uncertain}", width, "  ", "    ")


def _sample(audit: AuditResult, framework: Framework, width: int, color: bool) -> Iterator[str]:
    """Yield the sample: how it was drawn, and each item with its procedure."""
    if audit.sample is None:
        return
    yield from wrap(f"Sample: {describe_method(audit.sample)}", width)
    digits = len(str(len(audit.sample.items)))
    for item in describe_sample(audit, framework):
        named = colorize(sanitize(framework.print_id(item.id)), "strong", color)
        yield f"  {item.number:>{digits}}  {item.kind:<5}  {named}"
        indent = " " * (digits + 11)
        yield from wrap(f"{item.stated} ({item.title})" if item.title else item.stated, width, indent, indent)
        yield from wrap(item.procedure, width, indent, indent)


def _claims(audit: AuditResult, framework: Framework, width: int, color: bool) -> Iterator[str]:
    rows = describe_claims(audit, framework)
    if not rows:
        return
    ids = [framework.print_id(row.claim.id) for row in rows]
    id_width = max(map(len, ids))
    yield "Claims of the content index, and what was seen on the pages:"
    for row, id in zip(rows, ids, strict=True):
        yield from _claim(row, id, id_width, width, color)


def _claim(row: ClaimDescription, id: str, id_width: int, width: int, color: bool) -> Iterator[str]:
    claim, verdict = row.claim, row.claim.evidence.verdict
    references = "; ".join(reference.text for reference in claim.references) or ("omitted" if claim.omission else "-")
    if len(references) > MAX_REFERENCES:
        references = references[: MAX_REFERENCES - 1] + "…"
    mark = colorize(f"{_SHOWN[verdict]:<9}", _VERDICTS[verdict], color)
    head = f"  {sanitize(id):<{id_width}}  {mark}  {sanitize(references)}"
    yield f"{head}  {colorize('failed: ' + ', '.join(row.failed), 'error', color)}" if row.failed else head
    if claim.evidence.text:
        where = f"page {claim.evidence.page}: " if claim.evidence.page else ""
        yield from wrap(f"{where}{claim.evidence.text}", width, " " * (id_width + 4), " " * (id_width + 4))


_SHOWN = {
    Verdict.FOUND: "found",
    Verdict.WEAK: "weak",
    Verdict.NOT_FOUND: "not found",
    Verdict.UNKNOWN: "-",
}


def _criteria(audit: AuditResult, framework: Framework, width: int, color: bool) -> Iterator[str]:
    """Yield what the coverage rests on, and for each option whether its criteria hold."""
    coverage = audit.coverage
    if coverage is None:
        return
    if audit.producer != "gri-builder":
        yield from wrap(f"Coverage is {name_coverage(audit)}.", width)
    for id, option in framework.options.items():
        totals = coverage.totals[id]
        verdict = colorize(*VERDICTS[coverage.verdict(id)], color)
        text = count_totals(totals)
        yield f"{option.name}: {verdict}"
        yield from wrap(text, width, "  ", "  ")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
