"""The ledger of a report: its facts, each with its source and every place that prints it.

Made from a report when it is built or traced, embedded in the PDF as part of `report-data.json`, and read back from
there: what follows a number home, and what compares two drafts, works on ledgers and needs neither the report folder
nor the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from gri_builder.model.coverage import Status
from gri_builder.model.facts import FactStatus, Origin
from gri_builder.model.rich_text import ReferenceKind


class PageLocation(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A place of the finished PDF that prints a fact."""

    page: int
    """Physical page, from 1."""
    mcid: int
    """Marked-content identifier on that page (ISO 32000-1, 14.7.4)."""
    role: str
    """Structure type of the element that owns the content, e.g. 'TD', 'Span', 'Figure'."""
    text: str
    """The fact as printed there, e.g. '391,020 GJ'."""
    kind: ReferenceKind = field(default="value", name="how")
    section: str = ""
    """Heading of the section that it stands in."""


class FactRecord(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One fact, with its way back to the source and forth to the pages."""

    key: str
    series: str
    """Id of its series."""
    title: str
    """Title of its series."""
    period: str
    members: Mapping[str, str]
    """Member by dimension; empty for a series without dimensions."""
    value: Decimal
    unit: str
    """Symbol of the unit, as in the data."""
    status: FactStatus = "measured"
    restated_from: Decimal | None = None
    """The value that an earlier report published, where it was restated."""
    restated_because: str | None = None
    boundary: str | None = None
    method: str | None = None
    owner: str | None = None
    source: str | None = None
    """The source in the report's words."""
    origin: Origin | None = None
    explained: tuple[str, ...] = ()
    """What people answered to cross-checks that doubt it: rule, explanation, and who answers for it."""
    places: tuple[PageLocation, ...] = ()
    """Where the PDF prints it; empty in the ledger of a folder."""


class DisclosureState(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How one disclosure is answered, for comparing two versions of a report."""

    id: str
    status: Status
    """Status of the disclosure in the coverage."""
    sha256: Mapping[str, str] = field(default_factory=dict)
    """Hash of the answer's data in canonical form, by letter; '' for an answer as a whole."""
    omissions: tuple[str, ...] = ()
    """Omissions in words: part, reason, explanation."""
    assured: bool = False
    facts: tuple[str, ...] = ()
    """Keys of the facts that the answer prints, in reading order; empty in the ledger of a folder."""
    pages: tuple[str, ...] = ()
    """Printed page numbers; empty in the ledger of a folder."""


class Ledger(Struct, frozen=True):
    """All facts of a report, and how it stands with each disclosure."""

    name: str
    organization: str
    start: date
    end: date
    entries: Mapping[str, FactRecord]
    """By the fact's key, in the order of the data."""
    disclosures: Mapping[str, DisclosureState]
    """By disclosure id, in the framework's order."""
    files: Mapping[str, str]
    """SHA-256 of every file that the report was made from, by path."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Printed page number by physical page, where a PDF is known."""
    restatement_threshold: Decimal | None = None
    """Change of an earlier value, in per cent, from which the report says that it must be declared as restated."""
