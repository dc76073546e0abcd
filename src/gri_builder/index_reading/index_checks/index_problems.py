"""What is said of an index that can't be judged: one finding, and the reason on each check that is not made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gri_builder.index_reading.extraction import ALL_RULES
from gri_builder.index_reading.index_checks.readability import Reading
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.pdf_reader.pdf_file import PdfFile


def name_not_judged(reading: Reading) -> Mapping[str, str]:
    """Return the rules that are not run, each with the reason."""
    return {ALL_RULES: reading.problem} if reading.problem else {}


def explain_problem(reading: Reading, pdf: PdfFile) -> Iterable[Finding]:
    """Yield the finding on an index that could not be read."""
    page = reading.regions[0].page if reading.regions else None
    where = Location(pdf.name, page=page, label=pdf.pages[page - 1].label or None if page else None)
    if reading.problem:
        hint = "read the index yourself; 'index_regions' in the JSON output says where its tables are"
        yield Finding("index-unreadable", Severity.WARNING, reading.problem, where, hint)
