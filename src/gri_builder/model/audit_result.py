"""Audit result: what a finished PDF claims, the checks run on it, and their outcomes."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from gri_builder.model.audit_sample import AuditFact, Sample
from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.report import Omission

Producer = Literal["gri-builder", "other"]
"""What made a PDF."""


class Verdict(StrEnum):
    """Whether a disclosure's subject was found on the pages that the index names for it."""

    FOUND = "found"
    WEAK = "weak"
    """Some of its words were found, but too few to be sure."""
    NOT_FOUND = "not-found"
    UNKNOWN = "unknown"
    """No page could be searched, e.g. because the reference is to another document."""


class Reference(Struct, frozen=True):
    """One reference of the index for a disclosure."""

    text: str
    """As written, e.g. '33–35' or 'Annual Report, p. 7'."""
    pages: tuple[int, ...] = ()
    """Physical pages, from 1; empty for a reference to another document or a page that does not exist."""
    outside: bool = False
    """Whether it is to a web address or another document."""
    printed: tuple[str, ...] = ()
    """The page numbers of this report that it names, as printed, in Arabic or small Roman numerals."""
    missing: tuple[str, ...] = ()
    """Those of them that the PDF does not print on any page; empty where the page numbers can't be read."""
    elsewhere: bool = False
    """Whether what is missing is in a part of the report that the PDF does not hold, or can't be determined."""
    unread: bool = False
    """Whether it seems to lead somewhere, but is not understood."""
    open_ended: bool = False
    """Whether the pages behind it are meant, too, without saying how many ('12 ff.'); only the first is read."""


class Evidence(Struct, frozen=True):
    """What was found on the pages that a claim refers to."""

    verdict: Verdict = Verdict.UNKNOWN
    page: int | None = None
    """Physical page of the best evidence."""
    text: str = ""
    """The surrounding text."""


class Passage(Struct, frozen=True):
    """A place on a page that can be shown as a picture."""

    page: int
    """Physical page, from 1."""
    text: str = ""
    """The words to show; empty if the box says it."""
    beside: tuple[str, ...] = ()
    """Texts on the same line, which distinguish places with the same words."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom in points from the page's upper left corner, as the page is shown."""


class Picture(Struct, frozen=True):
    """A part of a page as an image in the WebP format."""

    data: bytes
    width: int
    """In pixels."""
    height: int


class AuditClaim(Struct, frozen=True):
    """One row of a content index, as read from a PDF."""

    code: str
    """Code of the disclosure as the framework writes it."""
    id: str
    """Disclosure id: the code; for a management approach followed by ':' and the Aspect's id, if known."""
    as_written: str
    """The code as written in the index."""
    found_on: int
    """Physical page of the row."""
    references: tuple[Reference, ...] = ()
    parts: tuple[str, ...] = ()
    """Letters of the requirements that the row covers; empty for the whole disclosure."""
    omission: str | None = None
    """What is omitted and why, as written."""
    omissions: tuple[Omission, ...] = ()
    """The same, as far as it could be parsed."""
    assured: bool | None = None
    """Whether the row says that it is assured; None if the index has no such column."""
    assurance_page: int | None = None
    """Physical page of the assurance statement that the row names, or that names the disclosure."""
    assurance: str = ""
    """What the row says of its assurance, as written."""
    answer: str = ""
    """An answer given in the row itself."""
    placeholder: str = ""
    """Words of the row that were to be replaced before the report was published."""
    mark: str = ""
    """A word or mark by which the row says that it is reported, where it does not say where."""
    evidence: Evidence = Evidence()
    uncertain: str = ""
    """Why its reading is uncertain, e.g. a code that is probably misprinted; empty where it is plain. Such rows are to
    be read first."""

    @property
    def pages(self) -> tuple[int, ...]:
        """All physical pages that it refers to, in ascending order."""
        return tuple(sorted({page for reference in self.references for page in reference.pages}))

    @property
    def row_passage(self) -> Passage:
        """The place of its row in the index."""
        return Passage(self.found_on, self.as_written, tuple(reference.text for reference in self.references))

    @property
    def evidence_passage(self) -> Passage | None:
        """The place of its evidence, if there is any."""
        if self.evidence.page is None or not self.evidence.text:
            return None
        return Passage(self.evidence.page, self.evidence.text)


class CheckStatus(StrEnum):
    """Outcome of a check; one that could not be run is skipped."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    SKIPPED = "skipped"


class Check(Struct, frozen=True):
    """One check of a PDF."""

    rule: str
    """Name of the rule, in kebab-case; never changed once published."""
    status: CheckStatus
    message: str
    """One sentence, without a full stop: what is right, what is wrong, or why it was skipped."""
    where: Location
    id: str | None = None
    """Id of the disclosure that it is about."""
    hint: str | None = None
    severity: Severity = Severity.ERROR
    """Severity of the finding if it fails."""


class PageRun(Struct, frozen=True):
    """Pages of a PDF whose printed numbers follow each other."""

    first: int
    """Physical page, from 1."""
    last: int
    number: int
    """Printed number of the first page; of a spread, that of its left half, which may be 0 on a cover."""
    each: int = 1
    """Printed pages on each page: 1, or 2 for spreads."""
    roman: bool = False
    """Whether the numbers are printed in Roman numerals."""


class PageMap(Struct, frozen=True):
    """How the printed page numbers of a PDF go with its pages."""

    basis: Literal["printed", "labels", "none"]
    """What it was read from: the numbers in the margins, the page labels; 'none' where pages are counted."""
    runs: tuple[PageRun, ...] = ()
    """In the order of the pages; pages without a number, such as plates, are in none."""
    numbered: int = 0
    """Pages in whose margins a page number was read."""
    agreeing: int = 0
    """Pages of them whose number agrees with the runs."""
    trusted: bool = True
    """False where too few agree, so that nothing can be judged by printed page numbers."""


class PageName(Struct, frozen=True):
    """A page by number and by label."""

    page: int
    """Physical page, from 1."""
    label: str
    """The page number as printed; empty if unknown."""


class Quote(Struct, frozen=True):
    """Words of a PDF, with the page that prints them."""

    page: int
    """Physical page, from 1."""
    text: str


class IndexRegion(Struct, frozen=True):
    """A part of a page that holds a table of the content index."""

    page: int
    """Physical page, from 1."""
    box: tuple[float, float, float, float]
    """Left, top, right and bottom in points from the page's upper left corner, as the page is shown."""
    rows: int
    """Number of rows with a code."""
    understood: int
    """Number of rows of which a reference, an answer or an omission was read."""

    @property
    def is_unread(self) -> bool:
        """Whether too few of its rows were understood to rely on it."""
        return 2 * self.understood < self.rows

    @property
    def passage(self) -> Passage:
        """The place of the whole table."""
        return Passage(self.page, box=self.box)


class Origin(Struct, frozen=True):
    """What a gri-builder PDF says it was made from."""

    program: str
    """Name and version of the program."""
    files: tuple[tuple[str, str], ...]
    """Path and SHA-256 of each file of the report folder."""
    is_draft: bool = False
    language: str = "en"
    """BCP 47 tag of the report."""
    title: str = ""
    words: dict[str, str] = {}
    """The report's own words in place of the program's, by key."""


class AuditResult(Struct, frozen=True):
    """Everything that an audit found out about a PDF."""

    file: str
    """Name of the file."""
    sha256: str
    pages: int
    producer: Producer
    recognized: str | None
    """Framework that it follows: an id such as 'gri-g4', 'gri-standards', 'gri-g3'; None if it names none."""
    claimed_option: str | None
    """Id of the claimed 'in accordance' option."""
    index_pages: tuple[PageName, ...]
    claims: tuple[AuditClaim, ...]
    checks: tuple[Check, ...]
    coverage: Coverage | None
    """None if it makes no claims under a supported framework."""
    findings: tuple[Finding, ...]
    """All findings: failed checks, and problems met while reading the PDF."""
    title: str = ""
    labels: tuple[str, ...] = ()
    """Label of each page, in order."""
    explained: tuple[tuple[str, str], ...] = ()
    """Facts that a cross-check questioned when the PDF was built, each with its explanation."""
    recognized_name: str = ""
    """Name of the recognized framework in full, with its edition, e.g. 'G3.1 Guidelines'."""
    recognized_evidence: tuple[Quote, ...] = ()
    """What the PDF itself says by which the framework was recognized."""
    recognized_reasons: tuple[str, ...] = ()
    """What else shows which framework it is, where several share most codes: codes, names of Standards, the date."""
    also_recognized: tuple[str, ...] = ()
    """Ids of other frameworks whose codes the PDF uses, too."""
    index_regions: tuple[IndexRegion, ...] = ()
    """Where the tables of the content index are, of a third-party PDF."""
    claimed_option_evidence: tuple[Quote, ...] = ()
    """The sentences that claim the option; where claims differ, one for each option."""
    index_problem: str = ""
    """Why nothing is judged by the content index: it could not be read. Empty where it could."""

    facts: tuple[AuditFact, ...] = ()
    """Facts that a gri-builder PDF prints, in the order of its data."""
    sample: Sample | None = None
    """Claims and facts drawn for the auditor's own procedures, if asked for."""
    origin: Origin | None = None
    """What a gri-builder PDF was made from; None for others."""

    @property
    def claim_keys(self) -> tuple[str, ...]:
        """A key for each claim: disclosure and letters; where several are equal, with the references, then a number."""
        names = [" ".join((claim.id, *claim.parts)) for claim in self.claims]
        counts, seen, keys = Counter(names), Counter[str](), []
        for claim, name in zip(self.claims, names, strict=True):
            key = name if counts[name] == 1 else " ".join((name, *(each.text for each in claim.references)))
            seen[key] += 1
            keys.append(key if seen[key] == 1 else f"{key} #{seen[key]}")
        return tuple(keys)

    reported_year: int | None = None
    """The year that a third-party PDF is about, as far as its title and its pages tell."""
    page_map: PageMap | None = None
    """How printed page numbers go with the pages of a third-party PDF."""

    def count(self, status: CheckStatus) -> int:
        """Return the number of checks with that outcome."""
        return sum(check.status is status for check in self.checks)
