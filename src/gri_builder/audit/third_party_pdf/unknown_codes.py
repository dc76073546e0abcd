"""Codes of an index that the framework does not have: misprints, or codes of another framework."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.audit.pdf_reader.pdf_file import PdfFile
from gri_builder.audit.third_party_pdf.index_table import TableRow
from gri_builder.model.finding import Finding, Location, Severity


def name_unknown_codes(rows: Iterable[TableRow], pdf: PdfFile) -> Iterable[Finding]:
    """Yield a finding for each code of the index that the framework does not have."""
    for row in rows:
        if not row.code.known:
            where = Location(pdf.name, page=row.page, label=pdf.pages[row.page - 1].label or None)
            message = f"the index lists '{row.code.as_written}', which is not a code of the framework"
            yield Finding("code-unknown", Severity.WARNING, message, where, "ask which code is meant")
