"""Blanks of report.yaml: a draft prints what is missing in place of the report's title and the organization's name."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gri_builder.model.report import Report


def fill_blanks(report: Report, words: Mapping[str, str]) -> Report:
    """Return the report with the marks of its title and of the name of its organization, where they are missing."""
    marks = {key: words["gap"].format(name=words[f"gap-report-{key}"]) for key in report.blanks}
    if "title" in marks:
        report = replace(report, title=marks["title"])
    if "organization" in marks:
        name = marks["organization"]
        report = replace(report, organization=replace(report.organization, name=name, short_name=name))
    return report
