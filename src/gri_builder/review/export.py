"""Export a report folder as a review copy."""

from __future__ import annotations

from pathlib import Path

from gri_builder.model.finding import Result
from gri_builder.pipeline.build import CheckedReport, load_and_check


def export_docx(folder: Path) -> Result[bytes]:
    """Return a review copy of a report folder as a Word file, and the findings of the report.

    Missing answers and values are marked as in a draft. The value is None where the report can't be composed.
    """
    checked = load_and_check(folder, draft=True)
    if not checked.ok or checked.value is None:
        return Result(None, checked.findings)
    return Result(write_copy(checked.value), checked.findings)


def write_copy(checked: CheckedReport) -> bytes:
    """Return a review copy of a report that was checked."""
    from gri_builder.compose.compose import compose_document
    from gri_builder.compose.localization import report_words
    from gri_builder.layout.render import render_pdf
    from gri_builder.resources.localized_frameworks import translate_framework
    from gri_builder.review.figures import draw_figures
    from gri_builder.review.writer.write_docx import write_docx

    report, framework = checked.report, checked.framework
    translated = translate_framework(framework, report.language, report.titles, report.choices)
    words = report_words(report, framework.id)
    document = compose_document(report, translated, checked.coverage, words, draft=True)
    landed = render_pdf(document).landed
    pages = {name: ", ".join(map(str, dict.fromkeys(numbers))) for name, numbers in landed.places.items()}
    places = {
        fact.key: (series.where.file, series.where.line) for series in report.series.values() for fact in series.facts
    }
    return write_docx(draw_figures(document), report.name, pages, places)
