"""The registry of output formats: what can be reported, in which formats, and by which reporter.

A reporter takes what a command found and returns text, or bytes for a binary format. Its module is imported when the
format is asked for, so that a command starts quickly. A new format is a new entry here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from msgspec import Struct

from gri_builder._version import NAME, VERSION
from gri_builder.reporters.terminal import MAX_WIDTH

if TYPE_CHECKING:
    from gri_builder.inspection.result import Inspection
    from gri_builder.model.audit_result import AuditResult, Passage, Picture
    from gri_builder.model.batch.outcomes import Outcomes
    from gri_builder.model.coverage import Coverage
    from gri_builder.model.finding import Finding
    from gri_builder.model.framework import Disclosure, Framework
    from gri_builder.model.provenance import FactRecord, Ledger
    from gri_builder.model.rule import Rule
    from gri_builder.model.sign_off.status import SignOffStatus
    from gri_builder.provenance.compare import Difference
    from gri_builder.signatures.verification import Verification

Format = Literal["text", "json", "sarif", "junit", "github", "csv", "xlsx", "html", "ics"]
BINARY: frozenset[Format] = frozenset({"xlsx"})
"""Formats that a terminal can't show."""

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)


class Display(Struct, frozen=True):
    """How and where a report of a command is shown."""

    width: int = MAX_WIDTH
    """Columns of a terminal to fill."""
    color: bool = False
    folder: str = ""
    """The report folder, as a code host sees it from the top of its repository."""
    pdf_url: str | None = None
    """Address of the PDF, relative to the output."""
    previous: bytes | None = None
    """The file that the output replaces; remarks in it are kept."""


class Reporter(Protocol[S_contra]):
    """Writes what was found in one format."""

    def __call__(self, subject: S_contra, display: Display, /) -> str | bytes:
        """Return the output."""
        ...


class ReporterSet(Struct, Generic[S], frozen=True):
    """The reporters for one kind of subject, the default format first."""

    reporters: Mapping[Format, Reporter[S]]

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats that can be asked for."""
        return tuple(self.reporters)

    def write(self, format: Format, subject: S, display: Display) -> str | bytes:
        """Return the subject in a format."""
        return self.reporters[format](subject, display)


class AuditReport(Struct, frozen=True):
    """An audit, with the framework that gives its codes a title."""

    audit: AuditResult
    framework: Framework
    pictures: Mapping[Passage, Picture] | None = None
    """Pictures of passages, for formats that show them."""


class CoverageReport(Struct, frozen=True):
    """A coverage, with the framework that gives its codes a title."""

    coverage: Coverage
    framework: Framework


class TraceReport(Struct, frozen=True):
    """Facts of a ledger, and those that they were derived from."""

    ledger: Ledger
    records: Sequence[FactRecord]
    inputs: Sequence[FactRecord]


class CatalogReport(Struct, frozen=True):
    """Disclosures of a framework; None for all of them."""

    framework: Framework
    disclosures: Sequence[Disclosure] | None = None


class RulesReport(Struct, frozen=True):
    """Rules, either in full or as a list."""

    rules: Sequence[Rule]
    in_full: bool = True


def _findings_text(subject: Sequence[Finding], display: Display) -> str:
    from gri_builder.reporters.findings.grouped import write_grouped_text

    return write_grouped_text(subject, display.color)


def _findings_json(subject: Sequence[Finding], _: Display) -> str:
    from gri_builder.reporters.findings.json import write_findings_json

    return write_findings_json(subject)


def _findings_sarif(subject: Sequence[Finding], display: Display) -> str:
    from gri_builder.reporters.findings.sarif import write_sarif

    return write_sarif(subject, VERSION, display.folder)


def _findings_junit(subject: Sequence[Finding], _: Display) -> str:
    from gri_builder.reporters.findings.junit import write_junit

    return write_junit(subject)


def _findings_github(subject: Sequence[Finding], display: Display) -> str:
    from gri_builder.reporters.findings.github import write_github

    return write_github(subject, display.folder)


def _coverage_text(subject: CoverageReport, display: Display) -> str:
    from gri_builder.reporters.coverage.text import write_coverage_text

    return write_coverage_text(subject.coverage, subject.framework, display.width, display.color)


def _coverage_json(subject: CoverageReport, _: Display) -> str:
    from gri_builder.reporters.coverage.json import write_coverage_json

    return write_coverage_json(subject.coverage)


def _coverage_csv(subject: CoverageReport, _: Display) -> bytes:
    from gri_builder.reporters.coverage.table import write_coverage_csv

    return write_coverage_csv(subject.coverage, subject.framework)


def _coverage_xlsx(subject: CoverageReport, _: Display) -> bytes:
    from gri_builder.reporters.coverage.table import write_coverage_xlsx

    return write_coverage_xlsx(subject.coverage, subject.framework)


def _coverage_html(subject: CoverageReport, _: Display) -> str:
    from gri_builder.reporters.coverage.html import write_coverage_html

    return write_coverage_html(subject.coverage, subject.framework)


def _audit_text(subject: AuditReport, display: Display) -> str:
    from gri_builder.reporters.audit.text import write_audit_text

    return write_audit_text(subject.audit, subject.framework, display.width, display.color)


def _audit_json(subject: AuditReport, _: Display) -> str:
    from gri_builder.reporters.audit.json import write_audit_json

    return write_audit_json(subject.audit)


def _audit_csv(subject: AuditReport, _: Display) -> bytes:
    from gri_builder.reporters.audit.sample import write_sample_csv
    from gri_builder.reporters.audit.table import write_audit_csv

    if subject.audit.sample:
        return write_sample_csv(subject.audit, subject.framework)

    return write_audit_csv(subject.audit, subject.framework)


def _audit_xlsx(subject: AuditReport, display: Display) -> bytes:
    from gri_builder.reporters.audit.workbook import write_audit_xlsx

    return write_audit_xlsx(subject.audit, subject.framework, f"{NAME} {VERSION}", display.pdf_url, display.previous)


def _audit_html(subject: AuditReport, display: Display) -> str:
    from gri_builder.reporters.audit.html import write_audit_html

    return write_audit_html(subject.audit, subject.framework, display.pdf_url, subject.pictures)


def _trace_text(subject: TraceReport, display: Display) -> str:
    from gri_builder.reporters.trace.text import write_trace_text

    return write_trace_text(subject.ledger, subject.records, subject.inputs, display.width, display.color)


def _trace_json(subject: TraceReport, _: Display) -> str:
    from gri_builder.reporters.trace.json import write_trace_json

    return write_trace_json(subject.ledger, subject.records, subject.inputs)


def _trace_csv(subject: TraceReport, _: Display) -> bytes:
    from gri_builder.reporters.trace.table import write_trace_csv

    return write_trace_csv(subject.ledger, subject.records)


def _trace_xlsx(subject: TraceReport, _: Display) -> bytes:
    from gri_builder.reporters.trace.table import write_trace_xlsx

    return write_trace_xlsx(subject.ledger, subject.records)


def _diff_text(subject: Difference, display: Display) -> str:
    from gri_builder.reporters.diff.text import write_diff_text

    return write_diff_text(subject, display.width, display.color)


def _diff_json(subject: Difference, _: Display) -> str:
    from gri_builder.reporters.diff.json import write_diff_json

    return write_diff_json(subject)


def _diff_xlsx(subject: Difference, _: Display) -> bytes:
    from gri_builder.reporters.diff.workbook import write_diff_xlsx

    return write_diff_xlsx(subject)


def _catalog_text(subject: CatalogReport, display: Display) -> str:
    from gri_builder.reporters.catalog.text import write_catalog_text, write_disclosures_text

    if subject.disclosures is None:
        return write_catalog_text(subject.framework, display.width, display.color)
    return write_disclosures_text(subject.framework, subject.disclosures, display.width, display.color)


def _catalog_json(subject: CatalogReport, _: Display) -> str:
    from gri_builder.reporters.catalog.json import write_catalog_json

    return write_catalog_json(subject.framework, subject.disclosures)


def _inspection_text(subject: Inspection, display: Display) -> str:
    from gri_builder.reporters.inspection.text import write_inspection_text

    return write_inspection_text(subject, display.width, display.color)


def _inspection_json(subject: Inspection, _: Display) -> str:
    from gri_builder.reporters.inspection.json import write_inspection_json

    return write_inspection_json(subject)


def _rules_text(subject: RulesReport, display: Display) -> str:
    from gri_builder.reporters.rules.text import write_rule_list, write_rules_text

    write = write_rules_text if subject.in_full else write_rule_list
    return write(subject.rules, display.width, display.color)


def _rules_json(subject: RulesReport, _: Display) -> str:
    from gri_builder.reporters.rules.json import write_rules_json

    return write_rules_json(subject.rules)


def _batch_text(subject: Outcomes, display: Display) -> str:
    from gri_builder.reporters.batch.text import write_batch_text

    return write_batch_text(subject, display.width, display.color)


def _batch_json(subject: Outcomes, _: Display) -> str:
    from gri_builder.reporters.batch.json import write_batch_json

    return write_batch_json(subject)


def _status_text(subject: SignOffStatus, display: Display) -> str:
    from gri_builder.reporters.status.text import write_status_text

    return write_status_text(subject, display.width, display.color)


def _status_json(subject: SignOffStatus, _: Display) -> str:
    from gri_builder.reporters.status.json import write_status_json

    return write_status_json(subject)


def _status_xlsx(subject: SignOffStatus, _: Display) -> bytes:
    from gri_builder.reporters.status.workbook import write_status_xlsx

    return write_status_xlsx(subject)


def _status_html(subject: SignOffStatus, _: Display) -> str:
    from gri_builder.reporters.status.html import write_status_html

    return write_status_html(subject)


def _status_ics(subject: SignOffStatus, _: Display) -> bytes:
    from gri_builder.reporters.status.calendar import write_status_ics

    return write_status_ics(subject)


def _verification_text(subject: Verification, display: Display) -> str:
    from gri_builder.reporters.verification.text import write_verification_text

    return write_verification_text(subject, display.width, display.color)


def _verification_json(subject: Verification, _: Display) -> str:
    from gri_builder.reporters.verification.json import write_verification_json

    return write_verification_json(subject)


def _verification_sarif(subject: Verification, display: Display) -> str:
    return _findings_sarif(subject.findings, display)


FINDINGS: ReporterSet[Sequence[Finding]] = ReporterSet(
    {
        "text": _findings_text,
        "json": _findings_json,
        "sarif": _findings_sarif,
        "junit": _findings_junit,
        "github": _findings_github,
    }
)
COVERAGE: ReporterSet[CoverageReport] = ReporterSet(
    {
        "text": _coverage_text,
        "json": _coverage_json,
        "csv": _coverage_csv,
        "xlsx": _coverage_xlsx,
        "html": _coverage_html,
    }
)
AUDIT: ReporterSet[AuditReport] = ReporterSet(
    {
        "text": _audit_text,
        "json": _audit_json,
        "csv": _audit_csv,
        "xlsx": _audit_xlsx,
        "html": _audit_html,
    }
)
TRACE: ReporterSet[TraceReport] = ReporterSet(
    {
        "text": _trace_text,
        "json": _trace_json,
        "csv": _trace_csv,
        "xlsx": _trace_xlsx,
    }
)
DIFF: ReporterSet[Difference] = ReporterSet(
    {
        "text": _diff_text,
        "json": _diff_json,
        "xlsx": _diff_xlsx,
    }
)
CATALOG: ReporterSet[CatalogReport] = ReporterSet(
    {
        "text": _catalog_text,
        "json": _catalog_json,
    }
)
RULES: ReporterSet[RulesReport] = ReporterSet(
    {
        "text": _rules_text,
        "json": _rules_json,
    }
)
INSPECTION: ReporterSet[Inspection] = ReporterSet(
    {
        "text": _inspection_text,
        "json": _inspection_json,
    }
)
STATUS: ReporterSet[SignOffStatus] = ReporterSet(
    {
        "text": _status_text,
        "json": _status_json,
        "xlsx": _status_xlsx,
        "html": _status_html,
        "ics": _status_ics,
    }
)
BATCH: ReporterSet[Outcomes] = ReporterSet(
    {
        "text": _batch_text,
        "json": _batch_json,
    }
)
VERIFICATION: ReporterSet[Verification] = ReporterSet(
    {
        "text": _verification_text,
        "json": _verification_json,
        "sarif": _verification_sarif,
    }
)
