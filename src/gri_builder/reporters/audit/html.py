"""An audit as one self-contained HTML page: filters, evidence, print style; readable without colour."""

from __future__ import annotations

from collections.abc import Mapping

from gri_builder.model.audit_result import AuditResult, CheckStatus, Verdict
from gri_builder.model.claim import page_ranges
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.table import describe_assurance, describe_claims
from gri_builder.reporters.findings.text import name_place
from gri_builder.reporters.html_page import hash_source, read_asset, render_page


def write_audit_html(audit: AuditResult, framework: Framework, pdf_url: str | None = None) -> str:
    """Return the audit as an HTML page; `pdf_url` is the address of the PDF, relative to the page."""
    style, script = read_asset("audit.css"), read_asset("audit.js")
    passed, failed, skipped = (audit.count(status) for status in CheckStatus)
    return render_page(
        "audit",
        {
            "audit": audit,
            "summary": _summarize(audit, framework),
            "findings": audit.findings,
            "claims": describe_claims(audit, framework),
            "verdicts": [verdict.value for verdict in Verdict],
            "statuses": [status.value for status in CheckStatus],
            "passed": passed,
            "failed": failed,
            "skipped": skipped,
            "total": passed + failed + skipped,
            "pdf_url": pdf_url,
            "name_place": name_place,
            "describe_assurance": describe_assurance,
            "style": style,
            "script": script,
            "style_hash": hash_source(style),
            "script_hash": hash_source(script),
        },
    )


def _summarize(audit: AuditResult, framework: Framework) -> Mapping[str, str]:
    option = framework.options.get(audit.claimed_option or "")
    names = {id: each.name for id, each in framework.options.items()}
    pages = page_ranges(each.page for each in audit.index_pages)
    rows = {
        "Made by": "gri-builder" if audit.producer == "gri-builder" else "another program",
        "Title": audit.title or "none",
        "SHA-256": audit.sha256,
        "Framework": framework.title if audit.recognized == framework.id else audit.recognized or "unknown",
        "Option claimed": option.name if option else "none",
        "Content index": f"page {pages}" if pages else "none",
    }
    if audit.coverage:
        rows["Options whose criteria hold"] = ", ".join(names[id] for id in audit.coverage.met) or "none"
    return rows
