"""The whole audit: read the PDF, extract its claims, assess their coverage, run the rules, summarize."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import json
from msgspec.structs import replace

from gri_builder.audit.coverage_input import make_coverage_input
from gri_builder.audit.gri_builder_pdf.embedded_report import (
    EmbeddedReport,
    extract_embedded_claims,
    is_gri_builder_pdf,
    read_embedded_report,
)
from gri_builder.audit.gri_builder_pdf.facts import list_facts
from gri_builder.audit.rules.context import RuleContext
from gri_builder.audit.rules.runner import run_rules
from gri_builder.coverage.assess import assess
from gri_builder.embedded import report_data
from gri_builder.embedded.embedded_files import read_embedded_files
from gri_builder.index_reading.claims import extract_claims
from gri_builder.index_reading.extraction import Extraction
from gri_builder.model.audit_result import AuditResult, Check, CheckStatus, Origin, PageName, Passage, Picture
from gri_builder.model.coverage import Basis, Coverage
from gri_builder.model.finding import Finding, Location, Result, error, sort_findings
from gri_builder.model.framework import Framework
from gri_builder.model.provenance import Ledger
from gri_builder.pdf_reader.pdf_file import PdfFile
from gri_builder.pdf_reader.reader import read_pdf
from gri_builder.resources.frameworks import find_framework, load_framework
from gri_builder.resources.messages import DEFAULT_LANGUAGE, clean_message

NO_OPTION = "none"
"""In place of an option: no option is assessed, not even the claimed one."""


def audit_pdf_bytes(file: Path, password: str | None = None, option: str | None = None) -> Result[AuditResult]:
    """Audit a PDF as `audit_pdf` does, but in this process and without limits."""
    read = read_pdf(file.read_bytes(), file.name, password)
    if read.value is None:
        return Result(None, read.findings)
    pdf = read.value
    embedded = read_embedded_report(pdf) if is_gri_builder_pdf(pdf) else None
    extracted = (
        extract_embedded_claims(embedded)
        if embedded and embedded.files.index
        else extract_claims(pdf, load_framework())
    )
    framework = find_framework(extracted.recognized)
    coverage = _assess(framework, pdf, extracted, option, "answers" if embedded and embedded.files.index else "claims")
    checks = run_rules(RuleContext(pdf, framework, extracted, coverage, embedded))
    noticed = _name_places(extracted, pdf)
    failed = (_make_finding(check, framework) for check in checks if check.status is CheckStatus.FAIL)
    findings = sort_findings((*read.findings, *noticed, *failed))
    return Result(_summarize(pdf, embedded, extracted, checks, coverage, findings), findings)


def read_ledger_of(file: Path, password: str | None = None) -> Result[Ledger]:
    """Return the ledger embedded in a PDF, in this process; a finding if it embeds none."""
    read = read_pdf(file.read_bytes(), file.name, password)
    if read.value is None:
        return Result(None, read.findings)
    files = read_embedded_files(read.value.attachments)
    if files.ledger is None:
        message = f"no facts can be traced: {files.errors[report_data.NAME]}"
        hint = "only PDFs made by gri-builder contain their facts; for others, 'gri-builder audit' reads the index"
        return Result(None, (error("no-embedded-facts", message, Location(file.name), hint),))
    return Result(files.ledger, read.findings)


def render_passages_of(file: Path, password: str | None, passages: str) -> Result[tuple[Picture | None, ...]]:
    """Return pictures of passages, given as JSON, in this process."""
    from gri_builder.audit.pictures.render import render_passages

    wanted = json.decode(passages.encode(), type=tuple[Passage, ...])
    return render_passages(file.read_bytes(), file.name, password, wanted)


def _assess(
    framework: Framework, pdf: PdfFile, extracted: Extraction, option: str | None, basis: Basis
) -> Coverage | None:
    """Return the coverage; None if the PDF makes no claims by the framework."""
    if extracted.recognized != framework.id or not extracted.claims or not extracted.assessable:
        return None
    page = extracted.index_pages[0] if extracted.index_pages else None
    labels = extracted.name_pages(pdf)
    where = Location(pdf.name, page=page, label=labels[page - 1] or None if page else None)
    claimed = make_coverage_input(extracted, labels, where, framework, basis)
    if option == NO_OPTION:
        return assess(framework, replace(claimed, claimed=None))
    return assess(framework, claimed, option if option in framework.options else None)


def _name_places(extracted: Extraction, pdf: PdfFile) -> Iterator[Finding]:
    """Yield what was noticed while the claims were extracted, with the printed numbers of its pages."""
    names = extracted.name_pages(pdf)
    for finding in extracted.findings:
        page = finding.where.page
        label = names[page - 1] or None if page and page <= len(names) else finding.where.label
        yield replace(finding, where=replace(finding.where, label=label))


def _make_finding(check: Check, framework: Framework) -> Finding:
    id = framework.print_id(check.id) if check.id else ""
    named = f"{id}: {check.message}" if id and id not in check.message else check.message
    return Finding(check.rule, check.severity, named, check.where, check.hint, check.id)


def _summarize(
    pdf: PdfFile,
    embedded: EmbeddedReport | None,
    extracted: Extraction,
    checks: tuple[Check, ...],
    coverage: Coverage | None,
    findings: tuple[Finding, ...],
) -> AuditResult:
    labels = extracted.name_pages(pdf)
    return AuditResult(
        file=pdf.name,
        sha256=pdf.sha256,
        pages=len(pdf.pages),
        producer="gri-builder" if embedded else "other",
        recognized=extracted.recognized,
        claimed_option=extracted.claimed,
        index_pages=tuple(PageName(page, labels[page - 1]) for page in extracted.index_pages),
        claims=extracted.claims,
        checks=checks,
        coverage=coverage,
        findings=findings,
        title=pdf.title or "",
        labels=labels,
        explained=_list_explained(embedded),
        claimed_option_evidence=extracted.claimed_evidence,
        recognized_name=extracted.recognized_name,
        recognized_evidence=extracted.recognized_evidence,
        recognized_reasons=extracted.recognized_reasons,
        also_recognized=extracted.also_recognized,
        index_regions=extracted.index_regions,
        index_problem=extracted.index_problem,
        page_map=extracted.page_map,
        reported_year=extracted.reported_year,
        facts=list_facts(embedded) if embedded else (),
        origin=_find_origin(embedded),
    )


def _find_origin(embedded: EmbeddedReport | None) -> Origin | None:
    data = embedded.files.data if embedded else None
    if data is None:
        return None
    files = tuple((each.path, each.sha256) for each in data.files)
    language, title = (str(data.report.get(key) or "") for key in ("language", "title"))
    return Origin(
        program=f"{data.program.name} {data.program.version}",
        files=files,
        is_draft=data.draft is not None,
        language=language or DEFAULT_LANGUAGE,
        title=title,
        words={key: clean_message(text) for key, text in (data.words or {}).items() if isinstance(text, str)},
    )


def _list_explained(embedded: EmbeddedReport | None) -> tuple[tuple[str, str], ...]:
    ledger = embedded.files.ledger if embedded else None
    entries = ledger.entries.values() if ledger else ()
    return tuple((entry.key, explanation) for entry in entries for explanation in entry.explained)
