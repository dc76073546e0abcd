"""The whole run: read the PDF, extract its claims, assess what they cover, run the rules, sum up."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from gri_builder.audit.coverable import make_coverable
from gri_builder.audit.extracted import Extracted
from gri_builder.audit.own import Own, extract_own, is_ours, read_own
from gri_builder.audit.own.carried import DATA, read_carried
from gri_builder.audit.read import PdfFile, read_pdf
from gri_builder.audit.rules import run_rules
from gri_builder.audit.strangers import extract_claims
from gri_builder.audit.subject import Subject
from gri_builder.coverage import Coverage, assess
from gri_builder.examination import Audit, Check, CheckStatus, PageName
from gri_builder.finding import Checked, Finding, Where, error, sort_findings
from gri_builder.framework import Framework, load_framework
from gri_builder.ledger import Ledger

NO_OPTION = "none"
"""In place of an option: none is judged, not even the one that is claimed."""


def examine_pdf(file: Path, password: str | None = None, option: str | None = None) -> Checked[Audit]:
    """Do the work of `audit_pdf` in this process, and without a guard."""
    framework = load_framework()
    read = read_pdf(file.read_bytes(), file.name, password)
    if read.value is None:
        return Checked(None, read.findings)
    pdf = read.value
    own = read_own(pdf, framework) if is_ours(pdf) else None
    extracted = extract_own(own) if own and own.index else extract_claims(pdf, framework)
    coverage = _assess(framework, pdf, extracted, option)
    checks = run_rules(Subject(pdf, framework, extracted, coverage, own))
    findings = sort_findings((*read.findings, *extracted.findings, *map(_find, filter(_failed, checks))))
    return Checked(_sum_up(pdf, own, extracted, checks, coverage, findings), findings)


def read_ledger_of(file: Path, password: str | None = None) -> Checked[Ledger]:
    """Return the ledger that a PDF of ours carries, in this process; a finding where there is none."""
    read = read_pdf(file.read_bytes(), file.name, password)
    if read.value is None:
        return Checked(None, read.findings)
    carried = read_carried(read.value.attachments)
    if carried.data is None:
        said = next((text for name, text in carried.faults if name == DATA), "it carries no data")
        hint = "only a PDF that gri-builder made carries its facts; of others, 'gri-builder audit' reads the index"
        return Checked(None, (error("no-ledger", f"no facts can be traced: {said}", Where(file.name), hint),))
    return Checked(carried.data.ledger, read.findings)


def _assess(framework: Framework, pdf: PdfFile, extracted: Extracted, option: str | None) -> Coverage | None:
    """Return the coverage; None where there are no claims by the framework."""
    if extracted.recognized != framework.id or not extracted.claims:
        return None
    page = extracted.index_pages[0] if extracted.index_pages else None
    labels = tuple(each.label for each in pdf.pages)
    where = Where(pdf.name, page=page, label=labels[page - 1] or None if page else None)
    subject = make_coverable(extracted, labels, where)
    if option == NO_OPTION:
        return assess(framework, replace(subject, claimed=None))
    return assess(framework, subject, option)


def _failed(check: Check) -> bool:
    return check.status is CheckStatus.FAIL


def _find(check: Check) -> Finding:
    named = f"{check.id}: {check.message}" if check.id and check.id not in check.message else check.message
    return Finding(check.rule, check.severity, named, check.where, check.hint, check.id)


def _sum_up(
    pdf: PdfFile,
    own: Own | None,
    extracted: Extracted,
    checks: tuple[Check, ...],
    coverage: Coverage | None,
    findings: tuple[Finding, ...],
) -> Audit:
    return Audit(
        file=pdf.name,
        sha256=pdf.sha256,
        pages=len(pdf.pages),
        producer="gri-builder" if own else "other",
        recognized=extracted.recognized,
        claimed_option=extracted.claimed,
        index_pages=tuple(PageName(page, pdf.pages[page - 1].label or "") for page in extracted.index_pages),
        claims=extracted.claims,
        checks=checks,
        coverage=coverage,
        findings=findings,
        title=pdf.title or "",
        labels=tuple(page.label or "" for page in pdf.pages),
        explained=_list_explained(own),
    )


def _list_explained(own: Own | None) -> tuple[tuple[str, str], ...]:
    data = own.carried.data if own else None
    entries = data.ledger.entries.values() if data else ()
    return tuple((entry.key, said) for entry in entries for said in entry.explained)
