"""Entry points for programs that take a report folder or a PDF alike; the package exports them with the others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.model.finding import Result, sort_findings

if TYPE_CHECKING:
    from gri_builder.audit.sandbox import Limits
    from gri_builder.model.provenance import Ledger
    from gri_builder.provenance.compare import Difference


def trace_report(
    path: Path, password: str | None = None, limits: Limits | None = None, language: str | None = None
) -> Result[Ledger]:
    """Return the facts of a report folder or of a PDF, each with its source and the pages that print it.

    A folder is built in memory, and nothing is written. A PDF must be made by gri-builder; `password` opens an
    encrypted one, and `limits` says what reading it may take. `language` is the edition of a folder in several
    languages, by default the first. Raises OSError if the PDF can't be read.
    """
    if path.is_file():
        from gri_builder.audit.audit import DEFAULT, trace_pdf

        return trace_pdf(path, password, limits or DEFAULT)
    from gri_builder.pipeline.build import trace_report as trace_folder

    return trace_folder(path, language)


def trace_both(
    old: Path, new: Path, password: str | None = None, limits: Limits | None = None, language: str | None = None
) -> tuple[Result[Ledger], Result[Ledger]]:
    """Return what `trace_report` returns for two reports to compare, in one language where that is possible.

    Without `language`, a folder in several languages is taken in that of the other report.
    """
    if language is None and old.is_dir() and new.is_file():
        after = trace_report(new, password, limits)
        return trace_report(old, password, limits, after.value.language if after.value else None), after
    before = trace_report(old, password, limits, language)
    wanted = language or (before.value.language if before.value else None)
    return before, trace_report(new, password, limits, wanted)


def compare_reports(
    old: Path, new: Path, threshold: Decimal | None = None, password: str | None = None
) -> Result[Difference]:
    """Return what differs from an old report to a new one; each of them is a report folder or a PDF.

    `threshold` is the change in per cent from which an earlier value must be declared as restated; by default the
    threshold of the new report, or 5. Without a value if one of the two can't be read.
    """
    from gri_builder.provenance.compare import compare_ledgers

    before, after = trace_both(old, new, password)
    if before.value is None or after.value is None:
        return Result(None, sort_findings((*before.findings, *after.findings)))
    difference = compare_ledgers(before.value, after.value, threshold)
    return Result(difference, difference.findings)
