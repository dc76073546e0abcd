"""The content index of a PDF that this program did not make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gri_builder.audit.extraction import Extraction
from gri_builder.audit.pdf_reader.pdf_file import Page, PdfFile
from gri_builder.audit.third_party_pdf.codes import CodeReader
from gri_builder.audit.third_party_pdf.evidence import find_evidence
from gri_builder.audit.third_party_pdf.framework_recognition import RecognizedFramework, recognize_framework
from gri_builder.audit.third_party_pdf.index_table import TableRow, read_rows
from gri_builder.audit.third_party_pdf.page_numbers import PageNumbering, read_page_numbering
from gri_builder.audit.third_party_pdf.page_references import WrittenReference, read_references
from gri_builder.audit.third_party_pdf.row_statement import read_statement
from gri_builder.model.audit_result import AuditClaim, Evidence, Reference, Verdict
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.framework import Framework

FEWEST_CODES = 4
"""Codes in the text of a page from which on it may hold a part of the index."""
MOST_INDEX_PAGES = 60


def extract_claims(pdf: PdfFile, framework: Framework) -> Extraction:
    """Return what a PDF claims by its own content index."""
    reader = CodeReader(framework)
    texts = {page.number: page.text for page in pdf.pages}
    rows = _find_rows(pdf.pages, texts, reader)
    known = [row for row in rows if row.code.known]
    _share_cells(known, framework)
    seems = recognize_framework("\n".join(texts.values()), framework.id, reader.prefix.rstrip("-"), len(known))
    index_pages = tuple(sorted({row.page for row in known}))
    if seems.framework != framework.id or not known:
        return Extraction(seems.framework, seems.option, findings=tuple(_explain(seems, framework, Location(pdf.name))))
    numbering = read_page_numbering(pdf.pages)
    claims = tuple(_claim(row, id, framework, numbering, texts) for row, id in _identify(known, framework))
    managed = [claim.id.partition(":")[2] for claim in claims if ":" in claim.id]
    listed = [framework.disclosures[claim.code].aspect for claim in claims]
    aspects = dict.fromkeys(managed or [aspect for aspect in listed if aspect])
    return Extraction(
        recognized=framework.id,
        claimed=seems.option,
        index_pages=index_pages,
        claims=claims,
        aspects=tuple(aspect for aspect in aspects if aspect in framework.aspects),
        findings=tuple(_unknown(rows, pdf)),
    )


def _find_rows(pages: Sequence[Page], texts: dict[int, str], reader: CodeReader) -> list[TableRow]:
    """Return the rows of all pages that hold enough codes below each other."""
    wanted = [page for page in pages if len({c.code for c in reader.find(texts[page.number])}) >= FEWEST_CODES]
    return [row for page in wanted[:MOST_INDEX_PAGES] for row in read_rows(page, reader)]


def _share_cells(rows: Sequence[TableRow], framework: Framework) -> None:
    """Give rows without a reference that of the row above with which they share a cell.

    That is the management approach, or a code on the line above in the same cell.
    """
    shared: str | None = None
    for before, row in zip((None, *rows), rows, strict=False):
        if before and not row.cells and row.found_below(before):
            row.cells = dict(before.cells)
        cell = row.cells.get("page")
        if row.code.code == framework.management_approach:
            shared = cell
        elif cell:
            shared = None
        elif shared:
            row.cells["page"] = shared


def _identify(rows: Sequence[TableRow], framework: Framework) -> Iterable[tuple[TableRow, str]]:
    """Yield each row with its disclosure id; a management approach takes the Aspect of the row that follows."""
    for place, row in enumerate(rows):
        if row.code.code != framework.management_approach:
            yield row, row.code.code
            continue
        later = (framework.disclosures[each.code.code].aspect for each in rows[place + 1 : place + 3])
        aspect = next((each for each in later if each), None)
        yield row, f"{row.code.code}:{aspect}" if aspect else row.code.code


def _claim(row: TableRow, id: str, framework: Framework, numbering: PageNumbering, texts: dict[int, str]) -> AuditClaim:
    references = tuple(_locate(each, numbering) for each in read_references(row.cells.get("page", "").strip()))
    statement = read_statement(row.cells, bool(references), numbering)
    pages = sorted({page for each in references for page in each.pages})
    disclosure = framework.disclosures[row.code.code]
    return AuditClaim(
        code=row.code.code,
        id=id,
        as_written=row.code.as_written,
        found_on=row.page,
        references=references,
        parts=row.code.parts,
        omission=statement.omission,
        assured=statement.assured,
        assurance_page=statement.assurance_page,
        answer=statement.answer,
        evidence=find_evidence(disclosure, pages, texts) if pages else Evidence(Verdict.UNKNOWN),
    )


def _locate(written: WrittenReference, numbering: PageNumbering) -> Reference:
    """Return a reference with the physical pages that hold its printed ones."""
    found = (page for page in map(numbering.find, written.pages) if page is not None)
    return Reference(written.text, tuple(dict.fromkeys(found)), written.outside)


def _explain(seems: RecognizedFramework, framework: Framework, where: Location) -> Iterable[Finding]:
    """Yield why a PDF has no claims."""
    if seems.framework == framework.id:
        message = f"the PDF speaks of the {framework.title}, but has no content index that can be read"
        hint = "look for the index in another file, or on the organization's web site"
        yield Finding("no-index", Severity.ERROR, message, where, hint)
    elif seems.framework:
        message = (
            "the PDF reports by another edition of GRI's guidelines, and claims nothing by the one that is audited"
        )
        yield Finding("other-framework", Severity.INFO, message, where)
    else:
        message = f"the PDF does not speak of the {framework.title}"
        yield Finding("no-framework", Severity.INFO, message, where)


def _unknown(rows: Iterable[TableRow], pdf: PdfFile) -> Iterable[Finding]:
    for row in rows:
        if not row.code.known:
            where = Location(pdf.name, page=row.page, label=pdf.pages[row.page - 1].label or None)
            message = f"the index lists '{row.code.as_written}', which is not a code of the framework"
            yield Finding("code-unknown", Severity.WARNING, message, where, "ask which code is meant")
