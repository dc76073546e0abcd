"""An examination: what a finished PDF claims, which checks were made on it, and how they ended."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.report import Omission

Producer = Literal["gri-builder", "other"]
"""What made a PDF."""


class Verdict(StrEnum):
    """Whether the subject of a disclosure was seen on the pages that the index names for it."""

    FOUND = "found"
    WEAK = "weak"
    """Words of it are there, but too few to be sure."""
    NOT_FOUND = "not-found"
    UNKNOWN = "unknown"
    """There is nothing to look at, e.g. because the reference leads out of the PDF."""


class Reference(Struct, frozen=True):
    """One place that the index names for a disclosure."""

    text: str
    """As written, e.g. '33–35' or 'Annual Report, p. 7'."""
    pages: tuple[int, ...] = ()
    """Physical pages, from 1; empty where it leads out of the PDF, or to a page that is not there."""
    outside: bool = False
    """Whether it leads out of the PDF: an address, another document."""


class Evidence(Struct, frozen=True):
    """What stands on the pages that a claim refers to."""

    verdict: Verdict = Verdict.UNKNOWN
    page: int | None = None
    """Physical page of the best evidence."""
    text: str = ""
    """The words around it."""


class AuditClaim(Struct, frozen=True):
    """One row of a content index, as read from a PDF."""

    code: str
    """Code of the disclosure as the framework writes it."""
    id: str
    """Disclosure id: the code, for the management approach with ':' and the Aspect's id where it is known."""
    as_written: str
    """The code as the index writes it."""
    found_on: int
    """Physical page of the row."""
    references: tuple[Reference, ...] = ()
    parts: tuple[str, ...] = ()
    """Letters of the requirements that the row is about; empty for the whole disclosure."""
    omission: str | None = None
    """What is said to be omitted, and why, as written."""
    omissions: tuple[Omission, ...] = ()
    """The same as far as it is understood."""
    assured: bool | None = None
    """Whether the row says that it is assured; None where the index does not say."""
    assurance_page: int | None = None
    """Physical page of the assurance statement that the row names."""
    answer: str = ""
    """An answer that stands in the row itself."""
    evidence: Evidence = Evidence()

    @property
    def pages(self) -> tuple[int, ...]:
        """All physical pages that it refers to, ascending."""
        return tuple(sorted({page for reference in self.references for page in reference.pages}))


class CheckStatus(StrEnum):
    """How a check ended; one that could not be made is neither passed nor failed."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    SKIPPED = "skipped"


class Check(Struct, frozen=True):
    """One thing that was checked on a PDF."""

    rule: str
    """Name of the rule, in kebab-case; never changed once published."""
    status: CheckStatus
    message: str
    """One sentence, without a full stop: what holds, what does not, or why it was skipped."""
    where: Location
    id: str | None = None
    """Id of the disclosure concerned."""
    hint: str | None = None
    severity: Severity = Severity.ERROR
    """How much it weighs when it fails."""


class PageName(Struct, frozen=True):
    """A page by number and by label."""

    page: int
    """Physical page, from 1."""
    label: str
    """The page number as printed; empty where none is known."""


class AuditResult(Struct, frozen=True):
    """All that is known about a PDF after it was read."""

    file: str
    """Name of the file."""
    sha256: str
    pages: int
    producer: Producer
    recognized: str | None
    """Framework that it reports by: an id such as 'gri-g4', 'gri-standards', 'gri-g3'; None where it names none."""
    claimed_option: str | None
    """Id of the 'in accordance' option that it claims."""
    index_pages: tuple[PageName, ...]
    claims: tuple[AuditClaim, ...]
    checks: tuple[Check, ...]
    coverage: Coverage | None
    """None where there are no claims of a framework that is known."""
    findings: tuple[Finding, ...]
    """All that is wrong or worth knowing: failed checks, and what was noticed in reading."""
    title: str = ""
    labels: tuple[str, ...] = ()
    """Label of each page, in order."""
    explained: tuple[tuple[str, str], ...] = ()
    """Facts that a cross-check doubted when the PDF was built, each with the explanation that answered it."""

    def count(self, status: CheckStatus) -> int:
        """Return how many checks ended that way."""
        return sum(check.status is status for check in self.checks)
