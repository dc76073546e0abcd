"""An audit as one self-contained HTML page: filters, evidence, pictures, print style; readable without colour."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from gri_builder.model.audit_result import AuditResult, CheckStatus, Passage, Picture, Verdict
from gri_builder.model.coverage import Totals
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.page_map import describe_page_map
from gri_builder.reporters.audit.reading_list import list_entries
from gri_builder.reporters.audit.sample import describe_method, describe_sample, name_pages
from gri_builder.reporters.audit.summary import name_coverage, summarize_audit
from gri_builder.reporters.audit.table import describe_assurance, describe_claims
from gri_builder.reporters.html_page import hash_source, read_asset, render_page

TOTALS = frozenset(
    {"pages", "claims", "facts", "findings", "checks passed", "checks failed", "checks skipped", "coverage is"}
)
"""Parts of the summary that the page shows elsewhere."""


def write_audit_html(
    audit: AuditResult,
    framework: Framework,
    pdf_url: str | None = None,
    pictures: Mapping[Passage, Picture] | None = None,
) -> str:
    """Return the audit as an HTML page.

    `pdf_url` is the address of the PDF, relative to the page; `pictures` are those of passages that it shows.
    """
    style, script = read_asset("audit.css"), read_asset("audit.js")
    passed, failed, skipped = (audit.count(status) for status in CheckStatus)
    return render_page(
        "audit",
        {
            "audit": audit,
            "sections": _list_sections(audit),
            "summary": {name: value for name, value in summarize_audit(audit, framework).items() if name not in TOTALS},
            "entries": list_entries(audit, framework),
            "claims": describe_claims(audit, framework),
            "claim_states": [*(verdict.value for verdict in Verdict), "failed", "uncertain"],
            "options": _list_options(audit, framework),
            "page_map": describe_page_map(audit.page_map),
            "coverage_rests_on": name_coverage(audit),
            "sampled": list(describe_sample(audit, framework)),
            "method": describe_method(audit.sample) if audit.sample else "",
            "statuses": [status.value for status in CheckStatus],
            "passed": passed,
            "failed": failed,
            "skipped": skipped,
            "total": passed + failed + skipped,
            "pdf_url": pdf_url,
            "pictures": pictures or {},
            "name_page": partial(_name_page, audit=audit),
            "describe_assurance": describe_assurance,
            "style": style,
            "script": script,
            "style_hash": hash_source(style),
            "script_hash": hash_source(script),
        },
    )


def _name_page(page: int, audit: AuditResult) -> str:
    return name_pages((page,), audit)


def _list_sections(audit: AuditResult) -> list[tuple[str, str]]:
    """Return id and name of each section that the page has."""
    sections = (
        ("first", "Read these first", True),
        ("summary", "Summary", True),
        ("sample", "Sample", audit.sample is not None),
        ("claims", "Claims", bool(audit.claims)),
        ("checks", "Checks", bool(audit.checks)),
    )
    return [(id, name) for id, name, is_there in sections if is_there]


def _list_options(audit: AuditResult, framework: Framework) -> list[tuple[str, str, Totals]]:
    """Return for each option its name, whether its criteria hold as far as that is clear, and its totals."""
    coverage = audit.coverage
    if coverage is None:
        return []
    options = framework.options.items()
    return [(each.name, coverage.verdict(id).value, coverage.totals[id]) for id, each in options]
