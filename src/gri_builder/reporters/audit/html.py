"""An audit as one page of HTML that needs nothing else: filters, evidence, print style; readable without colour."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from gri_builder.model.audit_result import AuditResult, Check, CheckStatus, Verdict
from gri_builder.model.claim import page_ranges
from gri_builder.model.finding import Finding
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.table import ClaimDescription, describe_assurance, describe_claims
from gri_builder.reporters.findings.text import name_place

_STYLE = """
:root { --ink: #1a1a1a; --quiet: #4a4a4a; --line: #c4ccc8; --ground: #f3f6f4;
  --bad: #8f1414; --good: #14532d; --doubt: #6b4600; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem;
  color: var(--ink); background: #fff; }
h1 { line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .5rem; }
a { color: #0b4f8a; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
thead th { background: var(--ground); }
tbody th { font-weight: 600; white-space: nowrap; }
.fail, .error, .not-found { color: var(--bad); font-weight: bold; }
.pass, .found { color: var(--good); }
.skipped, .weak, .warning { color: var(--doubt); font-weight: bold; }
.quiet { color: var(--quiet); }
blockquote { margin: .25rem 0 0; padding-left: .6rem; border-left: 3px solid var(--line); color: var(--quiet); }
form { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: end; background: var(--ground); padding: .8rem; }
form[hidden] { display: none; }
label { display: block; font-weight: bold; }
input, select { font: inherit; padding: .3rem .4rem; border: 1px solid #5d6963; background: #fff; color: var(--ink); }
:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
.scroll { overflow-x: auto; }
@media print {
  body { max-width: none; margin: 0; font-size: 9pt; }
  form { display: none; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}
"""
_SCRIPT = """
for (const form of document.querySelectorAll("form")) {
  const rows = [...document.getElementById(form.dataset.table).tBodies[0].rows];
  const said = form.querySelector("output");
  const show = () => {
    const words = form.elements.words.value.trim().toLowerCase();
    const state = form.elements.state.value;
    let count = 0;
    for (const row of rows) {
      const fits = (!state || row.dataset.state.split(" ").includes(state))
        && row.textContent.toLowerCase().includes(words);
      row.hidden = !fits;
      count += fits;
    }
    said.textContent = `${count} of ${rows.length} shown`;
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  show();
}
"""
_CLAIM_HEADS = ("Disclosure", "Title", "References", "Omission", "Assured", "Seen", "Coverage", "Failed checks")
_CHECK_HEADS = ("Result", "Rule", "Disclosure", "What was checked", "Place")


def write_audit_html(audit: AuditResult, framework: Framework, link: str | None = None) -> str:
    """Return the audit as a page of HTML; `link` leads from it to the PDF, as a relative address."""
    title = escape(f"Audit of {audit.file}")
    body = [
        *_summary(audit, framework),
        *_findings(audit.findings, link),
        *_claims(describe_claims(audit, framework), link),
        *_checks(audit.checks, link),
    ]
    policy = f"default-src 'none'; style-src '{_hash(_STYLE)}'; script-src '{_hash(_SCRIPT)}'"
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">',
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>',
        f"<style>{_STYLE}</style></head>",
        "<body><main>",
        f"<h1>{title}</h1>",
        *body,
        "</main>",
        f"<script>{_SCRIPT}</script></body>",
        "</html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _hash(text: str) -> str:
    """Return what names an inline text in a Content Security Policy, so that nothing else runs."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _summary(audit: AuditResult, framework: Framework) -> Iterator[str]:
    passed, failed, skipped = (audit.count(status) for status in CheckStatus)
    yield (
        f"<p>{audit.pages} pages and {len(audit.claims)} claims were examined in {passed + failed + skipped} checks: "
        f"{passed} passed, {failed} failed, {skipped} skipped.</p>"
    )
    option = framework.options.get(audit.claimed_option or "")
    names = {id: each.name for id, each in framework.options.items()}
    rows = {
        "Made by": "gri-builder" if audit.producer == "gri-builder" else "another program",
        "Title": audit.title or "none",
        "SHA-256": audit.sha256,
        "Reports by": framework.title if audit.recognized == framework.id else audit.recognized or "nothing known",
        "Option claimed": option.name if option else "none",
        "Content index": f"page {page_ranges(each.page for each in audit.index_pages)}"
        if audit.index_pages
        else "none",
    }
    if audit.coverage:
        rows["Options whose criteria hold"] = ", ".join(names[id] for id in audit.coverage.met) or "none"
    yield "<dl>"
    yield from (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows.items())
    yield "</dl>"


def _findings(findings: Sequence[Finding], link: str | None) -> Iterator[str]:
    yield f"<h2>Findings ({len(findings)})</h2>"
    if not findings:
        yield "<p>Nothing was found wrong.</p>"
        return
    heads = ("Severity", "Rule", "Disclosure", "What is wrong", "Place")
    yield from _table("findings", "What is wrong, or worth knowing", heads, (_finding(each, link) for each in findings))


def _finding(finding: Finding, link: str | None) -> str:
    severity = finding.severity.value
    message = escape(finding.message) + (
        f'<br><span class="quiet">{escape(finding.hint)}</span>' if finding.hint else ""
    )
    place = _lead(escape(name_place(finding.where)), link, finding.where.page)
    cells = (escape(finding.rule), escape(finding.disclosure or ""), message, place)
    return f'<tr><td class="{severity}">{severity}</td>{_cells(cells)}</tr>'


def _claims(rows: Sequence[ClaimDescription], link: str | None) -> Iterator[str]:
    yield f"<h2>Claims of the content index ({len(rows)})</h2>"
    if rows:
        yield _filter("claims", "Seen", (*[verdict.value for verdict in Verdict], "failed"))
        caption = "Each row of the content index, and what was seen on its pages"
        yield from _table("claims", caption, _CLAIM_HEADS, (_claim(row, link) for row in rows))


def _claim(row: ClaimDescription, link: str | None) -> str:
    claim, evidence = row.claim, row.claim.evidence
    verdict = evidence.verdict.value
    seen = f'<span class="{verdict}">{verdict.replace("-", " ")}</span>'
    if evidence.text:
        page = _lead(f"page {evidence.page}", link, evidence.page) if evidence.page else ""
        seen += f" {page}<blockquote>{escape(evidence.text)}</blockquote>"
    references = "; ".join(
        _lead(escape(each.text), link, each.pages[0] if each.pages else None) for each in claim.references
    )
    cells = (
        escape(row.title),
        references,
        escape(claim.omission or ""),
        describe_assurance(claim.assured),
        seen,
        escape(row.status),
        f'<span class="fail">{escape(", ".join(row.failed))}</span>' if row.failed else "",
    )
    state = f"{verdict} failed" if row.failed else verdict
    written = f'<br><span class="quiet">{escape(claim.as_written)}</span>' if claim.as_written != claim.id else ""
    return f'<tr data-state="{state}"><th scope="row">{escape(claim.id)}{written}</th>{_cells(cells)}</tr>'


def _checks(checks: Sequence[Check], link: str | None) -> Iterator[str]:
    yield f"<h2>Checks ({len(checks)})</h2>"
    if checks:
        yield "<p>A check that was skipped could not be made; it has not passed.</p>"
        yield _filter("checks", "Result", [status.value for status in CheckStatus])
        yield from _table("checks", "Each check, and how it ended", _CHECK_HEADS, (_check(c, link) for c in checks))


def _check(check: Check, link: str | None) -> str:
    status = check.status.value
    place = _lead(escape(name_place(check.where)), link, check.where.page)
    cells = (escape(check.rule), escape(check.id or ""), escape(check.message), place)
    return f'<tr data-state="{status}"><td class="{status}">{status}</td>{_cells(cells)}</tr>'


def _filter(table: str, name: str, states: Iterable[str]) -> str:
    """Return the controls that narrow a table down; they are shown where scripts run."""
    options = "".join(f'<option value="{state}">{state.replace("-", " ")}</option>' for state in states)
    return (
        f'<form hidden data-table="{table}" aria-label="Filter {table}">'
        f'<div><label for="{table}-words">Text</label><input id="{table}-words" name="words" type="search"></div>'
        f'<div><label for="{table}-state">{name}</label><select id="{table}-state" name="state">'
        f'<option value="">all</option>{options}</select></div><output aria-live="polite"></output></form>'
    )


def _lead(html: str, link: str | None, page: int | None) -> str:
    """Return the text as a link that opens the PDF at a page, where there is one."""
    return f'<a href="{escape(link)}#page={page}">{html}</a>' if link and page and html else html


def _cells(cells: Iterable[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _table(id: str, caption: str, columns: Iterable[str], rows: Iterable[str]) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    yield f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
    yield f'<table id="{id}"><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>'
    yield from rows
    yield "</tbody></table></div>"
