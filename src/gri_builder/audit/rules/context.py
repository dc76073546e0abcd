"""Input and output of audit rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.index_reading.extraction import Extraction
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Severity
from gri_builder.model.framework import Framework
from gri_builder.pdf_reader.pdf_file import PdfFile


class RuleContext(Struct, frozen=True):
    """A PDF that is being audited."""

    pdf: PdfFile
    framework: Framework
    extracted: Extraction
    coverage: Coverage | None
    embedded: EmbeddedReport | None
    """What a gri-builder PDF embeds; None for a third-party PDF."""


class RuleOutcome(Struct, frozen=True):
    """Result of one check of a rule; the runner adds rule, file and label."""

    status: CheckStatus
    message: str
    id: str | None = None
    page: int | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR


Rule = Callable[[RuleContext], Iterator[RuleOutcome]]
"""A rule yields an outcome for each thing that it checks; its docstring names the reason and the clause."""


def passed(message: str, id: str | None = None, page: int | None = None) -> RuleOutcome:
    """Return the outcome of a check that passed."""
    return RuleOutcome(CheckStatus.PASS, message, id, page)


def failed(
    message: str,
    id: str | None = None,
    page: int | None = None,
    hint: str | None = None,
    severity: Severity = Severity.ERROR,
) -> RuleOutcome:
    """Return the outcome of a check that failed."""
    return RuleOutcome(CheckStatus.FAIL, message, id, page, hint, severity)


def skipped(reason: str, id: str | None = None, page: int | None = None) -> RuleOutcome:
    """Return the outcome of a check that could not be made, with the reason."""
    return RuleOutcome(CheckStatus.SKIPPED, reason, id, page)
