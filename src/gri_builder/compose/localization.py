"""The words of a report: the program's in the report's language, replaced by those that the report brings."""

from __future__ import annotations

from collections.abc import Mapping

from gri_builder.model.report import Report
from gri_builder.resources.messages import complete_messages


def report_words(report: Report, framework: str) -> Mapping[str, str]:
    """Return the fixed texts that a report prints, by key; `framework` is the framework's id."""
    return complete_messages(report.language, report.words, framework)
