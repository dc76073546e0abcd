"""What was extracted from a PDF: its claims, and what they are to be judged by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from gri_builder.model.audit_result import AuditClaim, IndexRegion, PageMap, Quote
from gri_builder.model.finding import Finding
from gri_builder.pdf_reader.pdf_file import PdfFile

ALL_RULES = "*"
"""In place of a rule's name: every rule."""


class Extraction(Struct, frozen=True):
    """The content index of a gri-builder PDF or a third-party PDF."""

    recognized: str | None
    """Framework that it reports by: an id such as 'gri-g4', 'gri-standards', 'gri-g3'; None if it names none."""
    claimed: str | None = None
    """Id of the 'in accordance' option that it claims."""
    index_pages: tuple[int, ...] = ()
    """Physical pages of the content index, ascending."""
    claims: tuple[AuditClaim, ...] = ()
    """In the order of the index."""
    answered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Letters of the requirements that the pages answer, by id; '' for all. Where an id is not among them, its claims
    say it."""
    printed_codes: tuple[str, ...] = ()
    """Codes that the pages of a third-party PDF's index print, of which some may have no row that could be read."""
    aspects: tuple[str, ...] = ()
    """Ids of the Aspects that it names as material."""
    dismissed: frozenset[str] = frozenset()
    """Ids of the topics that it names as not material, with the reason."""
    sector: str | None = None
    organization: str | None = None
    start: date | None = None
    end: date | None = None
    findings: tuple[Finding, ...] = ()
    """What was noticed on the way: an index that is missing, a code that is unknown."""
    claimed_evidence: tuple[Quote, ...] = ()
    """The sentences that claim the option; where claims differ, one for each option."""
    recognized_name: str = ""
    """Name of the framework with its edition, e.g. 'G3.1 Guidelines'."""
    recognized_evidence: tuple[Quote, ...] = ()
    """What the PDF itself says by which the framework was recognized."""
    recognized_reasons: tuple[str, ...] = ()
    """What else shows which framework it is, where several share most codes."""
    also_recognized: tuple[str, ...] = ()
    """Ids of other frameworks whose codes the PDF uses, too."""
    index_regions: tuple[IndexRegion, ...] = ()
    """Where the tables of the content index are."""
    index_problem: str = ""
    """Why nothing is judged by the index: it could not be read; empty where it could."""
    not_judged: Mapping[str, str] = field(default_factory=dict)
    """Rules that are not run, each with the reason; `ALL_RULES` for every one."""
    page_map: PageMap | None = None
    """How printed page numbers go with the pages; None for a gri-builder PDF, whose page labels are printed."""
    printed: tuple[str, ...] = ()
    """What each page prints as its number, empty for a page without one; none where the page labels say it."""
    is_extract: bool = False
    """Whether its page numbers show that it is a part of a report."""
    assessable: bool = True
    """Whether coverage can be assessed by the claims."""
    reported_year: int | None = None
    """The year that the report is about, as far as its title and its pages tell."""

    def name_page(self, pdf: PdfFile, page: int) -> str:
        """Return what a page of the PDF, from 1, prints as its number, or its label; empty without either."""
        if self.printed:
            return self.printed[page - 1] if page <= len(self.printed) else ""
        return pdf.pages[page - 1].label or "" if page <= len(pdf.pages) else ""

    def name_pages(self, pdf: PdfFile) -> tuple[str, ...]:
        """Return what each page of the PDF prints as its number, or its label; empty for a page without either."""
        return tuple(self.name_page(pdf, page) for page in range(1, len(self.printed or pdf.pages) + 1))
