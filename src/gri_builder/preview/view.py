"""What a preview shows after a change: pages, where everything on them comes from, findings and coverage."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding
from gri_builder.model.provenance import Ledger
from gri_builder.model.sign_off.status import SignOffStatus
from gri_builder.model.texts.gap import Gap


class SourceBlock(Struct, frozen=True):
    """A block on a page, with the line that it was written in."""

    box: tuple[float, float, float, float]
    """Left, top, right and bottom edge in points, from the upper left corner of the page."""
    file: str
    """Path in the report folder."""
    line: int
    """Line of the file, from 1."""


class PrintedFact(Struct, frozen=True):
    """A number on a page that prints a fact."""

    mcid: int
    """Marked-content identifier on that page (ISO 32000-1, 14.7.4)."""
    fact: str
    """Key of the fact in the ledger."""
    text: str
    """What is printed."""


class PreviewPage(Struct, frozen=True):
    """A page of the preview."""

    key: str
    """Names what the page shows: two pages with the same key look alike."""
    label: str
    """Printed page number."""
    width: float
    height: float
    """Size in points."""
    blocks: tuple[SourceBlock, ...] = ()
    """In the order of drawing: what lies in another block comes after it or before it; the smallest one is meant."""
    facts: tuple[PrintedFact, ...] = ()


class PageRange(Struct, frozen=True):
    """Pages that take the place of pages shown before."""

    pdf: bytes
    """A PDF with these pages, in their order."""
    pages: tuple[PreviewPage, ...]
    first: int
    """Number of the first page that is replaced, from 0."""
    replaced: int
    """How many pages are replaced; more or fewer than there are new ones."""


class Checked(Struct, frozen=True):
    """What the checks of the whole report found."""

    findings: tuple[Finding, ...]
    coverage: Coverage | None
    """None where the report is too broken to be assessed."""
    ledger: Ledger | None
    """All facts with their sources; None where there are no pages."""
    gaps: tuple[Gap, ...] = ()
    """What is missing, of a draft."""
    status: SignOffStatus | None = None
    """Who owes what; None where it is as before."""


class View(Struct, frozen=True):
    """One step of the answer to a change; a part that is None is as before."""

    revision: int
    """Number of the change, from 1; all steps of an answer have the same."""
    is_last: bool
    """Whether no further step answers this change."""
    pages: PageRange | None = None
    """None keeps the last good pages."""
    checked: Checked | None = None
    problem: str | None = None
    """One sentence, where the pages could not be made anew and no finding says why."""
