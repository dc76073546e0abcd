"""What a PDF that this program did not make claims by its content index: the whole reading on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gri_builder.audit.extraction import Extraction
from gri_builder.audit.pdf_reader.pdf_file import PdfFile
from gri_builder.audit.third_party_pdf.codes import CodeReader
from gri_builder.audit.third_party_pdf.evidence import EvidenceFinder
from gri_builder.audit.third_party_pdf.framework_recognition import RecognizedFramework, recognize_framework
from gri_builder.audit.third_party_pdf.index_detection import find_index_rows, name_unknown_codes
from gri_builder.audit.third_party_pdf.index_table import TableRow
from gri_builder.audit.third_party_pdf.page_numbers import PageNumbering, read_page_numbering
from gri_builder.audit.third_party_pdf.page_references import WrittenReference, read_references
from gri_builder.audit.third_party_pdf.row_identity import identify_rows
from gri_builder.audit.third_party_pdf.row_statement import read_statement
from gri_builder.audit.third_party_pdf.shared_cells import share_cells
from gri_builder.model.audit_result import AuditClaim, Reference
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.framework import Framework


def extract_claims(pdf: PdfFile, framework: Framework) -> Extraction:
    """Return what a PDF claims by its own content index."""
    reader = CodeReader(framework)
    texts = {page.number: page.text for page in pdf.pages}
    rows = find_index_rows(pdf.pages, texts, reader)
    known = [row for row in rows if row.code.known]
    seems = recognize_framework("\n".join(texts.values()), framework.id, reader.prefix.rstrip("-"), len(known))
    if seems.framework != framework.id or not known:
        return Extraction(seems.framework, seems.option, findings=tuple(_explain(seems, framework, Location(pdf.name))))
    share_cells(known, framework.management_approach)
    claims = _make_claims(known, framework, read_page_numbering(pdf.pages), texts)
    return Extraction(
        recognized=framework.id,
        claimed=seems.option,
        index_pages=tuple(sorted({row.page for row in known})),
        claims=claims,
        aspects=_list_aspects(claims, framework),
        findings=tuple(name_unknown_codes(rows, pdf)),
    )


def _make_claims(
    rows: Sequence[TableRow], framework: Framework, numbering: PageNumbering, texts: Mapping[int, str]
) -> tuple[AuditClaim, ...]:
    evidence = EvidenceFinder(texts, frozenset(row.page for row in rows), framework.id)
    return tuple(_claim(row, id, numbering, evidence) for row, id in identify_rows(rows, framework))


def _claim(row: TableRow, id: str, numbering: PageNumbering, evidence: EvidenceFinder) -> AuditClaim:
    references = tuple(_locate(each, numbering) for each in read_references(row.cells.get("page", "").strip()))
    statement = read_statement(row.cells, bool(references), numbering)
    pages = sorted({page for each in references for page in each.pages})
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
        evidence=evidence.find(id, pages),
    )


def _locate(written: WrittenReference, numbering: PageNumbering) -> Reference:
    """Return a reference with the physical pages that hold its printed ones."""
    found = (page for page in map(numbering.find, written.pages) if page is not None)
    return Reference(written.text, tuple(dict.fromkeys(found)), written.outside)


def _list_aspects(claims: Sequence[AuditClaim], framework: Framework) -> tuple[str, ...]:
    """Return the Aspects that the index treats as material: those of its management approaches, else of all rows."""
    managed = [claim.id.partition(":")[2] for claim in claims if ":" in claim.id]
    listed = [framework.disclosures[claim.code].aspect for claim in claims]
    aspects = dict.fromkeys(managed or [aspect for aspect in listed if aspect])
    return tuple(aspect for aspect in aspects if aspect in framework.aspects)


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
