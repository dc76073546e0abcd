"""Which pages and tables of a PDF are its content index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gri_builder.audit.pdf_reader.pdf_file import Page, PdfFile
from gri_builder.audit.third_party_pdf.codes import CodeReader
from gri_builder.audit.third_party_pdf.index_table import TableRow, read_rows
from gri_builder.model.finding import Finding, Location, Severity

FEWEST_CODES = 4
"""Codes in the text of a page from which on it may hold a part of the index."""
MOST_INDEX_PAGES = 60


def find_index_rows(pages: Sequence[Page], texts: Mapping[int, str], reader: CodeReader) -> list[TableRow]:
    """Return the rows of all pages that hold enough codes below each other; `texts` are the texts of pages."""
    wanted = [page for page in pages if len({c.code for c in reader.find(texts[page.number])}) >= FEWEST_CODES]
    return [row for page in wanted[:MOST_INDEX_PAGES] for row in read_rows(page, reader)]


def name_unknown_codes(rows: Iterable[TableRow], pdf: PdfFile) -> Iterable[Finding]:
    """Yield a finding for each code of the index that the framework does not have."""
    for row in rows:
        if not row.code.known:
            where = Location(pdf.name, page=row.page, label=pdf.pages[row.page - 1].label or None)
            message = f"the index lists '{row.code.as_written}', which is not a code of the framework"
            yield Finding("code-unknown", Severity.WARNING, message, where, "ask which code is meant")
