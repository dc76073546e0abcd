"""Data to PDF: load, validate, compose, render, publish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.claim import Claim
from gri_builder.coverage import Coverage, assess_report
from gri_builder.finding import Checked, Finding, Severity, sort_findings
from gri_builder.framework import Framework, load_framework
from gri_builder.ledger import Ledger
from gri_builder.produce.characters import find_undrawable
from gri_builder.produce.clock import read_time
from gri_builder.produce.load import load_report
from gri_builder.produce.shipped_fonts import unpack_ahead
from gri_builder.produce.source import Source
from gri_builder.produce.stopwatch import Stopwatch
from gri_builder.produce.validate import validate_report
from gri_builder.report import Report

if TYPE_CHECKING:
    from datetime import datetime

    from gri_builder.produce.render.pdf import Landed

__all__ = ["Built", "Examined", "build_report", "check_report", "examine_report", "trace_report"]


class Examined(Struct, frozen=True):
    """A valid report, and how far it covers what its framework asks for."""

    source: Source
    report: Report
    framework: Framework
    coverage: Coverage


class Built(Struct, frozen=True):
    """What a build wrote."""

    files: tuple[Path, ...]
    """The PDF first, then its content index as JSON, CSV and XLSX."""
    pages: int
    claims: tuple[Claim, ...]
    """Rows of the content index, with their pages."""
    coverage: Coverage


class Made(Struct, frozen=True):
    """A finished PDF, with what it claims and the ledger of its facts; nothing is written yet."""

    pdf: bytes
    pages: int
    claims: tuple[Claim, ...]
    """Rows of the content index, with their pages."""
    ledger: Ledger
    findings: tuple[Finding, ...]
    """What a designer would send back."""


def build_report(
    folder: Path,
    output: Path,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Stopwatch | None = None,
) -> Checked[Built]:
    """Build the report folder into the output folder: all files, or, where there is an error, none.

    A `draft` is built in spite of missing answers. `progress` is told the number of each page that is finished,
    `watch` how long everything takes.
    """
    watch = watch or Stopwatch()
    unpack_ahead()
    examined = examine_report(folder, draft, watch)
    if not examined.ok or examined.value is None:
        return Checked(None, examined.findings)
    report, framework, coverage = examined.value.report, examined.value.framework, examined.value.coverage
    time = read_time(report.published)
    if time.value is None:
        return Checked(None, sort_findings((*examined.findings, *time.findings)))
    from gri_builder.produce.publish import publish_report

    made = make_pdf(examined.value, time.value, draft, progress, watch)
    with watch.stage("publish"):
        published = publish_report(report, framework.id, made.claims, made.pdf, output)
    built = Built(published.value, made.pages, made.claims, coverage) if published.value else None
    return Checked(built, sort_findings((*examined.findings, *made.findings, *published.findings)))


def trace_report(folder: Path) -> Checked[Ledger]:
    """Return the ledger of a report folder, with the pages on which a build prints each fact; nothing is written."""
    examined = examine_report(folder, draft=True)
    if not examined.ok or examined.value is None:
        return Checked(None, examined.findings)
    return Checked(make_pdf(examined.value, None).ledger, examined.findings)


def make_pdf(
    examined: Examined,
    time: datetime | None,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Stopwatch | None = None,
) -> Made:
    """Return the PDF of an examined report; `time` is the file's own, and the day of publication where it is None."""
    from gri_builder.produce.attachments import make_attachments
    from gri_builder.produce.compose import compose_document
    from gri_builder.produce.ledger import make_ledger
    from gri_builder.produce.printed import complete_ledger
    from gri_builder.produce.publish import place_claims
    from gri_builder.produce.render.pdf import render_pdf
    from gri_builder.produce.words import load_words

    watch = watch or Stopwatch()
    source, report, framework = examined.source, examined.report, examined.framework
    with watch.stage("compose"):
        document = compose_document(report, framework, examined.coverage, load_words(report.language), draft)
        begun = make_ledger(source, report, examined.coverage)

    def finish(landed: Landed) -> tuple[tuple[Claim, ...], Ledger]:
        claims = place_claims(document, landed.places)
        return claims, complete_ledger(begun, document, claims, landed.pages, landed.facts)

    rendered = render_pdf(
        document,
        time,
        progress,
        lambda landed: make_attachments(source, report, framework.id, *finish(landed), landed.seals),
        name=f"{report.name}.pdf",
        watch=watch,
    )
    return Made(rendered.pdf, rendered.pages, *finish(rendered.landed), rendered.findings)


def check_report(folder: Path) -> Checked[Report]:
    """Return the report of a folder with all that is wrong with it, missing answers among it."""
    examined = examine_report(folder)
    return Checked(examined.value.report if examined.value else None, examined.findings)


def examine_report(folder: Path, draft: bool = False, watch: Stopwatch | None = None) -> Checked[Examined]:
    """Return the report of a folder with its coverage; for a `draft`, what is missing is a warning only."""
    watch = watch or Stopwatch()
    with watch.stage("read"):
        framework = load_framework()
        source = load_report(folder)
    if source.value is None:
        return Checked(None, source.findings)
    with watch.stage("validate"):
        report = validate_report(source.value, framework, find_undrawable)
    if report.value is None:
        return Checked(None, sort_findings((*source.findings, *report.findings)))
    with watch.stage("assess"):
        coverage = assess_report(framework, report.value)
    missing = tuple(replace(f, severity=Severity.WARNING) for f in coverage.findings) if draft else coverage.findings
    findings = sort_findings((*source.findings, *report.findings, *missing))
    return Checked(Examined(source.value, report.value, framework, coverage), findings)
