"""Data to PDF: load, validate, compose, render, publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from gri_builder.coverage.assess import assess_report
from gri_builder.model.claim import Claim
from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding, Result, Severity, sort_findings
from gri_builder.model.framework import Framework
from gri_builder.model.profiling import Profiler
from gri_builder.model.provenance import Ledger
from gri_builder.model.report import Report
from gri_builder.model.texts.gap import Gap
from gri_builder.pipeline.build_date import find_build_date
from gri_builder.pipeline.drafts import (
    allow_gaps,
    explain_missing,
    fill_blanks,
    forgive_empty,
    make_locate,
    take_out_empty,
)
from gri_builder.pipeline.edition_kinds import PDF_ONLY, EditionKind
from gri_builder.pipeline.placeholder_printer import make_printer
from gri_builder.source.filling.parameters import Variant
from gri_builder.source.loader import load_report
from gri_builder.source.nodes import Source
from gri_builder.storage.file_sets import recover_folder
from gri_builder.validation.editions.written_codes import complete_source
from gri_builder.validation.framework_choice import choose_framework
from gri_builder.validation.validate import validate_report

if TYPE_CHECKING:
    from datetime import datetime

    from gri_builder.embedded.open_data.open_data import OpenData
    from gri_builder.layout.render import LayoutResult
    from gri_builder.model.document import Attachment, Document


class CheckedReport(Struct, frozen=True):
    """A valid report, and how far it covers what its framework asks for."""

    source: Source
    report: Report
    framework: Framework
    coverage: Coverage


class Built(Struct, frozen=True):
    """What a build wrote."""

    files: tuple[Path, ...]
    """The PDF first, then its content index as JSON, CSV and XLSX, and its facts; the files of web editions last."""
    pages: int
    claims: tuple[Claim, ...]
    """Rows of the content index, with their pages."""
    coverage: Coverage
    gaps: tuple[Gap, ...] = ()
    """What is missing, in a draft, as the list at the end of the PDF names it."""


class _Finished(NamedTuple):
    """What is known once all pages are laid out."""

    claims: tuple[Claim, ...]
    ledger: Ledger
    facts: OpenData


class RenderedReport(Struct, frozen=True):
    """A finished PDF, with what it claims and the ledger of its facts; nothing is written yet."""

    pdf: bytes
    pages: int
    claims: tuple[Claim, ...]
    """Rows of the content index, with their pages."""
    ledger: Ledger
    facts: OpenData
    """The facts as open data."""
    findings: tuple[Finding, ...]
    """What a designer would send back."""
    document: Document
    """What was laid out."""
    places: Mapping[str, tuple[int, ...]]
    """Pages, from 1, by disclosure id and anchor."""
    gaps: tuple[Gap, ...] = ()
    """What is missing, in a draft, as the list at the end of the PDF names it."""


def build_report(
    folder: Path,
    output: Path,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Profiler | None = None,
    waiting: Callable[[], None] | None = None,
    editions: Collection[EditionKind] = PDF_ONLY,
) -> Result[Built]:
    """Build the report folder into the output folder: all files of some editions, or, where there is an error, none.

    A `draft` is built in spite of missing answers; where values, answers or pictures are missing, it marks the gaps.
    `progress` is called with the number of each finished page, `watch` measures how long everything takes, `waiting`
    is called if another program writes into the output folder for long. A set of files that a killed build has left
    unfinished there is finished first.
    """
    watch = watch or Profiler()
    examined = load_and_check(folder, draft, watch)
    return build_checked(examined, folder, output, draft, progress, watch, waiting, editions)


def build_checked(
    examined: Result[CheckedReport],
    folder: Path,
    output: Path,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Profiler | None = None,
    waiting: Callable[[], None] | None = None,
    editions: Collection[EditionKind] = PDF_ONLY,
) -> Result[Built]:
    """Build a report that `load_and_check` has read from the folder, as `build_report` does."""
    watch = watch or Profiler()
    with suppress(OSError):  # where it can't be, publishing says so
        recover_folder(output)
    if not examined.ok or examined.value is None:
        return Result(None, examined.findings)
    report, framework, coverage = examined.value.report, examined.value.framework, examined.value.coverage
    time = find_build_date(report.published)
    if time.value is None:
        return Result(None, sort_findings((*examined.findings, *time.findings)))
    from gri_builder.pipeline.editions import make_web_files
    from gri_builder.pipeline.output_files import check_output, make_files, write_files

    if protected := check_output(examined.value.source, report.name, folder, output, editions):
        return Result(None, sort_findings((*examined.findings, protected)))
    made = render_report(examined.value, time.value, draft, progress, watch)
    if any(finding.severity is Severity.ERROR for finding in made.findings):  # what only the laid-out pages show
        return Result(None, sort_findings((*examined.findings, *made.findings)))
    with watch.stage("publish"):
        files = make_files(report, framework.id, made.claims, made.pdf, made.facts)
        web = make_web_files(examined.value, made, files, editions)
        published = write_files(report.name, (files if "pdf" in editions else {}) | web, output, waiting)
    built = Built(published.value, made.pages, made.claims, coverage, made.gaps) if published.value else None
    return Result(built, sort_findings((*examined.findings, *made.findings, *published.findings)))


def trace_report(folder: Path) -> Result[Ledger]:
    """Return the ledger of a report folder, with the pages on which a build prints each fact; nothing is written."""
    examined = load_and_check(folder, draft=True)
    if not examined.ok or examined.value is None:
        return Result(None, examined.findings)
    return Result(render_report(examined.value, None).ledger, examined.findings)


def render_report(
    examined: CheckedReport,
    time: datetime | None,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Profiler | None = None,
) -> RenderedReport:
    """Return the PDF of an examined report; `time` is the file's own, and the day of publication where it is None."""
    from gri_builder.embedded.attachments import make_attachments
    from gri_builder.embedded.chart_table import make_chart_table
    from gri_builder.embedded.composed_text import collect_text
    from gri_builder.embedded.open_data.open_data import describe_edition, make_open_data
    from gri_builder.layout.render import render_pdf
    from gri_builder.pipeline.output_files import place_claims
    from gri_builder.provenance.ledger import make_ledger
    from gri_builder.provenance.page_locations import complete_ledger

    watch = watch or Profiler()
    source, report, framework = examined.source, examined.report, examined.framework
    with watch.stage("compose"):
        document = compose_report(examined, draft)
        ledger = make_ledger(source, report, examined.coverage)
        text, chart_values = collect_text(document, report), make_chart_table(document)

    finished: list[_Finished] = []

    def attach(landed: LayoutResult) -> Sequence[Attachment]:
        claims = place_claims(document, landed.places)
        completed = complete_ledger(ledger, document, claims, landed.pages, landed.facts)
        facts = make_open_data(completed, describe_edition(report))
        finished.append(_Finished(claims, completed, facts))
        missing = document.missing if draft else None
        read = (text, landed.seals, landed.printed, landed.charts, chart_values, missing)
        return make_attachments(source, report, framework.id, claims, completed, facts, *read)

    rendered = render_pdf(document, time, progress, attach, name=f"{report.name}.pdf", profiler=watch)
    claims, completed, facts = finished[0]
    found, places = rendered.findings, rendered.landed.places
    return RenderedReport(
        rendered.pdf, rendered.pages, claims, completed, facts, found, document, places, document.gaps
    )


def compose_report(examined: CheckedReport, draft: bool = False, wanted: Collection[int] | None = None) -> Document:
    """Return an examined report as a document; `wanted` are the numbers of the chapters that will be printed."""
    from gri_builder.compose.compose import compose_document
    from gri_builder.compose.localization import report_words
    from gri_builder.resources.localized_frameworks import translate_framework

    report, framework = examined.report, examined.framework
    translated = translate_framework(framework, report.language, report.titles, report.choices)
    words = report_words(report, framework.id)
    return compose_document(report, translated, examined.coverage, words, draft, make_locate(examined.source), wanted)


def check_report(folder: Path) -> Result[Report]:
    """Return the report of a folder with all that is wrong with it, missing answers among it."""
    examined = load_and_check(folder)
    return Result(examined.value.report if examined.value else None, examined.findings)


def load_and_check(
    folder: Path,
    draft: bool = False,
    watch: Profiler | None = None,
    unsaved: Mapping[str, bytes] | None = None,
    variant: Variant | None = None,
) -> Result[CheckedReport]:
    """Return the report of a folder with its coverage; for a `draft`, what is missing is a warning only.

    `unsaved` are the contents of files that an editor has not saved, by path. With a `variant`, the folder is a
    template that is filled from a list.
    """
    watch = watch or Profiler()
    with watch.stage("read"):
        loaded = load_report(folder, unsaved, variant)
    if loaded.value is None:
        return Result(None, loaded.findings)
    source, found_in_files = loaded.value, loaded.findings
    if draft:
        source, found_in_files = forgive_empty(source, found_in_files, folder)
    framework = choose_framework(source)
    read = complete_source(source, framework)
    with watch.stage("validate"):
        report = validate_report(read, framework, partial(make_printer, framework))
    if report.value is None:
        return Result(None, sort_findings((*found_in_files, *report.findings)))
    found = allow_gaps(report.findings, report.value) if draft else report.findings
    checked = fill_blanks(take_out_empty(report.value), framework.id) if draft else report.value
    with watch.stage("assess"):
        coverage = assess_report(framework, checked)
    missing = explain_missing(coverage, checked) if draft else coverage.findings
    approvals = _check_approvals(report.value, framework, draft)
    findings = sort_findings((*found_in_files, *found, *missing, *approvals))
    return Result(CheckedReport(read, checked, framework, coverage), findings)


def _check_approvals(report: Report, framework: Framework, draft: bool) -> tuple[Finding, ...]:
    """Return what is wrong with approvals; a report that says nothing about them loads nothing."""
    answers = (*report.answers.values(), *report.assigned.values())
    approved = (*(each.approved for each in report.series.values()), *(each.approved for each in answers))
    if not (report.requires_approval or any(approved)):
        return ()
    from gri_builder.pipeline.approvals.check import check_approvals

    return check_approvals(report, framework, draft)
