"""Data to PDF: load, validate, compose, render, publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
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
from gri_builder.pipeline.edition_kinds import PDF_ONLY, EditionKind
from gri_builder.pipeline.languages import merge_findings, print_labels, settle_language
from gri_builder.pipeline.placeholder_printer import make_printer
from gri_builder.source.filling.parameters import Variant
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
    written: Report
    """The report as its files have it, which is what approvals cover: without marks of gaps and of other languages."""


CheckedLanguages = tuple[CheckedReport | None, ...]
"""A report in each of its languages, the one that the others are translated from first; None if it can't be made."""


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
    language: str = ""
    """BCP 47 tag of its language."""
    others: tuple[Built, ...] = ()
    """The same report in its other languages."""


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
    """What was laid out; of a build without a web edition without its chapters."""
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
    language: str | None = None,
) -> Result[Built]:
    """Build the report folder into the output folder: all files of some editions, or, where there is an error, none.

    A `draft` is built in spite of missing answers; where values, answers or pictures are missing, it marks the gaps.
    `progress` is called with the number of each finished page, `watch` measures how long everything takes, `waiting`
    is called if another program writes into the output folder for long. A set of files that a killed build has left
    unfinished there is finished first. A report in several languages is built in all of them, or in `language` alone.
    """
    watch = watch or Profiler()
    checked = [check_languages(folder, draft, watch)]  # in a list, so that the call below has the only reference
    return build_checked(checked.pop(), folder, output, draft, progress, watch, waiting, editions, language)


def build_checked(
    examined: Result[CheckedLanguages],
    folder: Path,
    output: Path,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Profiler | None = None,
    waiting: Callable[[], None] | None = None,
    editions: Collection[EditionKind] = PDF_ONLY,
    language: str | None = None,
) -> Result[Built]:
    """Build a report that `check_languages` has read from the folder, as `build_report` does."""
    watch = watch or Profiler()
    with suppress(OSError):  # where it can't be, publishing says so
        recover_folder(output)
    chosen = list(_choose(examined.value or (), language))
    if not examined.ok or not chosen:
        return Result(None, examined.findings)
    examined = replace(examined, value=None)  # the texts of each report are freed while it is laid out
    time = find_build_date(chosen[0].report.published)
    if time.value is None:
        return Result(None, sort_findings((*examined.findings, *time.findings)))
    from gri_builder.pipeline.editions import make_web_files, note_fonts
    from gri_builder.pipeline.output_files import check_output, make_files, write_files

    checks = (check_output(each.source, each.report.name, folder, output, editions) for each in chosen)
    if protected := next(filter(None, checks), None):
        return Result(None, sort_findings((*examined.findings, protected)))
    keeps = "pdf" not in editions or len(editions) > 1
    numbers = range(len(chosen))
    made = [_render_report(chosen, number, time.value, draft, progress, watch, keeps) for number in numbers]
    noted = dict.fromkeys(finding for each in chosen for finding in note_fonts(each, editions))
    found = sort_findings((*examined.findings, *noted, *(finding for each in made for finding in each.findings)))
    if any(finding.severity is Severity.ERROR for finding in found):  # what only the laid-out pages show
        return Result(None, found)
    sets: list[dict[str, bytes]] = []
    languages = {each.report.name: one for each, one in zip(chosen, made, strict=True)}
    with watch.stage("publish"):
        for each, one in zip(chosen, made, strict=True):
            files = make_files(each.report, each.framework.id, one.claims, one.pdf, one.facts)
            web = make_web_files(each, one, files, editions, languages)
            sets.append((files if "pdf" in editions else {}) | web)
        names = tuple(each.report.name for each in chosen)
        published = write_files(names, {path: data for files in sets for path, data in files.items()}, output, waiting)
    if published.value is None:
        return Result(None, sort_findings((*found, *published.findings)))
    built, rest = [], list(published.value)
    for each, one, files in zip(chosen, made, sets, strict=True):
        written, rest = tuple(rest[: len(files)]), rest[len(files) :]
        built.append(Built(written, one.pages, one.claims, each.coverage, one.gaps, each.report.language))
    findings = sort_findings((*found, *published.findings))
    return Result(replace(built[0], others=tuple(built[1:])), findings)


def _choose(languages: CheckedLanguages, language: str | None) -> tuple[CheckedReport, ...]:
    """Return the report in a language, or in all; nothing if it can't be made in one of them."""
    wanted = [each for each in languages if each is None or not language or is_named(each.source, language)]
    return tuple(each for each in wanted if each) if all(wanted) else ()


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
    return _render_report([examined], 0, time, draft, progress, watch)


def _render_report(
    reports: list[CheckedReport],
    number: int,
    time: datetime | None,
    draft: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Profiler | None = None,
    keeps: bool = True,
) -> RenderedReport:
    """Return the PDF of one of the reports.

    Unless the call `keeps` its texts, they are taken out of the list and of the document, and freed chapter by chapter.
    """
    from gri_builder.embedded.attachments import make_attachments
    from gri_builder.embedded.chart_table import make_chart_table
    from gri_builder.embedded.composed_text import collect_text
    from gri_builder.embedded.open_data.open_data import describe_edition, make_open_data
    from gri_builder.layout.render import render_pdf
    from gri_builder.pipeline.output_files import place_claims
    from gri_builder.provenance.ledger import make_ledger
    from gri_builder.provenance.page_locations import complete_ledger, list_facts

    watch = watch or Profiler()
    source, framework = reports[number].source, reports[number].framework
    with watch.stage("compose"):
        document = compose_report(reports[number], draft)
        ledger = make_ledger(source, reports[number].report, reports[number].coverage)
        text, chart_values = collect_text(document, reports[number].report), make_chart_table(document)
        shown, chapters = list_facts(document), list(document.chapters)
    if not keeps:
        reports[number], document = _without_texts(reports[number]), replace(document, chapters=())
    report = reports[number].report

    finished: list[_Finished] = []

    def attach(landed: LayoutResult) -> Iterable[Attachment]:
        claims = place_claims(document, landed.places)
        completed = complete_ledger(ledger, document, claims, landed.pages, landed.facts, shown)
        facts = make_open_data(completed, describe_edition(report))
        finished.append(_Finished(claims, completed, facts))
        missing = document.missing if draft else None
        read = (text, landed.seals, landed.printed, landed.charts, chart_values, missing)
        return make_attachments(source, report, framework.id, claims, completed, facts, *read)

    file = f"{report.name}.pdf"
    rendered = render_pdf(document, time, progress, attach, name=file, profiler=watch, chapters=chapters)
    claims, completed, facts = finished[0]
    found, places = rendered.findings, rendered.landed.places
    return RenderedReport(
        rendered.pdf, rendered.pages, claims, completed, facts, found, document, places, document.gaps
    )


def _without_texts(examined: CheckedReport) -> CheckedReport:
    """Return a report without chapters and answers: with what a build needs of it when it is composed."""
    for file in examined.source.chapters.values():
        if file:
            file.forget_lines()
    report = replace(examined.report, chapters=(), answers={}, assigned={})
    return replace(examined, report=report, written=report)


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
    checked = check_languages(folder)
    first = checked.value[0] if checked.value else None
    return Result(first.report if first else None, checked.findings)


def load_and_check(
    folder: Path,
    draft: bool = False,
    watch: Profiler | None = None,
    unsaved: Mapping[str, bytes] | None = None,
    variant: Variant | None = None,
    language: str | None = None,
) -> Result[CheckedReport]:
    """Return the report of a folder with its coverage; for a `draft`, what is missing is a warning only.

    `unsaved` are the contents of files that an editor has not saved, by path. With a `variant`, the folder is a
    template that is filled from a list. Of a report in several languages it is the one in `language`, by default the
    one that the others are translated from; the others are not checked.
    """
    watch = watch or Profiler()
    with watch.stage("read"):
        loaded = load_editions(folder, unsaved, variant)
    if loaded.value is None:
        return Result(None, loaded.findings)
    chosen = next((each for each in loaded.value if is_named(each, language)), loaded.value[0])
    return _check_source(chosen, loaded.findings, folder, draft, watch)


def check_languages(
    folder: Path, draft: bool = False, watch: Profiler | None = None, variant: Variant | None = None
) -> Result[CheckedLanguages]:
    """Return the report of a folder in each of its languages, with all findings and what differs between them."""
    watch = watch or Profiler()
    with watch.stage("read"):
        loaded = load_editions(folder, variant=variant)
    if loaded.value is None:
        return Result(None, loaded.findings)
    checked = [_check_source(each, loaded.findings, folder, draft, watch) for each in loaded.value]
    reports = tuple(each.value for each in checked)
    if len(checked) == 1:
        return Result(reports if reports[0] else None, checked[0].findings)
    from gri_builder.pipeline.compare_languages import compare_languages

    merged = merge_findings([each.findings for each in checked], [each.edition for each in loaded.value])
    compared = compare_languages([(each.report, each.source) for each in reports if each])
    approvals = _check_translations(reports, draft)
    return Result(reports, sort_findings((*merged, *compared, *approvals)))


def is_named(source: Source, language: str | None) -> bool:
    """Return whether a language that is asked for is that of a source."""
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
    checked = settle_language(checked, read.edition, framework.id)
    with watch.stage("assess"):
        coverage = assess_report(framework, checked)
    missing = explain_missing(coverage, checked) if draft else coverage.findings
    is_source = read.edition is None or read.edition.tag == read.edition.source_tag
    approvals = _check_approvals(report.value, framework, draft) if is_source else ()
    findings = sort_findings((*found_in_files, *found, *missing, *approvals))
    return Result(CheckedReport(read, checked, framework, coverage, report.value), findings)


def _check_approvals(report: Report, framework: Framework, draft: bool) -> tuple[Finding, ...]:
    """Return what is wrong with approvals; a report that says nothing about them loads nothing."""
    if not _has_approvals(report):
        return ()
    from gri_builder.pipeline.approvals.check import check_approvals

    return check_approvals(report, framework, draft)


def _check_translations(languages: CheckedLanguages, draft: bool) -> tuple[Finding, ...]:
    """Return what is wrong with approvals of translations, which need the report that they are translated from."""
    first, *others = languages
    found: list[Finding] = []
    for each in others:
        if first and each and each.source.edition and _has_approvals(each.written):
            from gri_builder.pipeline.approvals.check import check_translation

            edition = each.source.edition
            found += check_translation(each.written, edition, first.written, each.framework, draft)
    return tuple(found)


def _has_approvals(report: Report) -> bool:
    answers = (*report.answers.values(), *report.assigned.values())
    approved = (*(each.approved for each in report.series.values()), *(each.approved for each in answers))
    return report.requires_approval or any(approved)
