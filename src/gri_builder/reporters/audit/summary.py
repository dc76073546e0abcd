"""The summary of an audit: what was examined, what it claims and on what grounds, what was found."""

from __future__ import annotations

from gri_builder.model.audit_result import AuditResult, CheckStatus
from gri_builder.model.framework import Framework
from gri_builder.model.texts.finding_text import shorten
from gri_builder.reporters.audit.option_grounds import quote_option
from gri_builder.reporters.audit.page_map import describe_page_map

MAX_QUOTE = 90
"""Characters of a quote that are shown."""


def summarize_audit(audit: AuditResult, framework: Framework) -> dict[str, str | int]:
    """Return what to say about the audit as a whole, by name."""
    option = framework.options.get(audit.claimed_option or "")
    met = audit.coverage.met if audit.coverage else ()
    rows: dict[str, str | int] = {
        "file": audit.file,
        "title": audit.title,
        "SHA-256": audit.sha256,
        "pages": audit.pages,
        "made by": "gri-builder" if audit.producer == "gri-builder" else "another program",
        "framework": name_framework(audit, framework) or "unknown",
        "framework recognized by": quote_grounds(audit),
        "option claimed": option.name if option else "none",
        "option claimed by": quote_option(audit),
        "options whose criteria hold": ", ".join(framework.options[id].name for id in met) or "none",
        "pages of the content index": ", ".join(str(each.page) for each in audit.index_pages) or "none found",
        "index can't be relied on": audit.index_problem,
        "printed page numbers": describe_page_map(audit.page_map),
        "coverage is": name_coverage(audit),
        "claims": len(audit.claims),
        "facts": len(audit.facts),
        "checks passed": audit.count(CheckStatus.PASS),
        "checks failed": audit.count(CheckStatus.FAIL),
        "checks skipped": audit.count(CheckStatus.SKIPPED),
        "findings": len(audit.findings),
    }
    return {name: value for name, value in rows.items() if value != ""}


def name_framework(audit: AuditResult, framework: Framework) -> str:
    """Return the name of the framework that the PDF reports by; empty if it names none."""
    if audit.recognized == framework.id:
        return framework.title
    return audit.recognized_name or audit.recognized or ""


def quote_grounds(audit: AuditResult, most: int = 3) -> str:
    """Return what the PDF says by which its framework was recognized; `most` is the number of quotes."""
    quotes = (f"'{_shorten(quote.text)}' on page {quote.page}" for quote in audit.recognized_evidence[:most])
    return "; ".join((*quotes, *audit.recognized_reasons))


def _shorten(text: str) -> str:
    return shorten(text, MAX_QUOTE)


def name_coverage(audit: AuditResult) -> str:
    """Return what the coverage rests on: the answers in the PDF, or only its index."""
    if audit.coverage is None:
        return ""
    if audit.producer == "gri-builder":
        return "what the pages answer"
    return "what the organization claims in its content index; whether the pages answer it was not examined"
