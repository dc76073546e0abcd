"""Provenance ledger of a report: its facts, each with its source and every place where it is printed.

Created when a report is built or traced, and embedded in the PDF as part of `report-data.json`. Tracing a number and
comparing two drafts need only ledgers, neither the report folder nor the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct, field

from gri_builder.model.coverage import Status
from gri_builder.model.facts import FactStatus, Origin
from gri_builder.model.rich_text import ReferenceKind
from gri_builder.model.units import UnitDefinition

MAX_DECIMALS = 200
"""Digits after the decimal sign of a printed number, and digits that are rounded away; no report comes near."""


class PageLocation(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A place in the finished PDF where a fact is printed."""

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
    """Heading of its section."""
    unit: str | None = None
    """Symbol of the unit that the value is converted to there; None for its own unit."""
    decimals: Annotated[int, Meta(ge=-MAX_DECIMALS, le=MAX_DECIMALS)] | None = None
    """Digits printed after the decimal sign there, negative for tens and more; None for those of the fact."""
    unsigned: bool = False
    """Whether its sign is left out there."""
    operands: tuple[str, ...] = ()
    """Keys of the facts that the number is calculated from, in order, the fact itself first; empty for a value."""


class FactRecord(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One fact, with its source and the pages that print it."""

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
    decimals: Annotated[int, Meta(ge=-MAX_DECIMALS, le=MAX_DECIMALS)] | None = None
    """Digits printed after the decimal sign, negative for tens and more; None in PDFs of older versions."""
    status: FactStatus = "measured"
    restated_from: Decimal | None = None
    """The value published by an earlier report, if it was restated."""
    restated_because: str | None = None
    boundary: str | None = None
    method: str | None = None
    owner: str | None = None
    source: str | None = None
    """The source as described in the report."""
    origin: Origin | None = None
    explained: tuple[str, ...] = ()
    """Explanations of cross-check findings about it: rule, text, and responsible person."""
    places: tuple[PageLocation, ...] = ()
    """Where the PDF prints it; empty for a report folder."""


class DisclosureState(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """State of one disclosure, for comparing two versions of a report."""

    id: str
    status: Status
    """Status of the disclosure in the coverage."""
    sha256: Mapping[str, str] = field(default_factory=dict)
    """Hash of the answer's data in canonical form, by letter; '' for an answer as a whole."""
    omissions: tuple[str, ...] = ()
    """Omissions as text: part, reason, explanation."""
    assured: bool = False
    facts: tuple[str, ...] = ()
    """Keys of the facts printed in the answer, in reading order; empty for a report folder."""
    pages: tuple[str, ...] = ()
    """Printed page numbers; empty for a report folder."""


class Ledger(Struct, frozen=True):
    """All facts of a report, and the state of each disclosure."""

    name: str
    organization: str
    start: date
    end: date
    entries: Mapping[str, FactRecord]
    """Facts by key, in the order of the data."""
    disclosures: Mapping[str, DisclosureState]
    """By disclosure id, in the framework's order."""
    files: Mapping[str, str]
    """SHA-256 of every source file of the report, by path."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Printed page number by physical page; empty for a report folder."""
    units: tuple[UnitDefinition, ...] = ()
    """The units that the report defines for itself."""
    unit_words: Mapping[str, str] = field(default_factory=dict)
    """Units of the facts as printed in the report's language, by symbol; empty for a report folder."""
    restatement_threshold: Decimal | None = None
    """Change of an earlier value, in per cent, from which the report must declare it as restated."""
    language: str = ""
    """BCP 47 tag of the language that its texts are in; empty where it is not known."""
