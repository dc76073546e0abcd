"""The whole run: read the PDF, extract its claims, assess what they cover, run the rules, sum up."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from gri_builder.audit.coverage_input import make_coverage_input
from gri_builder.audit.extraction import Extraction
from gri_builder.audit.gri_builder_pdf.embedded_data import DATA, read_embedded_files
from gri_builder.audit.gri_builder_pdf.embedded_report import (
    EmbeddedReport,
    extract_embedded_claims,
    is_gri_builder_pdf,
    read_embedded_report,
)
from gri_builder.audit.pdf_reader.pdf_file import PdfFile
from gri_builder.audit.pdf_reader.reader import read_pdf
from gri_builder.audit.rules.context import RuleContext
from gri_builder.audit.rules.runner import run_rules
from gri_builder.audit.third_party_pdf.claims import extract_claims
from gri_builder.coverage.assess import assess
from gri_builder.model.audit_result import AuditResult, Check, CheckStatus, PageName
from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding, Location, Result, error, sort_findings
from gri_builder.model.framework import Framework
from gri_builder.model.provenance import Ledger
from gri_builder.resources.frameworks import load_framework

NO_OPTION = "none"
"""In place of an option: none is judged, not even the one that is claimed."""


def audit_pdf_bytes(file: Path, password: str | None = None, option: str | None = None) -> Result[AuditResult]:
    """Do the work of `audit_pdf` in this process, and without a guard."""
    framework = load_framework()
    read = read_pdf(file.read_bytes(), file.name, password)
    if read.value is None:
        return Result(None, read.findings)
    pdf = read.value
    own = read_embedded_report(pdf, framework) if is_gri_builder_pdf(pdf) else None
    extracted = extract_embedded_claims(own) if own and own.index else extract_claims(pdf, framework)
    coverage = _assess(framework, pdf, extracted, option)
    checks = run_rules(RuleContext(pdf, framework, extracted, coverage, own))
    findings = sort_findings((*read.findings, *extracted.findings, *map(_find, filter(_failed, checks))))
    return Result(_sum_up(pdf, own, extracted, checks, coverage, findings), findings)


def read_ledger_of(file: Path, password: str | None = None) -> Result[Ledger]:
    """Return the ledger that a PDF of ours carries, in this process; a finding where there is none."""
    read = read_pdf(file.read_bytes(), file.name, password)
    if read.value is None:
        return Result(None, read.findings)
    carried = read_embedded_files(read.value.attachments)
    if carried.data is None:
        said = next((text for name, text in carried.faults if name == DATA), "it carries no data")
        hint = "only a PDF that gri-builder made carries its facts; of others, 'gri-builder audit' reads the index"
        return Result(None, (error("no-embedded-facts", f"no facts can be traced: {said}", Location(file.name), hint),))
    return Result(carried.data.ledger, read.findings)


def _assess(framework: Framework, pdf: PdfFile, extracted: Extraction, option: str | None) -> Coverage | None:
    """Return the coverage; None where there are no claims by the framework."""
    if extracted.recognized != framework.id or not extracted.claims:
        return None
    page = extracted.index_pages[0] if extracted.index_pages else None
    labels = tuple(each.label for each in pdf.pages)
    where = Location(pdf.name, page=page, label=labels[page - 1] or None if page else None)
    subject = make_coverage_input(extracted, labels, where)
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
    own: EmbeddedReport | None,
    extracted: Extraction,
    checks: tuple[Check, ...],
    coverage: Coverage | None,
    findings: tuple[Finding, ...],
) -> AuditResult:
    return AuditResult(
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


def _list_explained(own: EmbeddedReport | None) -> tuple[tuple[str, str], ...]:
    data = own.carried.data if own else None
    entries = data.ledger.entries.values() if data else ()
    return tuple((entry.key, said) for entry in entries for said in entry.explained)
