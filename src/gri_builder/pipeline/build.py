"""Data to PDF: load, validate, compose, render, publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

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
from gri_builder.pipeline.editions import merge_findings, print_labels, settle_edition
from gri_builder.pipeline.placeholder_printer import make_printer
from gri_builder.source.loader import load_editions
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
    """The PDF first, then its content index as JSON, CSV and XLSX, and its facts."""
    pages: int
    claims: tuple[Claim, ...]
    """Rows of the content index, with their pages."""
    coverage: Coverage
    gaps: tuple[Gap, ...] = ()
    """What is missing, in a draft, as the list at the end of the PDF names it."""
    language: str = ""
    """BCP 47 tag of its language."""
    others: tuple[Built, ...] = ()
    """The editions in the report's other languages."""


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
    gaps: tuple[Gap, ...] = ()
    """What is missing, in a draft, as the list at the end of the PDF names it."""


def build_report(
    folder: Path,
    output: Path,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Profiler | None = None,
    waiting: Callable[[], None] | None = None,
    language: str | None = None,
) -> Result[Built]:
    """Build the report folder into the output folder: all files, or, where there is an error, none.

    A `draft` is built in spite of missing answers; where values, answers or pictures are missing, it marks the gaps.
    `progress` is called with the number of each finished page, `watch` measures how long everything takes, `waiting`
    is called if another program writes into the output folder for long. A set of files that a killed build has left
    unfinished there is finished first. A report in several languages is built in all of them, or in `language` alone.
    """
    watch = watch or Profiler()
    with suppress(OSError):  # where it can't be, publishing says so
        recover_folder(output)
    examined = check_editions(folder, draft, watch)
    editions = _choose_editions(examined.value, language)
    if not examined.ok or not editions:
        return Result(None, examined.findings)
    first = editions[0]
    time = find_build_date(first.report.published)
    if time.value is None:
        return Result(None, sort_findings((*examined.findings, *time.findings)))
    from gri_builder.pipeline.output_files import check_output, publish_files

    for each in editions:
        if protected := check_output(each.source, each.report.name, folder, output):
            return Result(None, sort_findings((*examined.findings, protected)))
    made = [render_report(each, time.value, draft, progress, watch) for each in editions]
    found = tuple(finding for each in made for finding in each.findings)
    if any(finding.severity is Severity.ERROR for finding in found):  # what only the laid-out pages show
        return Result(None, sort_findings((*examined.findings, *found)))
    sets = [list_files(each.report, each.framework.id, one) for each, one in zip(editions, made, strict=True)]
    with watch.stage("publish"):
        published = publish_files({name: data for files in sets for name, data in files.items()}, output, waiting)
    findings = sort_findings((*examined.findings, *found, *published.findings))
    if published.value is None:
        return Result(None, findings)
    paths = {path.name: path for path in published.value}
    built = []
    for each, one, files in zip(editions, made, sets, strict=True):
        written = tuple(paths[name] for name in files)
        built.append(Built(written, one.pages, one.claims, each.coverage, one.gaps, each.report.language))
    return Result(replace(built[0], others=tuple(built[1:])), findings)


def _choose_editions(
    editions: tuple[CheckedReport | None, ...] | None, language: str | None
) -> tuple[CheckedReport, ...]:
    """Return the editions to build: that in a language, or all; none if one of them can't be made."""
    wanted = [each for each in editions or () if each is None or not language or is_named(each.source, language)]
    return tuple(each for each in wanted if each) if all(wanted) else ()


def list_files(report: Report, framework: str, made: RenderedReport) -> dict[str, bytes]:
    """Return the files of an edition by name."""
    from gri_builder.pipeline.output_files import make_files

    return make_files(report, framework, made.claims, made.pdf, made.facts)


def trace_report(folder: Path, language: str | None = None) -> Result[Ledger]:
    """Return the ledger of a report folder, with the pages on which a build prints each fact; nothing is written."""
    examined = load_and_check(folder, draft=True, language=language)
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
    return RenderedReport(rendered.pdf, rendered.pages, claims, completed, facts, rendered.findings, document.gaps)


def compose_report(examined: CheckedReport, draft: bool = False, wanted: Collection[int] | None = None) -> Document:
    """Return an examined report as a document; `wanted` are the numbers of the chapters that will be printed."""
    from gri_builder.compose.compose import compose_document
    from gri_builder.compose.localization import report_words
    from gri_builder.resources.localized_frameworks import translate_framework

    report, framework = print_labels(examined.report), examined.framework
    translated = translate_framework(framework, report.language, report.titles, report.choices)
    words = report_words(report, framework.id)
    return compose_document(report, translated, examined.coverage, words, draft, make_locate(examined.source), wanted)


def check_report(folder: Path) -> Result[Report]:
    """Return the report of a folder with all that is wrong with it, missing answers among it.

    Of a report in several languages it is the one that the others are translated from, with the findings of all.
    """
    checked = check_editions(folder)
    first = checked.value[0] if checked.value else None
    return Result(first.report if first else None, checked.findings)


def load_and_check(
    folder: Path,
    draft: bool = False,
    watch: Profiler | None = None,
    unsaved: Mapping[str, bytes] | None = None,
    language: str | None = None,
) -> Result[CheckedReport]:
    """Return the report of a folder with its coverage; for a `draft`, what is missing is a warning only.

    `unsaved` are the contents of files that an editor has not saved, by path. Of a report in several languages it is
    the edition in `language`, by default the one that the others are translated from; the others are not checked.
    """
    watch = watch or Profiler()
    with watch.stage("read"):
        loaded = load_editions(folder, unsaved)
    if loaded.value is None:
        return Result(None, loaded.findings)
    chosen = next((each for each in loaded.value if is_named(each, language)), loaded.value[0])
    return _check_source(chosen, loaded.findings, folder, draft, watch)


def check_editions(
    folder: Path, draft: bool = False, watch: Profiler | None = None
) -> Result[tuple[CheckedReport | None, ...]]:
    """Return the report of a folder in each of its languages with all findings; None for one that can't be made."""
    watch = watch or Profiler()
    with watch.stage("read"):
        loaded = load_editions(folder)
    if loaded.value is None:
        return Result(None, loaded.findings)
    checked = [_check_source(each, loaded.findings, folder, draft, watch) for each in loaded.value]
    reports = tuple(each.value for each in checked)
    if len(checked) == 1:
        return Result(reports, checked[0].findings)
    from gri_builder.pipeline.compare_editions import compare_editions

    merged = merge_findings([each.findings for each in checked], [each.edition for each in loaded.value])
    compared = compare_editions([(each.report, each.source) for each in reports if each])
    return Result(reports, sort_findings((*merged, *compared)))


def is_named(source: Source, language: str | None) -> bool:
    """Return whether a language that is asked for is that of an edition."""
    edition = source.edition
    return bool(language and edition and language.lower().replace("_", "-") in (edition.tag.lower(), edition.key))


def _check_source(
    source: Source, found_in_files: tuple[Finding, ...], folder: Path, draft: bool, watch: Profiler
) -> Result[CheckedReport]:
    """Return the report that a source holds, with its coverage."""
    if draft:
        source, found_in_files = forgive_empty(source, found_in_files, folder)
        found_in_files = allow_gaps(found_in_files, None)
    framework = choose_framework(source)
    read = complete_source(source, framework)
    with watch.stage("validate"):
        report = validate_report(read, framework, partial(make_printer, framework))
    if report.value is None:
        return Result(None, sort_findings((*found_in_files, *report.findings)))
    found = allow_gaps(report.findings, report.value) if draft else report.findings
    checked = fill_blanks(take_out_empty(report.value), framework.id) if draft else report.value
    checked = settle_edition(checked, read.edition, framework.id)
    with watch.stage("assess"):
        coverage = assess_report(framework, checked)
    missing = explain_missing(coverage, checked) if draft else coverage.findings
    is_source = read.edition is None or read.edition.tag == read.edition.source_tag
    approvals = _check_approvals(report.value, framework, draft) if is_source else ()
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
