"""What of a report folder is needed to ask data owners for facts, and to take back what they return."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.collected.read_collected import Collected, read_collected
from gri_builder.facts.read_facts import Facts, read_facts
from gri_builder.model.facts import Fact, WantedFact
from gri_builder.model.finding import Finding, Result, Severity, error, sort_findings
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.pipeline.build import is_named
from gri_builder.pipeline.drafts import allow_gaps
from gri_builder.pipeline.languages import choose_labels, print_series, print_wanted
from gri_builder.resources.units import UnitTable, unit_table
from gri_builder.source.loader import load_editions
from gri_builder.source.nodes import Source
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.validation.framework_choice import choose_framework
from gri_builder.validation.report_metadata import read_report_metadata

NEEDED = "give report.yaml a name, a title, an organization, a period, and a day of publication"


class AskingReport(Struct, frozen=True, dict=True):
    """A report, as far as its figures go."""

    folder: Path
    source: Source
    name: str
    title: str
    organization: str
    start: date
    end: date
    published: date
    language: str
    primary: str
    """Color of its theme, as '#rrggbb'."""
    facts: Facts
    collected: Collected
    editions: tuple[Source, ...] = ()
    """The report in each of its languages, where it has several."""

    @property
    def units(self) -> UnitTable:
        """The units that it knows."""
        return unit_table(self.facts.units)

    @cached_property
    def translations(self) -> tuple[AskingReport, ...]:
        """The same report in its other languages."""
        others = (each for each in self.editions if each is not self.source)
        opened = (_open_source(self.folder, each, self.editions, ()).value for each in others)
        return tuple(each for each in opened if each)

    @cached_property
    def wanted(self) -> Mapping[str, WantedFact]:
        """The facts that it wants, by the casefold form of their keys."""
        return {casefold_key(each.key): each for each in self.facts.wanted}

    @cached_property
    def known(self) -> Mapping[str, Fact]:
        """The facts that it has, by the casefold form of their keys."""
        return {casefold_key(fact.key): fact for one in self.facts.series.values() for fact in one.facts}


def open_report(folder: Path, language: str | None = None) -> Result[AskingReport]:
    """Return what a report folder asks for; the findings are those about report.yaml and its figures.

    Of a report in several languages, titles and labels are in `language`, by default in the first. A value that is
    missing is no error here. The value is None where report.yaml does not say what the report is.
    """
    loaded = load_editions(folder)
    if loaded.value is None:
        return Result(None, loaded.findings)
    chosen = next((each for each in loaded.value if is_named(each, language)), loaded.value[0])
    return _open_source(folder, chosen, loaded.value if len(loaded.value) > 1 else (), loaded.findings)


def _open_source(
    folder: Path, source: Source, editions: tuple[Source, ...], found: tuple[Finding, ...]
) -> Result[AskingReport]:
    metadata, metadata_findings = read_report_metadata(source, choose_framework(source))
    facts, fact_findings = read_facts(source, metadata.last_day, metadata.language, metadata.start)
    figures = [each for each in (*found, *fact_findings) if _is_about_figures(each)]
    settings = [each for each in (*found, *metadata_findings) if each.where.file == source.report.file.path]
    name, title, organization, language = metadata.name, metadata.title, metadata.organization, metadata.language
    start, end, published = metadata.start, metadata.end, metadata.published
    if not (name and title and organization and start and end and published and language):
        message = "report.yaml does not say which report it is, and of which period"
        missing = () if _has_error(settings) else (error("missing-key", message, source.report.where, NEEDED),)
        return Result(None, sort_findings((*settings, *figures, *missing)))
    edition = source.edition
    if edition and edition.tag != edition.source_tag:  # workbooks in all languages answer one report
        name = name.removesuffix(f"-{edition.key}")
        labels = choose_labels(edition.labels, facts.series, ReportingYears(start, end))
        series, wanted = print_series(facts.series, labels), print_wanted(facts.wanted, labels)
        facts = replace(facts, series=series, wanted=wanted)
    report = AskingReport(
        folder=folder,
        source=source,
        name=name,
        title=title,
        organization=organization.name,
        start=start,
        end=end,
        published=published,
        language=language,
        primary=metadata.theme.primary,
        facts=facts,
        collected=read_collected(source.collected)[0],
        editions=editions,
    )
    hiding = [each for each in allow_gaps(figures, None) if each.severity is Severity.ERROR]
    return Result(report, sort_findings(hiding))


def _is_about_figures(finding: Finding) -> bool:
    """Return whether a finding may hide values: it is about figures/, and no mere remark."""
    return finding.where.file.startswith("figures/") and finding.severity is Severity.ERROR


def _has_error(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
