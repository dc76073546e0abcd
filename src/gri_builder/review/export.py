"""Export a report folder as a review copy."""

from __future__ import annotations

import zipfile
from pathlib import Path

from msgspec import Struct

from gri_builder.model.document import Document
from gri_builder.model.finding import Result
from gri_builder.pipeline.build import CheckedReport, compose_report, load_and_check
from gri_builder.review.source_map import SourceMap
from gri_builder.source.loader import list_languages

REMARKS = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ", b"<w:commentReference ", b"<w:commentRangeStart ")
"""Elements that reviewers add."""


class ReviewCopy(Struct, frozen=True):
    """A review copy that was made."""

    name: str
    """Name of the report."""
    data: bytes
    source_map: SourceMap


def export_docx(folder: Path, language: str | None = None) -> Result[ReviewCopy]:
    """Return a review copy of a report folder as a Word file, and the findings of the report.

    `language` is the edition of a report in several languages, by default the first. Missing answers and values are
    marked as in a draft. The value is None where the report can't be composed.
    """
    checked = load_and_check(folder, draft=True, language=language)
    if not checked.ok or checked.value is None:
        return Result(None, checked.findings)
    return Result(write_copy(checked.value), checked.findings)


def make_source_maps(folder: Path) -> tuple[SourceMap, ...]:
    """Return the source maps that copies of a report folder would have now: one for each of its languages."""
    made = (export_docx(folder, language).value for language in list_languages(folder) or (None,))
    return tuple(each.source_map for each in made if each)


def write_copy(checked: CheckedReport) -> ReviewCopy:
    """Return a review copy of a report that was checked."""
    from gri_builder.layout.render import render_pdf
    from gri_builder.review.figures import draw_figures
    from gri_builder.review.writer.write_docx import write_docx

    report, document = checked.report, _compose(checked)
    landed = render_pdf(document, tagged=False).landed
    pages = {name: ", ".join(map(str, dict.fromkeys(numbers))) for name, numbers in landed.places.items()}
    places = {
        fact.key: (series.where.file, series.where.line) for series in report.series.values() for fact in series.facts
    }
    data, source_map = write_docx(draw_figures(document), report.name, pages, places)
    return ReviewCopy(report.name, data, source_map)


def _compose(checked: CheckedReport) -> Document:
    """Return the document of a report; gaps are marked, if there are any."""
    document = compose_report(checked, draft=True)
    return document if document.gaps else compose_report(checked)


def has_remarks(file: Path) -> bool:
    """Return whether a file is a Word document with comments or tracked changes, which nothing may replace."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open("word/document.xml") as stream:
            kept = b""
            while chunk := stream.read(1_000_000):
                if any(mark in kept + chunk for mark in REMARKS):
                    return True
                kept = chunk[-100:]
    except (OSError, KeyError, zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError):
        pass
    return False
