"""What of a report folder is needed to ask data owners for facts, and to take back what they return."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from gri_builder.facts.collected.read_collected import Collected, read_collected
from gri_builder.facts.read_facts import Facts, read_facts
from gri_builder.model.facts import Fact, WantedFact
from gri_builder.model.finding import Finding, Result, Severity, error, sort_findings
from gri_builder.pipeline.drafts import allow_gaps
from gri_builder.resources.units import UnitTable, unit_table
from gri_builder.source.loader import load_report
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

    @property
    def units(self) -> UnitTable:
        """The units that it knows."""
        return unit_table(self.facts.units)

    @cached_property
    def wanted(self) -> Mapping[str, WantedFact]:
        """The facts that it wants, by the casefold form of their keys."""
        return {casefold_key(each.key): each for each in self.facts.wanted}

    @cached_property
    def known(self) -> Mapping[str, Fact]:
        """The facts that it has, by the casefold form of their keys."""
        return {casefold_key(fact.key): fact for one in self.facts.series.values() for fact in one.facts}


def open_report(folder: Path) -> Result[AskingReport]:
    """Return what a report folder asks for; the findings are those about report.yaml and its figures.

    A value that is missing is no error here. The value is None where report.yaml does not say what the report is.
    """
    loaded = load_report(folder)
    if loaded.value is None:
        return Result(None, loaded.findings)
    source = loaded.value
    metadata, metadata_findings = read_report_metadata(source, choose_framework(source))
    facts, fact_findings = read_facts(source, metadata.last_day, metadata.language, metadata.start)
    figures = [each for each in (*loaded.findings, *fact_findings) if _is_about_figures(each)]
    settings = [each for each in (*loaded.findings, *metadata_findings) if each.where.file == source.report.file.path]
    name, title, organization, language = metadata.name, metadata.title, metadata.organization, metadata.language
    start, end, published = metadata.start, metadata.end, metadata.published
    if not (name and title and organization and start and end and published and language):
        message = "report.yaml does not say which report it is, and of which period"
        missing = () if _has_error(settings) else (error("missing-key", message, source.report.where, NEEDED),)
        return Result(None, sort_findings((*settings, *figures, *missing)))
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
    )
    hiding = [each for each in allow_gaps(figures, None) if each.severity is Severity.ERROR]
    return Result(report, sort_findings(hiding))


def _is_about_figures(finding: Finding) -> bool:
    """Return whether a finding may hide values: it is about figures/, and no mere remark."""
    return finding.where.file.startswith("figures/") and finding.severity is Severity.ERROR


def _has_error(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
